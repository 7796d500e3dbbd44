"""Authenticity in words: which signs were seen, which could not be, and a band; never a number
alone and never a judgement of the person. It opens a question."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.evidence.models import Verdict
from proche.areas.evidence.words import SIGNS
from proche.areas.people.models import Account
from proche.core.evidence.authenticity import NAMES

Sentence = Mapping[str, str]


@dataclass(frozen=True)
class Signs:
    """`found` are the sentences of the signs; the rest of a verdict's questions stand apart.
    `seen` and `unseen` name the signs the account's figures let us look at, and the others."""

    said: str
    found: list[Sentence]
    others: list[Sentence]
    seen: list[str | Promise]
    unseen: list[str | Promise]

    @property
    def any(self) -> bool:
        return bool(self.found)


def signs_of(verdict: Verdict, known: int, account: Account | None) -> Signs:
    """`known` says how many signals were counted; `account` is the one that spoke."""
    found = [one for one in verdict.to_confirm if one["code"] in NAMES]
    others = [one for one in verdict.to_confirm if one["code"] not in NAMES]
    codes = {one["code"] for one in found}
    seen = [name for name in NAMES if name in codes or _seen(name, account)] if known else []
    return Signs(
        _said(len(found), known, verdict.authenticity),
        found,
        others,
        [SIGNS[name].label for name in seen if name in SIGNS],
        [SIGNS[name].label for name in NAMES if name not in seen and name in SIGNS],
    )


def _seen(name: str, account: Account | None) -> bool:
    return account is not None and name in SIGNS and SIGNS[name].seen(account)


def _said(found: int, known: int, authenticity: float | None) -> str:
    if not known:
        return _("No sign could be looked at: this profile’s figures are not known.")
    among = {"n": known, "found": found}
    if found > 1:
        return _("Several signs, %(found)s of the %(n)s looked at: look into it.") % among
    if found:
        return (
            ngettext(
                "One sign, the only one looked at.", "One sign among the %(n)s looked at.", known
            )
            % among
        )
    # A faint sign lowers the figure without being worth a question.
    if authenticity is not None and authenticity < 1:
        return (
            ngettext(
                "One faint sign, too little to ask about.",
                "Something faint among the %(n)s signs looked at, too little to ask about.",
                known,
            )
            % among
        )
    return (
        ngettext(
            "Nothing found: one sign was looked at.",
            "Nothing found among the %(n)s signs looked at.",
            known,
        )
        % among
    )
