"""What each column is called and holds, in French and English."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from proche.areas.takeout.tables import TABLES, Table

PERSON, BRIEF, OFFER, BRAND = _("Person (key)"), _("Brief (number)"), _("Offer (key)"), _("Brand")
# By the end of the path: a name means the same wherever it stands, unless the next list says so.
NAMES: dict[str, str | Promise] = {
    "accepts_alcohol": _("Accepts alcohol"), "accounts": _("Accounts"), "address": _("Address"),
    "adult": _("18 or older"), "adults_only": _("Adults only"), "against": _("Against"),
    "agreed_at": _("Agreed on"), "aliases": _("Other names"), "answered_at": _("Answered on"),
    "archetype": _("Profile"), "archetypes": _("Profiles"), "arm": _("Arm"), "as_of": _("As of"),
    "asks_en": _("Asked, in English"), "asks_fr": _("Asked, in French"), "at": _("When"),
    "attends_events": _("Likes to be invited to events"), "authenticity": _("Authenticity"),
    "basis": _("Declared basis"), "bio": _("Bio"), "body": _("Text"), "caption": _("Caption"),
    "change": _("Change"), "changed_at": _("Changed on"),
    "city": _("City"),
    "closed_at": _("Closed on"), "closeness": _("Closeness"), "closes_on": _("Closes on"),
    "closeness_from": _("Measures known of closeness"), "closeness_high": _("Closeness, high"),
    "closeness_low": _("Closeness, low"), "conclusive": _("Conclusive"),
    "confidence": _("Confidence"), "confirmed_at": _("Confirmed on"),
    "content_languages": _("Languages of the posts"), "corrections": _("Corrections"),
    "cost": _("Cost"), "counts": _("Counts"), "created_at": _("Created on"),
    "dated_on": _("Date of the basis"), "decided_at": _("Decided on"),
    "decline_reason": _("Why declined"), "details": _("Details"), "direction": _("Direction"),
    "email": _("Email"), "email_confirmed_at": _("Email confirmed on"), "ends_at": _("Ends at"),
    "ends_on": _("Ends on"), "entered_at": _("Entered on"), "exchange": _("Exchange"),
    "expected_at": _("Expected on"), "exposure": _("Exposure"),
    "fair_value_cents": _("Fair value, in cents"), "family_name": _("Family name"),
    "feedback": _("Private feedback"), "figures": _("Figures"), "file_name": _("File"),
    "findings": _("Findings"), "followers": _("Followers"), "following": _("Following"),
    "for_children": _("Aimed at children"), "format": _("Format"),
    "french_shown_at": _("French shown on"), "gain": _("People added"),
    "gets_en": _("Receives, in English"), "gets_fr": _("Receives, in French"),
    "given_at": _("Given on"), "given_name": _("Given name"), "handle": _("Handle"),
    "high": _("High"), "id": _("Number"), "imported_at": _("Imported on"),
    "invited_at": _("Asked on"), "joined_at": _("Member since"), "kept_at": _("Kept on"),
    "kept_until": _("Kept until"), "key": _("Key"), "kind": _("Kind"), "language": _("Language"),
    "languages": _("Languages"), "limits": _("Allergies, diets and other limits"),
    "limits_to_ask": _("Limits to ask again"),
    "locked": _("Locked"), "low": _("Low"), "made_at": _("Made on"), "measure": _("Measure"),
    "n": _("Sample size"), "name": _("Name"), "never_beside": _("Never beside"),
    "nominations": _("Nominations"), "nominations_accepted": _("Nominations accepted"),
    "not_seen": _("Not seen"), "note": _("Note"), "obligation": _("Obligation to post"),
    "occupation": _("Trade"), "on": pgettext_lazy("a date", "On"), "on_screen": _("On screen"),
    "opens_on": _("Opens on"), "outcome": _("Outcome"), "outcome_en": _("Outcome, in English"),
    "outcome_fr": _("Outcome, in French"), "override_reason": _("Why decided otherwise"),
    "own_words": _("In their own words"), "partner_name": _("Media partner"),
    "percentile": _("Percentile"), "period": _("Period"), "periods_after": _("Periods after"),
    "periods_before": _("Periods before"), "place": _("Place"), "planned_at": _("Planned on"),
    "platform": _("Network"), "position": _("Position"), "post_due_on": _("Post due on"),
    "postal_code": _("Postal code"), "posts_total": _("Number of posts"),
    "prepared_at": _("Prepared on"), "problem": _("Problem"), "proof": _("Proof"),
    "proposed_at": _("Proposed on"), "purpose": _("Purpose"), "quantity": _("Quantity"),
    "rank": _("Rank"), "reasons": _("Reasons"), "received_at": _("Received on"),
    "refusal_reason": _("Why refused"), "refused_brands": _("Brands refused"),
    "region": _("Region"), "regions": _("Regions"), "reminded_at": _("Reminded on"),
    "replaced_at": _("Replaced on"), "respond_by": _("To answer by"),
    "review_asked_at": _("Review asked on"), "rules_version": _("Rules"), "said": _("Said aloud"),
    "score": _("Score"), "seats": _("Seats"), "seeks_living": _("Wants to live from it"),
    "sent_at": _("Sent on"), "shipped_at": _("Shipped on"), "signed_at": _("Signed on"),
    "slug": _("Address of the page"), "source": _("Source"), "starts_at": _("Starts at"),
    "starts_on": _("Starts on"), "state": _("State"), "street": _("Street"),
    "subject": _("Subject"), "submitted_at": _("Handed in on"), "tags": _("Tags"),
    "thanked_at": _("Thanked on"), "thresholds_version": _("Rules"), "tier": _("Tier"),
    "title_en": _("Title in English"), "title_fr": _("Title in French"), "to": _("Sent to"),
    "to_confirm": _("To confirm"), "topics": _("Talks about"), "total": _("Rows"),
    "town": _("Town"), "tracking": _("Tracking"), "tries_products": _("Likes to try products"),
    "undone_at": _("Undone on"), "unit": _("Unit"), "unit_en": _("Unit, in English"),
    "unit_fr": _("Unit, in French"), "units_per_arm": _("Units per arm"), "url": _("Web address"),
    "value": _("Value"), "values_en": _("Values, in English"),
    "values_fr": _("Values, in French"), "verb": _("What happened"), "verdict": _("Verdict"),
    "version": _("Version"), "waiver_reason": _("Why no longer asked"),
    "wanted_at": _("Wanted a place on"), "website": _("Website"),
    "withdrawn_at": _("Withdrawn on"),
    "answer": _("Answer"), "asked_at": _("Asked on"), "before": _("Before"),
    "began_at": _("Began on"), "code": _("Code"), "day": _("Day"), "edited_at": _("Changed on"),
    "ended_at": _("Ended on"), "fields": _("Facts"), "reason": _("Reason"),
    "removed": _("Removed"), "removed_at": _("Removed on"), "shares": _("Likes to share"),
    "shows_clients": _("Clients are seen"), "shows_trade": _("The account shows the trade"),
    "size": _("Size, in bytes"), "text": _("Text"), "text_en": _("Text in English"),
    "text_fr": _("Text in French"), "until": _("Until"), "what": _("What"),
    "alcohol": _("Alcohol"), "avoid_en": _("Not to say, in English"),
    "avoid_fr": _("Not to say, in French"), "budget_cents": _("Budget, in cents"),
    "categories": _("Categories"), "chosen_at": _("Chosen on"),
    "considered": _("People ranked"), "contains": _("Contains"),
    "content_en": _("Content wished for, in English"),
    "content_fr": _("Content wished for, in French"),
    "exclusivity_months": _("Months between rivals"), "other_rivals": _("Other rivals"),
    "happened_on": _("Happened from"),
    "happened_until": _("Happened until"), "known_on": _("Known on"),
    "information": _("Kinds of information"), "whose": _("Whose information"),
    "people": _("People concerned"), "estimated": _("Estimates"),
    "serious": _("Risk of serious injury"), "why_serious": _("Why, or why not"),
    "commission_told_on": _("Commission told on"), "people_told_on": _("People told on"),
    "public_notice": _("Public notice"), "measures": _("Measures taken"),
    "refused_months": _("Months kept after a refusal"),
    "silent_months": _("Months kept without an answer"),
    "asks_per_quarter": _("Offers per member and quarter"), "parts": _("Parts of the score"),
    "ranked_at": _("Ranked on"), "rivals": _("Rivals"), "saved_at": _("Saved on"),
    "typed": _("As typed"), "weights": _("Weights"),
    "had_seat": _("Had a seat"), "let_go_at": _("Let go on"), "left_out": _("Left out"),
    "cost_cents": _("Cost, in cents"),
    "countries": _("Countries of the audience"), "jurisdiction": _("Rules of"),
    "required_words": _("Words asked for"), "signs": _("What was seen"),
    "who": _("Seen by"), "found": _("Found"), "http_status": _("Answer of the site"),
    "whole": _("Seen whole"), "sealed": _("Seal"), "previous": _("Seal before"),
    "erased_at": _("Erased on"), "seen_at": _("Seen on"), "sha256": _("SHA-256"),
    "due_at": _("Due on"), "done_at": _("Done on"), "asks_person": _("Asks a person"),
    "why": _("Why it is kept"), "workplace": _("Where they work"), "written_at": _("Written on"),
    "called_at": _("Called from the line on"), "expires_at": _("Works until"),
    "number": _("Number of the wave"), "opened_at": _("Last opened on"),
    "revoked_at": _("Closed on"), "stopped_at": _("Stopped on"),
    "meanwhile": _("Answer while withdrawn"), "meanwhile_at": _("Answered while withdrawn on"),
    "withdrawal_read_at": _("Read as withdrawn on"),
}  # fmt: skip
PATHS: dict[str, str | Promise] = {
    "incident__number": _("Incident"),
    "first__key": _("Person (first)"), "second__key": _("Person (second)"),
    "person__key": PERSON, "offer__person__key": PERSON, "exchange__offer__person__key": PERSON,
    "campaign__brief_id": BRIEF, "shortlist__brief_id": BRIEF,
    "roster__shortlist__brief_id": BRIEF, "offer__key": OFFER, "exchange__offer__key": OFFER,
    "brand__name": BRAND, "event_id": _("Event (number)"), "post_id": _("Post (number)"),
    "proof__post_id": _("Post (number)"),
    "study_id": _("Study (number)"), "tag__name": _("Tag"), "by__name": _("By"),
    "signed_by__name": _("Signed by"), "decided_by__name": _("Decided by"),
    "sent_by__name": _("Sent by"), "closed_by__name": _("Closed by"),
    "entered_by__name": _("Entered by"), "check_in__at": _("Came in at"),
    "user__name": _("Name"), "user__email": _("Email"), "author__name": _("By"),
    "written_by__name": _("By"), "changed_by__name": _("By"), "saved_by__name": _("By"),
    "chosen_by__name": _("By"), "let_go_by__name": _("By"),
    "brief_id": BRIEF, "wave__number": _("Wave"), "review_id": _("Review (number)"),
    "reminded_by__name": _("Reminded by"), "contact__name": _("Contact"),
}  # fmt: skip


def heading(path: str) -> str:
    return str(PATHS.get(path) or NAMES[path.rpartition("__")[2]])


def headings(table: Table) -> list[str]:
    return [heading(path) for path in table.columns]


def description() -> Iterator[tuple[str, str, str, str]]:
    """Table, heading, name for programs, and what the cells hold."""
    for table in TABLES:
        for path in table.columns:
            yield str(table.label), heading(path), path, holds(table.field(path))


def holds(field: Any) -> str:
    if field is None:
        return gettext("a list or a count, worked out when exporting")
    if field.flatchoices:
        shown = [f"{value} ({label})" for value, label in field.flatchoices]
        return gettext("one of: %(values)s") % {"values": ", ".join(shown)}
    kinds: list[tuple[type[Any], Any]] = [
        (models.BooleanField, _("yes or no")),
        (models.DateTimeField, _("date and time, of Montréal")),
        (models.DateField, _("date")),
        (models.JSONField, _("a list, or JSON where it is more than a list")),
        (models.FloatField, _("number")),
        (models.DecimalField, _("number")),
        (models.IntegerField, _("whole number")),
    ]
    return str(next((label for kind, label in kinds if isinstance(field, kind)), _("text")))
