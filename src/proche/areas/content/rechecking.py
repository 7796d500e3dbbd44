"""Looking at a post again: when, by whom, and what follows from what was seen.

The network is asked outside any transaction; what it said is written in one that locks the look
that was due, so a job delivered twice writes once."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.campaigns.models import Exchange
from proche.areas.content import public_checks
from proche.areas.content.comparing import compared
from proche.areas.content.expecting import tell
from proche.areas.content.images import read_image, store
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage, PublicChecks, Recheck, RecheckQuerySet
from proche.areas.content.proving import Look, prove
from proche.areas.content.reading import draft_of, keep_reading, pre_check, read_everywhere
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.platforms.public_pages import Reader, Seen
from proche.platforms.public_pages import State as Public

Found, Who = Proof.Found, Proof.Who
APPROVED = {Post.State.CHECKED, Post.State.FIXED}
DAYS = (1, 7, 30)
SAYS_THE_LINK = {"OK", "OK_NOTE", "NOT_REQUIRED"}
TRIES = 3
AGAIN_AFTER = timedelta(hours=1)
# Seconds of one run: a look takes half a minute at worst, and the queue gives a job two minutes.
A_RUN = 50.0


def plan_first(post: Post, *, at: datetime) -> None:
    """A post was handed in: what was planned for the one before is over."""
    post.rechecks.filter(done_at=None).delete()
    if public_checks.in_force(_programme(post)) is not None:
        Recheck.objects.create(post=post, day=0, due_at=at)


def plan(post: Post, *, since: datetime) -> None:
    """Approved: looked at again after 1, 7 and 30 days. A story is gone by itself after one."""
    unplan(post)
    if not post.url or post.format == "story":
        return
    Recheck.objects.bulk_create(
        Recheck(post=post, day=day, due_at=since + timedelta(days=day)) for day in DAYS
    )


def unplan(post: Post) -> None:
    post.rechecks.filter(done_at=None).exclude(day=0).delete()


def due(rechecks: QuerySet[Recheck]) -> QuerySet[Recheck]:
    """Those whose day has come, of posts that still stand approved, or were just handed in."""
    stands = Q(post__state__in=APPROVED, post__correction_asked_at=None) | Q(day=0)
    rows = rechecks.filter(stands, done_at=None, due_at__lte=timezone.now()).exclude(post__url="")
    # Nobody looks at the pages of somebody who left, although they may still come back.
    return rows.exclude(post__exchange__offer__person__state=Person.State.LEFT)


def for_person(programme: Programme) -> QuerySet[Recheck]:
    """Those a person has to look at: the server may not, or could not see."""
    rows = due(Recheck.objects.in_programme(programme)).exclude(day=0)
    server_looks = Exists(programme.public_checks.filter(off_at=None))
    return rows.filter(Q(asks_person=True) | ~server_looks)


def look_again(reader: Reader | None = None) -> int:
    """Everything due where an owner lets the server look. Returns how many were settled."""
    reader = reader or public_checks.reader()
    ends, done = time.monotonic() + A_RUN, 0
    on = PublicChecks.objects.filter(off_at=None)
    images = dict(on.values_list("programme", "with_images"))
    of = RecheckQuerySet.programme_path
    rows = due(Recheck.objects.filter(asks_person=False, **{f"{of}__in": list(images)}))
    for pk, programme in list(rows.values_list("pk", of)[:200]):
        if time.monotonic() > ends:
            break
        done += _look(pk, reader, with_image=images[programme])
    return done


def _look(pk: int, reader: Reader, *, with_image: bool) -> bool:
    recheck = Recheck.objects.select_related("post").filter(pk=pk).first()
    if recheck is None:
        return False
    seen = reader.look(recheck.post.platform, recheck.post.url, with_image=with_image)
    return settle(pk, seen)


@transaction.atomic
def settle(pk: int, seen: Seen) -> bool:
    """Write what the server saw. False where it was settled meanwhile, or is to be asked again."""
    recheck = _open(pk)
    if recheck is None or recheck.asks_person:
        return False
    if seen.state == Public.NOT_SEEN and not seen.permanent and recheck.tries + 1 < TRIES:
        recheck.tries += 1
        recheck.due_at = timezone.now() + AGAIN_AFTER
        recheck.save(update_fields=["tries", "due_at"])
        return False
    post = _locked(recheck.post_id)
    if post.exchange.offer.person.state == Person.State.LEFT:
        # They left while the page was being read: nothing of it is kept.
        return False
    look = _as_seen(post, seen, recheck.day)
    proof = prove(post, look, images=_image(post.exchange, seen))
    settled = _settles(look)
    # At the hand-in somebody looks anyway before approving.
    if recheck.day and not settled:
        recheck.asks_person = True
        recheck.save(update_fields=["asks_person"])
        return False
    _done(recheck, proof)
    if settled:
        _follow(post, look)
    return True


def _settles(look: Look) -> bool:
    """Whether what the server saw is enough to say how it is, without a person."""
    if look.found == Found.GONE or look.verdict in SAYS_THE_LINK:
        return True
    return look.found == Found.SAME or (look.found == Found.CHANGED and look.whole)


def _as_seen(post: Post, seen: Seen, day: int) -> Look:
    how: dict[str, Any] = {"source": seen.source, "http_status": seen.status, "day": day}
    if seen.state == Public.GONE:
        return Look(Who.SERVER, Found.GONE, **how)
    if seen.state == Public.NOT_SEEN or seen.text is None:
        return Look(Who.SERVER, Found.NOT_SEEN, reason=seen.why or "nothing", **how)
    found = compared(last_words(post), seen.text, whole=seen.whole)
    verdict = str(pre_check(post.exchange, draft_of(post, caption=seen.text)).verdict)
    if found == Found.SAME:
        verdict = str(pre_check(post.exchange, draft_of(post, caption=last_words(post))).verdict)
    elif not seen.whole and verdict not in SAYS_THE_LINK:
        # The label may stand in what was not shown: only a person can tell.
        verdict = "HUMAN"
    return Look(Who.SERVER, found, seen.text, seen.whole, verdict, **how)


def last_words(post: Post) -> str:
    """The caption as it was last seen whole, else as it was handed in."""
    changed = post.proofs.filter(found=Found.CHANGED, whole=True, erased_at=None)
    since = changed.filter(seen_at__gte=post.submitted_at) if post.submitted_at else changed
    latest = since.order_by("-pk").first()
    return latest.text if latest else post.caption


def _image(exchange: Exchange, seen: Seen) -> tuple[ProofImage, ...]:
    if seen.image is None:
        return ()
    try:
        return (store(exchange, read_image(seen.image), what=ProofImage.What.PUBLIC),)
    except Refusal:
        # Not an image we can draw again: the words are proof without it.
        return ()


@dataclass(frozen=True)
class Saw:
    """What somebody of the team saw with their own eyes; `text`: the new caption, if it changed."""

    found: Proof.Found
    text: str = ""
    image: bytes | None = None


def record_look(post: Post, saw: Saw, *, by: User) -> Proof:
    """Keep what a person saw, and settle every look at this post that was due."""
    if saw.found not in {Found.SAME, Found.CHANGED, Found.GONE}:
        raise Refusal(_("Say what you saw."), code="nothing_seen", field="found")
    if not post.submitted_at:
        raise Refusal(_("This post is not handed in yet."), code="not_handed_in")
    paper = read_image(saw.image) if saw.image else None
    with transaction.atomic():
        current = _locked(post.pk)
        mine = Recheck.objects.select_for_update(of=("self",)).filter(post=current)
        rows = list(due(mine).order_by("day"))
        words = saw.text.strip() if saw.found == Found.CHANGED else last_words(current)
        gone = saw.found == Found.GONE
        read = not gone and bool(words)
        verdict = pre_check(current.exchange, draft_of(current, caption=words)).verdict
        image = (store(current.exchange, paper, what=ProofImage.What.SCREENSHOT),) if paper else ()
        look = Look(
            Who.TEAM,
            Found(saw.found),
            text=words if read else "",
            whole=read,
            verdict=str(verdict) if read else "",
            day=rows[-1].day if rows else None,
            by=by,
        )
        proof = prove(current, look, images=image)
        for row in rows:
            _done(row, proof if row is rows[-1] else None)
        _follow(current, look)
    return proof


def _follow(post: Post, look: Look) -> None:
    """What is gone, or no longer says the link, is to be checked again like a post handed in."""
    fine = look.found in {Found.SAME, Found.PART} or look.verdict in SAYS_THE_LINK
    if fine or look.found == Found.NOT_SEEN or post.state not in APPROVED:
        return
    if post.correction_asked_at is not None:
        return
    if look.text:
        draft = draft_of(post, caption=look.text)
        keep_reading(post, look.text, read_everywhere(post.exchange, draft))
    post.state, post.closed_at, post.closed_by = Post.State.SUBMITTED, None, None
    post.save(update_fields=["state", "closed_at", "closed_by"])
    Exchange.objects.filter(pk=post.exchange_id).update(closed_at=None)
    unplan(post)
    tell(post.exchange, "post_gone" if look.found == Found.GONE else "post_changed")


def _done(recheck: Recheck, proof: Proof | None) -> None:
    recheck.done_at, recheck.proof = timezone.now(), proof
    recheck.save(update_fields=["done_at", "proof"])


def _open(pk: int) -> Recheck | None:
    found: Recheck | None = (
        Recheck.objects.select_for_update(of=("self",)).filter(pk=pk, done_at=None).first()
    )
    return found


def _locked(pk: int) -> Post:
    post: Post = (
        Post.objects.select_for_update(of=("self",))
        .select_related(
            "exchange__offer__person", "exchange__offer__campaign__brief__brand__programme"
        )
        .get(pk=pk)
    )
    return post


def _programme(post: Post) -> Programme:
    programme: Programme = post.exchange.offer.campaign.brief.brand.programme
    return programme
