"""Consents once two records are one person: the last thing they said holds."""

from collections.abc import Iterator
from datetime import datetime

from proche.areas.consent.models import Consent
from proche.areas.people.models import Person


def latest_word(kept: Person) -> Iterator[tuple[Consent, str, datetime]]:
    """A consent in force, given before a withdrawal of the same purpose, ends with it."""
    consents = list(kept.consents.all())
    for consent in consents:
        if consent.withdrawn_at is None:
            later = [
                other.withdrawn_at
                for other in consents
                if other.purpose == consent.purpose
                and other.withdrawn_at is not None
                and other.withdrawn_at > consent.given_at
            ]
            if later:
                yield consent, "withdrawn_at", max(later)
