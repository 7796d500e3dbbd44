"""Consents once two records are one person: the last thing they said holds."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from proche.areas.consent.models import Purpose
from proche.areas.people.models import Person


def latest_word(kept: Person) -> Iterator[tuple[Model, str, Any]]:
    """A consent in force, given before a withdrawal of the same purpose, ends with it; limits stay
    only where theirs stands."""
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
    standing = {consent.purpose for consent in consents if consent.withdrawn_at is None}
    if kept.limits and Purpose.LIMITS not in standing:
        yield kept, "limits", ""
