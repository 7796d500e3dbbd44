"""The waves of a brief under way: prepared, sent, paused, stopped and taken up again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.campaigns import actions
from proche.areas.campaigns.models import Campaign, Wave
from proche.areas.campaigns.queries import waiting_for_answer
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.waves import StopForm
from proche.faces.agency.views.asking import reasons, say_sent


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
    say_sent(request, actions.send_wave(wave, by=request.actor))
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
    campaign = _campaign(request, brief_id)
    done = actions.restore_stopped(campaign, by=request.actor)
    n = len(done.offers)
    # Paused before the stop, they are paused again.
    paused = campaign.plan.paused_at is not None
    said = [_("The waves are paused, as before.") if paused else _("The waves go on.")]
    if n:
        again = ngettext("%(n)s offer waits again.", "%(n)s offers wait again.", n)
        said.append(again % {"n": n})
    toast(request, " ".join([*said, reasons(done.left_out)]).strip())
    return redirect("agency:offers", brief_id)


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
