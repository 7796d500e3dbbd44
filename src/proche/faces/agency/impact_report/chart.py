"""The series of a study as a Vega-Lite drawing, and the same figures as a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proche.common import words
from proche.core.impact import CONTROL
from proche.core.impact.figures import decimals_for
from proche.faces.agency.impact_report.basis import days_of
from proche.faces.agency.impact_report.figures import Report, arm_label, capital

INKS = {"nano": "chart-1", "star": "chart-2", CONTROL: "chart-5"}
OTHER_INK = "chart-3"
# A label keeps this share of the drawing's height to itself.
LABEL_ROOM = 0.11
HEIGHT = 170


def week_by_week(report: Report) -> dict[str, Any]:
    """What the card and the chart tag need: words, `spec`, `columns` and `rows`."""
    points, order = report.figures["series"], _drawn_order(report)
    dated = bool(days_of(report, "post"))
    words_here = {"period": report.word("period"), "unit": report.word("unit")}
    words_here["outcome"] = report.word("outcome") or _("count")
    said = _("%(period)s by %(period)s") if dated else _("Before and after")
    about = _("%(outcome)s per %(unit)s") % words_here
    return {
        "title": capital(said % words_here),
        "about": about,
        "caption": _("%(about)s, the mean of each group.") % {"about": capital(about)},
        "spec": _spec(points, order, dated=dated, start=_start(report) if dated else None),
        **_table(report, points, order, dated=dated),
    }


def _drawn_order(report: Report) -> list[str]:
    """Control first, so that it lies under the lines one came to see."""
    present = {point["arm"] for point in report.figures["series"]}
    listed = [CONTROL, *reversed(list(report.figures["arms"]))]
    return [arm for arm in listed if arm in present]


def _start(report: Report) -> str | None:
    first = report.study.starts_on or next(iter(days_of(report, "post")), None)
    return f"{first.isoformat()}T00:00" if first else None


def _spec(
    points: Sequence[Mapping[str, Any]], order: list[str], *, dated: bool, start: str | None
) -> dict[str, Any]:
    alt = _altair()
    rows = [_row(point, dated) for arm in order for point in points if point["arm"] == arm]
    ends = _line_ends(rows, order)
    colour = alt.Color("group:N", legend=None).scale(
        domain=[arm_label(arm) for arm in order],
        range=[INKS.get(arm, OTHER_INK) for arm in order],
    )
    x = _x_axis(alt, dated=dated)
    y = alt.Y("mean:Q", title=None).scale(zero=False, nice=True).axis(tickCount=5)
    tip = [alt.Tooltip("group:N", title=" "), alt.Tooltip("mean:Q", title=" ", format=",.1f")]
    end = alt.Chart(alt.Data(values=ends)).encode(x=x)
    layers = [
        alt.Chart(alt.Data(values=rows)).mark_line().encode(x=x, y=y, color=colour, tooltip=tip),
        end.mark_point(filled=True, size=46, opacity=1).encode(y="mean:Q", color=colour),
        end.mark_text(align="left", dx=9).encode(y="beside:Q", text="group:N"),
    ]
    if start:
        layers += _start_rule(alt, start)
    spec: dict[str, Any] = alt.layer(*layers).properties(height=HEIGHT, padding=4).to_dict()
    return spec


def _altair() -> Any:
    import altair  # half a second to load, for this page only

    return altair


def _row(point: Mapping[str, Any], dated: bool) -> dict[str, Any]:
    phases = {"pre": _("before"), "post": _("after")}
    # Midnight of the reader, or a browser west of Greenwich would write the day before.
    when = f"{point['date']}T00:00" if dated else phases[point["period"]]
    return {"when": when, "group": arm_label(point["arm"]), "mean": point["mean"]}


def _x_axis(alt: Any, *, dated: bool) -> Any:
    if dated:
        return alt.X("when:T", title=None).axis(
            format="%b %-d" if words.language().startswith("en") else "%-d %b",
            tickCount=6,
            labelOverlap=True,
        )
    return alt.X("when:N", title=None, sort=None).axis(labelAngle=0)


def _start_rule(alt: Any, start: str) -> list[Any]:
    rule = alt.Chart(alt.Data(values=[{"when": start, "said": _("start of the campaign")}]))
    return [
        rule.mark_rule(strokeDash=[3, 3]).encode(x="when:T"),
        rule.mark_text(align="right", dx=-7, dy=6).encode(
            x="when:T", y=alt.value(0), text="said:N"
        ),
    ]


def _line_ends(rows: Sequence[Mapping[str, Any]], order: list[str]) -> list[dict[str, Any]]:
    """The last point of each line, with its label pushed up where two would touch."""
    values = [row["mean"] for row in rows]
    room = LABEL_ROOM * ((max(values) - min(values)) or 1.0)
    last = {row["group"]: row for row in rows}
    ends: list[dict[str, Any]] = []
    for row in sorted(last.values(), key=lambda row: row["mean"]):
        lowest = ends[-1]["beside"] + room if ends else row["mean"]
        ends.append({**row, "beside": max(row["mean"], lowest)})
    return ends


def _table(
    report: Report, points: Sequence[Mapping[str, Any]], order: list[str], *, dated: bool
) -> dict[str, Any]:
    shown = list(reversed(order))
    places = decimals_for(*(point["mean"] for point in points))
    cells: dict[tuple[str, str], dict[str, float]] = {}
    for point in sorted(points, key=lambda p: (p["period"] == "post", p["date"] or "")):
        key = (point["date"] or "", point["period"])
        cells.setdefault(key, {})[point["arm"]] = point["mean"]
    rows = [
        [_when(*key), *(words.figure(means.get(arm), places) for arm in shown)]
        for key, means in cells.items()
    ]
    first = capital(report.word("period")) if dated else _("Before or after")
    return {"columns": [first, *(arm_label(arm) for arm in shown)], "rows": rows}


def _when(day: str, period: str) -> str:
    if day:
        return date_format(date.fromisoformat(day), "MONTH_DAY_FORMAT")
    return _("before") if period == "pre" else _("after")
