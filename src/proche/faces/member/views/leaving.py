"""A break, leaving, and changing one's mind before being erased."""

from datetime import date

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.content import breaks, leaving
from proche.areas.content.links import departure_of
from proche.areas.people.kept import Break
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.words import language
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.person import BreakForm, LeaveForm


@own_page
def my_data(request: MemberRequest) -> HttpResponse:
    held = Break.objects.filter(person=request.person, ended_at=None).first()
    return _page(request, BreakForm(initial={"until": held.until if held else None}), held)


def _page(request: MemberRequest, form: BreakForm, held: Break | None = None) -> HttpResponse:
    return render(request, "member/leaving/index.html", {"form": form, "break": held})


@require_POST
@own_page
def take_break(request: MemberRequest) -> HttpResponse:
    """Begin one, or change the day it ends."""
    # An undo carries the day in its address.
    form = BreakForm(request.POST if "until" in request.POST else request.GET)
    if form.is_valid() and _begun(request, form):
        undo = reverse("member:come_back")
        if request.person.state == request.person.State.ASLEEP:
            ui.toast(request, _("Your break ends as you say."))
        else:
            ui.toast(request, _("Your break has begun. You come back when you wish."), undo=undo)
        return redirect("member:own_data")
    return _page(request, form)


def _begun(request: MemberRequest, form: BreakForm) -> bool:
    until: date | None = form.cleaned_data["until"]
    asleep = request.person.state == request.person.State.ASLEEP
    try:
        if asleep:
            breaks.change_end(request.person, until=until)
        else:
            breaks.take_break(request.person, until=until)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        form.add_error(refusal.field, str(refusal.sentence))
        return False
    return True


@require_POST
@own_page
def come_back(request: MemberRequest) -> HttpResponse:
    until = breaks.come_back(request.person)
    undo = f"{reverse('member:take_break')}?until={until.isoformat() if until else ''}"
    ui.toast(request, _("Welcome back."), undo=undo)
    return redirect("member:home")


@own_page
def leave(request: MemberRequest) -> HttpResponse:
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        departure = None
        if form.cleaned_data["at_once"]:
            leaving.erase(request.person)
        else:
            departure = leaving.leave(request.person)
        logout(request)
        return render(request, "member/leaving/left.html", {"departure": departure})
    days = {"days": leaving.GRACE_DAYS, "legal": leaving.LEGAL_DAYS}
    return render(request, "member/leaving/leave.html", {"form": form, **days})


def stay(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the last message: who changes their mind says so with a button."""
    departure = departure_of(token)
    if request.method == "POST":
        person = leaving.stay(departure)
        back = {"person": person, "language": language()}
        return _unlisted(render(request, "member/leaving/stayed.html", back))
    return _unlisted(render(request, "member/leaving/stay.html", {"departure": departure}))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """The address is the key: no search engine, no cache and no other site keeps it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
