"""Lifts, costs and the sentence a study page opens on, from the stored figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.impact.models import Study
from proche.areas.impact.queries import labels_of
from proche.common import words
from proche.core.impact import CONTROL, Labels
from proche.core.impact.figures import decimals_for

ROLES = {"nano": "members", "star": "star", CONTROL: "control"}
DOUBTS = {"fr": "l’effet pourrait être nul", "en": "the effect could be zero"}
NOT_ENOUGH = {"fr": "Pas assez de données", "en": "Not enough data"}


@dataclass(frozen=True)
class Lead:
    """The opening sentence, cut around the words the marker underlines."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class CostShown:
    label: str
    total: int
    extra: float
    per_extra: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Report:
    """One study's figures in the reader's language."""

    study: Study
    figures: Mapping[str, Any]
    labels: Labels
    side: str

    def word(self, name: str) -> str:
        return str(getattr(getattr(self.labels, name), self.side))

    @property
    def lead(self) -> Lead:
        text = str((self.figures.get("lead") or self.figures["sentence"])[self.side])
        phrase = self._phrase(text)
        before, found, after = text.partition(phrase) if phrase else ("", "", "")
        return Lead(before, found, after) if found else Lead("", "", text)

    def _phrase(self, text: str) -> str:
        """What the marker underlines: the first lift when it is clear, else the doubt."""
        lifts = [lift for lift in self.figures["arms"].values() if lift["lift"] is not None]
        if not lifts:
            return NOT_ENOUGH[self.side]
        if not is_clear(lifts[0]):
            return DOUBTS[self.side]
        start = text.find(f" {self.word('verb')} ") + len(self.word("verb")) + 2
        for base in (self.word("period"), self.word("exposure")):
            by = f" {'par' if self.side == 'fr' else 'per'} {base}"
            if by in text[start:]:
                return text[start : text.index(by, start) + len(by)]
        return ""

    @property
    def base(self) -> str:
        """What a lift is counted by: a week, or a visit where exposure was given."""
        period, exposure = self.word("period"), self.word("exposure")
        text = str((self.figures.get("lead") or self.figures["sentence"])[self.side])
        return exposure if f" {exposure}" in text else period

    @property
    def about(self) -> str:
        return _("%(outcome)s per %(unit)s and per %(period)s, against the control group") % {
            "outcome": self.word("outcome") or _("count"),
            "unit": self.word("unit"),
            "period": self.base,
        }

    @property
    def control(self) -> str:
        return self.count(self.figures["control"]["units"])

    @property
    def lift_columns(self) -> list[str]:
        return [_("Group"), _("More than control"), _("From"), _("To"), self.word("units")]

    @property
    def extra_title(self) -> str:
        return capital(_("%(outcome)s more") % {"outcome": self.word("outcome") or _("count")})

    @property
    def per_extra_title(self) -> str:
        return _("Per extra %(one)s") % {"one": self.word("outcome_one") or _("count")}

    @property
    def first_two(self) -> list[dict[str, Any]]:
        """The lifts of members and of the star, for a list; where one is absent, a word says so."""
        known = {row["role"]: row for row in self.lifts()}
        absent = {"low": None, "reason": _("no such group")}
        return [known.get("members", absent), known.get("star", absent)]

    @property
    def places(self) -> int:
        arms = self.figures["arms"].values()
        return decimals_for(*(arm[name] for arm in arms for name in ("lift", "low", "high")))

    def lifts(self, people: int = 0) -> list[dict[str, Any]]:
        """Rows of the forest, in the order of the stored figures: members, star, others."""
        return [
            {
                "label": arm_label(arm),
                "detail": self._detail(arm, lift["units"], people),
                "estimate": lift["lift"],
                "low": lift["low"],
                "high": lift["high"],
                "role": ROLES.get(arm, "other"),
                "reason": _("not enough to compare"),
            }
            for arm, lift in self.figures["arms"].items()
        ]

    def _detail(self, arm: str, units: int, people: int) -> str:
        counted = self.count(units)
        if arm != "nano" or not people:
            return counted
        who = ngettext("%(n)d person", "%(n)d people", people) % {"n": people}
        return f"{who}, {counted}"

    def count(self, units: int) -> str:
        """« 30 magasins », in the words of the study; French counts one below two."""
        one = units < 2 if self.side == "fr" else units == 1
        return f"{words.figure(units)} {self.word('unit' if one else 'units')}"

    def lift_rows(self) -> Iterable[list[str]]:
        """The same lifts as a table."""
        for arm, lift in self.figures["arms"].items():
            shown = [words.signed(lift[name], self.places) for name in ("lift", "low", "high")]
            yield [arm_label(arm), *shown, words.figure(lift["units"])]

    @property
    def costs(self) -> list[CostShown]:
        return [
            CostShown(
                label=arm_label(arm),
                total=round(100 * cost["total"]),
                extra=cost["extra"],
                per_extra=cents(cost["per_extra"]),
                low=cents(cost["low"]),
                high=cents(cost["high"]),
            )
            for arm, cost in self.figures["costs"].items()
        ]

    @property
    def has_open_cost(self) -> bool:
        return any(cost.high is None for cost in self.costs)

    @property
    def confidence(self) -> str:
        return words.share(self.figures["confidence"])


def report_of(study: Study) -> Report:
    """Call it on a study that has a result."""
    side = "en" if words.language().startswith("en") else "fr"
    return Report(study, study.result.figures, labels_of(study), side)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def arm_label(arm: str) -> str:
    known = {"nano": _("Our members"), "star": _("Star"), CONTROL: _("Control")}
    return known.get(arm, arm)


def is_clear(lift: Mapping[str, Any]) -> bool:
    return lift["low"] is not None and (lift["low"] > 0 or lift["high"] < 0)


def cents(amount: float | None) -> int | None:
    return None if amount is None else round(100 * amount)
