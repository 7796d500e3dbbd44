"""What is missing to say more, and what to keep in mind when reading the figures."""

import unicodedata
from collections.abc import Iterable
from math import ceil

from scipy import special

from proche.core.impact.changes import Arm
from proche.core.impact.figures import NBSP, number_en, number_fr
from proche.core.impact.model import Design, Labels, Lift, Ratio, Words, named
from proche.core.impact.sentences import capital, lower, wording
from proche.core.results import Sentence

POWER = 0.8
MOST_UNITS_SUGGESTED = 2_000


def missing(
    arms: list[Arm],
    lifts: tuple[Lift, ...],
    ratio: Ratio | None,
    *,
    confidence: float,
    labels: Labels,
) -> list[Sentence]:
    gaps = [too_few(arm.name, len(arm.changes), labels) for arm in arms if len(arm.changes) < 2]
    if not lifts:
        gaps.append(no_arm())
    if ratio and ratio.set != "bounded":
        under = named(lifts, ratio.of[1])
        if under.lift is not None:
            gaps.append(unclear(under, units_needed(under, confidence), labels))
    return gaps


def units_needed(lift: Lift, confidence: float) -> int | None:
    """Units per arm that would show a lift of this size four times in five."""
    if not lift.lift or lift.standard_error is None:
        return None
    z = float(special.ndtri(POWER) + special.ndtri(0.5 + confidence / 2))
    needed = lift.units * (z * lift.standard_error / lift.lift) ** 2
    if needed > MOST_UNITS_SUGGESTED:
        return None
    return max(ceil(needed / 10) * 10, lift.units + 1)


def cautions(
    arms: list[Arm],
    lifts: tuple[Lift, ...],
    design: Design,
    *,
    confidence: float,
    labels: Labels,
) -> Iterable[Sentence]:
    if design == "after_only":
        yield after_only()
    for arm in arms:
        if arm.left_out:
            yield left_out(arm.name, arm.left_out, design, labels)
    for lift in lifts:
        if lift.p_permutation is not None:
            yield redrawn(lift, confidence, labels)


def too_few(arm: str, units: int, labels: Labels) -> Sentence:
    name = Words("le groupe témoin", "the control arm")
    if arm != "control":
        name = Words(f"le groupe «{NBSP}{arm}{NBSP}»", f"the “{arm}” arm")
    fr = labels.units.fr if units > 1 else labels.unit.fr
    en = labels.unit.en if units == 1 else labels.units.en
    return Sentence(
        "too_few_units",
        f"{capital(name.fr)} compte {units} {fr} à comparer{NBSP}: il en faut au moins 2.",
        f"{capital(name.en)} has {units} {en} to compare: at least 2 are needed.",
    )


def no_arm() -> Sentence:
    return Sentence(
        "no_arm",
        "Il n’y a aucun groupe à comparer au groupe témoin.",
        "There is no arm to compare with the control arm.",
    )


def not_enough(missing: list[Sentence]) -> Sentence:
    return Sentence(
        "not_enough_data",
        " ".join([f"Pas assez de données{NBSP}:", *(lower(m.fr) for m in missing[:1])]),
        " ".join(["Not enough data:", *(lower(m.en) for m in missing[:1])]),
    )


def unclear(lift: Lift, needed: int | None, labels: Labels) -> Sentence:
    effect = wording(lift.arm, labels).effect
    fr = f"L’effet {effect.fr} ne se distingue pas de zéro."
    en = f"{capital(effect.en)} cannot be told from zero."
    if needed is not None:
        fr += f" S’il est bien de cette taille, il faudrait environ {needed} {labels.units.fr} "
        fr += "par groupe pour le voir."
        en += f" If it is truly of this size, about {needed} {labels.units.en} per arm "
        en += "would be needed to see it."
    return Sentence("effect_unclear", fr, en)


def left_out(arm: str, count: int, design: Design, labels: Labels) -> Sentence:
    name = Words("témoin", "control") if arm == "control" else Words(f"«{NBSP}{arm}{NBSP}»", arm)
    fr = f"{count} {labels.units.fr if count > 1 else labels.unit.fr} du groupe {name.fr} "
    fr += "ne comptent pas" if count > 1 else "ne compte pas"
    en = f"{count} {labels.units.en if count > 1 else labels.unit.en} of the {name.en} arm "
    en += "do not count" if count > 1 else "does not count"
    both = design == "before_after"
    fr += f"{NBSP}: il manque l’avant ou l’après." if both else f"{NBSP}: il manque l’après."
    en += ": before or after is missing." if both else ": after is missing."
    return Sentence("units_left_out", fr, en)


def after_only() -> Sentence:
    return Sentence(
        "after_only",
        f"Aucune mesure avant{NBSP}: la comparaison ne vaut que si les groupes "
        "ont été tirés au sort.",
        "Nothing was measured before: the comparison holds only if the arms were drawn at random.",
    )


def redrawn(lift: Lift, confidence: float, labels: Labels) -> Sentence:
    assert lift.p_permutation is not None
    effect, units = wording(lift.arm, labels).effect, labels.units
    percent = 100 * lift.p_permutation
    decimals = 1 if percent < 10 else 0
    fr = (
        f"Peu {of_fr(units.fr)}{NBSP}: en refaisant le tirage au hasard, un effet aussi grand que "
        f"celui {effect.fr} sort {number_fr(percent, decimals)}{NBSP}% du temps."
    )
    en = (
        f"Few {units.en}: when arms are drawn again at random, a result as large as {effect.en} "
        f"comes up {number_en(percent, decimals)}% of the time."
    )
    # With 3 units against 3, no draw is rarer than one in ten: the t interval alone misleads.
    if lift.clear and lift.p_permutation > 1 - confidence:
        fr += f" Cet effet reste à confirmer sur plus {of_fr(units.fr)}."
        en += f" This effect remains to be confirmed on more {units.en}."
    return Sentence("few_units", fr, en)


def of_fr(noun: str) -> str:
    vowel = unicodedata.normalize("NFD", noun[:1].lower())[:1] in tuple("aeiouhœ")
    return f"d’{noun}" if vowel else f"de {noun}"
