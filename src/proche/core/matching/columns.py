"""The facts of many members as columns, so that a filter is one comparison for all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.limits import asked_keys, keys_of
from proche.core.matching.records import Member
from proche.core.topics.words import fold

UNKNOWN = -1
EVERY_FIELD = frozenset(field.name for field in fields(Member))
# Names numbered in one byte are compared several times faster than in more.
CODE_KINDS = (np.int8, np.int16, np.int32)

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Category:
    """A column of names as numbers; names are compared folded."""

    codes: Numbers
    names: Mapping[str, int]

    @cached_property
    def known(self) -> Mask:
        known: Mask = self.codes != UNKNOWN
        return known


@dataclass(frozen=True, eq=False)
class Columns:
    """One row for each member, in the order of their ids."""

    given: frozenset[str]
    count: int
    region: Category
    tier: Category
    archetype: Category
    # By the first part of the code: fr and fr-CA together.
    languages: Mapping[str, Mask]
    language_known: Mask
    followers: Numbers
    age: Numbers
    age_ok: Numbers
    no_consent: Mask
    asleep: Mask
    refused_brands: Mapping[str, Rows]
    refused_categories: Mapping[str, Rows]
    # For each brand, who was linked to it and the months since.
    recent_brands: Mapping[str, tuple[Rows, Numbers]]
    asks: Numbers
    limits: Mapping[str, Rows]
    limits_known: Numbers
    accepts_alcohol: Numbers

    def has(self, name: str) -> bool:
        """Whether the members' table gave this field at all."""
        return name in self.given

    def nobody(self) -> Mask:
        return np.zeros(self.count, dtype=np.bool_)

    def speaking(self, language: str) -> Mask:
        """ "fr" finds fr and fr-CA."""
        found = self.languages.get(_language(language))
        return self.nobody() if found is None else found

    def listed(self, lists: Mapping[str, Rows], names: Iterable[str]) -> Mask:
        mask = self.nobody()
        for name in names:
            mask[lists.get(fold(name), np.empty(0, dtype=np.intp))] = True
        return mask

    def limited(self, contained: str) -> Mask:
        """Whose limits name what a product holds; of several words, all of them."""
        found = self.nobody()
        for place, keys in enumerate(asked_keys(contained)):
            one = self.nobody()
            for key in keys:
                one[self.limits.get(key, np.empty(0, dtype=np.intp))] = True
            found = found & one if place else one
        return found


def columns_of(members: Sequence[Member], given: frozenset[str]) -> Columns:
    return Columns(
        given=given,
        count=len(members),
        region=_category(member.region for member in members),
        tier=_category(member.tier for member in members),
        archetype=_category(member.archetype for member in members),
        languages=_spoken(members),
        language_known=np.array([bool(m.languages) for m in members], dtype=np.bool_),
        followers=numbers((m.followers for m in members), np.int32),
        age=numbers((m.age for m in members), np.int16),
        age_ok=numbers((m.age_ok for m in members), np.int8),
        no_consent=np.array([not m.may_be_shortlisted for m in members], dtype=np.bool_),
        asleep=np.array([m.asleep for m in members], dtype=np.bool_),
        refused_brands=_inverted(members, lambda member: member.refused_brands),
        refused_categories=_inverted(members, lambda member: member.refused_categories),
        recent_brands=_recent(members),
        asks=numbers((m.asks_this_quarter for m in members), np.int16),
        limits=_inverted(members, lambda member: tuple(sorted(keys_of(member.limits)))),
        limits_known=numbers((m.limits_known for m in members), np.int8),
        accepts_alcohol=numbers((m.accepts_alcohol for m in members), np.int8),
    )


def _category(values: Iterable[str | None]) -> Category:
    names: dict[str, int] = {}
    codes = [
        UNKNOWN if not value else names.setdefault(fold(value), len(names)) for value in values
    ]
    kind = next(kind for kind in CODE_KINDS if len(names) <= np.iinfo(kind).max)
    return Category(np.array(codes, dtype=kind), names)


def numbers(values: Iterable[int | None], kind: type[np.signedinteger[Any]]) -> Numbers:
    """None becomes UNKNOWN; what the kind cannot hold becomes the most it can."""
    most = np.iinfo(kind).max
    known = [UNKNOWN if value is None else min(int(value), most) for value in values]
    return np.array(known, dtype=kind)


def _inverted(
    members: Sequence[Member], names: Callable[[Member], tuple[str, ...]]
) -> dict[str, Rows]:
    rows: dict[str, list[int]] = {}
    for row, member in enumerate(members):
        for name in dict.fromkeys(map(fold, names(member))):
            rows.setdefault(name, []).append(row)
    return {name: np.array(found, dtype=np.intp) for name, found in rows.items()}


def _spoken(members: Sequence[Member]) -> dict[str, Mask]:
    found = _inverted(members, lambda member: tuple(map(_language, member.languages)))
    masks = {language: np.zeros(len(members), dtype=np.bool_) for language in found}
    for language, rows in found.items():
        masks[language][rows] = True
    return masks


def _language(code: str) -> str:
    return fold(code).split("-")[0]


def _recent(members: Sequence[Member]) -> dict[str, tuple[Rows, Numbers]]:
    pairs: dict[str, list[tuple[int, int]]] = {}
    for row, member in enumerate(members):
        for brand, months in member.recent_brands:
            pairs.setdefault(fold(brand), []).append((row, months))
    return {
        brand: (np.array([row for row, _ in found]), numbers((m for _, m in found), np.int32))
        for brand, found in pairs.items()
    }
