"""The bank: search, facets, the table, and what leaves it as a file."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from proche.areas.people.actions import fold
from proche.areas.people.bank import BankView
from proche.common.exports import FORMATS, file_response
from proche.common.templatetags.ui import toggles
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.bank_search import BankSearch, Choice, Facet
from proche.faces.agency.bank_search.cells import cells_of
from proche.faces.agency.bank_search.search import rows_of
from proche.faces.agency.bank_search.sheet import cells, headings
from proche.faces.agency.bank_search.table import COLUMNS, ROWS, Column, Table, table_of
from proche.faces.agency.exporting import noting
from proche.faces.agency.views.bank_choice import chosen_people

NAME = Column("name", "", "name")
# How many lines of a long facet are shown before somebody asks for one.
SHORT, SOUGHT = 8, 25
# What an address carries besides the question itself.
ASIDE = ("page", "view", "topic_like", "tag_like")


@workspace
def index(request: StaffRequest) -> HttpResponse:
    views = list(BankView.objects.seen_by(request.user).select_related("owner"))
    first = next((v for v in views if v.opens_first and v.owner_id == request.actor.pk), None)
    if first and not request.GET:
        return redirect(address_of(first))
    view = next((v for v in views if v.key == request.GET.get("view")), None)
    search = BankSearch(request.programme, request.GET)
    table = table_of(request.actor, view)
    context = _found(request, search, table) | {
        "views": [(one, address_of(one)) for one in views],
        "view": view,
        "question": question_of(request.GET),
        "asked": [(name, value) for name, values in request.GET.lists() for value in values],
        "table": table,
        "every_column": COLUMNS,
        "rows_to_choose": ROWS,
    }
    return render(request, "agency/bank/index.html", context)


def _found(request: StaffRequest, search: BankSearch, table: Table) -> dict[str, Any]:
    counts = search.counts()
    page: Page[Any] = Paginator(search.people, table.rows).get_page(request.GET.get("page"))
    page.object_list = [
        (person, list(zip(table.columns, cells_of(person, table.codes), strict=True)))
        for person in rows_of(request.programme, np.asarray(page.object_list))
    ]
    like = {name: request.GET.get(f"{name}_like", "") for name in ("topic", "tag")}
    return {
        "words": search.words,
        "heard": [heard for heard in search.heard if heard.corrected],
        "unknown": [heard.typed for heard in search.heard if not heard.taken],
        "perhaps": _perhaps(search),
        "chosen": search.chosen,
        "members": search.members,
        "facets": [
            _lines(facet, counts[facet.name], search.query, like.get(facet.name, ""))
            for facet in search.facets
            if facet.name != "region"
        ],
        "regions": counts["region"],
        "chosen_regions": request.GET.getlist("region"),
        "page": page,
        "name_heading": _heading(NAME, request.GET.get("sort") or "name"),
        "headings": [_heading(column, request.GET.get("sort", "")) for column in table.columns],
        "tag_names": [choice.label for choice in search.facets[-1].choices],
        "export_kinds": [("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON")],
    }


def _perhaps(search: BankSearch) -> list[tuple[str, str]]:
    """Words that may have been meant, each with the address that asks for them."""
    found = []
    for heard in search.heard:
        for word in heard.perhaps:
            query = search.query.copy()
            query["q"] = " ".join(word if h is heard else h.typed for h in search.heard)
            query.pop("page", None)
            found.append((word, query.urlencode()))
    return found


@dataclass(frozen=True)
class Lines:
    """A facet as the page shows it."""

    name: str
    label: Any
    # Its address, and whether it is on.
    shown: list[tuple[Choice, int, str, bool]]
    # Of a long facet: what was typed to look within it, and how many lines are not shown.
    long: bool
    like: str
    more: int


def _lines(facet: Facet, counts: dict[str, int], query: QueryDict, like: str) -> Lines:
    lines = [(choice, counts[choice.value]) for choice in facet.choices]
    if not facet.long:
        return Lines(facet.name, facet.label, _addressed(facet, lines, query), False, "", 0)
    held = query.getlist(facet.name)
    alive = [line for line in lines if line[1] or line[0].value in held]
    alive.sort(key=lambda line: (line[0].value not in held, -line[1], fold(str(line[0].label))))
    if like:
        sought = [line for line in alive if fold(like) in fold(str(line[0].label))]
        shown = _addressed(facet, sought[:SOUGHT], query)
        return Lines(facet.name, facet.label, shown, True, like, len(sought) - SOUGHT)
    shown = _addressed(facet, alive[: max(SHORT, len(held))], query)
    return Lines(facet.name, facet.label, shown, True, "", len(alive) - len(shown))


def _addressed(
    facet: Facet, lines: list[tuple[Choice, int]], query: QueryDict
) -> list[tuple[Choice, int, str, bool]]:
    """Each line with the address that adds it, or takes it away."""
    held, address_of = set(query.getlist(facet.name)), toggles(query, facet.name)
    return [(line, n, address_of(line.value), line.value in held) for line, n in lines]


@dataclass(frozen=True)
class Heading:
    column: Column
    # What `sort` a click asks for; "" where the column does not sort.
    sort: str
    # As aria-sort says it.
    state: str


def _heading(column: Column, sort: str) -> Heading:
    if not column.sort or sort.lstrip("-") != column.sort.lstrip("-"):
        return Heading(column, column.sort, "")
    turned = sort[1:] if sort.startswith("-") else f"-{sort}"
    return Heading(column, turned, "descending" if sort.startswith("-") else "ascending")


def question_of(query: QueryDict) -> str:
    """The question itself as a query string: what a view keeps, what a bulk act asks again."""
    kept = query.copy()
    for name in ASIDE:
        kept.pop(name, None)
    return kept.urlencode()


def address_of(view: BankView) -> str:
    return f"/bureau/banque/?{view.query}{'&' if view.query else ''}view={view.key}"


@workspace
def export(request: StaffRequest) -> HttpResponse:
    """The people found, as CSV, XLSX or JSON; where boxes are ticked, those alone."""
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("format", "csv")
    people = chosen_people(request, given, otherwise_everyone=True)
    rows = (cells(one) for one in noting(request, people.read(), lambda one: one.pk))
    return file_response(_("bank"), kind if kind in FORMATS else "csv", headings(), rows)
