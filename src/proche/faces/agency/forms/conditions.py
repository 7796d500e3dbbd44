"""The conditions of a roster on one form: how many, for how much, from where, who with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.matching.candidates import Candidate
from proche.areas.matching.conditions import Conditions, Limit, Pair
from proche.areas.matching.wording import group_name
from proche.common.choices import Archetype, Language
from proche.common.regions import REGIONS

MOST_PEOPLE = 200
DEAREST = Decimal(1_000_000)
GROUPS = {
    "region": [region.code for region in REGIONS],
    "language": list(Language.values),
    "archetype": list(Archetype.values),
}
TITLES = {
    "region": _("Regions"),
    "language": _("Languages of the posts"),
    "archetype": _("Profiles"),
}
STANDS = [("", _("as the others")), ("kept", _("keeps a seat")), ("out", _("left out"))]


def cents(amount: Decimal | None) -> int | None:
    return None if amount is None else round(amount * 100)


class Money(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        control = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"})
        limits: dict[str, Any] = {"min_value": 0, "max_value": DEAREST, "decimal_places": 2}
        super().__init__(**limits, required=False, widget=control, **kwargs)


class Seats(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        control = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
        super().__init__(
            min_value=0, max_value=MOST_PEOPLE, required=False, widget=control, **kwargs
        )


@dataclass(frozen=True)
class GroupRow:
    """One group of the table of numbers, with how many of it are ranked."""

    name: str
    ranked: int
    bounds: tuple[forms.BoundField, forms.BoundField]


@dataclass(frozen=True)
class PersonRow:
    name: str
    stand: forms.BoundField
    cost: forms.BoundField


class ConditionsForm(forms.Form):
    """`names`: everybody ranked or named by the conditions, best ranked first."""

    size = forms.IntegerField(
        label=_("How many people at most"), min_value=1, max_value=MOST_PEOPLE
    )
    budget = Money(label=_("Budget, in dollars"))
    each = Money(
        label=_("What each member costs, in dollars"),
        help_text=_("The fair value of the brief, unless you write another amount."),
    )
    shipping = Money(label=_("Shipping to each, in dollars"))
    newcomers = forms.IntegerField(
        label=_("Newcomers, in %"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("At least this share goes to people never asked."),
    )
    together = forms.MultipleChoiceField(
        label=_("Not together"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        *,
        now: Conditions,
        people: Sequence[Candidate],
        names: dict[int, str],
    ) -> None:
        super().__init__(data, initial=_written(now))
        self.now, self.people, self.names = now, people, names
        self.groups = list(_limits(people, now))
        self.about = [*dict.fromkeys((*now.kept, *sorted(now.left_out), *now.costs))]
        for limit in self.groups:
            self.fields[f"least_{limit.by}_{limit.group}"] = Seats(label=gettext("At least"))
            self.fields[f"most_{limit.by}_{limit.group}"] = Seats(label=gettext("At most"))
        for person_id in self.about:
            self._ask_about(str(person_id))
        everybody = [("", "—"), *((str(pk), name) for pk, name in names.items())]
        for field, label in NAMED.items():
            self.fields[field] = forms.ChoiceField(label=label, choices=everybody, required=False)
        self._ask_about("new")
        pairs: Any = self.fields["together"]
        pairs.choices = [(_pair_key(pair), self._pair_name(pair)) for pair in now.apart]
        self.fields["together"].initial = [_pair_key(pair) for pair in now.apart]

    def _ask_about(self, key: str) -> None:
        self.fields[f"stand_{key}"] = forms.ChoiceField(
            label=_("In this roster"), choices=STANDS, required=False
        )
        self.fields[f"cost_{key}"] = Money(label=_("Costs, in dollars"))

    def _pair_name(self, pair: Pair) -> str:
        first, second = (self.names.get(one, "") for one in pair)
        return gettext("%(first)s and %(second)s") % {"first": first, "second": second}

    def tables(self) -> Iterator[tuple[str, list[GroupRow]]]:
        """Regions, languages, profiles: a title and its rows, where anybody ranked is in one."""
        for by, title in TITLES.items():
            rows = [
                GroupRow(
                    capfirst(group_name(by, limit.group)),
                    sum(one.is_in(limit) and one.ranked for one in self.people),
                    (self[f"least_{by}_{limit.group}"], self[f"most_{by}_{limit.group}"]),
                )
                for limit in self.groups
                if limit.by == by
            ]
            if rows:
                yield str(title), rows

    def person_rows(self) -> list[PersonRow]:
        return [
            PersonRow(self.names.get(pk, ""), self[f"stand_{pk}"], self[f"cost_{pk}"])
            for pk in self.about
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = said.get("first"), said.get("second")
        if bool(first) != bool(second):
            self.add_error("second" if first else "first", _("Choose the other person too."))
        elif first and first == second:
            self.add_error("second", _("Choose two different people."))
        if (said.get("stand_new") or said.get("cost_new") is not None) and not said.get("who"):
            self.add_error("who", _("Choose whom this is about."))
        return said

    def conditions(self) -> Conditions:
        """What was written; only of a valid form."""
        said = self.cleaned_data
        each = cents(said["each"])
        stands, costs = self._about_people()
        return Conditions(
            size=said["size"],
            budget_cents=cents(said["budget"]),
            each_cents=self.now.each_cents if each is None else each,
            shipping_cents=cents(said["shipping"]) or 0,
            newcomers=said["newcomers"] or 0,
            limits=tuple(self._limits_written()),
            costs=costs,
            kept=tuple(pk for pk, stand in stands.items() if stand == "kept"),
            left_out=frozenset(pk for pk, stand in stands.items() if stand == "out"),
            apart=self._apart(),
        )

    def _about_people(self) -> tuple[dict[int, str], dict[int, int]]:
        said = self.cleaned_data
        rows = [(pk, said[f"stand_{pk}"], said[f"cost_{pk}"]) for pk in self.about]
        if said["who"]:
            rows.append((int(said["who"]), said["stand_new"], said["cost_new"]))
        stands = {pk: stand for pk, stand, _cost in rows}
        return stands, {pk: cents(cost) or 0 for pk, _stand, cost in rows if cost is not None}

    def _limits_written(self) -> Iterator[Limit]:
        for limit in self.groups:
            least = self.cleaned_data[f"least_{limit.by}_{limit.group}"]
            most = self.cleaned_data[f"most_{limit.by}_{limit.group}"]
            if least or most is not None:
                yield Limit(limit.by, limit.group, least or None, most)

    def _apart(self) -> tuple[Pair, ...]:
        said = self.cleaned_data
        kept = [pair for pair in self.now.apart if _pair_key(pair) in said["together"]]
        if said["first"] and said["second"]:
            kept.append((int(said["first"]), int(said["second"])))
        return tuple({tuple(sorted(pair)): (pair[0], pair[1]) for pair in kept}.values())


NAMED = {"who": _("Somebody else"), "first": _("This person"), "second": _("and this one")}


def _pair_key(pair: Pair) -> str:
    return f"{pair[0]}-{pair[1]}"


def _limits(people: Sequence[Candidate], now: Conditions) -> Iterator[Limit]:
    """The groups somebody ranked is in, and those that have a number already."""
    written = {(limit.by, limit.group): limit for limit in now.limits}
    for by, groups in GROUPS.items():
        for group in groups:
            asked = Limit(by, group)
            if (by, group) in written or any(one.is_in(asked) for one in people):
                yield written.get((by, group), asked)


def _written(now: Conditions) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "size": now.size,
        "budget": _dollars(now.budget_cents),
        "each": _dollars(now.each_cents),
        "shipping": _dollars(now.shipping_cents or None),
        "newcomers": now.newcomers or None,
    }
    for limit in now.limits:
        initial[f"least_{limit.by}_{limit.group}"] = limit.least
        initial[f"most_{limit.by}_{limit.group}"] = limit.most
    for person_id in (*now.kept, *now.left_out, *now.costs):
        stand = "kept" if person_id in now.kept else "out" if person_id in now.left_out else ""
        initial[f"stand_{person_id}"] = stand
        initial[f"cost_{person_id}"] = _dollars(now.costs.get(person_id))
    return initial


def _dollars(amount: int | None) -> str | None:
    if amount is None:
        return None
    return f"{amount // 100}" if amount % 100 == 0 else f"{amount / 100:.2f}"
