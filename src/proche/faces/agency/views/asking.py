"""How the offers of a brief go out, with whom the plan would ask; then the first wave leaves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from proche.areas.brands.models import Brief
from proche.areas.campaigns import actions
from proche.areas.campaigns.actions import SentOffers
from proche.areas.campaigns.models import Campaign, Wave, WavePlan
from proche.areas.campaigns.queries import Standing, standing_of
from proche.areas.campaigns.waves import past_for, room_for, turn_of
from proche.areas.matching.queries import let_go_for
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.forms.waves import PlanForm, told_by
from proche.faces.agency.over_ask import over_ask
from proche.faces.agency.past import with_earlier_asks
from proche.faces.agency.views.roster import roster_of


@workspace
def ask(request: StaffRequest, brief_id: int) -> HttpResponse:
    """How the offers go out, after saying to how many, to whom, and who cannot be asked and why."""
    brief, roster = roster_of(request, brief_id)
    decides(request)
    wave_out = Wave.objects.filter(campaign=OuterRef("pk"), sent_at__isnull=False, ended_at=None)
    campaigns = Campaign.objects.filter(brief=brief).annotate(wave_out=Exists(wave_out))
    campaign = campaigns.select_related("brief", "plan").first()
    plan: WavePlan | None = getattr(campaign, "plan", None)
    # A wave is out, or nothing may leave: the plan alone is kept.
    held = plan is not None and bool(plan.paused_at or plan.stopped_at)
    waits = held or (campaign is not None and campaign.wave_out)
    form = PlanForm(request.POST or None, initial=_first(brief, plan))
    if request.method == "POST" and "see" not in request.POST:
        done = kept(form, lambda: _done(request, brief, form, waits=waits))
        if done is not None:
            return redirect("agency:offers", brief.pk)
    context = _foreseen(brief, campaign, form) | {
        "brief": brief,
        "reviews": roster.reviews.select_related("contact").order_by("-created_at"),
        "roster": roster,
        "form": form,
        "plan": plan,
        "waits": waits,
    }
    return render(request, "agency/brands/ask.html", context)


def _first(brief: Brief, plan: WavePlan | None) -> dict[str, Any]:
    """The plan there is, or the one that is proposed."""
    if plan is not None:
        return told_by(plan)
    days = brief.brand.programme.answer_days
    proposed = WavePlan(
        size=brief.quantity, answer_days=days, limit=WavePlan.Limit.PLACES, from_reserve=False
    )
    return told_by(proposed)


def _done(request: StaffRequest, brief: Brief, form: PlanForm, *, waits: bool) -> bool:
    if waits:
        actions.plan_waves(brief, by=request.actor, **form.facts())
        toast(request, _("The plan is kept. It holds from the next wave on."))
    else:
        done = actions.ask_now(brief, by=request.actor, **form.facts())
        say_sent(request, done)
    return True


def say_sent(request: StaffRequest, done: SentOffers) -> None:
    n, out = len(done.sent), len(done.left_out)
    said = ngettext("%(n)s offer sent.", "%(n)s offers sent.", n) % {"n": n}
    if out:
        more = ngettext(
            "%(n)s person could no longer be asked.", "%(n)s people could no longer be asked.", out
        )
        said = f"{said} {more % {'n': out}} {reasons(done.left_out)}"
    toast(request, said)


def reasons(left_out: Iterable[tuple[Person, str | Promise]]) -> str:
    """Who could not be asked, each with why, in one line."""
    colon = pgettext("after a name", ":")
    return " ".join(f"{person}{colon} {why}" for person, why in left_out)


def _foreseen(brief: Brief, campaign: Campaign | None, form: PlanForm) -> dict[str, Any]:
    """Whom the plan as it is typed would ask, and what past answers say of how many."""
    told = form.facts() if form.is_bound and form.is_valid() else _typed(form.initial)
    standing = Standing(brief.quantity, 0, 0) if campaign is None else standing_of(campaign)
    past = past_for(brief)
    room = room_for(standing, WavePlan(**told), past)
    turn = turn_of(brief, from_reserve=told["from_reserve"])
    return {
        "asked": with_earlier_asks(turn.ready[: room.ask], brief),
        "later": max(0, len(turn.ready) - room.ask),
        "left_out": turn.left_out,
        "let_go": let_go_for(brief),
        "room": room,
        "over": over_ask(past, standing.open),
    }


def _typed(initial: Mapping[str, Any]) -> Any:
    known = {k: v for k, v in initial.items() if k != "onward"}
    return {**known, "by_itself": initial["onward"] == "self"}
