"""What the figures mean, in words a hairdresser and a strategist both read without help."""

import unicodedata
from dataclasses import dataclass

from proche.core.impact.figures import (
    NBSP,
    decimals_for,
    money_en,
    money_fr,
    number_en,
    number_fr,
)
from proche.core.impact.model import Design, Labels, Lift, Ratio, Words
from proche.core.results import Sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """Where an arm is named: opening a sentence, taking over from another, as a subject."""

    where: Words
    again: Words
    subject: Words
    effect: Words


def wording(arm: str, labels: Labels) -> Wording:
    if arm == "nano":
        return Wording(
            Words(
                f"Là où nos membres ont parlé {labels.product.fr}",
                f"Where our members talked about {labels.product.en}",
            ),
            Words("Là où nos membres en ont parlé", "Where our members did"),
            Words("nos membres", "our members"),
            Words("de nos membres", "our members’ effect"),
        )
    if arm == "star":
        return Wording(
            Words(
                f"Là où la vedette a parlé {labels.product.fr}",
                f"Where the star talked about {labels.product.en}",
            ),
            Words("Là où la vedette en a parlé", "Where the star did"),
            Words("la vedette", "the star"),
            Words("de la vedette", "the star’s effect"),
        )
    group = Words(f"le groupe «{NBSP}{arm}{NBSP}»", f"the “{arm}” arm")
    return Wording(
        Words(f"Dans {group.fr}", f"In {group.en}"),
        Words(f"Dans {group.fr}", f"In {group.en}"),
        group,
        Words(f"du groupe «{NBSP}{arm}{NBSP}»", f"the effect of {group.en}"),
    )


def per(labels: Labels, by_exposure: bool) -> Words:
    return labels.exposure if by_exposure else labels.period


def lead(lifts: list[Lift], labels: Labels, *, by_exposure: bool, bounds: bool) -> Sentence:
    """The absolute lifts, one after another; with their intervals when `bounds` is asked."""
    pairs = [
        lift_clause(lift, labels, per(labels, by_exposure), first=i == 0, bounds=bounds)
        for i, lift in enumerate(lifts)
    ]
    return Sentence("lifts", " ".join(p.fr for p in pairs), " ".join(p.en for p in pairs))


def lift_clause(lift: Lift, labels: Labels, base: Words, *, first: bool, bounds: bool) -> Words:
    assert lift.lift is not None
    words, decimals = wording(lift.arm, labels), decimals_for(lift.lift, lift.low, lift.high)
    fr, en = amount(lift.lift, decimals, labels, named=first)
    if first:
        fr = f"chaque {labels.unit.fr} {labels.verb.fr} {fr} par {base.fr}"
        en = f"each {labels.unit.en} {labels.verb.en} {en} per {base.en}"
    limits = interval(lift.low, lift.high, decimals) if bounds else Words("", "")
    doubt_fr = "" if lift.clear else ", mais l’effet pourrait être nul"
    doubt_en = "" if lift.clear else ", but the effect could be zero"
    place = words.where if first else words.again
    return Words(
        f"{place.fr}, {fr}{limits.fr}{doubt_fr}.", f"{place.en}, {en}{limits.en}{doubt_en}."
    )


def amount(value: float, decimals: int, labels: Labels, *, named: bool) -> tuple[str, str]:
    size = abs(value)
    # French counts as singular whatever stays under 2.
    noun_fr = (labels.outcome_one.fr if size < 2 else "") or labels.outcome.fr
    noun = Words(f" {noun_fr}", f" {labels.outcome.en}") if named and noun_fr else Words("", "")
    way = Words("de plus", "more") if value >= 0 else Words("de moins", "fewer")
    return (
        f"{number_fr(size, decimals)}{noun.fr} {way.fr}",
        f"{number_en(size, decimals)} {way.en}{noun.en}",
    )


def interval(low: float | None, high: float | None, decimals: int) -> Words:
    assert low is not None
    assert high is not None
    return Words(
        f" (entre {number_fr(low, decimals)} et {number_fr(high, decimals)})",
        f" (between {number_en(low, decimals)} and {number_en(high, decimals)})",
    )


def about_ratio(ratio: Ratio, denominator: Lift, labels: Labels) -> Sentence:
    over, under = (wording(arm, labels) for arm in ratio.of)
    if ratio.set == "bounded" and denominator.lift is not None and denominator.lift < 0:
        return Sentence(
            "ratio_of_a_fall",
            f"Pas de rapport{NBSP}: l’effet {under.effect.fr} est une baisse.",
            f"No ratio: {under.effect.en} is a fall.",
        )
    if ratio.set == "bounded" and ratio.estimate is not None:
        decimals = decimals_for(ratio.estimate, ratio.low, ratio.high)
        limits = interval(ratio.low, ratio.high, decimals)
        fr, en = number_fr(ratio.estimate, decimals), number_en(ratio.estimate, decimals)
        return Sentence(
            "ratio",
            f"L’effet {over.effect.fr} vaut {fr} fois celui {under.effect.fr}{limits.fr}.",
            f"{capital(over.effect.en)} is {en} times {under.effect.en}{limits.en}.",
        )
    if denominator.lift is None:
        return Sentence(
            "ratio_without_data",
            "Pas assez de données pour un rapport.",
            "Not enough data for a ratio.",
        )
    return Sentence(
        "ratio_not_enough_data",
        f"Pas assez de données pour un rapport{NBSP}: l’effet {under.effect.fr} pourrait être nul.",
        f"Not enough data for a ratio: {under.effect.en} could be zero.",
    )


def about_cost(
    arm: str, labels: Labels, per_extra: float | None, low: float | None, high: float | None
) -> Sentence:
    name = wording(arm, labels).subject
    one = Words(labels.outcome_one.fr or "résultat", labels.outcome_one.en or "result")
    fr, en = f"{capital(name.fr)}{NBSP}: ", f"{capital(name.en)}: "
    if low is None:
        fr += f"aucun coût par {one.fr} de plus, car il n’y en a pas eu de plus."
        en += f"no cost per extra {one.en}, because there were none."
    elif per_extra is None or high is None:
        fr += f"au moins {money_fr(low, labels.currency)} par {one.fr} de plus; "
        fr += "aucun maximum, car l’effet pourrait être nul."
        en += f"at least {money_en(low, labels.currency)} per extra {one.en}; "
        en += "no upper limit, because the effect could be zero."
    else:
        fr += f"{money_fr(per_extra, labels.currency)} par {one.fr} de plus "
        fr += f"(entre {money_fr(low, labels.currency)} et {money_fr(high, labels.currency)})."
        en += f"{money_en(per_extra, labels.currency)} per extra {one.en} "
        en += f"(between {money_en(low, labels.currency)} and {money_en(high, labels.currency)})."
    return Sentence("cost_per_extra", fr, en)


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
        f"Peu {of_fr(labels.units.fr)}{NBSP}: en refaisant le tirage au hasard, un effet aussi grand que celui "
        f"{effect.fr} sort {fr}{NBSP}% du temps.{more.fr if doubtful else ''}",
        f"Few {labels.units.en}: when arms are drawn again at random, a result as large as {effect.en} "
        f"comes up {en}% of the time.{more.en if doubtful else ''}",
    )


def of_fr(noun: str) -> str:
    vowel = unicodedata.normalize("NFD", noun[:1].lower())[:1] in tuple("aeiouyhœ")
    return f"d’{noun}" if vowel else f"de {noun}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]
