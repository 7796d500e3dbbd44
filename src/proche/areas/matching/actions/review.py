"""Showing a roster to the brand, and its answer; the link is the key, so only its trace is kept."""

from datetime import timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Contact
from proche.areas.matching.models import BrandReview, Roster
from proche.areas.matching.queries import trace
from proche.areas.matching.rules import is_open
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record
from proche.common.errors import Refusal

LINK_DAYS = 14
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
    )
    _write(review, token, by)
    for place in places:
        record(place.person, "shown_to_brand", by=by, brand=brief.brand.name)
    return review


def _locked(roster: Roster) -> Roster:
    rows = Roster.objects.select_for_update(of=("self",))
    return rows.select_related("shortlist__brief__brand__programme").get(pk=roster.pk)


def _write(review: BrandReview, token: str, by: User | None) -> None:
    brief = review.roster.shortlist.brief
    contact = review.contact
    title = brief.title_en if contact.language == "en" else brief.title_fr
    send(
        brief.brand.programme,
        "brand_review",
        Recipient(contact.email, contact.language),
        once_key=f"brand_review:{review.pk}",
        by=by,
        context={
            "contact": contact,
            "brand": brief.brand.name,
            "title": title,
            "size": review.roster.places.count(),
            "expires_at": review.expires_at,
            "address": reverse("brand:review", args=[token]),
        },
    )


@transaction.atomic
def revoke_review(review: BrandReview, *, by: User | None) -> None:
    """The link stops working at once; an answer already given is kept."""
    BrandReview.objects.filter(pk=review.pk, revoked_at=None).update(revoked_at=timezone.now())


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
    current.state, current.comment = state, comment.strip()
    current.answered_at = timezone.now()
    current.save(update_fields=["state", "comment", "answered_at"])
    return current
