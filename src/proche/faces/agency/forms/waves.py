"""How the offers of a brief go out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.campaigns.actions.waves import MOST_AT_ONCE, MOST_DAYS, PlanFacts
from proche.areas.campaigns.models import WavePlan
from proche.common.ui import RadioCards

Limit = WavePlan.Limit


class PlanForm(forms.Form):
    limit = forms.ChoiceField(
        label=_("How many offers at once"),
        choices=[
            (Limit.PLACES, _("As many as there are places left")),
            (Limit.LIKELY, _("As many as past answers call for")),
        ],
        widget=RadioCards(
            helps={
                Limit.PLACES: _("Every yes has a place. A no is replaced in the next wave."),
                Limit.LIKELY: _(
                    "Enough yes at once, 8 times in 10. A yes too many is kept first in line. "
                    "Without a past, the same as the other."
                ),
            }
        ),
    )
    size = forms.IntegerField(
        label=_("People in a wave, at most"), min_value=1, max_value=MOST_AT_ONCE
    )
    answer_days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=MOST_DAYS)
    onward = forms.ChoiceField(
        label=_("When a wave has ended"),
        choices=[
            ("ask", _("Prepare the next, and ask me")),
            ("self", _("Send the next by itself")),
        ],
        widget=RadioCards(
            helps={
                "ask": _("It waits on Today and on the page of the answers."),
                "self": _("Between 9 a.m. and 7 p.m., until every place is taken."),
            }
        ),
    )
    from_reserve = forms.BooleanField(
        label=_("After the roster, go on with the shortlist"),
        required=False,
        help_text=_("In its order, without those off the subject. The brand has not seen them."),
    )

    def facts(self) -> PlanFacts:
        told = self.cleaned_data
        return PlanFacts(
            size=told["size"],
            answer_days=told["answer_days"],
            limit=told["limit"],
            by_itself=told["onward"] == "self",
            from_reserve=told["from_reserve"],
        )


def told_by(plan: WavePlan) -> dict[str, Any]:
    """What the form shows of a plan."""
    return {
        "limit": plan.limit,
        "size": plan.size,
        "answer_days": plan.answer_days,
        "onward": "self" if plan.by_itself else "ask",
        "from_reserve": plan.from_reserve,
    }


class StopForm(forms.Form):
    """Without anybody who waits, there is nothing to withdraw and no box."""

    withdraw = forms.BooleanField(
        label=_("Withdraw the offers that wait for an answer"),
        required=False,
        help_text=_(
            "Their page says so, and nobody is written to. An answer that comes all the same is "
            "kept."
        ),
    )

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["withdraw"]
