"""Removing the sample programme: asked first, then whole."""

from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from proche import sample
from proche.areas.accounts.models import Role
from proche.areas.accounts.rules import may_manage_team
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, workspace


@workspace
def clear(request: StaffRequest) -> HttpResponse:
    if not request.programme.is_sample:
        raise Http404
    if not may_manage_team(request.user, request.programme):
        raise Refusal(
            _("Only an owner removes the sample programme. Ask one of them."), code="not_yours"
        )
    if request.method == "POST":
        return _cleared(request)
    context = {
        "question": _("Remove the sample programme?"),
        "lines": [
            _("The invented people, brands, campaigns and figures go, with the sample accounts."),
            _("What you keep in another programme stays. This cannot be undone; to see the "
              "sample again, type: proche sample load"),
        ],
        "verb": _("Remove all of it"),
        "back_url": reverse("agency:today"),
        "stop": True,
    }  # fmt: skip
    return render(request, "confirm.html", context)


def _cleared(request: StaffRequest) -> HttpResponse:
    """Whoever works in another programme goes on there; the others have no account any more."""
    works_elsewhere = Role.objects.filter(user=request.actor, programme__is_sample=False).exists()
    sample.clear()
    if not works_elsewhere:
        logout(request)
    ui.toast(request, _("The sample programme was removed."))
    return redirect("agency:today" if works_elsewhere else "public:home")
