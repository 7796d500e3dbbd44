"""What a run found, for scripts and for people."""

import numpy as np

from proche.core.evidence.doubts import Doubt, Kind
from proche.core.evidence.gathering import THESE_TABLES
from proche.core.evidence.measures import MEASURES
from proche.core.evidence.refusals import shortened
from proche.core.results import Sentence
from proche.core.tiers.facts import TIERS
from proche.core.tiers.qualify import Qualification
from proche.core.tiers.wording import whole

TIER_WORDS = {
    "nano": ("nano", "nano"),
    "micro": ("micro", "micro"),
    "star": ("vedette", "star"),
    "undetermined": ("indéterminé", "undetermined"),
}
REASONS = {
    "duplicate_accounts": (
        "rangées identiques de comptes, comptées une fois",
        "identical account rows, counted once",
    ),
    "duplicate_posts": (
        "rangées identiques de publications, comptées une fois",
        "identical post rows, counted once",
    ),
    "posts_of_unknown_accounts": (
        "publications de comptes absents de la table",
        "posts of accounts that are not in the table",
    ),
    "posts_without_date": ("publications sans date", "posts without a date"),
    "posts_after_as_of": (
        "publications datées après le relevé du compte",
        "posts dated after the account was seen",
    ),
    "interactions_without_people": (
        "interactions sans auteur ou sans compte visé",
        "interactions without an actor or a target",
    ),
    "interactions_without_date": ("interactions sans date", "interactions without a date"),
    "interactions_after_as_of": (
        "interactions datées après le relevé",
        "interactions dated after the tables were made",
    ),
    "interactions_of_unknown_accounts": (
        "interactions dont aucun compte n’est dans la table",
        "interactions of which no account is in the table",
    ),
    "audience_of_unknown_accounts": (
        "rangées d’audience de comptes absents de la table",
        "audience rows of accounts that are not in the table",
    ),
}

# What was counted, then what was done with it and where the first is.
DOUBTS = {
    Kind.NEGATIVE: ("nombres négatifs, pris comme inconnus", "negative counts, taken as unknown"),
    Kind.OVER_LIMIT: (
        "nombres au-delà de ce qui se peut, pris comme inconnus",
        "counts beyond what can be, taken as unknown",
    ),
    Kind.IDS_OVER_LIMIT: (
        "identifiants trop grands pour un nombre à virgule, pris comme inconnus",
        "ids too large for a decimal number, taken as unknown",
    ),
    Kind.OUT_OF_RANGE: (
        "moments avant 1970 ou après 9998, pris comme inconnus",
        "moments before 1970 or after 9998, taken as unknown",
    ),
    Kind.MIXED_ZONES: (
        "moments d’un autre fuseau que le reste de leur colonne, ramenés à UTC",
        "moments in another time zone than the rest of their column, brought to UTC",
    ),
    Kind.CONFLICTING: (
        "rangées mises de côté, dont l’identifiant a d’autres données dans une rangée gardée",
        "rows left out, whose id has other data in a row that is kept",
    ),
}


def summarise(made: Qualification) -> dict[str, object]:
    tiers = np.bincount(made.decisions.tier, minlength=len(TIERS))
    estimates = made.evidence.estimates
    source = norms_source(made)
    return {
        "accounts": len(made.decisions.tier),
        "tiers": {tier: int(count) for tier, count in zip(TIERS, tiers, strict=True)},
        "skipped": dict(made.evidence.skipped),
        "doubts": doubts_of(made),
        "norms": {
            "source": made.norms.source,
            "as_of": made.norms.as_of,
            "groups": len(made.norms.groups),
            "fr": source.fr,
            "en": source.en,
        },
        "thresholds": made.thresholds.version,
        "known": {m.name: int(estimates[m.name].known.sum()) for m in MEASURES},
    }


def doubts_of(made: Qualification) -> dict[str, dict[str, object]]:
    """By code: the count, and the file, row, column and value of the first."""
    return {
        doubt.code: {
            "count": doubt.count,
            "file": doubt.file,
            "row": doubt.row,
            "column": doubt.column,
            "value": doubt.value,
        }
        for doubt in made.evidence.doubts
    }


def norms_source(made: Qualification) -> Sentence:
    if made.norms.source != THESE_TABLES:
        named = made.norms.source
        return Sentence("norms_given", f"Normes : {named}.", f"Norms: {named}.")
    if not made.norms.groups:
        return Sentence(
            "norms_none",
            "Trop peu de comptes pour les comparer entre eux : aucun centile.",
            "Too few accounts to compare with one another: no percentile.",
        )
    return Sentence(
        "norms_own",
        "Les centiles comparent ces comptes entre eux, par plateforme et taille.",
        "Percentiles compare these accounts with one another, by platform and size.",
    )


def summary_lines(made: Qualification) -> list[Sentence]:
    accounts = whole(len(made.decisions.tier))
    counts = np.bincount(made.decisions.tier, minlength=len(TIERS))
    found = [(TIER_WORDS[tier], whole(count)) for tier, count in zip(TIERS, counts, strict=True)]
    return [
        Sentence(
            "tiers",
            f"Comptes : {accounts[0]} (" + ", ".join(f"{n[0]} {w[0]}" for w, n in found) + ").",
            f"Accounts: {accounts[1]} (" + ", ".join(f"{n[1]} {w[1]}" for w, n in found) + ").",
        ),
        norms_source(made),
        *counted_lines(made),
    ]


def counted_lines(made: Qualification) -> list[Sentence]:
    """One line for each reason something was left out, taken as unknown or brought to UTC."""
    doubts = made.evidence.doubts
    told = {doubt.code for doubt in doubts}
    left_out = made.evidence.skipped.items()
    return [
        *(_left_out(reason, count) for reason, count in left_out if reason not in told),
        *(_doubted(doubt) for doubt in doubts),
    ]


def _left_out(reason: str, count: int) -> Sentence:
    fr, en = REASONS[reason]
    number = whole(count)
    return Sentence(reason, f"Mis de côté : {number[0]} {fr}.", f"Left out: {number[1]} {en}.")


def _doubted(doubt: Doubt) -> Sentence:
    fr, en = DOUBTS[doubt.kind]
    number, value = whole(doubt.count), shortened(doubt.value)
    return Sentence(
        doubt.code,
        f"À vérifier : {number[0]} {fr} (premier cas dans {doubt.file}, rangée {doubt.row}, "
        f"colonne {doubt.column} : « {value} »).",
        f"To check: {number[1]} {en} (first in {doubt.file}, row {doubt.row}, column "
        f"{doubt.column}: “{value}”).",
    )
