"""Who is in the team, with which role."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.accounts.actions import add_to_team, remove_from_team
from proche.areas.accounts.models import Role
from proche.areas.accounts.rules import may_manage_team
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, manages, workspace
from proche.faces.agency.forms.team import InviteForm


@workspace
def index(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        manages(request)
        if form.is_valid() and _added(request, form):
            return redirect("agency:team")
    roles = Role.objects.filter(programme=request.programme).select_related("user")
    return render(
        request,
        "agency/team/index.html",
        {
            "form": form,
            "roles": roles.order_by("given_at"),
            "may_manage": may_manage_team(request.user, request.programme),
        },
    )


def _added(request: StaffRequest, form: InviteForm) -> bool:
    try:
        role = add_to_team(request.programme, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal.sentence))
        return False
    messages.success(request, _("%(name)s joined the team.") % {"name": role.user})
    return True


@workspace
@require_POST
def remove(request: StaffRequest, role_id: int) -> HttpResponse:
    manages(request)
    role = get_object_or_404(Role, pk=role_id, programme=request.programme)
    remove_from_team(role)
    messages.success(request, _("%(name)s left the team.") % {"name": role.user})
    return redirect("agency:team")
