"""What the page of a roster draws: what each condition costs, what each member adds, and where
they live."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from proche.areas.matching.conditions import Conditions, conditions_of
from proche.areas.matching.models import Roster, RosterPlace
from proche.areas.matching.wording import condition_words
from proche.areas.people.models import Person
from proche.common import words

# A row of the drawing, in pixels; a long roster is drawn closer.
ROW, CLOSE_ROW, MANY = 24, 14, 40


@dataclass(frozen=True)
class Price:
    """What a condition costs: the reach with it, and without it."""

    words: str
    reach: int
    without: int

    @property
    def lost(self) -> int:
        return max(0, self.without - self.reach)

    @property
    def share(self) -> float:
        return self.lost / self.without if self.without else 0.0


def standing(roster: Roster, places: Sequence[RosterPlace]) -> dict[str, Any]:
    """How good the roster is and under what, as the brief and the page of the roster say it; at
    most five queries."""
    now = conditions_of(roster, places)
    bounded = now.budget_cents is not None or now.limits or now.newcomers
    return {
        "now": now,
        "at_least": floored(roster.proven),
        "kept": [place.person.given_name for place in places if place.locked],
        "prices": prices_of(roster, now, places),
        "broken": broken_words(roster, now, places),
        "conditioned": bool(bounded or now.apart or now.left_out),
    }


def floored(proven: float | None) -> float | None:
    """Rounded down: « at least » must stay true."""
    return None if proven is None else floor(proven * 1000) / 1000


def prices_of(roster: Roster, conditions: Conditions, places: Iterable[RosterPlace]) -> list[Price]:
    """The dearest first; at most one query, for the names of people who have no seat."""
    without: Mapping[str, int] = roster.prices.get("without", {})
    if not without:
        return []
    # What was free when the prices were told may have gone with an undo or a merge.
    still = [key for key in conditions.named() if key in without]
    names = names_in(still, places)
    found = [
        Price(condition_words(conditions, key, names), roster.prices["with"], without[key])
        for key in still
    ]
    return sorted(found, key=lambda price: -price.lost)


def broken_words(
    roster: Roster, conditions: Conditions, places: Iterable[RosterPlace]
) -> list[str]:
    """The conditions that the seats no longer keep, in words."""
    still = [key for key in conditions.named() if key in set(roster.broken)]
    names = names_in(still, places)
    return [condition_words(conditions, key, names) for key in still]


def names_in(keys: Iterable[str], places: Iterable[RosterPlace]) -> dict[int, str]:
    """The given names of the people whom conditions name."""
    asked = {
        int(one)
        for key in keys
        if key.partition(":")[0] in {"kept", "left_out", "apart"}
        for one in key.split(":")[1:]
    }
    names = {place.person_id: place.person.given_name for place in places}
    missing = asked - set(names)
    if missing:
        names |= dict(Person.objects.filter(pk__in=missing).values_list("pk", "given_name"))
    return names


def regions_of(places: Iterable[RosterPlace]) -> dict[str, int]:
    return dict(Counter(place.person.region for place in places if place.person.region))


def gained(roster: Roster, places: Sequence[RosterPlace]) -> dict[str, Any]:
    """What the chart tag needs: `caption`, `spec`, `columns`, `rows`; {} where nobody's public
    is known."""
    steps = _steps(places)
    if not steps:
        return {}
    first = steps[0]
    said = _("The reach of the roster, member by member. The first, %(name)s, brings %(n)s people.")
    return {
        "caption": said % {"name": first["name"], "n": words.figure(first["gain"])},
        "spec": _spec(steps),
        "columns": [_("Member"), _("Adds"), pgettext("a sum of people", "Together")],
        "rows": [
            (step["label"], words.signed(step["gain"], 0), words.figure(step["end"]))
            for step in steps
        ],
    }


def _steps(places: Sequence[RosterPlace]) -> list[dict[str, Any]]:
    steps, done = [], 0
    for place in places:
        if place.gain is None:
            continue
        name = f"{place.person.given_name} {place.person.family_name[:1]}."
        steps.append(
            {
                # numbered, so that two of the same name keep a row each
                "label": f"{place.position}. {name}",
                "name": place.person.given_name,
                "start": done,
                "end": done + place.gain,
                "gain": place.gain,
                "said": words.signed(place.gain, 0),
            }
        )
        done += place.gain
    return steps


def _altair() -> Any:
    import altair  # half a second to load, for this page only

    return altair


def _spec(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    alt = _altair()
    rows = [dict(step) for step in steps]
    room = 1.18 * (steps[-1]["end"] or 1)
    y = alt.Y("label:N", title=None, sort=None).axis(labelLimit=130, labelOverlap=True)
    x = alt.X("start:Q", title=None).scale(domain=[0, room], nice=False)
    x = x.axis(tickCount=4, format=",d", grid=True)
    tip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("gain:Q", title=_("Adds"), format=",d"),
        alt.Tooltip("end:Q", title=pgettext("a sum of people", "Together"), format=",d"),
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    bars = base.mark_bar(color="chart-1", cornerRadius=2).encode(x=x, x2="end:Q", tooltip=tip)
    said = base.mark_text(align="left", dx=5).encode(x="end:Q", text="said:N")
    height = alt.Step(ROW if len(rows) <= MANY else CLOSE_ROW)
    spec: dict[str, Any] = alt.layer(bars, said).properties(height=height, padding=4).to_dict()
    return spec
