"""Everybody a ranking looked at, kept with it as columns: who was ranked, with the parts of their
score; who was set aside, and by which filter; and what scores one more person."""

import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proche.areas.matching.bank import in_the_bank
from proche.areas.matching.models import EveryPart, Shortlist
from proche.areas.matching.ranking import Ground, first_filters
from proche.areas.people.merging import became, numbers_of
from proche.areas.people.models import Person
from proche.core import matching

NUMBER, PART, CODE = "<u8", "<f4", "u1"
# Most of what could be gained, for a third of the time.
LEVEL = 1
Numbers = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Everybody:
    """`people` are numbers of persons, best ranked first, and `parts` theirs. `beyond`: how many
    were ranked after them and are not known."""

    people: Numbers
    parts: matching.Parts
    beyond: int = 0


@dataclass(frozen=True, eq=False)
class Aside:
    """Who was set aside, by name, and the filter that counted: its place in `codes`."""

    people: Numbers
    by: NDArray[np.uint8]
    codes: tuple[str, ...]

    def kept_out_by(self, code: str) -> list[int]:
        """Their numbers; everybody's where no filter is named."""
        if not code:
            return [int(number) for number in self.people]
        place = self.codes.index(code) if code in self.codes else len(self.codes)
        return [int(number) for number in self.people[self.by == place]]


def keep_everybody(shortlist: Shortlist, ground: Ground, ranking: matching.Ranking) -> set[int]:
    """Gives the numbers of those still in the bank: who left or was merged while it was ranked is
    not kept. Call it in the transaction that keeps the shortlist."""
    # The row first: whoever leaves from here on waits for it, and then takes themselves out.
    EveryPart.objects.select_for_update().get_or_create(
        shortlist_id=shortlist.pk, defaults={"people": b"", "values": b""}
    )
    here = set(in_the_bank(shortlist.brief.brand.programme).values_list("pk", flat=True))
    ids, parts = ranking.everybody()
    people = np.array([int(member_id) for member_id in ids], dtype=np.uint64)
    standing = _standing(people, here)
    aside = _aside_of(ground, ranking, here)
    EveryPart.objects.filter(shortlist=shortlist).update(
        **_packed(people[standing], parts.only(standing)),
        **_packed_aside(aside),
        aside_codes=list(aside.codes),
        yardstick=_written(ground, ranking.yardstick),
    )
    return here


def _standing(people: Numbers, here: set[int]) -> NDArray[np.bool_]:
    return np.isin(people, np.array(list(here), dtype=np.uint64))


def _aside_of(ground: Ground, ranking: matching.Ranking, here: set[int]) -> Aside:
    first = {pk: code for pk, code in first_filters(ground, ranking).items() if pk in here}
    order = sorted(first, key=lambda pk: by_name(ground.people[pk]))
    codes = tuple(sorted(set(first.values())))
    places = {code: place for place, code in enumerate(codes)}
    by = np.array([places[first[pk]] for pk in order], dtype=np.uint8)
    return Aside(np.array(order, dtype=np.uint64), by, codes)


def by_name(person: Person) -> tuple[str, str, int]:
    return person.family_name, person.given_name, person.pk


def _written(ground: Ground, yardstick: matching.Yardstick) -> dict[str, Any]:
    return {
        "brief": mark_of(ground.brief),
        **asdict(yardstick.rarity),
        "best": yardstick.best,
        "given": sorted(yardstick.given),
    }


def mark_of(brief: matching.Brief) -> str:
    """Another one where anything that is asked, or a rule of the programme, changed."""
    return sha256(repr(brief).encode()).hexdigest()


@dataclass(frozen=True, eq=False)
class Standing:
    """What a ranking left to answer about anybody. `mark`: of the brief as it was then."""

    everybody: Everybody
    aside: Aside
    yardstick: matching.Yardstick
    mark: str


def standing_then(shortlist: Shortlist) -> Standing | None:
    """Each person once, as `everybody`; who was ranked under another record of theirs was not set
    aside. None where the shortlist was made before this was kept. One query, where
    the shortlist was read with its `every_part`."""
    row: EveryPart | None = getattr(shortlist, "every_part", None)
    if row is None or not row.yardstick:
        return None
    told, gone = row.yardstick, became(shortlist.brief.brand.programme)
    rarity = matching.Rarity(told["members"], told["length"], told["holders"])
    yardstick = matching.Yardstick(rarity, told["best"], frozenset(told["given"]))
    ranked, aside = _ranked(row, gone), _aside(row)
    people, first = _once(aside.people, gone)
    if gone:
        first = first[~np.isin(people[first], ranked.people)]
    left = Aside(people[first], aside.by[first], aside.codes)
    return Standing(ranked, left, yardstick, told["brief"])


