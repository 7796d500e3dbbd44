"""The contact log of a campaign: who asked whom, when, by which road, with what answer."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext

from proche.areas.brands.models import Brief
from proche.areas.campaigns.log import contact, log_of
from proche.areas.people.models import TimelineEntry
from proche.common.exports import csv_response
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.exporting import noting

PER_PAGE = 50


def _log(request: StaffRequest, brief_id: int) -> tuple[Brief, QuerySet[TimelineEntry]]:
    briefs = Brief.objects.for_actor(request.user).select_related("brand", "campaign")
    brief: Brief = get_object_or_404(briefs, pk=brief_id)
    campaign = getattr(brief, "campaign", None)
    return brief, TimelineEntry.objects.none() if campaign is None else log_of(campaign)


@workspace
def show(request: StaffRequest, brief_id: int) -> HttpResponse:
    brief, rows = _log(request, brief_id)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "brief": brief,
        "page": page,
        "contacts": [contact(one, briefly=True) for one in page],
    }
    return render(request, "agency/offers/log.html", context)


@workspace
def export(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The whole log, as a table."""
    columns = [
        gettext("When"),
        gettext("Member"),
        gettext("What happened"),
        gettext("By whom"),
        gettext("By which road"),
    ]
    _brief, log = _log(request, brief_id)
    told = noting(request, log, lambda entry: entry.person_id)
    rows = (
        [
            f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}",
            str(one.person),
            one.said,
            str(one.by) if one.by else None,
            one.road,
        ]
        for one in map(contact, told)
    )
    return csv_response("journal", columns, rows)
