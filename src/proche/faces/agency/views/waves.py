"""Offers in waves: the plan with whom it would ask, then each wave until the places are taken."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from proche.areas.brands.models import Brief
from proche.areas.campaigns import actions
from proche.areas.campaigns.actions import SentOffers
from proche.areas.campaigns.models import Campaign, Wave, WavePlan
from proche.areas.campaigns.queries import Standing, standing_of, waiting_for_answer
from proche.areas.campaigns.waves import past_for, room_for, turn_of
from proche.areas.matching.queries import let_go_for
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.forms.waves import PlanForm, StopForm, told_by
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
        _say_sent(request, done)
    return True


def _say_sent(request: StaffRequest, done: SentOffers) -> None:
    n, out = len(done.sent), len(done.left_out)
    said = ngettext("%(n)s offer sent.", "%(n)s offers sent.", n) % {"n": n}
    if out:
        more = ngettext(
            "%(n)s person could no longer be asked.", "%(n)s people could no longer be asked.", out
        )
        said = f"{said} {more % {'n': out}}"
    toast(request, said)


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


def _campaign(request: StaffRequest, brief_id: int) -> Campaign:
    decides(request)
    campaigns = Campaign.objects.for_actor(request.user).select_related("plan")
    campaign: Campaign = get_object_or_404(campaigns, brief=brief_id, plan__isnull=False)
    return campaign


@workspace
@require_POST
def prepare(request: StaffRequest, brief_id: int) -> HttpResponse:
    wave = actions.prepare_wave(_campaign(request, brief_id), by=request.actor)
    if wave is None:
        toast(request, _("Nobody is left to ask, or every place is taken."))
    return redirect("agency:offers", brief_id)


@workspace
@require_POST
def send(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Send the prepared wave the page showed, and no other that came since."""
    number = request.POST.get("wave", "")
    waves = Wave.objects.filter(campaign=_campaign(request, brief_id))
    wave = get_object_or_404(waves, number=int(number) if number.isdecimal() else 0)
    _say_sent(request, actions.send_wave(wave, by=request.actor))
    return redirect("agency:offers", brief_id)


@workspace
@require_POST
def seat(request: StaffRequest, brief_id: int, key: str) -> HttpResponse:
    """Let somebody of a prepared wave go, or bring back who was let go."""
    campaign = _campaign(request, brief_id)
    person = get_object_or_404(Person.objects.for_actor(request.user), key=key)
    # An undo is a POST to an address: it carries the act there.
    back = "back" in request.GET or request.POST.get("act") == "bring_back"
    undo = None
    if back:
        actions.bring_back_to_waves(campaign, person, by=request.actor)
        said = _("%(name)s is back.")
    else:
        actions.let_go_from_wave(campaign, person, by=request.actor)
        said = _("%(name)s is let go, and stays out until somebody brings them back.")
        undo = f"{request.path}?back"
    toast(request, said % {"name": person.given_name}, undo=undo)
    return redirect("agency:offers", brief_id)


@workspace
@require_POST
def pause(request: StaffRequest, brief_id: int) -> HttpResponse:
    actions.pause_waves(_campaign(request, brief_id), by=request.actor)
    said = _("Paused: nobody else is asked until you go on. Those who were asked still answer.")
    toast(request, said, undo=reverse("agency:waves_resume", args=[brief_id]))
    return redirect("agency:offers", brief_id)


@workspace
@require_POST
def resume(request: StaffRequest, brief_id: int) -> HttpResponse:
    actions.resume_waves(_campaign(request, brief_id), by=request.actor)
    toast(request, _("The waves go on."))
    return redirect("agency:offers", brief_id)


@workspace
@require_POST
def restore(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Undo of a stop, in its toast and later from the page."""
    done = actions.restore_stopped(_campaign(request, brief_id), by=request.actor)
    n = len(done.offers)
    said = [_("The waves go on.")]
    if n:
        again = ngettext("%(n)s offer waits again.", "%(n)s offers wait again.", n)
        said.append(again % {"n": n})
    said += [f"{person}{_after_a_name()} {reason}" for person, reason in done.left_out]
    toast(request, " ".join(said))
    return redirect("agency:offers", brief_id)


def _after_a_name() -> str:
    return pgettext("after a name", ":")


@workspace
def stop(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Ask first: stopping may withdraw what waits for an answer."""
    campaign = _campaign(request, brief_id)
    waiting = waiting_for_answer(campaign.offers.all()).count()
    form = StopForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        withdraw = form.cleaned_data.get("withdraw", False)
        actions.stop_waves(campaign, by=request.actor, withdraw=withdraw)
        toast(
            request,
            _("Stopped: nobody else is asked."),
            undo=reverse("agency:waves_restore", args=[brief_id]),
        )
        return redirect("agency:offers", brief_id)
    context = {
        "question": _("Stop asking?"),
        "lines": [
            _("Nobody else is asked. Whoever said yes keeps their place."),
            _("You may start again later, and offer again what is withdrawn, with the days lost."),
        ],
        "form": form,
        "back_url": reverse("agency:offers", args=[brief_id]),
        "verb": _("Stop"),
    }
    return render(request, "confirm.html", context)
