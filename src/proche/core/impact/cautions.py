"""What is missing to say more, and what to keep in mind when reading the figures."""

import unicodedata

from proche.core.impact.figures import NBSP, number_en, number_fr
from proche.core.impact.model import Design, Labels, Lift, Words
from proche.core.impact.sentences import capital, lower, wording
from proche.core.results import Sentence


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
    effect = wording(lift.arm, labels).effect
    percent = 100 * lift.p_permutation
    decimals = 1 if percent < 10 else 0
    fr, en = number_fr(percent, decimals), number_en(percent, decimals)
    # With 3 units against 3, no draw can be rarer than one in ten: the t interval alone misleads.
    doubtful = lift.clear and lift.p_permutation > 1 - confidence
    more = Words(
        f" Cet effet reste à confirmer sur plus {of_fr(labels.units.fr)}.",
        f" This effect remains to be confirmed on more {labels.units.en}.",
    )
    return Sentence(
        "few_units_doubtful" if doubtful else "few_units",
        f"Peu {of_fr(labels.units.fr)}{NBSP}: en refaisant le tirage au hasard, "
        f"un effet aussi grand que celui {effect.fr} sort {fr}{NBSP}% du temps.{more.fr if doubtful else ''}",
        f"Few {labels.units.en}: when arms are drawn again at random, "
        f"a result as large as {effect.en} comes up {en}% of the time.{more.en if doubtful else ''}",
    )


def of_fr(noun: str) -> str:
    vowel = unicodedata.normalize("NFD", noun[:1].lower())[:1] in tuple("aeiouhœ")
    return f"d’{noun}" if vowel else f"de {noun}"
