"""How close the member is, to their community and to the brand, and what is proven of it."""

from collections.abc import Iterator

from proche.core.matching.facts import Facts, reason
from proche.core.matching.parts import MIDDLE
from proche.core.matching.records import Reason
from proche.core.topics.taxonomy import by_code, inside
from proche.core.topics.words import fold, words

MEASURES = 6
# fewer measures than this say too little about closeness to go without a warning
ENOUGH_MEASURES = 3
VERY_CLOSE = 67
MOST_KINDS = 2


def affinity(facts: Facts) -> Iterator[Reason]:
    if facts.member.mentioned_brand and facts.has("affinity"):
        brand_fr = facts.brief.brand or "la marque"
        brand_en = facts.brief.brand or "the brand"
        yield reason(
            "unprompted",
            f"A nommé {brand_fr} sans qu’on le demande.",
            f"Named {brand_en} without being asked.",
            facts.gain("affinity"),
        )
    elif facts.has("affinity") and (kinds := facts.found_kinds()):
        fr = ", ".join(inside(by_code()[code].fr) for code in kinds[:MOST_KINDS])
        en = ", ".join(inside(by_code()[code].en) for code in kinds[:MOST_KINDS])
        yield reason(
            "unprompted_kind",
            f"Parle de ce genre de produit sans qu’on le demande : {fr}.",
            f"Speaks of this kind of product without being asked: {en}.",
            facts.gain("affinity"),
        )


def close(facts: Facts) -> Iterator[Reason]:
    closeness = facts.member.closeness
    if facts.has("closeness") and closeness is not None and closeness >= 100 * MIDDLE:
        very = closeness >= VERY_CLOSE
        yield reason(
            "close",
            f"{'Très proche' if very else 'Proche'} de sa communauté{_measured(facts)[0]}.",
            f"{'Very close' if very else 'Close'} to their community{_measured(facts)[1]}.",
            facts.gain("closeness"),
        )


def not_close(facts: Facts) -> Iterator[Reason]:
    if not facts.has("closeness"):
        return
    closeness, known = facts.member.closeness, facts.member.closeness_measures
    if closeness is None:
        yield reason("closeness_unknown", "Proximité inconnue.", "Closeness unknown.")
    elif closeness < 100 * MIDDLE:
        yield reason(
            "less_close",
            f"Moins proche de sa communauté que la plupart{_measured(facts)[0]}.",
            f"Less close to their community than most{_measured(facts)[1]}.",
            facts.loss("closeness"),
        )
    elif known is not None and known < ENOUGH_MEASURES:
        yield reason(
            "few_measures",
            f"Proximité : {known} mesure{'s' if known > 1 else ''} sur {MEASURES}.",
            f"Closeness: {known} of {MEASURES} measures.",
        )


def _measured(facts: Facts) -> tuple[str, str]:
    value = f"{facts.member.closeness:.0f}"
    known = facts.member.closeness_measures
    if known is None:
        return f" : {value} sur 100", f": {value} out of 100"
    return (
        f" : {value} sur 100, {known} mesure{'s' if known > 1 else ''} sur {MEASURES}",
        f": {value} out of 100, from {known} of {MEASURES} measures",
    )


def language(facts: Facts) -> Iterator[Reason]:
    if facts.brief.languages and "languages" in facts.given and not facts.member.languages:
        yield reason("language_unknown", "Langue inconnue.", "Language unknown.")


def limits(facts: Facts) -> Iterator[Reason]:
    asked = facts.brief.contains and "limits_known" in facts.given
    if asked and facts.member.limits_known is None:
        yield reason(
            "limits_unknown",
            "Allergies, régimes et autres limites : inconnus.",
            "Allergies, diets and other limits: unknown.",
        )


def past_rival(facts: Facts) -> Iterator[Reason]:
    rivals = {fold(rival) for rival in facts.brief.rivals}
    months = [since for brand, since in facts.member.recent_brands if fold(brand) in rivals]
    if months:
        since = min(months)
        yield reason(
            "past_rival",
            f"A collaboré avec une marque rivale il y a {since} mois.",
            f"Worked with a rival brand {since} months ago.",
        )


def names_rival(facts: Facts) -> Iterator[Reason]:
    said = f" {' '.join(words(facts.member.text))} "
    named = [
        rival
        for rival in facts.brief.rivals
        if (name := " ".join(words(rival))) and f" {name} " in said
    ]
    if named:
        listed = ", ".join(named)
        yield reason(
            "names_rival",
            f"Nomme une marque rivale dans ses propres mots : {listed}.",
            f"Names a rival brand in their own words: {listed}.",
        )


def unproven(facts: Facts) -> Iterator[Reason]:
    if "followers" in facts.given and facts.member.followers is None:
        yield reason(
            "followers_unknown", "Nombre d’abonnés inconnu.", "Number of followers unknown."
        )
    elif "proof" in facts.given and facts.member.proof in (None, "", "declared"):
        yield reason("declared_only", "Chiffres déclarés seulement.", "Declared figures only.")
