"""An invented directory of people of Québec, some of whom came twice or three times.

Names follow a rank law; accents get lost, people use short names, marry, move, change address and
handle, leave boxes empty. Families share a name, a city, sometimes a mailbox; agencies share one
among clients. `truth` says who is who.
"""

import random
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from proche.core.identity import Profile, Record

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
SECOND_ARRIVALS = 0.25
THIRD_ARRIVALS = 0.08


@dataclass(frozen=True)
class Directory:
    """Records in a mixed order, and the human each of them is."""

    records: tuple[Record, ...]
    truth: tuple[int, ...]

    def pairs(self) -> set[tuple[str, str]]:
        """Every two records of one human, the smaller record_id first."""
        seen: dict[int, list[str]] = {}
        for record, human in zip(self.records, self.truth, strict=True):
            seen.setdefault(human, []).append(record.record_id)
        return {
            (a, b)
            for ids in map(sorted, seen.values())
            for i, a in enumerate(ids)
            for b in ids[i + 1 :]
        }


class Drawn:
    """Values drawn with weights from one seeded source."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.taken: set[str] = set()
        family = NAMES["family"].split()
        starts, ends = NAMES["family_starts"].split(), NAMES["family_ends"].split()
        rare = [start + end for start in starts for end in ends]
        self.families = family + rare
        self.family_weights = _running(
            [0.13 / (rank + 12) for rank in range(len(family))] + [0.54 / len(rare)] * len(rare)
        )
        self.givens = {sex: NAMES[sex].split() for sex in ("female", "male")}
        self.given_weights = {
            sex: _running([1 / (rank + 25) for rank in range(len(names))])
            for sex, names in self.givens.items()
        }
        self.cities = list(NAMES["places"])
        self.city_weights = _running([weight for _, weight in NAMES["places"].values()])
        words = NAMES["words"]
        self.trades = words["trades"].split(";")
        self.handle_words = words["handle_words"].split()
        self.free_words = words["free_words"].split()
        self.hosts = words["mail_hosts"].split()
        self.platforms = words["platforms"].split()

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def family(self) -> str:
        name = self.random.choices(self.families, cum_weights=self.family_weights)[0]
        if self.chance(0.06):
            other = self.random.choices(self.families, cum_weights=self.family_weights)[0]
            return f"{name}-{other}"
        return str(name)

    def given(self, sex: str) -> str:
        return str(self.random.choices(self.givens[sex], cum_weights=self.given_weights[sex])[0])

    def city(self) -> str:
        return str(self.random.choices(self.cities, cum_weights=self.city_weights)[0])

    def email(self, given: str, family: str) -> str:
        first, last = plain(given), plain(family.split("-")[0])
        style = self.random.random()
        if style < 0.34:
            local = f"{first}.{last}"
        elif style < 0.5:
            local = f"{first[0]}{last}"
        elif style < 0.62:
            local = f"{first}_{last}"
        elif style < 0.72:
            local = f"{last}.{first}"
        else:
            local = self.random.choice(self.free_words) + self.random.choice(self.free_words)
        if self.chance(0.55):
            local += str(self.random.choice([self.random.randint(1, 99), *range(1970, 2005)]))
        return self._free(local, f"@{self.random.choice(self.hosts)}")

    def handle(self, given: str, family: str) -> str:
        first, last = plain(given), plain(family.split("-")[0])
        style = self.random.random()
        if style < 0.35:
            mark = self.random.choice(["", ".", "_"])
            return self._free(f"{first}{mark}{last}" + self.tail(0.5))
        if style < 0.7:
            return self._free(f"{first}.{self.random.choice(self.handle_words)}" + self.tail(0.5))
        free = self.random.choice(self.free_words) + "_" + self.random.choice(self.handle_words)
        return self._free(free + self.tail(0.7))

    def _free(self, start: str, end: str = "") -> str:
        """A platform gives a name once; the next one to ask adds digits."""
        name = start
        while name + end in self.taken:
            name = f"{start}{self.random.randint(1, 9999)}"
        self.taken.add(name + end)
        return name + end

    def tail(self, probability: float) -> str:
        return str(self.random.randint(1, 999)) if self.chance(probability) else ""

    def trade(self) -> str:
        return str(self.random.choice(self.trades))


@dataclass(frozen=True)
class Human:
    """The facts; a record shows some of them, in its own way."""

    sex: str
    record: Record


def directory(records: int, seed: int) -> Directory:
    """About four records in five are somebody seen for the first time."""
    drawn = Drawn(seed)
    found: list[tuple[Record, int]] = []
    human = 0
    while len(found) < records:
        for person in _household(drawn):
            found.append((person.record, human))
            while drawn.chance(
                SECOND_ARRIVALS if found[-1][0] is person.record else THIRD_ARRIVALS
            ):
                found.append((again(drawn, person), human))
            human += 1
    found = found[:records]
    drawn.random.shuffle(found)
    width = len(str(records))
    return Directory(
        tuple(replace(r, record_id=f"r{i:0{width}}") for i, (r, _) in enumerate(found)),
        tuple(human for _, human in found),
    )


def _household(drawn: Drawn) -> list[Human]:
    """One person, or relatives who share much: what must not be merged."""
    first = _human(drawn)
    kind = drawn.random.random()
    if kind < 0.01:
        return [first, _relative(drawn, first, given=drawn.given(first.sex))]
    if kind < 0.013:
        return [first, _relative(drawn, first, given=first.record.given_name)]
    if kind < 0.017 and first.record.email:
        other = _relative(drawn, first, given=drawn.given("male"))
        return [first, replace(other, record=replace(other.record, email=first.record.email))]
    if kind < 0.0175:
        clients = [_human(drawn) for _ in range(6)]
        name, number = drawn.random.choice(drawn.free_words), drawn.random.randint(1, 99)
        mailbox = f"{name}.agence{number}@agence.example"
        return [replace(c, record=replace(c.record, email=mailbox)) for c in clients]
    return [first]


def _relative(drawn: Drawn, of: Human, *, given: str) -> Human:
    other = _human(drawn)
    kept = replace(
        other.record,
        given_name=given,
        family_name=of.record.family_name,
        city=of.record.city,
        region=of.record.region,
    )
    if kept.email:
        kept = replace(kept, email=drawn.email(given, kept.family_name))
    return replace(other, record=kept)


def _human(drawn: Drawn) -> Human:
    sex = "female" if drawn.chance(0.62) else "male"
    given, family, city = drawn.given(sex), drawn.family(), drawn.city()
    count = drawn.random.choices([0, 1, 2], weights=[0.14, 0.6, 0.26])[0]
    chosen = dict.fromkeys(drawn.random.choice(drawn.platforms) for _ in range(count))
    handle = drawn.handle(given, family)
    accounts = tuple(
        Profile(p, handle if drawn.chance(0.7) else drawn.handle(given, family)) for p in chosen
    )
    return Human(
        sex,
        Record(
            "",
            given,
            family,
            drawn.email(given, family) if drawn.chance(0.9) else "",
            city if drawn.chance(0.92) else "",
            NAMES["places"][city][0] if drawn.chance(0.95) else "",
            drawn.trade() if drawn.chance(0.8) else "",
            accounts,
        ),
    )


def again(drawn: Drawn, human: Human) -> Record:
    """The same human some time later, in another source."""
    first = human.record
    record = replace(
        first,
        given_name=_given_again(drawn, first.given_name),
        family_name=_family_again(drawn, first.family_name),
        email=_email_again(drawn, first),
        accounts=_accounts_again(drawn, first),
        occupation=_trade_again(drawn, first.occupation),
    )
    if drawn.chance(0.08):
        city = drawn.city()
        record = replace(record, city=city, region=NAMES["places"][city][0])
    if drawn.chance(0.12):
        record = replace(record, city="")
    if drawn.chance(0.35):
        record = replace(
            record, given_name=bare(record.given_name), family_name=bare(record.family_name)
        )
    if drawn.chance(0.012):
        record = replace(record, given_name=record.family_name, family_name=record.given_name)
    return _as_typed(drawn, record)


def _as_typed(drawn: Drawn, record: Record) -> Record:
    """Capitals, places as people write them, handles as they are pasted."""
    if drawn.chance(0.07):
        record = replace(record, family_name=record.family_name.upper())
    elif drawn.chance(0.06):
        record = replace(
            record, given_name=record.given_name.lower(), family_name=record.family_name.lower()
        )
    if drawn.chance(0.06):
        record = replace(record, email=record.email[:1].upper() + record.email[1:])
    if drawn.chance(0.3):
        record = replace(record, city=bare(record.city).replace("Saint-", "St-"))
    if drawn.chance(0.15):
        pasted = tuple(replace(a, handle=f"@{a.handle}") for a in record.accounts)
        record = replace(record, accounts=pasted)
    return record


def _given_again(drawn: Drawn, name: str) -> str:
    short = NAMES["short"].get(name)
    if short and drawn.chance(0.22):
        return str(drawn.random.choice(short))
    return typo(drawn, name) if drawn.chance(0.03) else name


def _family_again(drawn: Drawn, name: str) -> str:
    if "-" in name and not name.startswith("St-") and drawn.chance(0.3):
        return name.split("-")[drawn.random.randint(0, 1)]
    if drawn.chance(0.02):
        return drawn.family()
    if drawn.chance(0.02):
        return f"{name}-{drawn.family().split('-')[0]}"
    return typo(drawn, name) if drawn.chance(0.04) else name


def _email_again(drawn: Drawn, first: Record) -> str:
    fate = drawn.random.random()
    if fate < 0.25:
        return ""
    if fate < 0.68 and first.email:
        return typo(drawn, first.email) if drawn.chance(0.02) else first.email
    if fate < 0.78 and first.email:
        return f"{first.email.split('@')[0]}@{drawn.random.choice(drawn.hosts)}"
    return drawn.email(first.given_name, first.family_name)


def _accounts_again(drawn: Drawn, first: Record) -> tuple[Profile, ...]:
    if drawn.chance(0.27):
        return ()
    kept = []
    for account in first.accounts:
        fate = drawn.random.random()
        if fate < 0.55:
            kept.append(account)
        elif fate < 0.7:
            moved = account.handle.rstrip("0123456789") + drawn.tail(0.5)
            kept.append(
                replace(account, handle=f"{moved}{drawn.random.choice(['', '_qc', '.mtl'])}")
            )
        elif fate < 0.85:
            kept.append(replace(account, handle=drawn.handle(first.given_name, first.family_name)))
    if not kept and drawn.chance(0.3):
        name = drawn.handle(first.given_name, first.family_name)
        kept.append(Profile(drawn.random.choice(drawn.platforms), name))
    return tuple(kept)


def _trade_again(drawn: Drawn, trade: str) -> str:
    fate = drawn.random.random()
    return "" if fate < 0.3 else drawn.trade() if fate < 0.45 else trade


def typo(drawn: Drawn, text: str) -> str:
    """One letter dropped, doubled, swapped with the next, or hit beside."""
    place = drawn.random.randrange(1, max(2, len(text) - 1))
    before, letter, after = text[:place], text[place : place + 1], text[place + 1 :]
    kind = drawn.random.randrange(4)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + letter * 2 + after
    if kind == 2 and after:
        return before + after[0] + letter + after[1:]
    return before + drawn.random.choice("aeiorstnl") + after


def bare(text: str) -> str:
    """The same letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def plain(name: str) -> str:
    """Small letters only, as in an address."""
    return "".join(c for c in bare(name).lower() if c.isalpha())


def _running(weights: list[float]) -> list[float]:
    return list(accumulate(weights))
