"""What the figures rest on, and what they leave unknown: sentences, each with its sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.common import words
from proche.core.impact import CONTROL
from proche.faces.agency.impact_report.figures import Report, arm_label, lower


@dataclass(frozen=True)
class Known:
    text: str
    sound: bool


def basis(report: Report, campaign: Mapping[str, Any]) -> Iterable[Known]:
    """What holds the figures up, then what to keep in mind when reading them."""
    yield _plan(report)
    yield _draw(report)
    yield _units(report)
    yield from _periods(report)
    if campaign.get("handed_in"):
        yield _posts(campaign)
    for caution in report.figures["cautions"]:
        yield Known(words.sentence(caution), False)
    yield Known(
        _("Supposes that nothing else, such as a promotion, touched only one of the groups."), False
    )


def _plan(report: Report) -> Known:
    study = report.study
    if study.planned_at is None:
        return Known(
            _("The plan was not frozen first: what is compared could have been chosen afterwards."),
            False,
        )
    frozen = timezone.localdate(study.planned_at)
    day = date_format(frozen)
    if study.starts_on and frozen > study.starts_on:
        late = _("Plan frozen on %(day)s, after the campaign began on %(start)s.")
        return Known(late % {"day": day, "start": date_format(study.starts_on)}, False)
    return Known(_("Plan frozen on %(day)s, before the results.") % {"day": day}, True)


def _draw(report: Report) -> Known:
    if report.study.drawn:
        return Known(_("The groups were drawn at random."), True)
    return Known(
        _("The groups were not drawn at random: something else may set them apart."), False
    )


def _units(report: Report) -> Known:
    counts = {CONTROL: report.figures["control"]["units"]} | {
        arm: lift["units"] for arm, lift in report.figures["arms"].items()
    }
    shown = ", ".join(f"{lower(arm_label(arm))} {words.figure(n)}" for arm, n in counts.items())
    text = _("%(units)s compared: %(groups)s.") % {
        "units": report.count(sum(counts.values())),
        "groups": shown,
    }
    promised = report.study.units_per_arm
    if promised and min(counts.values()) < promised:
        text += " " + _("The plan promised %(n)s in each group.") % {"n": words.figure(promised)}
        return Known(text, False)
    return Known(text, True)


def _periods(report: Report) -> Iterable[Known]:
    before, after = len(days_of(report, "pre")), len(days_of(report, "post"))
    if not after:
        return
    text = _("%(before)d counts before and %(after)d after, one per %(period)s.") % {
        "before": before,
        "after": after,
        "period": report.word("period"),
    }
    promised = (report.study.periods_before, report.study.periods_after)
    short = before < (promised[0] or 0) or after < (promised[1] or 0)
    if short:
        text += " " + _("The plan promised %(before)d and %(after)d.") % {
            "before": promised[0] or 0,
            "after": promised[1] or 0,
        }
    yield Known(text, not short)


def _posts(campaign: Mapping[str, Any]) -> Known:
    settled, handed_in = campaign["settled"], campaign["handed_in"]
    text = ngettext(
        "%(settled)d of the %(n)d post handed in was checked and says the link: %(share)s.",
        "%(settled)d of the %(n)d posts handed in were checked and say the link: %(share)s.",
        handed_in,
    )
    share = words.share(settled / handed_in)
    return Known(text % {"settled": settled, "n": handed_in, "share": share}, settled == handed_in)


def unknowns(report: Report, campaign: Mapping[str, Any]) -> Iterable[str]:
    days = days_of(report, "post")
    if days:
        yield _("Whether the effect lasts after %(day)s.") % {"day": date_format(days[-1])}
    else:
        yield _("How the effect moved over time: the results have no dates.")
    total = report.figures["control"]["units"] + sum(
        lift["units"] for lift in report.figures["arms"].values()
    )
    yield _("What happened elsewhere than in these %(units)s.") % {"units": report.count(total)}
    yield _("Whether people of one group saw the posts meant for another.")
    if "star" in report.figures["arms"]:
        yield _("What another star would have given.")
    if not report.figures["costs"]:
        yield _("What it cost: the results have no cost.")
    left = campaign.get("handed_in", 0) - campaign.get("settled", 0)
    if left:
        yield ngettext(
            "Whether %(n)d post handed in says the link.",
            "Whether %(n)d posts handed in say the link.",
            left,
        ) % {"n": left}


def days_of(report: Report, period: str) -> list[date]:
    """The dates counted before or after; empty where the results have no dates."""
    points = [point for point in report.figures["series"] if point["period"] == period]
    return sorted({date.fromisoformat(point["date"]) for point in points if point["date"]})
