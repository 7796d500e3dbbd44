"""What the team decides about a post. The rules propose; a person approves, asks or waives."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.letters import write_to
from proche.areas.campaigns.models import Exchange
from proche.areas.content import planning
from proche.areas.content.expecting import tell
from proche.areas.content.models import Post
from proche.areas.content.reading import draft_of, pre_check
from proche.areas.content.rules import link_of, places_of, words_to_say
from proche.areas.content.seeing import last_words
from proche.common.errors import Refusal

State = Post.State
OPEN = {State.EXPECTED, State.SUBMITTED, State.CHECKED}


@transaction.atomic
def approve(post: Post, *, by: User | None) -> None:
    """The post says what it must: checked, or fixed where a correction was asked before."""
    current = _in(post, {State.SUBMITTED}, _("This post was already checked."))
    again = current.corrections > 0
    _close(current, State.FIXED if again else State.CHECKED, by)
    planning.plan(current, since=current.closed_at or timezone.now())
    tell(current.exchange, "post_fixed" if again else "post_checked", by=by)


@transaction.atomic
def ask_correction(post: Post, *, text: str, by: User | None) -> None:
    """Write to the member with the exact text to paste; the post waits for them."""
    current = _in(post, {State.SUBMITTED}, _("This post was already checked."))
    current.state = State.CHECKED
    current.correction_asked_at = timezone.now()
    current.corrections += 1
    current.save(update_fields=["state", "correction_asked_at", "corrections"])
    write_to(
        current.exchange,
        "correction",
        f"{current.pk}:{current.corrections}",
        text=text.strip(),
        url=current.url,
        by=by,
    )
    tell(current.exchange, "correction_asked", by=by)


def corrected_text(post: Post) -> str:
    """The caption with the exact words that say the link put first; the caption as it was handed
    in, where it said the link and was changed since. A thread is handed in as one text, which does
    not tell what its first post said."""
    handed_in = pre_check(post.exchange, draft_of(post, caption=post.caption))
    if post.format != "thread" and handed_in.is_ok and last_words(post) != post.caption:
        return post.caption
    places = places_of(post.exchange.offer.campaign.brief)
    words = words_to_say(link_of(post.exchange), post.language or "fr", places)
    return f"{words}\n\n{post.caption}".strip()


@transaction.atomic
def waive(post: Post, *, reason: str, by: User | None) -> None:
    """No post is asked any more, for a reason that is kept."""
    current = _in(post, OPEN, _("This post is closed already."))
    current.waiver_reason = reason.strip()
    current.correction_asked_at = None
    _close(current, State.WAIVED, by)
    planning.unplan(current)
    tell(current.exchange, "post_waived", by=by, reason=current.waiver_reason)


@transaction.atomic
def reopen(post: Post, *, by: User | None) -> None:
    """Undo of `approve` and of `waive`: the post waits again where it waited."""
    current = _in(post, {State.CHECKED, State.FIXED, State.WAIVED}, _("This post is open already."))
    current.waiver_reason = ""
    current.closed_at = current.closed_by = None
    current.state = State.SUBMITTED if current.submitted_at else State.EXPECTED
    current.save()
    planning.unplan(current)
    Exchange.objects.filter(pk=current.exchange_id).update(closed_at=None)
    tell(current.exchange, "post_reopened", by=by)


@transaction.atomic
def remind_post(exchange: Exchange, *, by: User | None) -> None:
    """One reminder about the post, no more; none where nothing is owed."""
    current = (
        Exchange.objects.select_for_update(of=("self",))
        .select_related("offer__person", "offer__campaign__brief__brand__programme")
        .get(pk=exchange.pk)
    )
    if not current.posts.filter(state=State.EXPECTED).exists():
        raise Refusal(_("No post is waited for here."), code="nothing_expected")
    if current.reminded_at is not None:
        raise Refusal(_("One reminder was already sent: no more than one."), code="reminded_once")
    current.reminded_at = timezone.now()
    current.save(update_fields=["reminded_at"])
    write_to(current, "post_reminder", str(current.pk), by=by)
    tell(current, "post_reminded", by=by)


def _in(post: Post, states: Collection[str], otherwise: str | Promise) -> Post:
    current: Post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("exchange__offer__person", "exchange__offer__campaign__brief__brand")
        .get(pk=post.pk)
    )
    if current.state not in states:
        raise Refusal(otherwise, code=f"post_{current.state}")
    return current


def _close(post: Post, state: Post.State, by: User | None) -> None:
    post.state = state
    post.closed_at, post.closed_by = timezone.now(), by
    post.save()
    Exchange.objects.filter(pk=post.exchange_id).update(closed_at=post.closed_at)
