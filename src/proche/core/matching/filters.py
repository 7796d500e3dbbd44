"""Hard filters: who cannot be asked for this brief, whatever the rest says.

Each filter marks rows; the first one that marks a member is the one counted. What a filter needs
and nobody knows keeps the member out under a code of its own, so that it can be asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import UNKNOWN, Columns
from proche.core.matching.filter_sentences import CODES
from proche.core.matching.left import Left
from proche.core.matching.records import Brief
from proche.core.topics.words import fold

Mask = NDArray[np.bool_]
Marked = Iterator[tuple[str, Mask]]
Step = Callable[[Brief, Left], Marked]


@dataclass(frozen=True, eq=False)
class Filtered:
    """`counts` holds how many each filter kept out, most first; one that kept nobody is left
    out."""

    left: Left
    counts: Mapping[str, int]


def apply(brief: Brief, columns: Columns) -> Filtered:
    counts: dict[str, int] = {}
    left = Left.everyone(columns)
    for step in STEPS:
        # A step marks the rows it was given, however many of them it has just kept out.
        after = left
        for code, mask in step(brief, left):
            before, after = after.count, after.without(mask)
            if before > after.count:
                counts[code] = before - after.count
        left = after.gathered()
    return Filtered(left, dict(sorted(counts.items(), key=lambda item: -item[1])))


def kept_out(brief: Brief, columns: Columns) -> NDArray[np.uint8]:
    """For each row 0, or 1 + the place in CODES of the filter that counted."""
    first = np.zeros(columns.count, dtype=np.uint8)
    for code, mask in _marked(brief, Left.everyone(columns)):
        first[mask & (first == 0)] = CODES.index(code) + 1
    return first


def every_code(brief: Brief, columns: Columns, row: int) -> list[str]:
    """All the filters that keep this one row out, in order."""
    one = Left.only(columns, np.array([row]))
    return [code for code, mask in _marked(brief, one) if mask[0]]


def _marked(brief: Brief, left: Left) -> Marked:
    for step in STEPS:
        yield from step(brief, left)


def _standing(brief: Brief, left: Left) -> Marked:
    columns = left.columns
    if columns.has("may_be_shortlisted"):
        yield "no_consent", left.of(columns.no_consent)
    yield "asleep", left.of(columns.asleep)


def _region(brief: Brief, left: Left) -> Marked:
    if brief.regions:
        known = left.of(left.columns.region.known)
        yield "region", ~left.among(left.columns.region, brief.regions) & known
        yield "region_unknown", ~known


def _language(brief: Brief, left: Left) -> Marked:
    # an unknown language keeps nobody out: the texts can be read, and the row says it
    if brief.languages:
        spoken = left.nobody()
        for language in brief.languages:
            spoken |= left.of(left.columns.speaking(language))
        yield "language", ~spoken & left.of(left.columns.language_known)


def _age(brief: Brief, left: Left) -> Marked:
    if brief.min_age:
        age, age_ok = left.of(left.columns.age), left.of(left.columns.age_ok)
        young = (age_ok == 0) | ((age >= 0) & (age < brief.min_age))
        old = (age_ok == 1) | (age >= brief.min_age)
        yield "age", young
        yield "age_unknown", ~young & ~old


def _tier(brief: Brief, left: Left) -> Marked:
    if brief.tiers:
        tier = left.columns.tier
        # "undetermined" is a verdict that waits for an answer, not another tier
        undecided = ~left.of(tier.known) | left.among(tier, ("undetermined",))
        wanted = left.among(tier, brief.tiers)
        yield "tier", ~wanted & ~undecided
        yield "tier_unknown", ~wanted & undecided


def _archetype(brief: Brief, left: Left) -> Marked:
    if brief.archetypes:
        known = left.of(left.columns.archetype.known)
        yield "archetype", ~left.among(left.columns.archetype, brief.archetypes) & known
        yield "archetype_unknown", ~known


def _followers(brief: Brief, left: Left) -> Marked:
    if brief.min_followers is None and brief.max_followers is None:
        return
    followers = left.of(left.columns.followers)
    known = followers != UNKNOWN
    outside = left.nobody()
    if brief.min_followers is not None:
        outside |= followers < brief.min_followers
    if brief.max_followers is not None:
        outside |= followers > brief.max_followers
    yield "followers", outside & known
    yield "followers_unknown", ~known


def _limits(brief: Brief, left: Left) -> Marked:
    if brief.alcohol:
        yield "alcohol", left.of(left.columns.accepts_alcohol) != 1
    if brief.contains:
        mask = left.columns.nobody()
        for contained in brief.contains:
            mask |= left.columns.limited(contained)
        yield "limits", left.of(mask)
        yield "limits_unknown", left.of(left.columns.limits_known) == 0


def _refusals(brief: Brief, left: Left) -> Marked:
    columns = left.columns
    if brief.brand:
        yield "refused_brand", left.of(columns.listed(columns.refused_brands, (brief.brand,)))
    if brief.categories:
        refused = columns.listed(columns.refused_categories, brief.categories)
        yield "refused_category", left.of(refused)


def _rivals(brief: Brief, left: Left) -> Marked:
    if brief.rivals:
        mask = left.columns.nobody()
        for rival in brief.rivals:
            if (found := left.columns.recent_brands.get(fold(rival))) is not None:
                rows, months = found
                mask[rows[months < brief.exclusivity_months]] = True
        yield "rival", left.of(mask)


def _asks(brief: Brief, left: Left) -> Marked:
    if brief.asks_per_quarter is not None:
        yield "asks", left.of(left.columns.asks) >= brief.asks_per_quarter


# In the order in which they count.
STEPS: tuple[Step, ...] = (
    _standing,
    _region,
    _language,
    _age,
    _tier,
    _archetype,
    _followers,
    _limits,
    _refusals,
    _rivals,
    _asks,
)
