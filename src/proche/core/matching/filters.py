"""Hard filters: who cannot be asked for this brief, whatever the rest says.

Each filter marks rows; the first one that marks a member is the one counted. What a filter needs
and nobody knows keeps the member out under a code of its own, so that it can be asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import UNKNOWN, Columns
from proche.core.matching.records import Brief
from proche.core.results import Sentence
from proche.core.topics.words import fold

Mask = NDArray[np.bool_]
Marked = Iterator[tuple[str, Mask]]

# what the screen says under "filtered out before the ranking", after the number of members
SENTENCES = {
    sentence.code: sentence
    for sentence in (
        Sentence(
            "no_consent",
            "sans consentement à la présélection",
            "without consent to be shortlisted",
        ),
        Sentence("asleep", "en pause", "on a break"),
        Sentence("region", "hors des régions demandées", "outside the regions asked for"),
        Sentence("region_unknown", "de région inconnue", "of unknown region"),
        Sentence("language", "dans une autre langue", "in another language"),
        Sentence("age", "n’ont pas l’âge demandé", "not of the age asked for"),
        Sentence("age_unknown", "n’ont pas confirmé leur âge", "have not confirmed their age"),
        Sentence("tier", "d’un autre palier", "of another tier"),
        Sentence("tier_unknown", "de palier à confirmer", "of a tier still to confirm"),
        Sentence("archetype", "d’un autre profil", "of another profile"),
        Sentence("archetype_unknown", "de profil inconnu", "of unknown profile"),
        Sentence(
            "followers", "hors du nombre d’abonnés demandé", "outside the followers asked for"
        ),
        Sentence(
            "followers_unknown",
            "dont le nombre d’abonnés est inconnu",
            "whose number of followers is unknown",
        ),
        Sentence("refused_brand", "refusent cette marque", "refuse this brand"),
        Sentence("refused_category", "refusent ce genre de produit", "refuse this kind of product"),
        Sentence(
            "limits",
            "ne peuvent prendre ce produit (allergie, régime, autre limite)",
            "cannot take this product (allergy, diet or another limit)",
        ),
        Sentence(
            "alcohol", "n’ont pas dit accepter l’alcool", "have not said that they accept alcohol"
        ),
        Sentence("rival", "liés à une marque rivale", "linked to a rival brand"),
        Sentence(
            "asks",
            "ont déjà leurs demandes de ce trimestre",
            "already have their asks of this quarter",
        ),
    )
}
CODES = tuple(SENTENCES)


@dataclass(frozen=True, eq=False)
class Filtered:
    """`first` holds for each row 0, or 1 + the place in CODES of the filter that counted.
    `counts` holds how many each filter kept out, most first; one that kept nobody is left out."""

    first: NDArray[np.uint8]
    counts: Mapping[str, int]

    @property
    def passed(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.first == 0)


def apply(brief: Brief, columns: Columns) -> Filtered:
    first = np.zeros(columns.count, dtype=np.uint8)
    still = np.ones(columns.count, dtype=np.bool_)
    counts: dict[str, int] = {}
    for code, mask in _marked(brief, columns):
        newly = mask & still
        if count := int(np.count_nonzero(newly)):
            counts[code] = count
            # No row is marked twice, so that a product does what a masked write would, sooner.
            first |= newly.view(np.uint8) * np.uint8(CODES.index(code) + 1)
            still &= ~newly
    return Filtered(first, dict(sorted(counts.items(), key=lambda item: -item[1])))


def every_code(brief: Brief, columns: Columns, row: int) -> list[str]:
    """All the filters that keep this one row out, in order."""
    return [code for code, mask in _marked(brief, columns) if mask[row]]


def _marked(brief: Brief, columns: Columns) -> Marked:
    steps: Sequence[Callable[[Brief, Columns], Marked]] = (
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
    for step in steps:
        yield from step(brief, columns)


def _standing(brief: Brief, columns: Columns) -> Marked:
    if columns.has("may_be_shortlisted"):
        yield "no_consent", columns.no_consent
    yield "asleep", columns.asleep


def _region(brief: Brief, columns: Columns) -> Marked:
    if brief.regions:
        yield "region", ~columns.region.among(brief.regions) & columns.region.known
        yield "region_unknown", ~columns.region.known


def _language(brief: Brief, columns: Columns) -> Marked:
    # an unknown language keeps nobody out: the texts can be read, and the row says it
    if brief.languages:
        spoken = np.zeros(columns.count, dtype=np.bool_)
        for language in brief.languages:
            spoken |= columns.speaking(language)
        yield "language", ~spoken & columns.language_known


def _age(brief: Brief, columns: Columns) -> Marked:
    if brief.min_age:
        young = (columns.age_ok == 0) | ((columns.age >= 0) & (columns.age < brief.min_age))
        old = (columns.age_ok == 1) | (columns.age >= brief.min_age)
        yield "age", young
        yield "age_unknown", ~young & ~old


def _tier(brief: Brief, columns: Columns) -> Marked:
    if brief.tiers:
        # "undetermined" is a verdict that waits for an answer, not another tier
        undecided = ~columns.tier.known | columns.tier.among(("undetermined",))
        wanted = columns.tier.among(brief.tiers)
        yield "tier", ~wanted & ~undecided
        yield "tier_unknown", ~wanted & undecided


def _archetype(brief: Brief, columns: Columns) -> Marked:
    if brief.archetypes:
        yield "archetype", ~columns.archetype.among(brief.archetypes) & columns.archetype.known
        yield "archetype_unknown", ~columns.archetype.known


def _followers(brief: Brief, columns: Columns) -> Marked:
    if brief.min_followers is None and brief.max_followers is None:
        return
    known = columns.followers != UNKNOWN
    outside = np.zeros(columns.count, dtype=np.bool_)
    if brief.min_followers is not None:
        outside |= columns.followers < brief.min_followers
    if brief.max_followers is not None:
        outside |= columns.followers > brief.max_followers
    yield "followers", outside & known
    yield "followers_unknown", ~known


def _limits(brief: Brief, columns: Columns) -> Marked:
    if brief.alcohol:
        yield "alcohol", columns.accepts_alcohol != 1
    if brief.contains:
        mask = np.zeros(columns.count, dtype=np.bool_)
        for contained in brief.contains:
            mask |= columns.limited(contained)
        yield "limits", mask


def _refusals(brief: Brief, columns: Columns) -> Marked:
    if brief.brand:
        yield "refused_brand", columns.listed(columns.refused_brands, (brief.brand,))
    if brief.categories:
        yield "refused_category", columns.listed(columns.refused_categories, brief.categories)


def _rivals(brief: Brief, columns: Columns) -> Marked:
    if brief.rivals:
        mask = np.zeros(columns.count, dtype=np.bool_)
        for rival in brief.rivals:
            for row, months in columns.recent_brands.get(fold(rival), ()):
                mask[row] |= months < brief.exclusivity_months
        yield "rival", mask


def _asks(brief: Brief, columns: Columns) -> Marked:
    if brief.asks_per_quarter is not None:
        yield "asks", columns.asks >= brief.asks_per_quarter
