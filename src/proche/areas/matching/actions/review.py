"""Showing a roster to the brand, its answer, and ours to its question; the link is the key, so only
its trace is kept."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Contact
from proche.areas.matching.models import BrandReview, ReviewWord, Roster
from proche.areas.matching.queries import trace
from proche.areas.matching.rules import is_open
from proche.areas.messages.actions import Recipient, send
from proche.areas.messages.models import Message
from proche.areas.people.actions import record
from proche.common.errors import Refusal

LINK_DAYS = 14
# A reply leaves at least so long to read it.
REPLY_DAYS = 7
# A page opened again within this time writes nothing: reading must not wait for its turn to write.
SAME_LOOK = timedelta(minutes=10)
# Scanners follow a link as the mail arrives; nobody reads and opens that fast.
AT_ITS_HEELS = timedelta(seconds=15)
State = BrandReview.State


@transaction.atomic
def invite_review(roster: Roster, contact: Contact, *, by: User | None) -> BrandReview:
    """Send a contact a link to the roster. An earlier link of theirs stops working."""
    roster = _locked(roster)
    brief = roster.shortlist.brief
    if contact.brand_id != brief.brand_id:
        raise Refusal(_("This contact belongs to another brand."), code="other_brand")
    if contact.removed_at is not None:
        raise Refusal(
            _("This contact was removed. Choose another one, or put them back."),
            code="contact_removed",
        )
    places = list(roster.places.select_related("person"))
    if not places:
        raise Refusal(_("The roster is empty: choose people first."), code="empty_roster")
    for earlier in roster.reviews.filter(contact=contact, revoked_at=None):
        revoke_review(earlier, by=by)
    token = token_urlsafe(32)
    review = BrandReview.objects.create(
        roster=roster,
        contact=contact,
        token_hash=trace(token),
        expires_at=timezone.now() + timedelta(days=LINK_DAYS),
        sent_by=by,
    )
    _write(review, "brand_review", token, by, once=str(review.pk))
    for place in places:
        record(place.person, "shown_to_brand", by=by, brand=brief.brand.name)
    return review


def _locked(roster: Roster) -> Roster:
    rows = Roster.objects.select_for_update(of=("self",))
    return rows.select_related("shortlist__brief__brand__programme").get(pk=roster.pk)


def _write(
    review: BrandReview, kind: str, token: str, by: User | None, *, once: str, **context: str
) -> None:
    brief = review.roster.shortlist.brief
    contact = review.contact
    title = brief.title_en if contact.language == "en" else brief.title_fr
    send(
        brief.brand.programme,
        kind,
        Recipient(contact.email, contact.language),
        once_key=f"{kind}:{once}",
        by=by,
        context={
            "contact": contact,
            "brand": brief.brand.name,
            "title": title,
            "size": review.roster.places.count(),
            "expires_at": review.expires_at,
            "address": reverse("brand:review", args=[token]),
            **context,
        },
    )


@transaction.atomic
def revoke_review(review: BrandReview, *, by: User | None) -> None:
    """The link stops working at once; an answer already given is kept."""
    BrandReview.objects.filter(pk=review.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def reopen_review(review: BrandReview, *, by: User | None) -> None:
    """Undo of `revoke_review`: the same link opens again, unless another one was sent since."""
    Roster.objects.select_for_update().get(pk=review.roster_id)
    others = BrandReview.objects.filter(roster=review.roster_id, contact=review.contact_id)
    if others.filter(revoked_at=None).exclude(pk=review.pk).exists():
        raise Refusal(_("A newer link was sent to this contact."), code="newer_link")
    BrandReview.objects.filter(pk=review.pk).update(revoked_at=None)


def note_opened(review: BrandReview, *, answers: bool = False) -> None:
    """When the contact last looked, within ten minutes. What comes at the heels of the sending, and
    answers nothing, is taken for a scanner of their mail."""
    now = timezone.now()
    if review.opened_at is not None and now - review.opened_at <= SAME_LOOK:
        return
    if answers or now - _last_sent(review) >= AT_ITS_HEELS:
        BrandReview.objects.filter(pk=review.pk).update(opened_at=now)


def _last_sent(review: BrandReview) -> datetime:
    """When a link to this review last left for the contact; a letter may wait for its turn."""
    replies: dict[int, datetime] = dict(review.words.filter(state="").values_list("pk", "at"))
    keys = [f"brand_review:{review.pk}", *(f"review_reply:{pk}" for pk in replies)]
    letters = Message.objects.filter(once_key__in=keys, sent_at__isnull=False)
    moments: list[datetime] = [review.created_at, *replies.values()]
    moments += letters.values_list("sent_at", flat=True)
    return max(moments)


@transaction.atomic
def answer_review(review: BrandReview, *, state: str, comment: str = "") -> BrandReview:
    """Keep the answer of the brand; it may change as long as the link works."""
    current = (
        BrandReview.objects.select_for_update(of=("self",))
        .select_related("contact")
        .get(pk=review.pk)
    )
    if not is_open(current):
        raise Refusal(
            _("This link no longer works. Ask the agency for a new one."), code="link_closed"
        )
    if state not in {State.APPROVED, State.QUESTIONED, State.REFUSED}:
        raise Refusal(_("Choose one of the three answers."), code="no_answer", field="state")
    if state != State.APPROVED and not comment.strip():
        raise Refusal(
            _("Say in a few words what you would change: the agency answers to that."),
            code="comment_missing",
            field="comment",
        )
    said = comment.strip()
    same = (current.state, current.comment) == (state, said)
    current.state, current.comment = state, said
    current.answered_at = timezone.now()
    current.save(update_fields=["state", "comment", "answered_at"])
    # The same answer sent twice is said once.
    if said and not same:
        ReviewWord.objects.create(review=current, state=state, text=said, at=current.answered_at)
    return current


@transaction.atomic
def reply_to_review(review: BrandReview, text: str, *, by: User) -> BrandReview:
    """Answer the question of a brand: the contact gets the words with a link that opens, for a week
    at least, and is waited for again. Raises Refusal where no question waits."""
    rows = BrandReview.objects.select_for_update(of=("self",))
    current = rows.select_related("contact", "roster__shortlist__brief__brand__programme").get(
        pk=review.pk
    )
    if current.revoked_at is not None:
        raise Refusal(
            _("The link of this contact is closed: nothing would reach them."), code="link_closed"
        )
    if current.state != State.QUESTIONED:
        raise Refusal(_("Somebody already answered this question."), code="already_answered")
    if not text.strip():
        raise Refusal(_("Write your answer."), code="no_words", field="text")
    now, token, question = timezone.now(), token_urlsafe(32), current.comment
    word = ReviewWord.objects.create(review=current, text=text.strip(), at=now, by=by)
    current.state, current.comment, current.answered_at = State.WAITING, "", None
    current.reply_hash = trace(token)
    current.expires_at = max(current.expires_at, now + timedelta(days=REPLY_DAYS))
    current.save(update_fields=["state", "comment", "answered_at", "reply_hash", "expires_at"])
    _write(current, "review_reply", token, by, once=str(word.pk), question=question, text=word.text)
    return current
