"""The main factors of a choice, kept with it whatever is ranked later (Law 25, s. 12.1)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.matching.models import Factors, RosterPlace, Shortlist

# As they stood in the ranking.
COPIED = ("rank", "score", "parts", "reasons", "against")


def keep_factors(shortlist: Shortlist, person_ids: Iterable[int], *, by: User | None) -> None:
    """Once for each ranking in which a person is chosen; choosing them again adds nothing."""
    entries = shortlist.entries.filter(person__in=list(person_ids))
    Factors.objects.bulk_create(
        (
            Factors(
                brief_id=shortlist.brief_id,
                person_id=entry.person_id,
                ranked_at=shortlist.made_at,
                chosen_at=timezone.now(),
                chosen_by=by,
                considered=shortlist.considered,
                weights=shortlist.weights,
                **{name: getattr(entry, name) for name in COPIED},
            )
            for entry in entries
        ),
        ignore_conflicts=True,
    )


def factors_of(brief: Brief, person_ids: Iterable[int]) -> dict[int, Factors]:
    """The latest of each person ever chosen for the brief, and whether they still are (`seated`);
    one query."""
    place = RosterPlace.objects.filter(
        roster__shortlist__brief=OuterRef("brief"), person=OuterRef("person")
    )
    rows = Factors.objects.filter(brief=brief, person__in=list(person_ids))
    rows = rows.select_related("chosen_by").annotate(seated=Exists(place))
    return {row.person_id: row for row in rows.order_by("chosen_at", "pk")}
