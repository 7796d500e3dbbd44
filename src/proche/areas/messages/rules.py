"""What may be sent to whom (anti-spam law: consent, identification, a way to stop)."""

import re

from proche.areas.consent.models import Consent, Purpose
from proche.areas.people.models import Person

# Messages with a commercial purpose need the consent to offers, and so does whatever the team
# writes to many, for nobody can know beforehand what it will say. The others answer something the
# person did, or carry an exchange they accepted.
COMMERCIAL = {"offer", "offer_back", "offer_reminder", "team_letter"}

# Messages whose link opens a page without signing in.
CARRIES_A_KEY = {
    "brand_review",
    "review_reply",
    "sign_up_later",
    "still_true",
    "still_true_again",
    "left",
}
# The one message an address may get before somebody showed, by its link, that it is theirs.
BEFORE_CONFIRMATION = {"confirm_email"}
ADDRESS = re.compile(r"https?://\S+")


def body_to_keep(kind: str, body: str) -> str:
    """What stays of a body once it is delivered: a key lies nowhere but with its holder."""
    return ADDRESS.sub("…", body) if kind in CARRIES_A_KEY else body


def has_confirmed(kind: str, person: Person | None) -> bool:
    """Whoever signs up is written to once their address answered; the timeline says when."""
    return (
        person is None
        or person.state != Person.State.APPLIED
        or kind in BEFORE_CONFIRMATION
        or not person.timeline.filter(verb="person_applied").exists()
        or person.timeline.filter(verb="email_confirmed").exists()
    )


def may_send(kind: str, person: Person | None) -> bool:
    if kind not in COMMERCIAL:
        return True
    return (
        person is not None
        and person.state == Person.State.MEMBER
        and Consent.objects.filter(
            person=person, purpose=Purpose.OFFERS, withdrawn_at=None
        ).exists()
    )
