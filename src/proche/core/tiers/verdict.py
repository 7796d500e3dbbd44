"""The verdict: intent before count, then size, niche, closeness, activity, archetype.

One function of columns: the same for one member and for a million accounts. It proposes; a
person signs. The rules and their reasons are in docs/methods/verdict.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.closeness import Closeness
from proche.core.evidence.gathering import Evidence
from proche.core.evidence.intervals import Floats
from proche.core.results import Sentence
from proche.core.tiers.bios import Lexicon
from proche.core.tiers.facts import MICRO, NANO, STAR, UNDETERMINED, Facts, gather_facts
from proche.core.tiers.lines import Lines
from proche.core.tiers.reasons import explain, leave_to_confirm
from proche.core.tiers.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Verdict:
    """A proposal. `tier` is one of TIERS, `archetype` one of ARCHETYPES or None; `closeness`
    (0 to 100) comes from `closeness_measures` of `closeness_possible` measures. `topics` are
    codes; `language_from` is "given" or "detected"; the signals are those of authenticity."""

    tier: str
    archetype: str | None
    closeness: float | None
    closeness_low: float | None
    closeness_high: float | None
    closeness_measures: int
    closeness_possible: int
    authenticity: float | None
    confidence: float
    reasons: tuple[Sentence, ...]
    to_confirm: tuple[Sentence, ...]
    topics: tuple[str, ...]
    thresholds: str
    language: str | None = None
    language_from: str | None = None
    signals_known: tuple[str, ...] = ()
    signals_found: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values, with each sentence as {code, fr, en}."""
        plain: dict[str, object] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in ("reasons", "to_confirm"):
            plain[name] = [{"code": s.code, "fr": s.fr, "en": s.en} for s in getattr(self, name)]
        lists = ("topics", "signals_known", "signals_found")
        return plain | {name: list(getattr(self, name)) for name in lists}


@dataclass(frozen=True, slots=True)
class Decisions:
    """The verdicts, column by column; `reasons` and `to_confirm` hold the sentences."""

    tier: NDArray[np.int64]
    archetype: NDArray[np.int64]
    confidence: Floats
    closeness: Closeness
    reasons: Lines
    to_confirm: Lines


def decide(evidence: Evidence, thresholds: Thresholds, lexicon: Lexicon) -> Decisions:
    facts = gather_facts(evidence, thresholds, lexicon)
    tier = _tier(facts, thresholds)
    archetype = _archetype(evidence, facts)
    confidence = _confidence(evidence, facts, tier, archetype)
    return Decisions(
        tier,
        archetype,
        confidence,
        evidence.closeness,
        explain(evidence, facts, tier, archetype, thresholds, lexicon),
        leave_to_confirm(evidence, facts, tier, archetype, thresholds, lexicon),
    )


def _tier(facts: Facts, thresholds: Thresholds) -> NDArray[np.int64]:
    tier = np.full(len(facts.followers), UNDETERMINED, dtype=np.int64)
    hinted = facts.silent & (facts.points >= 1)
    tier[facts.under & ~facts.seeks] = NANO
    tier[facts.under & facts.silent & facts.livelihood] = MICRO
    # Above the ceiling a count alone says nothing: one hint of intent, or a steady niche, must.
    tier[facts.over & (facts.seeks | (facts.silent & facts.livelihood))] = MICRO
    tier[facts.over & facts.silent & facts.niche] = MICRO
    tier[facts.under & facts.seeks] = MICRO
    tier[(facts.followers >= thresholds.star) & (facts.seeks | hinted)] = STAR
    return tier


def _archetype(evidence: Evidence, facts: Facts) -> NDArray[np.int64]:
    """-1 unknown, 0 consumer, 1 professional: one whose networks complement a trade."""
    numbers = evidence.numbers
    trade = (facts.said.trade >= 0) | facts.said.booking | (numbers["is_business"] == 1)
    described = numbers["bio_length"] > 0
    told = np.array([bool(value) for value in evidence.accounts["occupation"].to_pylist()])
    return np.where(trade, 1, np.where(described | told, 0, -1)).astype(np.int64)


WEIGHTS: Mapping[str, float] = {
    "size": 0.25,
    "intent": 0.35,
    "closeness": 0.15,
    "activity": 0.10,
    "archetype": 0.10,
    "authenticity": 0.05,
}
INTENT_FROM_SIGNS = 0.6
CONTRADICTED = 0.5


def _confidence(
    evidence: Evidence, facts: Facts, tier: NDArray[np.int64], archetype: NDArray[np.int64]
) -> Floats:
    """The share of what a sure verdict rests on that is known; halved when what a person says
    and what the profile shows disagree, or when no tier could be proposed."""
    closeness = evidence.closeness
    intent = np.where(facts.silent, np.where(facts.livelihood, INTENT_FROM_SIGNS, 0.0), 1.0)
    known = {
        "size": ~np.isnan(facts.followers),
        "intent": intent,
        "closeness": closeness.measures / closeness.possible,
        "activity": evidence.estimates["posts_per_week"].known,
        "archetype": archetype >= 0,
        "authenticity": evidence.estimates["authenticity"].known,
    }
    total = sum(
        (WEIGHTS[name] * np.asarray(known[name], dtype=np.float64) for name in WEIGHTS),
        start=np.zeros(len(tier)),
    )
    doubtful = (facts.declines & facts.livelihood) | (tier == UNDETERMINED)
    shown = np.where(doubtful, total * CONTRADICTED, total).astype(np.float64)
    return shown.round(2)
