"""What a roster must keep to, as the strategist wrote it and as it is kept with the roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from typing import Any

from proche.areas.brands.models import Brief
from proche.areas.matching.models import Roster, RosterConflict, RosterPlace, RosterTerm

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """At least and at most so many of a region, a language or a profile; None is no bound."""

    by: str
    group: str
    least: int | None = None
    most: int | None = None

    @property
    def key(self) -> str:
        return f"limit:{self.by}:{self.group}"


@dataclass(frozen=True)
class Conditions:
    """Money in cents. `newcomers`: at least so many of a hundred seats go to people never asked.
    `costs`: of the people who do not cost what the others do. People by their row."""

    size: int
    budget_cents: int | None = None
    each_cents: int = 0
    shipping_cents: int = 0
    newcomers: int = 0
    limits: tuple[Limit, ...] = ()
    costs: Mapping[int, int] = field(default_factory=dict)
    kept: tuple[int, ...] = ()
    left_out: frozenset[int] = frozenset()
    apart: tuple[Pair, ...] = ()

    def cost_of(self, person_id: int) -> int:
        return self.costs.get(person_id, self.each_cents + self.shipping_cents)

    def spent_on(self, people: Iterable[int]) -> int:
        return sum(self.cost_of(person_id) for person_id in people)

    @property
    def least_newcomers(self) -> int:
        return ceil(self.size * self.newcomers / 100)

    def named(self) -> list[str]:
        """A name for each condition whose cost in reach can be told; the size is none."""
        keys = [f"kept:{person_id}" for person_id in self.kept]
        keys += [f"left_out:{person_id}" for person_id in sorted(self.left_out)]
        keys += ["budget"] if self.budget_cents is not None else []
        keys += ["newcomers"] if self.newcomers else []
        keys += [limit.key for limit in self.limits]
        return keys + [f"apart:{first}:{second}" for first, second in self.apart]

    def without(self, key: str) -> "Conditions":
        kind, _, rest = key.partition(":")
        if kind == "kept":
            return replace(self, kept=tuple(one for one in self.kept if str(one) != rest))
        if kind == "left_out":
            return replace(self, left_out=self.left_out - {int(rest)})
        if kind == "apart":
            pairs = tuple(pair for pair in self.apart if f"{pair[0]}:{pair[1]}" != rest)
            return replace(self, apart=pairs)
        if kind == "limit":
            return replace(self, limits=tuple(one for one in self.limits if one.key != key))
        return replace(self, budget_cents=None) if kind == "budget" else replace(self, newcomers=0)

    def by_hand(self, size: int) -> "Conditions":
        """What a choice of that many made by hand is held against: who is kept, nothing else."""
        return Conditions(size=size, kept=self.kept)


def first_conditions(brief: Brief) -> Conditions:
    """What the brief itself asks of a roster."""
    return Conditions(
        size=brief.quantity, budget_cents=brief.budget_cents, each_cents=brief.fair_value_cents
    )


def conditions_of(roster: Roster, places: Sequence[RosterPlace] | None = None) -> Conditions:
    """As kept with the roster; three queries, two where its `places` were read."""
    brief = roster.shortlist.brief
    terms = sorted(roster.terms.all(), key=lambda term: term.pk)
    pairs = roster.conflicts.order_by("pk").values_list("first", "second")
    if places is None:
        places = list(roster.places.filter(locked=True))
    kept = [p.person_id for p in sorted(places, key=lambda p: p.position) if p.locked]
    return Conditions(
        size=roster.size or brief.quantity,
        budget_cents=roster.budget_cents,
        each_cents=brief.fair_value_cents if roster.each_cents is None else roster.each_cents,
        shipping_cents=roster.shipping_cents,
        newcomers=roster.newcomers,
        limits=tuple(Limit(**limit) for limit in roster.limits),
        costs={term.person_id: term.cost_cents for term in terms if term.cost_cents is not None},
        kept=tuple(kept),
        left_out=frozenset(term.person_id for term in terms if term.left_out),
        # two records made one leave a pair of one person
        apart=tuple(pair for pair in pairs if pair[0] != pair[1]),
    )


def facts_of(conditions: Conditions, brief: Brief) -> dict[str, Any]:
    """The columns of a roster; what is as the brief says follows it when it changes."""
    each, size = conditions.each_cents, conditions.size
    return {
        "size": None if size == brief.quantity else size,
        "budget_cents": conditions.budget_cents,
        "each_cents": None if each == brief.fair_value_cents else each,
        "shipping_cents": conditions.shipping_cents,
        "newcomers": conditions.newcomers,
        "limits": [asdict(limit) for limit in conditions.limits],
    }


def keep_about_people(roster: Roster, conditions: Conditions) -> None:
    """Write anew whom the conditions name; who keeps a seat is said by the seat. Of somebody who
    stays out, who let them go and when stays too."""
    let_go = {term.person_id: term for term in roster.terms.filter(left_out=True)}
    roster.terms.all().delete()
    RosterTerm.objects.bulk_create(
        RosterTerm(
            roster=roster,
            person_id=person_id,
            left_out=person_id in conditions.left_out,
            cost_cents=conditions.costs.get(person_id),
            **(_act_of(let_go.get(person_id)) if person_id in conditions.left_out else {}),
        )
        for person_id in sorted({*conditions.left_out, *conditions.costs})
    )
    roster.conflicts.all().delete()
    RosterConflict.objects.bulk_create(
        RosterConflict(roster=roster, first_id=first, second_id=second)
        for first, second in dict.fromkeys(conditions.apart)
    )


def _act_of(term: RosterTerm | None) -> dict[str, Any]:
    if term is None:
        return {}
    return {
        "let_go_at": term.let_go_at,
        "let_go_by_id": term.let_go_by_id,
        "had_seat": term.had_seat,
    }
