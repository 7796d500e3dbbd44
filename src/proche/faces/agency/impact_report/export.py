"""The figures of a study as rows of a spreadsheet: one figure a row, with its bounds."""

from collections.abc import Iterable, Mapping
from typing import Any

# The names of the JSON document, so that both files speak alike.
COLUMNS = ["figure", "arm", "period", "date", "value", "low", "high", "units"]


def lines(figures: Mapping[str, Any]) -> Iterable[list[Any]]:
    for arm, lift in figures["arms"].items():
        bounds = [lift["lift"], lift["low"], lift["high"]]
        yield ["lift", arm, None, None, *bounds, lift["units"]]
    ratio = figures["ratio"]
    if ratio is not None:
        bounds = [ratio["estimate"], ratio["low"], ratio["high"]]
        yield [f"ratio_{ratio['set']}", "/".join(ratio["of"]), None, None, *bounds, None]
    for arm, cost in figures["costs"].items():
        yield ["cost", arm, None, None, cost["total"], None, None, None]
        bounds = [cost["per_extra"], cost["low"], cost["high"]]
        yield ["cost_per_extra", arm, None, None, *bounds, None]
    for point in figures["series"]:
        place = [point["arm"], point["period"], point["date"]]
        yield ["mean", *place, point["mean"], None, None, point["units"]]
