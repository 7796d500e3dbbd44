"""A row of a file as the person it would be, with everything that is wrong in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from proche.areas.imports import cells
from proche.areas.imports.cells import WrongCell
from proche.areas.imports.columns import LONGEST_TAG, NETWORK_WORDS, Plan
from proche.areas.imports.problems import Problem
from proche.areas.people.models import Person
from proche.areas.recruitment.handles import platform_in, read_handle
from proche.common.choices import Platform
from proche.common.errors import Refusal

LONGEST = {
    name: getattr(Person._meta.get_field(name), "max_length", 80)
    for name in ("given_name", "family_name", "occupation", "city")
}
LONGEST_NOTE = 1_000
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class DraftAccount:
    platform: str
    handle: str
    followers: int | None


@dataclass(slots=True)
class Draft:
    """`facts` are fields of Person that the row gives; absent where its cell is empty."""

    row: int
    facts: dict[str, Any] = field(default_factory=dict)
    accounts: list[DraftAccount] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    note: str = ""
    dated_on: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def email(self) -> str:
        return str(self.facts.get("email", ""))


READERS: dict[str, Callable[[str], Any]] = {
    "language": cells.language,
    "region": cells.region,
    "archetype": cells.archetype,
    "seeks_living": cells.seeks_living,
    "tries_products": lambda value: cells.yes_no(value) == "yes",
    "attends_events": lambda value: cells.yes_no(value) == "yes",
    "topics": lambda value: list(cells.topics(value)),
    "content_languages": lambda value: list(cells.languages(value)),
}


class _Reading:
    """One row being read."""

    def __init__(self, plan: Plan, row: int, given: Sequence[str], today: date) -> None:
        self.plan, self.given, self.today = plan, given, today
        self.draft = Draft(row)

    def cell(self, code: str) -> str:
        place = self.plan.places.get(code)
        said = self.given[place] if place is not None and place < len(self.given) else ""
        return "" if said.strip().casefold() in cells.NOTHING else said

    def plain(self, code: str) -> str:
        """Of cells that hold no free text: @name, +1 and the like are what they say."""
        return cells.unprotected(self.cell(code))

    def wrong(self, code: str, problem: str, hint: str = "") -> None:
        self.draft.problems.append(
            Problem(self.draft.row, code, self.cell(code)[:200], problem, hint)
        )

    def text(self, code: str, longest: int | None) -> str:
        try:
            said = cells.text(self.cell(code))
        except WrongCell as wrong:
            self.wrong(code, wrong.code)
            return ""
        if longest and len(said) > longest:
            self.wrong(code, "too_long", str(longest))
            return ""
        return said

    def read(self) -> Draft:
        self._names()
        self._email()
        for code in ("occupation", "city"):
            if said := self.text(code, LONGEST[code]):
                self.draft.facts[code] = said
        for code, reader in READERS.items():
            if self.cell(code):
                try:
                    self.draft.facts[code] = reader(self.plain(code))
                except WrongCell as wrong:
                    self.wrong(code, wrong.code, wrong.hint)
        self._accounts()
        self._listed()
        return self.draft

    def _names(self) -> None:
        facts = self.draft.facts
        if "full_name" in self.plan.places and "given_name" not in self.plan.places:
            whole = self.text("full_name", (LONGEST["given_name"] or 80) * 2)
            facts["given_name"], facts["family_name"] = split_name(whole)
            if whole and not facts["family_name"]:
                self.wrong("full_name", "one_word_name")
            elif not whole and not self.cell("full_name"):
                self.wrong("full_name", "no_name")
            return
        for code in ("given_name", "family_name"):
            facts[code] = self.text(code, LONGEST[code])
            if not facts[code] and not self.cell(code):
                self.wrong(code, "no_name")

    def _email(self) -> None:
        said = self.cell("email")
        if not said:
            self.wrong("email", "no_email")
            return
        try:
            address = cells.email(said)
        except WrongCell as wrong:
            self.wrong("email", wrong.code)
            return
        if len(address) > LONGEST_EMAIL:
            self.wrong("email", "too_long", str(LONGEST_EMAIL))
            return
        self.draft.facts["email"] = address

    def _accounts(self) -> None:
        found: dict[tuple[str, str], int | None] = {}
        if listed := self.plain("accounts"):
            try:
                found.update(dict(listed_accounts(listed)))
            except WrongCell as wrong:
                self.wrong("accounts", wrong.code)
        for platform in Platform.values:
            self._account(platform, found)
        if self.cell("followers"):
            self._followers_of_first(found)
        self.draft.accounts = [DraftAccount(p, h, n) for (p, h), n in found.items()]

    def _account(self, platform: str, found: dict[tuple[str, str], int | None]) -> None:
        code, counted = f"account:{platform}", f"followers:{platform}"
        followers = self._number(counted) if self.cell(counted) else None
        if not self.cell(code):
            if followers is not None and not any(p == platform for p, _h in found):
                self.wrong(counted, "number_alone")
            return
        try:
            found[platform, handle_of(platform, self.plain(code))] = followers
        except WrongCell as wrong:
            self.wrong(code, wrong.code, wrong.hint)

    def _followers_of_first(self, found: dict[tuple[str, str], int | None]) -> None:
        followers = self._number("followers")
        if followers is None:
            return
        if not found:
            # An account that could not be read was already told.
            if not any(p.column.startswith("account") for p in self.draft.problems):
                self.wrong("followers", "number_alone")
            return
        first = next(iter(found))
        if found[first] is None:
            found[first] = followers

    def _number(self, code: str) -> int | None:
        try:
            return cells.number(self.plain(code))
        except WrongCell as wrong:
            self.wrong(code, wrong.code)
            return None

    def _listed(self) -> None:
        if self.text("tags", None):
            for one in cells.several(self.plain("tags")):
                if len(one) > LONGEST_TAG:
                    self.wrong("tags", "too_long", str(LONGEST_TAG))
                else:
                    self.draft.tags.append(" ".join(one.split()))
        if self.cell("limits"):
            # Told without the words: nothing of them is kept before the person agrees.
            self.draft.problems.append(Problem(self.draft.row, "limits", "", "limits"))
        self.draft.note = self.text("note", LONGEST_NOTE)
        if self.cell("dated_on"):
            try:
                self.draft.dated_on = cells.day(self.cell("dated_on"))
            except WrongCell as wrong:
                self.wrong("dated_on", wrong.code, wrong.hint)
            if self.draft.dated_on and self.draft.dated_on > self.today:
                self.draft.dated_on = None
                self.wrong("dated_on", "future")


def draft_of(plan: Plan, row: int, given: Sequence[str], *, today: date) -> Draft:
    return _Reading(plan, row, given, today).read()


def split_name(whole: str) -> tuple[str, str]:
    """« Ouellet, Camille », or « Camille Ouellet » where the first word is the given name."""
    if "," in whole:
        family, _comma, given = whole.partition(",")
        return given.strip()[:80], family.strip()[:80]
    given, _space, family = whole.partition(" ")
    return given[:80], family.strip()[:80]


def listed_accounts(value: str) -> Iterator[tuple[tuple[str, str], int | None]]:
    """`instagram:camille=4200; tiktok:camille`, as our exports write it."""
    for one in re.split(r"[;\n]", value):
        if not one.strip():
            continue
        network, colon, rest = one.strip().partition(":")
        platform = NETWORK_WORDS.get(" ".join(network.lower().split()))
        if not colon or platform is None or platform not in Platform.values:
            raise WrongCell("accounts")
        # The last equals sign: the address of a page may hold one.
        name, equals, followers = rest.rpartition("=")
        if not equals or not followers.strip().isdecimal():
            name, followers = rest, ""
        handle = handle_of(platform, name)
        yield (platform, handle), cells.number(followers) if followers else None


def handle_of(platform: str, typed: str) -> str:
    """As a sign-up keeps it, so that one account is one whichever way it came. Raises WrongCell."""
    elsewhere = platform_in(typed.strip())
    if elsewhere and elsewhere != platform:
        raise WrongCell("other_network", str(Platform(elsewhere).label))
    try:
        return read_handle(platform, typed)
    except Refusal as refusal:
        raise WrongCell("handle") from refusal
