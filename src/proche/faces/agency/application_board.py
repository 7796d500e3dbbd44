"""The board of applications: a column a state, each with its own pages, its count exact.

Each column is asked for the keys of its page; their rows, accounts and verdicts then come together,
so the number of questions depends neither on the rows nor on the columns that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import Verdict
from proche.areas.people.actions import fold
from proche.areas.people.models import Person
from proche.areas.recruitment.actions.decisions import OPEN
from proche.areas.recruitment.models import Application
from proche.areas.recruitment.queries import applications_with_people

State = Application.State
COLUMNS = (State.RECEIVED, State.ASKED, State.REVIEW, State.ACCEPTED, State.REFUSED)
# What dropping a card in a column asks for; the states a card may come from.
MOVES: dict[str, tuple[str, tuple[str, ...]]] = {
    State.RECEIVED: ("answered", (State.ASKED,)),
    State.ASKED: ("ask", (State.RECEIVED, State.REVIEW)),
    State.REVIEW: ("answered", (State.ASKED,)),
    State.ACCEPTED: ("accept", OPEN),
    State.REFUSED: ("refuse", OPEN),
}
ORDERS: dict[str, str] = {
    State.REVIEW: "review_asked_at",
    State.ACCEPTED: "-decided_at",
    State.REFUSED: "-decided_at",
}
IN_A_COLUMN, IN_A_LIST = 20, 40


@dataclass(frozen=True)
class Card:
    application: Application
    # The verdict that waits for a signature, else the one in force.
    verdict: object | None


@dataclass(frozen=True)
class Column:
    state: State
    cards: list[Card]
    count: int
    page: int
    pages: int
    # Addresses of the pages around; the other columns stay where they are.
    previous: str
    next: str

    @property
    def act(self) -> str:
        return MOVES[self.state][0]

    @property
    def takes(self) -> str:
        return " ".join(MOVES[self.state][1])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def found_by(programme: Programme, asked: Mapping[str, str]) -> QuerySet[Application]:
    rows = Application.objects.in_programme(programme)
    for word in fold(asked.get("q", "")).split():
        rows = rows.filter(person__search_text__contains=word.removeprefix("@"))
    if "region" in asked:
        rows = rows.filter(person__region=asked["region"])
    if "profil" in asked:
        rows = rows.filter(person__archetype=asked["profil"])
    if "palier" in asked:
        current = Verdict.objects.filter(
            person=OuterRef("person"), replaced_at=None, tier=asked["palier"]
        )
        rows = rows.filter(Exists(current))
    return rows


def counts_of(rows: QuerySet[Application]) -> dict[str, int]:
    held = dict(rows.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
    return {state: held.get(state, 0) for state in State.values}


def board(
    rows: QuerySet[Application], counts: Mapping[str, int], only: str, query: QueryDict
) -> list[Column]:
    """Every column, or the one asked for with more on a page; the query says which pages."""
    size = IN_A_LIST if only else IN_A_COLUMN
    states = [state for state in COLUMNS if only in ("", state)]
    places = {state: _place(query.get(_name(state), ""), counts[state], size) for state in states}
    keys = {state: _keys(rows, state, places[state][0], size) for state in states}
    cards = _cards([key for one in keys.values() for key in one])
    return [
        Column(
            state,
            [cards[key] for key in keys[state] if key in cards],
            counts[state],
            *places[state],
            *(_address(query, state, places[state][0] + by) for by in (-1, 1)),
        )
        for state in states
    ]


def _name(state: State) -> str:
    return f"page_{state}"


def _address(query: QueryDict, state: State, page: int) -> str:
    changed = query.copy()
    changed[_name(state)] = str(page)
    return f"?{changed.urlencode()}#column-{state}"


def _place(typed: str, count: int, size: int) -> tuple[int, int]:
    """The page asked for, within those there are."""
    last = max(1, -(-count // size))
    asked = int(typed) if typed.isdigit() and len(typed) < 7 else 1
    return max(1, min(asked, last)), last


def _keys(rows: QuerySet[Application], state: State, page: int, size: int) -> list[int]:
    ordered = rows.filter(state=state).order_by(ORDERS.get(state, "submitted_at"), "pk")
    return list(ordered.values_list("pk", flat=True)[(page - 1) * size : page * size])


def _cards(keys: list[int]) -> dict[int, Card]:
    rows = applications_with_people(Application.objects.filter(pk__in=keys))
    return {row.pk: Card(row, verdict_of(row.person)) for row in rows.select_related("decided_by")}


def verdict_of(person: Person) -> object | None:
    current = [v for v in person.verdicts.all() if v.replaced_at is None]
    return next((v for v in current if v.signed_at is None), next(iter(current), None))