def everybody(shortlist: Shortlist) -> Everybody | None:
    """Each person once, those merged since as the person they became, at the better place. None
    where the shortlist was made before any part was kept; where those of the best alone were, it
    is them."""
    kept = EveryPart.objects.filter(shortlist=shortlist).first()
    if kept is not None:
        return _ranked(kept, became(shortlist.brief.brand.programme))
    entries = list(shortlist.entries.order_by("rank").values_list("person", "parts"))
    if not entries or not all(parts for _person, parts in entries):
        return None
    people = np.array([person for person, _parts in entries], dtype=np.uint64)
    names = tuple(entries[0][1])
    rows = [np.array([parts[name] for _person, parts in entries]) for name in names]
    parts = matching.parts_of(names, rows, len(entries))
    return Everybody(people, parts, shortlist.considered - len(entries))


def _ranked(row: EveryPart, gone: dict[int, int]) -> Everybody:
    people, parts = _read(row)
    people, first = _once(people, gone)
    return Everybody(people[first], parts.only(first))


def _once(people: Numbers, gone: dict[int, int]) -> tuple[Numbers, NDArray[np.intp]]:
    """Each number as that of the person it became, and the first place of each person."""
    if gone:
        merged = np.isin(people, np.array(list(gone), dtype=np.uint64))
        people = people.copy()
        for place in np.flatnonzero(merged).tolist():
            people[place] = gone[int(people[place])]
    _each, first = np.unique(people, return_index=True)
    return people, np.sort(first)


def rankings_of(person: Person) -> list[dict[str, Any]]:
    """Where the person stands in each ranking that is kept and their parts from 0 to 1, or the
    filter that set them aside."""
    found: list[dict[str, Any]] = []
    numbers = np.array(numbers_of(person), dtype=np.uint64)
    kept = EveryPart.objects.filter(shortlist__brief__brand__programme=person.programme_id)
    for row in kept.select_related("shortlist").order_by("shortlist__made_at"):
        people, parts = _read(row)
        said: dict[str, Any] = {"ranked_at": row.shortlist.made_at}
        for place in np.flatnonzero(np.isin(people, numbers))[:1].tolist():
            own = np.round(parts.values[:, place].astype(np.float64), 4).tolist()
            stood = {"rank": place + 1, "ranked": len(people)}
            found.append({**said, **stood, "parts": dict(zip(parts.names, own, strict=True))})
        aside = _aside(row)
        codes = aside.by[np.isin(aside.people, numbers)][:1].tolist()
        found += [{**said, "set_aside_by": aside.codes[code]} for code in codes]
    return found


def forget_parts(person: Person) -> None:
    """Call it inside the transaction in which they leave, before their merges are forgotten."""
    numbers = np.array(numbers_of(person), dtype=np.uint64)
    kept = EveryPart.objects.filter(shortlist__brief__brand__programme=person.programme_id)
    # One at a time: each holds a whole bank.
    for pk in list(kept.order_by("pk").values_list("pk", flat=True)):
        row = EveryPart.objects.select_for_update().get(pk=pk)
        people, parts = _read(row)
        staying = ~np.isin(people, numbers)
        if not staying.all():
            packed = _packed(people[staying], parts.only(staying))
            EveryPart.objects.filter(pk=pk).update(**packed)
        aside = _aside(row)
        staying = ~np.isin(aside.people, numbers)
        if not staying.all():
            left = Aside(aside.people[staying], aside.by[staying], aside.codes)
            EveryPart.objects.filter(pk=pk).update(**_packed_aside(left))


def _packed(people: Numbers, parts: matching.Parts) -> dict[str, Any]:
    return {
        "names": list(parts.names),
        "people": _squeezed(people, NUMBER),
        "values": _squeezed(parts.values, PART),
    }


def _packed_aside(aside: Aside) -> dict[str, Any]:
    return {"aside": _squeezed(aside.people, NUMBER), "aside_by": _squeezed(aside.by, CODE)}


def _squeezed(column: NDArray[Any], kind: str) -> bytes:
    return zlib.compress(column.astype(kind).tobytes(), LEVEL)


def _read(row: EveryPart) -> tuple[Numbers, matching.Parts]:
    people = _numbers(row.people)
    values = _column(row.values, PART)
    names: Sequence[str] = row.names
    return people, matching.Parts(tuple(names), values.reshape(len(names), len(people)))


def _aside(row: EveryPart) -> Aside:
    return Aside(_numbers(row.aside), _column(row.aside_by, CODE), tuple(row.aside_codes))


def _numbers(column: bytes | memoryview) -> Numbers:
    found: Numbers = _column(column, NUMBER)
    return found


def _column(column: bytes | memoryview, kind: str) -> NDArray[Any]:
    return np.frombuffer(zlib.decompress(column) if column else b"", dtype=kind)
