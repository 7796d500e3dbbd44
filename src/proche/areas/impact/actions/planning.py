"""A study is planned in words anybody reads, then frozen before its results are known."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand
from proche.areas.campaigns.models import Campaign
from proche.areas.impact import rules
from proche.areas.impact.actions.results import recompute
from proche.areas.impact.models import Study
from proche.common.errors import Refusal
from proche.core.impact import Labels, Words

# Where each word of the sentence is kept.
KEPT = {
    "product": "product",
    "unit": "unit",
    "units": "units",
    "verb": "verb",
    "outcome": "outcome",
    "outcome_one": "one",
    "period": "period",
}


@dataclass(frozen=True)
class Facts:
    """A study in its own words, and what its plan promises."""

    title: Words
    labels: Labels = field(default_factory=Labels)
    starts_on: date | None = None
    drawn: bool = False
    units_per_arm: int | None = None
    periods_before: int | None = None
    periods_after: int | None = None

    @property
    def words(self) -> dict[str, str]:
        pairs = {"title": self.title}
        pairs |= {field: getattr(self.labels, name) for name, field in KEPT.items()}
        return {
            f"{field}_{side}": getattr(words, side)
            for field, words in pairs.items()
            for side in ("fr", "en")
        }

    @property
    def promises(self) -> dict[str, Any]:
        names = ("starts_on", "drawn", "units_per_arm", "periods_before", "periods_after")
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def plan_study(
    brand: Brand, facts: Facts, *, campaign: Campaign | None = None, by: User | None
) -> Study:
    _of_brand(brand, campaign)
    return Study.objects.create(brand=brand, campaign=campaign, **facts.words, **facts.promises)


@transaction.atomic
def change_study(
    study: Study, facts: Facts, *, campaign: Campaign | None = None, by: User | None
) -> None:
    """Words may change at any time; what the plan promises, only until it is frozen or results
    are in. The sentences of the results are written again with the new words."""
    current = _locked(study)
    _of_brand(current.brand, campaign)
    promised = {name: getattr(current, name) for name in facts.promises}
    if not rules.may_change_plan(current) and promised != facts.promises:
        raise Refusal(
            _("The plan no longer changes: it is frozen, or results are in. Its words may."),
            code="plan_frozen",
        )
    Study.objects.filter(pk=current.pk).update(campaign=campaign, **facts.words, **facts.promises)
    current.refresh_from_db()
    recompute(current)


@transaction.atomic
def freeze_plan(study: Study, *, by: User | None) -> None:
    """Write down that the plan stood before the results; it cannot be thawed."""
    current = _locked(study)
    if rules.is_frozen(current):
        raise Refusal(_("This plan is frozen already."), code="plan_frozen")
    if rules.result_of(current) is not None:
        raise Refusal(
            _("Results are in: a plan frozen after them would prove nothing."), code="results_in"
        )
    if current.starts_on is None:
        raise Refusal(
            _("Give the first day of the campaign first: before and after depend on it."),
            code="no_first_day",
            field="starts_on",
        )
    Study.objects.filter(pk=current.pk).update(planned_at=timezone.now(), planned_by=by)


def _of_brand(brand: Brand, campaign: Campaign | None) -> None:
    if campaign is not None and campaign.brief.brand_id != brand.pk:
        raise Refusal(_("This campaign is another brand’s."), code="other_brand", field="campaign")


def _locked(study: Study) -> Study:
    rows = Study.objects.select_for_update(of=("self",)).select_related("brand")
    current: Study = rows.get(pk=study.pk)
    return current
