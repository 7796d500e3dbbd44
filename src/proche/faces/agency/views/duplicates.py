"""Who is the same person: one pair at a time, side by side; what was merged can be undone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.people.comparing import look_through
from proche.areas.people.duplicates import (
    Comparing,
    DuplicatePair,
    DuplicateQuerySet,
    Merge,
    Standing,
)
from proche.areas.people.merging import CHOSEN, ask_again, keep_apart, merge, put_off, undo
from proche.common import ui
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.pairs import compared

MERGES_SHOWN = 10


def _pairs(request: StaffRequest) -> DuplicateQuerySet:
    pairs: DuplicateQuerySet = DuplicatePair.objects.for_actor(request.user).in_programme(
        request.programme
    )
    return pairs


def _merges(request: StaffRequest) -> list[Merge]:
    mine = Merge.objects.for_actor(request.user).in_programme(request.programme)
    done = mine.filter(undone_at=None).select_related("kept", "by")
    return list(done[:MERGES_SHOWN])


@workspace
def index(request: StaffRequest) -> HttpResponse:
    """The likeliest pair nobody decided on."""
    waiting = _pairs(request).waiting()
    pair = (
        waiting.select_related("first", "second")
        .prefetch_related("first__accounts", "second__accounts")
        .first()
    )
    context = {
        "compared": compared(pair) if pair else None,
        "total": waiting.count(),
        "merges": _merges(request),
        **_progress(request),
    }
    return render(request, "agency/duplicates/index.html", context)


def _progress(request: StaffRequest) -> dict[str, Any]:
    comparing = (
        Comparing.objects.for_actor(request.user)
        .in_programme(request.programme)
        .select_related("asked_by")
        .first()
    )
    state = comparing.standing(timezone.now()) if comparing else ""
    return {
        "comparing": comparing,
        "state": state,
        "under_way": state == Standing.UNDER_WAY,
        "broke_off": state in (Standing.FAILED, Standing.STALLED),
    }


@workspace
def progress(request: StaffRequest) -> HttpResponse:
    """How far the comparing is, for the page to ask again; done, the pairs found are shown."""
    context = _progress(request)
    answer = render(request, "agency/duplicates/_progress.html", context)
    if not context["under_way"]:
        answer["HX-Refresh"] = "true"
    return answer


@workspace
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Same person, two people, or later: whichever button was pressed; then the next pair."""
    decides(request)
    pair = get_object_or_404(_pairs(request).waiting().select_related("first", "second"), pk=pk)
    answer = request.POST.get("answer", "")
    if answer == "same":
        of_other = frozenset(n for n in CHOSEN if request.POST.get(n) == "other")
        done = merge(pair, by=request.actor, of_other=of_other)
        said = _("%(name)s is one person now.") % {"name": done.kept}
        ui.toast(request, said, undo=reverse("agency:merge_undo", args=[done.pk]))
    elif answer == "two":
        keep_apart(pair, by=request.actor)
        again = reverse("agency:duplicate_again", args=[pair.pk])
        ui.toast(request, _("Two people: this will not be asked again."), undo=again)
    else:
        put_off(pair, by=request.actor)
    return redirect("agency:duplicates")


@workspace
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    ask_again(get_object_or_404(_pairs(request), pk=pk), by=request.actor)
    return redirect("agency:duplicates")


@workspace
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Undo a merge, today's or an old one."""
    decides(request)
    mine = Merge.objects.for_actor(request.user).in_programme(request.programme)
    other = undo(get_object_or_404(mine, pk=pk), by=request.actor)
    ui.toast(request, _("Undone: %(name)s has a record of their own again.") % {"name": other})
    return redirect("agency:duplicates")


@workspace
@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Compare the whole bank again; the pairs found come to the queue."""
    decides(request)
    look_through(request.programme, by=request.actor)
    return redirect("agency:duplicates")
