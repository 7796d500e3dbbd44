"""Nominations by day as a Vega-Lite drawing, and the same figures as a table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proche.common import words

HEIGHT = 150


def day_by_day(counts: Mapping[date, int]) -> dict[str, Any]:
    """What the chart tag needs: `caption`, `spec`, `columns`, `rows`; {} before the first one."""
    if not any(counts.values()):
        return {}
    filled = [(day, n) for day, n in counts.items() if n]
    busiest, most = max(filled, key=lambda pair: pair[1])
    return {
        "caption": _("Nominations by day. The fullest: %(day)s, %(n)s.")
        % {"day": date_format(busiest, "MONTH_DAY_FORMAT"), "n": words.figure(most)},
        "spec": _spec(counts),
        "columns": [_("Day"), _("Nominations")],
        "rows": [(date_format(day, "DATE_FORMAT"), words.figure(n)) for day, n in filled],
    }


def _altair() -> Any:
    import altair  # half a second to load, for this page only

    return altair


def _spec(counts: Mapping[date, int]) -> dict[str, Any]:
    alt = _altair()

    # Midnight of the reader, or a browser west of Greenwich would write the day before.
    values = [{"day": f"{day.isoformat()}T00:00", "n": n} for day, n in counts.items()]
    form = "%b %-d" if words.language().startswith("en") else "%-d %b"
    x = alt.X("day:T", title=None, timeUnit="yearmonthdate").axis(
        format=form, tickCount=6, labelOverlap=True, grid=False
    )
    y = alt.Y("n:Q", title=None).axis(tickCount=4, format="d")
    tip = [
        alt.Tooltip("day:T", title=" ", format=form),
        alt.Tooltip("n:Q", title=_("Nominations"), format=",d"),
    ]
    bars = (
        alt.Chart(alt.Data(values=values)).mark_bar(color="chart-1").encode(x=x, y=y, tooltip=tip)
    )
    spec: dict[str, Any] = bars.properties(height=HEIGHT, padding=4).to_dict()
    return spec
