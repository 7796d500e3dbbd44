"""The palette: from anywhere to a person, a brand, a call, a brief, a page or an act, by a few
letters. Ctrl-K opens it in place; the same list is a page for whoever has no script."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.accounts.rules import may_decide, may_manage_team
from proche.areas.brands.models import Brand, Brief
from proche.areas.brands.queries import topic_names
from proche.areas.people.actions import fold
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Call
from proche.common.words import side
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.bank_search import BankSearch
from proche.faces.agency.navigation import ROOMS

MOST = 6
# Brands, briefs and calls are few; beyond this the newest are looked through.
LOOKED_AT = 2_000
EVERYONE, DECIDES, MANAGES = "everyone", "decides", "manages"


@dataclass(frozen=True)
class Place:
    label: str | Promise
    url: str
    icon: str
    detail: str = ""


# Address, icon, words, who may.
PAGES = (
    ("agency:verdicts", "signature", _("Verdicts"), EVERYONE),
    ("agency:duplicates", "users-group", _("Duplicates"), EVERYONE),
    ("agency:thresholds", "adjustments-horizontal", _("Thresholds"), EVERYONE),
    ("agency:measures", "ruler", _("Measures"), EVERYONE),
    ("agency:bank_views", "table", _("Views of the bank"), EVERYONE),
    ("agency:doors", "door", _("Welcome at the door"), EVERYONE),
    ("agency:team", "users-group", _("Team"), EVERYONE),
    ("agency:retention", "hourglass", _("How long people are kept"), EVERYONE),
)
ACTS = (
    ("agency:new_call", "speakerphone", _("Prepare a call"), DECIDES),
    ("agency:brand_add", "building-store", _("Add a brand"), EVERYONE),
    ("agency:study_plan", "chart-dots", _("Plan a study"), DECIDES),
    ("agency:bank_export", "download", _("Export the bank"), EVERYONE),
    ("agency:imports", "upload", _("Import a list"), EVERYONE),
    ("agency:takeouts", "package-export", _("Take everything away"), MANAGES),
    ("agency:incidents", "alert-triangle", _("Register of incidents"), MANAGES),
    ("agency:team", "user-plus", _("Add somebody to the team"), MANAGES),
    ("agency:sample_clear", "trash", _("Remove the sample programme"), MANAGES),
)


@workspace
def index(request: StaffRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:80]
    groups = [(label, places) for label, places in _groups(request, typed) if places]
    context = {"typed": typed, "groups": groups}
    if request.headers.get("HX-Target") == "palette-found":
        return render(request, "agency/palette/_found.html", context)
    return render(request, "agency/palette/index.html", context)


def _groups(request: StaffRequest, typed: str) -> list[tuple[str | Promise, list[Place]]]:
    words = fold(typed).split()
    rights = _rights(request)
    rooms = [
        Place(label, reverse(name), icon)
        for _group, rooms in ROOMS
        for name, icon, label, _counter in rooms
    ]
    pages = _matching([*rooms, *_places(PAGES, rights)], words)
    acts = _matching(_places(_acts(request.programme), rights), words)
    if not words:
        return [(_("Pages"), pages), (_("Actions"), acts)]
    found = [(_("People"), _people(request.programme, typed))]
    found += [(_("Pages"), pages[:MOST]), (_("Actions"), acts[:MOST])]
    return [*found, *_work(request.programme, words)]


def _rights(request: StaffRequest) -> set[str]:
    held = {EVERYONE}
    if may_decide(request.user, request.programme):
        held.add(DECIDES)
    if may_manage_team(request.user, request.programme):
        held.add(MANAGES)
    return held


def _acts(programme: Programme) -> list[Any]:
    real = [act for act in ACTS if act[0] != "agency:sample_clear"]
    return list(ACTS) if programme.is_sample else real


def _places(known: Iterable[Any], rights: set[str]) -> list[Place]:
    return [Place(label, reverse(name), icon) for name, icon, label, who in known if who in rights]


def _matching(places: Iterable[Place], words: list[str]) -> list[Place]:
    return [
        place
        for place in places
        if all(word in fold(f"{place.label} {place.detail}") for word in words)
    ]


def _people(programme: Programme, typed: str) -> list[Place]:
    """As the bank finds them, those on a break too."""
    query = QueryDict(mutable=True)
    query.update({"q": typed})
    query.setlist("state", ["free", "held", "asleep"])
    found = BankSearch(programme, query).people[:MOST].tolist()
    people = Person.objects.in_programme(programme).in_bulk(found)
    return [_person(people[pk]) for pk in found if pk in people]


def _person(person: Person) -> Place:
    detail = ", ".join(part for part in (person.occupation, person.city) if part)
    return Place(str(person), reverse("agency:person", args=[person.key]), "user", detail)


def _work(programme: Programme, words: list[str]) -> list[tuple[str | Promise, list[Place]]]:
    brands = Brand.objects.in_programme(programme).order_by("-pk")[:LOOKED_AT]
    briefs = Brief.objects.in_programme(programme).select_related("brand").order_by("-pk")
    calls = Call.objects.in_programme(programme)[:LOOKED_AT]
    named: list[tuple[str | Promise, list[Place]]] = [
        (_("Brands"), [_brand(brand) for brand in brands]),
        (_("Briefs"), [_brief(brief) for brief in briefs[:LOOKED_AT]]),
        (_("Calls"), [_call(call) for call in calls]),
    ]
    return [(label, _matching(places, words)[:MOST]) for label, places in named]


def _brand(brand: Brand) -> Place:
    url = reverse("agency:brand", args=[brand.pk])
    return Place(brand.name, url, "building-store", ", ".join(topic_names(brand.categories)))


def _brief(brief: Brief) -> Place:
    url = reverse("agency:brief", args=[brief.pk])
    return Place(side(brief, "title"), url, "clipboard-text", brief.brand.name)


def _call(call: Call) -> Place:
    url = reverse("agency:call", args=[call.slug])
    return Place(side(call, "title"), url, "speakerphone", call.partner_name)
