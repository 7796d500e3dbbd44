"""What a run found, for scripts and for people."""

import numpy as np

from proche.core.evidence.gathering import THESE_TABLES
from proche.core.evidence.measures import MEASURES
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


def summarise(made: Qualification) -> dict[str, object]:
    tiers = np.bincount(made.decisions.tier, minlength=len(TIERS))
    estimates = made.evidence.estimates
    source = norms_source(made)
    return {
        "accounts": len(made.decisions.tier),
        "tiers": {tier: int(count) for tier, count in zip(TIERS, tiers, strict=True)},
        "skipped": dict(made.evidence.skipped),
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
    lines = [
        Sentence(
            "tiers",
            f"Comptes : {accounts[0]} (" + ", ".join(f"{n[0]} {w[0]}" for w, n in found) + ").",
            f"Accounts: {accounts[1]} (" + ", ".join(f"{n[1]} {w[1]}" for w, n in found) + ").",
        ),
        norms_source(made),
    ]
    for reason, count in made.evidence.skipped.items():
        fr, en = REASONS[reason]
        number = whole(count)
        lines.append(
            Sentence(reason, f"Mis de côté : {number[0]} {fr}.", f"Left out: {number[1]} {en}.")
        )
    return lines
