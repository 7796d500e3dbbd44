"""Posts nobody declared: what was seen, what the member answers, and nothing decided by itself."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.content import undeclared
from proche.areas.content.models import Undeclared
from proche.common import ui
from proche.faces.agency.access import StaffRequest, workspace

PER_PAGE = 50


def _own(request: StaffRequest) -> QuerySet[Undeclared]:
    return Undeclared.objects.for_actor(request.user)


@workspace
def index(request: StaffRequest) -> HttpResponse:
    """The answers first, then the questions that wait."""
    rows = undeclared.open_ones(_own(request)).order_by("-answer", "-asked_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "agency/undeclared/index.html", {"page": page})


@require_POST
@workspace
def close(request: StaffRequest, row_id: int) -> HttpResponse:
    row = get_object_or_404(_own(request), pk=row_id)
    undeclared.close(row, by=request.actor)
    ui.toast(request, _("Read."), undo=reverse("agency:undeclared_reopen", args=[row.pk]))
    return redirect("agency:undeclared")


@require_POST
@workspace
def reopen(request: StaffRequest, row_id: int) -> HttpResponse:
    undeclared.reopen(get_object_or_404(_own(request), pk=row_id))
    return redirect("agency:undeclared")
