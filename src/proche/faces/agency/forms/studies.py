"""A study in words, and its results: a file, or a small table typed by hand."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand
from proche.areas.campaigns.models import Campaign
from proche.areas.impact.actions import Facts
from proche.areas.impact.actions.planning import KEPT
from proche.areas.impact.models import Observation, Study
from proche.common import words
from proche.core.impact import Labels, Problem, Words
from proche.faces.agency.forms.fields import Day

# The words of a first study; whoever counts tickets or visits changes them.
USUAL = {
    "unit_fr": "magasin",
    "unit_en": "store",
    "units_fr": "magasins",
    "units_en": "stores",
    "verb_fr": "a vendu",
    "verb_en": "sold",
    "period_fr": "semaine",
    "period_en": "week",
}
PROMISES = ("starts_on", "drawn", "units_per_arm", "periods_before", "periods_after")
FIRST_ROWS, MORE_ROWS, MOST_ROWS = 12, 6, 60


class StudyForm(forms.Form):
    brand = forms.ModelChoiceField(
        Brand.objects.none(), label=_("Brand"), empty_label=_("Choose a brand")
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=_("Campaign"),
        required=False,
        empty_label=_("none of ours"),
        help_text=_("Gifts and posts of the campaign are then shown beside the figures."),
    )
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    product_fr = forms.CharField(
        label=_("They talked…, in French"), max_length=60, help_text=_("For example: du sirop")
    )
    product_en = forms.CharField(
        label=_("They talked about…, in English"),
        max_length=60,
        help_text=_("For example: the syrup"),
    )
    unit_fr = forms.CharField(label=_("One unit, in French"), max_length=40)
    unit_en = forms.CharField(label=_("One unit, in English"), max_length=40)
    units_fr = forms.CharField(label=_("Several, in French"), max_length=40)
    units_en = forms.CharField(label=_("Several, in English"), max_length=40)
    verb_fr = forms.CharField(label=_("Each unit…, in French"), max_length=40)
    verb_en = forms.CharField(label=_("Each unit…, in English"), max_length=40)
    outcome_fr = forms.CharField(
        label=_("What is counted, in French"), max_length=60, help_text=_("Plural: bouteilles")
    )
    outcome_en = forms.CharField(
        label=_("What is counted, in English"), max_length=60, help_text=_("Plural: bottles")
    )
    one_fr = forms.CharField(
        label=_("One of them, in French"), max_length=60, help_text=_("Singular: bouteille")
    )
    one_en = forms.CharField(
        label=_("One of them, in English"), max_length=60, help_text=_("Singular: bottle")
    )
    period_fr = forms.CharField(label=_("Counted by…, in French"), max_length=30)
    period_en = forms.CharField(label=_("Counted by…, in English"), max_length=30)
    starts_on = forms.DateField(
        label=_("First day of the campaign"),
        required=False,
        widget=Day(),
        help_text=_("What is counted before this day is “before”."),
    )
    units_per_arm = forms.IntegerField(
        label=_("Units in each group"), required=False, min_value=1, max_value=100_000
    )
    periods_before = forms.IntegerField(
        label=_("Periods before"), required=False, min_value=1, max_value=1000
    )
    periods_after = forms.IntegerField(
        label=_("Periods after"), required=False, min_value=1, max_value=1000
    )
    drawn = forms.BooleanField(
        label=_("Draw the groups at random"),
        required=False,
        help_text=_("Chance alone decides which unit gets what. Nothing else makes it fair."),
    )

    def __init__(self, *args: Any, actor: User, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand: Any = self.fields["brand"]
        brand.queryset = Brand.objects.for_actor(actor)
        campaign: Any = self.fields["campaign"]
        campaign.queryset = Campaign.objects.for_actor(actor).select_related("brief__brand")
        campaign.label_from_instance = lambda one: (
            f"{one.brief.brand.name}, {words.side(one.brief, 'title')}"
        )
        for name in PROMISES if fixed else ():
            self.fields[name].disabled = True

    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(
            title=Words(data["title_fr"], data["title_en"]),
            labels=labels_of(data),
            **{name: data[name] for name in PROMISES},
        )


def labels_of(typed: Mapping[str, Any]) -> Labels:
    """The words typed so far; a general one where a field is still empty."""
    general = Labels()
    pairs: dict[str, Any] = {}
    for name, field in KEPT.items():
        otherwise = getattr(general, name)
        pairs[name] = Words(
            typed.get(f"{field}_fr") or otherwise.fr, typed.get(f"{field}_en") or otherwise.en
        )
    return Labels(**pairs)


def as_typed(study: Study) -> dict[str, Any]:
    """What the form shows of a study that exists."""
    names = [name for name in StudyForm.base_fields if name not in {"brand", "campaign"}]
    known = {name: getattr(study, name) for name in names}
    return {**known, "brand": study.brand_id, "campaign": study.campaign_id}


class UploadForm(forms.Form):
    table = forms.FileField(
        label=_("File"),
        help_text=_("CSV, from a spreadsheet or a cash register; one row per unit and period."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.gz,.parquet"}),
    )


class TypedRow(forms.Form):
    """One unit: what it counted before and after, and what was spent there."""

    unit = forms.CharField(label=_("Unit"), max_length=80, required=False)
    arm = forms.ChoiceField(
        label=_("Group"),
        choices=[("control", _("Control")), ("nano", _("Our members")), ("star", _("Star"))],
        required=False,
    )
    before = forms.CharField(label=_("Before"), max_length=20, required=False)
    after = forms.CharField(label=_("After"), max_length=20, required=False)
    cost = forms.CharField(label=_("Spent, in dollars"), max_length=20, required=False)

    @property
    def is_blank(self) -> bool:
        return not any(self.cell(name) for name in ("unit", "before", "after", "cost"))

    @property
    def told(self) -> list[str]:
        return [str(text) for errors in self.errors.values() for text in errors]

    def cell(self, name: str) -> str:
        return str(self[name].value() or "").strip()


TypedTable = forms.formset_factory(TypedRow, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def typed_table(rows: Sequence[TypedRow]) -> tuple[bytes, list[int]]:
    """The table typed by hand as the bytes of a file, and which form each of its lines is from.

    One reader then judges both ways of entering results. Lines count from 2, after the titles.
    """
    out = io.StringIO()
    # With semicolons, a decimal comma is read as people type it here.
    table = csv.writer(out, delimiter=";")
    table.writerow(["unit", "arm", "period", "outcome", "cost"])
    origin: list[int] = []
    for index, row in enumerate(rows):
        for line in () if row.is_blank else _lines(row):
            table.writerow(line)
            origin.append(index)
    return out.getvalue().encode(), origin


def _lines(row: TypedRow) -> Iterable[list[str]]:
    unit, arm = row.cell("unit"), row.cell("arm") or "control"
    if row.cell("before"):
        yield [unit, arm, "pre", row.cell("before"), ""]
    yield [unit, arm, "post", row.cell("after"), row.cell("cost")]


def put_beside(
    rows: Sequence[TypedRow], problems: Iterable[Problem], origin: list[int]
) -> list[str]:
    """Each problem under the row it is about; returns those about the whole table."""
    general, told = [], set()
    for problem in problems:
        text = words.sentence(problem.what)
        at = problem.row - 2 if problem.row else -1
        if not 0 <= at < len(origin):
            general.append(text)
        elif (origin[at], text) not in told:
            told.add((origin[at], text))
            rows[origin[at]].add_error(None, text)
    return general


def typed_before(observations: Sequence[Observation]) -> list[dict[str, Any]]:
    """The results kept so far, one row a unit, where they fit in the small table."""
    units: dict[str, dict[str, Any]] = {}
    spent: dict[str, float] = {}
    for row in observations:
        kept = units.setdefault(row.unit, {"unit": row.unit, "arm": row.arm})
        phase = "before" if row.period == Observation.Period.PRE else "after"
        known_arm = row.arm in {"control", "nano", "star"}
        if phase in kept or row.on or row.exposure is not None or not known_arm:
            return []
        kept[phase] = _typed_number(row.outcome)
        spent[row.unit] = spent.get(row.unit, 0.0) + (row.cost or 0.0)
    if len(units) > MOST_ROWS:
        return []
    costs = {unit: _typed_number(cost) if cost else "" for unit, cost in spent.items()}
    return [{**kept, "cost": costs[unit]} for unit, kept in units.items()]


def _typed_number(value: float) -> str:
    """As it would be typed again: whole without decimals, with the comma in French."""
    text = str(int(value)) if value.is_integer() else repr(value)
    return text if words.language().startswith("en") else text.replace(".", ",")


class SizeForm(forms.Form):
    """What one expects, to know how many units would show it."""

    usual = forms.FloatField(
        label=_("Usual count, per unit and period"),
        min_value=0.01,
        max_value=1_000_000,
        help_text=_("Before any campaign: what one store sells in one week, for example."),
    )
    star = forms.FloatField(
        label=_("The smallest effect of the star worth seeing"),
        min_value=0.001,
        max_value=1_000_000,
        help_text=_("How many more, per unit and period. A ratio stands on this one."),
    )
    members = forms.FloatField(
        label=_("The effect expected of our members"),
        required=False,
        min_value=0.001,
        max_value=1_000_000,
        help_text=_("Left empty, the same as the star."),
    )
