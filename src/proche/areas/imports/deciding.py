"""What each row would do to the bank. The check and the import both ask here, so that one cannot
foresee what the other does not do; nothing is written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import Lower

from proche.areas.accounts.models import Programme
from proche.areas.imports.cells import WrongCell, email
from proche.areas.imports.columns import Plan
from proche.areas.imports.drafts import Draft, DraftAccount, draft_of
from proche.areas.imports.problems import Problem
from proche.areas.people.models import Account, Person, Tag
from proche.areas.recruitment.marks import account_mark, left_mark
from proche.areas.recruitment.models import Block
from proche.core.sheets import Row

NEW, COMPLETED, UNCHANGED, LEFT_OUT = "new", "completed", "unchanged", "left_out"
OUTCOMES = (NEW, COMPLETED, UNCHANGED, LEFT_OUT)
# What may be completed, and how it stands while nobody said anything.
EMPTY: dict[str, Any] = {
    "region": "",
    "city": "",
    "occupation": "",
    "topics": [],
    "content_languages": [],
    "seeks_living": Person.SeeksLiving.UNKNOWN,
}
IN_THE_BANK = (Person.State.MEMBER, Person.State.ASLEEP)


@dataclass(slots=True)
class Decision:
    """`person` is somebody already in the bank; the rest is what they would be given."""

    draft: Draft
    outcome: str
    person: Person | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    accounts: list[DraftAccount] = field(default_factory=list)
    # Accounts they have without a number of followers.
    counted: list[tuple[Account, int]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """What decisions of one batch share: its plan, and which row an email comes first in."""

    programme: Programme
    plan: Plan
    first_rows: dict[str, int]
    today: date

    def drafts(self, rows: Iterable[Row]) -> list[Draft]:
        return [draft_of(self.plan, number, cells, today=self.today) for number, cells in rows]


def first_rows_of(plan: Plan, rows: Iterable[Row]) -> dict[str, int]:
    """The row in which each email of a file comes first, whatever else is wrong with it."""
    found: dict[str, int] = {}
    place = plan.places.get("email", -1)
    for number, cells in rows:
        if 0 <= place < len(cells):
            try:
                found.setdefault(email(cells[place]), number)
            except WrongCell:
                continue
    return found


def decide(desk: Desk, drafts: Sequence[Draft]) -> list[Decision]:
    """In a constant number of queries for any number of drafts."""
    known = _known(desk.programme, [draft.email for draft in drafts if draft.email])
    blocked = _blocked(desk.programme, drafts)
    accounts: dict[int, list[Account]] = defaultdict(list)
    for account in Account.objects.filter(person__in=[p.pk for p in known.values()]):
        accounts[account.person_id].append(account)
    tags = _tags(known.values())
    return [
        _decide(desk, draft, known.get(draft.email), blocked, accounts, tags) for draft in drafts
    ]


def _decide(
    desk: Desk,
    draft: Draft,
    person: Person | None,
    blocked: set[tuple[str, str]],
    accounts: dict[int, list[Account]],
    tags: dict[int, set[str]],
) -> Decision:
    _say(draft, desk, person, blocked)
    if any(problem.kind.stops for problem in draft.problems) or (
        desk.plan.choices.doubtful == "leave_out"
        and any(not problem.kind.told for problem in draft.problems)
    ):
        return Decision(draft, LEFT_OUT)
    wanted = [*draft.tags, *([desk.plan.choices.tag] if desk.plan.choices.tag else [])]
    if person is None:
        once = list({name.casefold(): name for name in reversed(wanted)}.values())[::-1]
        return Decision(draft, NEW, None, _new_facts(desk, draft), draft.accounts, tags=once)
    if desk.plan.choices.known == "leave":
        return Decision(draft, UNCHANGED, person)
    return _completed(draft, person, accounts[person.pk], tags[person.pk])


def _say(draft: Draft, desk: Desk, person: Person | None, blocked: set[tuple[str, str]]) -> None:
    def say(code: str, column: str, value: str) -> None:
        draft.problems.append(Problem(draft.row, column, value, code))

    if draft.email and desk.first_rows.get(draft.email, draft.row) != draft.row:
        say("twice", "email", draft.email)
    if person is not None and person.state in (Person.State.REFUSED, Person.State.LEFT):
        say("refused", "email", draft.email)
    elif person is not None and person.state == Person.State.APPLIED:
        say("applying", "email", draft.email)
    elif person is not None:
        say("in_bank", "email", draft.email)
    for account in draft.accounts:
        if (account.platform, account.handle) in blocked:
            say("refused", f"account:{account.platform}", account.handle)
    if person is None and ("", draft.email) in blocked:
        say("refused", "email", draft.email)


def _new_facts(desk: Desk, draft: Draft) -> dict[str, Any]:
    choices = desk.plan.choices
    asked = {
        "language": choices.language,
        "region": choices.region,
        "archetype": choices.archetype,
    }
    return asked | draft.facts


def _completed(draft: Draft, person: Person, held: Sequence[Account], tags: set[str]) -> Decision:
    facts = {
        name: draft.facts[name]
        for name, empty in EMPTY.items()
        if name in draft.facts and getattr(person, name) == empty and draft.facts[name] != empty
    }
    there = {(a.platform, a.handle.casefold()): a for a in held}
    networks = {account.platform for account in held}
    # Another account on a network where they gave one is a question for them, not for a list.
    fresh = [account for account in draft.accounts if account.platform not in networks]
    counted = [
        (there[account.platform, account.handle], account.followers)
        for account in draft.accounts
        if account.followers is not None
        and (account.platform, account.handle) in there
        and there[account.platform, account.handle].followers is None
    ]
    wanted = list({n.casefold(): n for n in draft.tags if n.casefold() not in tags}.values())
    outcome = COMPLETED if facts or fresh or counted or wanted else UNCHANGED
    return Decision(draft, outcome, person, facts, fresh, counted, wanted)


def _known(programme: Programme, emails: Sequence[str]) -> dict[str, Person]:
    people = Person.objects.in_programme(programme).annotate(address=Lower("email"))
    return {
        person.email.lower(): person
        for person in people.filter(address__in=emails).prefetch_related("accounts")
    }


def _blocked(programme: Programme, drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    """Accounts whose holder refused a nomination, and addresses (under no platform) of people who
    refused or left, known by their one-way marks."""
    marks = {
        account_mark(programme, account.platform, account.handle): (
            account.platform,
            account.handle,
        )
        for draft in drafts
        for account in draft.accounts
    }
    marks |= {left_mark(programme, d.email): ("", d.email) for d in drafts if d.email}
    found: set[tuple[str, str]] = set()
    traces = list(marks)
    for start in range(0, len(traces), 5_000):
        held = Block.objects.filter(programme=programme, trace__in=traces[start : start + 5_000])
        found |= {marks[trace] for trace in held.values_list("trace", flat=True)}
    return found


def _tags(people: Iterable[Person]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    holding = Tag.people.through.objects.filter(person__in=[person.pk for person in people])
    for person, name in holding.values_list("person_id", "tag__name"):
        found[person].add(name.casefold())
    return found
