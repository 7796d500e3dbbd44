"""Authenticity in words: named signs and how many were looked at, never a number alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.evidence.models import Verdict
from proche.core.evidence.authenticity import NAMES


@dataclass(frozen=True)
class Signs:
    """`found` are the sentences of the signs; the rest of a verdict's questions stand apart."""

    said: str
    found: list[Mapping[str, str]]
    others: list[Mapping[str, str]]

    @property
    def any(self) -> bool:
        return bool(self.found)


def signs_of(verdict: Verdict, known: int) -> Signs:
    """`known` says how many signals could be seen."""
    found = [one for one in verdict.to_confirm if one["code"] in NAMES]
    others = [one for one in verdict.to_confirm if one["code"] not in NAMES]
    return Signs(_said(len(found), known), found, others)


def _said(found: int, known: int) -> str:
    if found == 1:
        return _("One sign to look at, with a person’s eyes.")
    if found:
        words = (_("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"))
        n = words[found - 2]
        return _("%(n)s signs to look at, with a person’s eyes.") % {"n": n}
    if not known:
        return _("No sign could be looked at: this profile’s figures are not known.")
    looked = ngettext("%(n)s sign was looked at", "%(n)s signs were looked at", known)
    return _("%(looked)s, nothing to ask about.") % {"looked": looked % {"n": known}}
