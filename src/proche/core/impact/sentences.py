"""What the figures mean, in words a hairdresser and a strategist both read without help."""

from dataclasses import dataclass

from proche.core.impact.figures import (
    NBSP,
    decimals_for,
    money_en,
    money_fr,
    number_en,
    number_fr,
)
from proche.core.impact.model import Labels, Lift, Ratio, Words
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


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]
