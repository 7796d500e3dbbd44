"""A bank before a brief: members who may be ranked, with a public where it is known."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.evidence.models import AudienceSample, Verdict
from proche.areas.matching.actions import choose_roster, make_shortlist
from proche.areas.matching.models import Roster, Shortlist
from proche.areas.people.models import Person
from tests.factories.people import AccountFactory, PersonFactory, consenting


def a_member(programme: Programme, *, reached: Iterable[int] = (), **facts: Any) -> Person:
    """Somebody who may be shortlisted and written to; `reached` are the keys of their public."""
    person = PersonFactory.create(programme=programme, **facts)
    consenting(person)
    account = AccountFactory.create(person=person)
    keys = np.array(sorted(set(reached)), dtype="<u8")
    if len(keys):
        AudienceSample.objects.create(
            account=account,
            keys=keys.tobytes(),
            n=len(keys),
            proof="archive",
            as_of=timezone.localdate(),
        )
    return person


def signed_verdict(person: Person, *, closeness: float | None = 71, measures: int = 3) -> Verdict:
    day = timezone.now() - timedelta(days=30)
    return Verdict.objects.create(
        person=person,
        proposed_tier="nano",
        tier="nano",
        archetype=person.archetype,
        closeness=closeness,
        closeness_from=measures,
        confidence=0.8,
        thresholds_version="1",
        proposed_at=day,
        signed_at=day,
    )


def a_shortlist(brief: Brief) -> Shortlist:
    return make_shortlist(brief, {}, by=None)


def a_roster(brief: Brief, *, size: int | None = None) -> Roster:
    return choose_roster(a_shortlist(brief), by=None, size=size)
