"""Everybody's timeline, read back from the rows, so that it tells what the rows say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer, Parcel
from proche.areas.consent.models import Consent
from proche.areas.content.models import Post
from proche.areas.events.models import Invitation
from proche.areas.evidence.models import Verdict
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from proche.areas.people.models import Person, TimelineEntry
from proche.areas.recruitment.models import Application
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Step

Told = tuple[int, datetime | None, str, int | None, dict[str, Any]]
GUEST_VERBS = {
    Invitation.State.ACCEPTED: "place_kept",
    Invitation.State.CONFIRMED: "presence_confirmed",
    Invitation.State.WAITLISTED: "in_line_for_event",
    Invitation.State.CANCELLED: "place_given_up",
}


def tell_stories(programme: Programme, steps: Sequence[Step], calendar: Calendar) -> None:
    """Replaces what the actions wrote at the moment of loading."""
    TimelineEntry.objects.filter(person__programme=programme).delete()
    told = [
        *_joining(programme),
        *_verdicts(programme),
        *_consents(programme),
        *_breaks(programme, calendar),
        *_reviews(programme),
        *_offers(steps),
        *_parcels(steps, calendar),
        *_posts(programme),
        *_guests(programme),
        *_messages(programme),
    ]
    rows = [
        TimelineEntry(person_id=person, at=at, verb=verb, by_id=by, details=details)
        for person, at, verb, by, details in told
        if at is not None
    ]
    rows.sort(key=lambda row: (row.at, row.person_id))
    TimelineEntry.objects.bulk_create(rows, batch_size=500)


def _joining(programme: Programme) -> Iterator[Told]:
    State = Application.State
    for row in Application.objects.in_programme(programme).select_related("person"):
        yield row.person_id, row.submitted_at, "person_applied", None, {}
        yield row.person_id, row.email_confirmed_at, "email_confirmed", None, {}
        verb = "person_member" if row.state == State.ACCEPTED else "person_refused"
        yield row.person_id, row.decided_at, verb, row.decided_by_id, {}
        yield row.person_id, row.review_asked_at, "person_applied", None, {}


def _verdicts(programme: Programme) -> Iterator[Told]:
    for row in Verdict.objects.in_programme(programme).select_related("person"):
        tier = {"tier": row.proposed_tier}
        # A member's verdict that waits for a signature was opened again.
        again = row.signed_at is None and row.person.joined_at is not None
        verb = "verdict_reopened" if again else "verdict_proposed"
        yield row.person_id, row.proposed_at, verb, None, {} if again else tier
        yield row.person_id, row.signed_at, "verdict_signed", row.signed_by_id, {"tier": row.tier}


def _consents(programme: Programme) -> Iterator[Told]:
    for row in Consent.objects.filter(person__programme=programme):
        purpose = {"purpose": row.purpose}
        yield row.person_id, row.given_at, "consent_given", None, purpose
        yield row.person_id, row.withdrawn_at, "consent_withdrawn", None, purpose


def _breaks(programme: Programme, calendar: Calendar) -> Iterator[Told]:
    verbs = {Person.State.ASLEEP: "person_asleep", Person.State.LEFT: "person_left"}
    for person in Person.objects.in_programme(programme).filter(state__in=verbs):
        yield person.pk, calendar.at(6, 20, 30), verbs[Person.State(person.state)], None, {}


def _reviews(programme: Programme) -> Iterator[Told]:
    rows = BrandReview.objects.filter(roster__shortlist__brief__brand__programme=programme)
    for row in rows.select_related("roster__shortlist__brief__brand"):
        brand = {"brand": row.roster.shortlist.brief.brand.name}
        for place in row.roster.places.all():
            yield place.person_id, row.created_at, "shown_to_brand", row.roster.made_by_id, brand


def _words(offer: Offer) -> dict[str, str]:
    brief = offer.campaign.brief
    return {"brand": brief.brand.name, "campaign": brief.title_fr}


def _asked(offer: Offer) -> dict[str, Any]:
    """What the contact log reads: of which offer it is told."""
    return {**_words(offer), "offer": offer.pk}


def _offers(steps: Iterable[Step]) -> Iterator[Told]:
    verbs = {
        Offer.State.ACCEPTED: "offer_accepted",
        Offer.State.DECLINED: "offer_declined",
        Offer.State.EXPIRED: "offer_expired",
        Offer.State.WITHDRAWN: "offer_withdrawn",
    }
    for offer in (step.offer for step in steps):
        words, who = _asked(offer), offer.person_id
        road = {"wave": offer.wave.number} if offer.wave else {}
        yield who, offer.sent_at, "offer_sent", offer.sent_by_id, {**words, **road}
        yield who, offer.reminded_at, "offer_reminded", offer.reminded_by_id, words
        verb = verbs.get(Offer.State(offer.state), "")
        by = offer.sent_by_id if verb == "offer_withdrawn" else None
        yield who, offer.answered_at, verb, by, words


def _parcels(steps: Iterable[Step], calendar: Calendar) -> Iterator[Told]:
    State = Parcel.State
    for step in steps:
        if step.exchange is None:
            continue
        path, words, who = step.path, _words(step.offer), step.offer.person_id
        team = step.offer.sent_by_id
        moments = [
            ("parcel_shipped", path.shipped, (11, 40), team),
            ("parcel_received", path.received, (18, 10), None),
            ("parcel_broken", path.broken, (18, 40), None),
            ("parcel_replaced", path.replaced, (9, 50), team),
            ("feedback_given", path.received if path.feedback else None, (21, 5), None),
            ("post_reminded", path.reminded, (10, 30), team),
            ("thanked", path.thanked, (14, 0), team),
        ]
        for verb, ago, (hour, minute), by in moments:
            if ago is not None:
                yield who, calendar.at(ago, hour, minute), verb, by, words
        if step.parcel is not None and step.parcel.state in {State.LOST, State.RETURNED}:
            after = calendar.at((path.shipped or 0) - 9, 9, 30)
            yield who, after, f"parcel_{step.parcel.state}", team, words


def _posts(programme: Programme) -> Iterator[Told]:
    rows = Post.objects.in_programme(programme).prefetch_related("checks")
    rows = rows.select_related("exchange__offer__campaign__brief__brand", "exchange__offer__person")
    for post in rows:
        offer = post.exchange.offer
        words, who = _words(offer), offer.person_id
        if post.exchange.obligation:
            yield who, post.expected_at, "post_expected", None, words
        for check in post.checks.all():
            yield who, check.at, "post_submitted", None, words
        asked = post.correction_asked_at
        if post.state == Post.State.FIXED:
            asked = min(check.at for check in post.checks.all()) + timedelta(days=1)
        yield who, asked, "correction_asked", offer.sent_by_id, words
        told = {**words, "reason": post.waiver_reason} if post.waiver_reason else words
        yield who, post.closed_at, f"post_{post.state}", post.closed_by_id, told


def _guests(programme: Programme) -> Iterator[Told]:
    rows = Invitation.objects.in_programme(programme)
    for row in rows.select_related("event__campaign__brief__brand"):
        verb = GUEST_VERBS.get(Invitation.State(row.state))
        if verb is not None:
            brand = row.event.campaign.brief.brand.name
            yield (
                row.person_id,
                row.changed_at,
                verb,
                None,
                {
                    "brand": brand,
                    "event": row.event.title_fr,
                },
            )


def _messages(programme: Programme) -> Iterator[Told]:
    for row in Message.objects.in_programme(programme).select_related("answers"):
        if row.person_id is None:
            continue
        if row.kind == "question":
            yield row.person_id, row.created_at, "question_asked", None, {"question": row.subject}
        elif row.kind == "reply":
            yield row.person_id, row.sent_at, "question_answered", row.by_id, {}
