"""What a call gave, for its media partner: counts by day and by region, never a name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from proche.areas.recruitment import counts
from proche.areas.recruitment.models import PartnerLink
from proche.areas.recruitment.queries import partner_link
from proche.areas.recruitment.rules import is_open


def show(request: HttpRequest, token: str) -> HttpResponse:
    response = _shown(request, partner_link(token))
    # The address is the key: it is kept by no search engine, no other site and no cache.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, link: PartnerLink | None) -> HttpResponse:
    if link is None:
        return render(request, "partner/closed.html", status=404)
    page: Any = request
    page.programme = link.call.programme
    if not is_open(link):
        return render(request, "partner/closed.html", {"link": link}, status=410)
    days = counts.masked(counts.by_day(link.call))
    context = {
        "call": link.call,
        "link": link,
        "days": days,
        "shown_days": [(day, n) for day, n in days.cells.items() if n is not None][::-1],
        "hidden_days": sum(n is None for n in days.cells.values()),
        "regions": counts.masked(counts.by_region(link.call)),
        "least": counts.LEAST,
    }
    return render(request, "partner/counts.html", context)
