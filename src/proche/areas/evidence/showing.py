"""The figure of a measure as pages write it, and its interval on a scale of its own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from proche.areas.evidence.models import Evidence
from proche.areas.evidence.words import HOURS, SHARES
from proche.common.drawings import Band, Scale, band, round_ticks
from proche.common.words import figure, share

# Shares of few things end where their figures do; the others end at 100 %.
RATES = {"comment_rate", "engagement_rate"}
# Under one percent one decimal would blur an interval into its value.
SMALL = 0.01


@dataclass(frozen=True)
class OwnScale:
    """The interval of a value drawn from 0 to a round `top`, in the unit of the measure; `said`
    is the same in words, and `top_said` is empty where the top is 100 %, which goes unsaid."""

    band: Band
    said: str
    top_said: str


def own_scale(name: str, fact: Evidence | None) -> OwnScale | None:
    """None where the value or its interval is unknown."""
    if fact is None or fact.value is None or fact.low is None or fact.high is None:
        return None
    top = _top(name, fact.high)
    words = {"low": written(name, fact.low), "high": written(name, fact.high)}
    said = _("%(low)s to %(high)s") % words
    drawn = band(Scale(0, top), fact.low, fact.value, fact.high)
    return OwnScale(drawn, said, _top_said(name, top))


def _top(name: str, high: float) -> float:
    if name in SHARES - RATES or name == "topic_focus":
        return 1.0
    return max(round_ticks(0, high, about=2)[-1], 0.001)


def _top_said(name: str, top: float) -> str:
    if name in SHARES - RATES:
        return ""
    shown = top * 100 if name in SHARES else top
    return _("scale: 0 to %(top)s") % {"top": written(name, top, places=int(shown != round(shown)))}


def written(name: str, value: float, *, places: int | None = None) -> str:
    """Rates of a percent or so keep a decimal; other shares are whole."""
    if name in SHARES:
        usual = (1 if value >= SMALL else 2) if name in RATES else 0
        return share(value, usual if places is None else places)
    if places is None:
        places = 2 if name == "topic_focus" else 1
    if name in HOURS:
        return _("%(n)s h") % {"n": figure(value, places)}
    return figure(value, places)
