"""Proofs as a page lists them, for the team and for the member alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.content.answer_words import answer_words
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage, Recheck, TimeStamp
from proche.areas.content.proving import is_intact, thread_of
from proche.areas.content.seeing import NOT_FOR_EVERYONE, SAYS_THE_LINK
from proche.areas.content.threads import Thread, thread_in
from proche.common.choices import Proof as Level
from proche.platforms.seen import INTERFACE

Found = Proof.Found
REASONS: dict[str, str | Promise] = {
    "site": _("The server reads only the sites of its list; this address is not on one."),
    "scheme": _("The address is not one of the web."),
    "port": _("The site sends elsewhere, where the server does not go."),
    "address": _("The address leads to a private network, where the server does not go."),
    "redirects": _("The site sends from one address to the next without end."),
    "time": _("The site did not answer in time."),
    "size": _("The page is too large to be read."),
    "kind": _("The address gives something else than a page."),
    "packing": _("The page came in a form that was not asked for."),
    "unreachable": _("The site could not be reached."),
    "status": _("The site refused to show the page."),
    "login": _("The site asks to sign in first."),
    "robots": _("The site asks programs not to read this page, and the server does as asked."),
    "nothing": _("The page does not say what the post says."),
    "private": _("The post, or its account, is not for everyone to see."),
    NOT_FOR_EVERYONE: _(
        "Taken away, or shown to some people only: the network gives one answer for both."
    ),
    "no_handle": _("The name in this address leads nowhere: changed since, or closed."),
    "no_post": _("This address does not lead to one post."),
    "server": _(
        "This server is neither one that an owner named nor that of an account of the member."
    ),
    "author": _("This address leads to a post of somebody else."),
}
TONES = {Found.SAME: "good", Found.PART: "good", Found.CHANGED: "wait", Found.GONE: "stop"}


@dataclass(frozen=True)
class ProofWords:
    pk: int
    seen_at: datetime
    found: str
    tone: str
    who: str
    # A level of proof, where the server looked.
    level: str
    told: str
    thread: Thread | None
    reason: str | Promise
    status: int | None
    verdict: str | Promise
    says: bool
    text: str
    images: list[ProofImage]
    stamped_at: datetime | None
    sealed: str
    erased: bool
    intact: bool
    # Only the member can show it: the network does not.
    hidden: bool

    @property
    def is_gone(self) -> bool:
        return self.tone == TONES[Found.GONE]

    @property
    def says_further_down(self) -> bool:
        """Said by the author in a later post of the thread, and not in the first."""
        return self.thread is not None and self.thread.says and not self.says


def with_proofs() -> tuple[Any, ...]:
    """What `proofs_of` and `looks_to_come` read, in four questions whatever the number of posts."""
    beside = ("by", "time_stamp", "answer", "thread")
    proofs = Proof.objects.select_related(*beside).prefetch_related("images")
    waiting = Recheck.objects.filter(done_at=None).exclude(day=0)
    return (
        Prefetch("proofs", queryset=proofs),
        Prefetch("rechecks", queryset=waiting, to_attr="looks_waiting"),
    )


def proofs_of(post: Post, *, named: bool = True) -> list[ProofWords]:
    """Newest first. Unless `named`, a look says “the team” and not who of it."""
    return [_words(proof, post.platform, named=named) for proof in post.proofs.all()]


def looks_to_come(post: Post) -> list[Recheck]:
    waiting: list[Recheck] = getattr(post, "looks_waiting", [])
    return waiting


def _words(proof: Proof, platform: str, *, named: bool) -> ProofWords:
    stamp: TimeStamp | None = getattr(proof, "time_stamp", None)
    return ProofWords(
        pk=proof.pk,
        seen_at=proof.seen_at,
        found=_found(proof),
        tone="wait" if _is_unsure(proof) else TONES.get(Found(proof.found), "line"),
        who=str(proof.by) if proof.by and named else proof.get_who_display(),
        level=_level(proof),
        told=answer_words(proof, platform),
        thread=thread_in(thread_of(proof)),
        reason=REASONS.get(proof.reason, ""),
        status=proof.http_status,
        verdict=_verdict(proof.verdict),
        says=proof.verdict in SAYS_THE_LINK,
        text=proof.text,
        images=list(proof.images.all()),
        stamped_at=stamp.at if stamp else None,
        sealed=proof.sealed,
        erased=proof.erased_at is not None,
        intact=proof.erased_at is not None or is_intact(proof),
        hidden=proof.reason == NOT_FOR_EVERYONE,
    )


def _is_unsure(proof: Proof) -> bool:
    """The network gives one answer for two things: which of them, nobody can say."""
    return proof.found == Found.GONE and proof.reason == NOT_FOR_EVERYONE


def _found(proof: Proof) -> str:
    if _is_unsure(proof):
        return gettext("No longer shown to everyone")
    return proof.get_found_display()


def not_there(post: Any) -> str | Promise:
    """Of a post that comes from `queries.with_exchange`: what a row says where it was not there at
    the newest look. Empty where it was, or where somebody decided since."""
    waiting = post.state == Post.State.SUBMITTED or post.last_found == Found.NOT_SEEN
    if not waiting or post.last_found not in {Found.GONE, Found.NOT_SEEN}:
        return ""
    if post.last_reason == NOT_FOR_EVERYONE:
        return _("We cannot see this post: taken away, or shown to some people only.")
    return _("This post is no longer there.") if post.last_found == Found.GONE else ""


def _level(proof: Proof) -> str:
    if proof.who != Proof.Who.SERVER or proof.found == Found.NOT_SEEN:
        return ""
    return Level.API if proof.source == INTERFACE else Level.PUBLIC


def _verdict(verdict: str) -> str | Promise:
    if not verdict:
        return ""
    if verdict in SAYS_THE_LINK:
        return _("The rules find nothing to correct in these words.")
    if verdict == "HUMAN":
        return _("The rules could not see all of it.")
    return _("These words do not say the link as they should.")
