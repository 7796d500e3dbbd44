"""Whom a roster is chosen among, and what its conditions ask about each of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from proche.areas.matching.conditions import Conditions, Limit
from proche.areas.matching.models import Shortlist
from proche.areas.people.models import Person

# The roster is drawn from the best ranked, so that reach never buys a person who does not fit.
POOL_PER_SEAT = 3
# What the ranking says of somebody in whom nothing touches the brief.
MISFITS = {"off_subject", "nothing_to_read"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody ranked, or seated before they were set aside (`ranked` is then False)."""

    person_id: int
    region: str
    languages: tuple[str, ...]
    archetype: str
    newcomer: bool = False
    misfit: bool = False
    ranked: bool = True

    def is_in(self, limit: Limit) -> bool:
        if limit.by == "language":
            return limit.group in self.languages
        return limit.group == (self.region if limit.by == "region" else self.archetype)


def candidates(shortlist: Shortlist, *, also: Iterable[int] = ()) -> list[Candidate]:
    """Best ranked first, then the others asked for; two queries at most."""
    entries = shortlist.entries.select_related("person").order_by("rank")
    found = [
        _candidate(
            entry.person,
            newcomer=entry.newcomer,
            misfit=any(caution["code"] in MISFITS for caution in entry.against),
        )
        for entry in entries
    ]
    missing = set(also) - {candidate.person_id for candidate in found}
    if missing:
        people = Person.objects.filter(pk__in=missing).order_by("pk")
        found += [_candidate(person, ranked=False) for person in people]
    return found


def _candidate(
    person: Person, *, newcomer: bool = False, misfit: bool = False, ranked: bool = True
) -> Candidate:
    return Candidate(
        person.pk,
        person.region,
        tuple(person.content_languages or [person.language]),
        person.archetype,
        newcomer,
        misfit,
        ranked,
    )


def pool_of(found: Iterable[Candidate], conditions: Conditions) -> list[int]:
    """Whom the seats are given among, best ranked first; somebody in whom nothing touches the
    brief only where a seat would stay empty. A floor looks further down the ranking for its own."""
    open_to = [one for one in found if one.ranked and one.person_id not in conditions.left_out]
    fit = [one for one in open_to if not one.misfit]
    others = [one for one in open_to if one.misfit]
    pool = fit[: conditions.size * POOL_PER_SEAT] + others[: max(0, conditions.size - len(fit))]
    for limit in conditions.limits:
        own = [one for one in fit if one.is_in(limit)]
        pool += own[: (limit.least or 0) * POOL_PER_SEAT]
    newcomers = [one for one in fit if one.newcomer]
    pool += newcomers[: conditions.least_newcomers * POOL_PER_SEAT]
    chosen = {one.person_id for one in pool}
    return [one.person_id for one in open_to if one.person_id in chosen]
