"""The bank: search, facets, export, tags."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.people.models import Person, Tag
from proche.common import ui
from proche.common.exports import csv_response
from proche.common.regions import region_name
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.bank_search import BankSearch, Facet

PER_PAGE = 50


@workspace
def index(request: StaffRequest) -> HttpResponse:
    search = BankSearch(request.programme, request.GET)
    counts = search.counts()
    page = Paginator(search.people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "words": search.words,
        "chosen": search.chosen,
        "facets": [_lines(facet, counts) for facet in search.facets if facet.name != "region"],
        "regions": counts["region"],
        "chosen_regions": request.GET.getlist("region"),
        "page": page,
    }
    return render(request, "agency/bank/index.html", context)


def _lines(facet: Facet, counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    shown = [(choice, counts[facet.name][choice.value]) for choice in facet.choices]
    return {"name": facet.name, "label": facet.label, "choices": shown}


@workspace
def export(request: StaffRequest) -> HttpResponse:
    """The people found, as CSV; without boxes ticked, all of them."""
    people = _asked(request, BankSearch(request.programme, request.GET).people)
    return csv_response("banque", _columns(), (_cells(person) for person in people))


def _columns() -> list[str]:
    return [
        _("Given name"),
        _("Family name"),
        _("Email"),
        _("Language"),
        _("Region"),
        _("City"),
        _("Trade"),
        _("Tier"),
        _("Profile"),
        _("Followers"),
        _("Closeness"),
        _("Proof"),
        _("Last contact"),
    ]


def _cells(person: Any) -> list[Any]:
    return [
        person.given_name,
        person.family_name,
        person.email,
        person.language,
        region_name(person.region, person.language),
        person.city,
        person.occupation,
        person.tier,
        person.signed_archetype,
        person.followers,
        None if person.closeness is None else round(person.closeness),
        person.proof,
        person.last_contact and person.last_contact.date(),
    ]


def _asked(request: StaffRequest, people: QuerySet[Person]) -> QuerySet[Person]:
    ticked = request.GET.getlist("person")
    return people.filter(key__in=ticked) if ticked else people


@workspace
@require_POST
def tag(request: StaffRequest) -> HttpResponse:
    """Put one word on every ticked person."""
    name = request.POST.get("tag", "").strip()[:40]
    people = Person.objects.for_actor(request.user).filter(key__in=request.POST.getlist("person"))
    if name and people:
        word, _fresh = Tag.objects.get_or_create(programme=request.programme, name=name)
        word.people.add(*people)
        n = len(people)
        ui.toast(request, ngettext("%(n)d person tagged.", "%(n)d people tagged.", n) % {"n": n})
    return redirect(request.POST.get("back") or "agency:bank")
