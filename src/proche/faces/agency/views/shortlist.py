"""A brief, the people it could suit and why, and who was chosen."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.brands.models import Brief
from proche.areas.content.histories import histories
from proche.areas.content.rules import PLACE_NAMES, asked_words
from proche.areas.evidence.models import RunState
from proche.areas.matching.actions import make_shortlist, start_ranking
from proche.areas.matching.as_ranked import aside_now, is_large, left_of, why_as_ranked
from proche.areas.matching.bank import in_the_bank
from proche.areas.matching.everybody import Standing
from proche.areas.matching.models import RankingRun, RosterPlace, Shortlist
from proche.areas.matching.queries import briefs_with_choice, entries_with_people
from proche.areas.matching.why import Answer, people_named, set_aside, why
from proche.areas.people.models import Person
from proche.common.exports import csv_response
from proche.common.regions import region_name
from proche.common.ui import toast
from proche.common.words import sentence
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.brief_words import limits_of, sides_of
from proche.faces.agency.exporting import noting
from proche.faces.agency.forms.weights import WeightsForm
from proche.faces.agency.past import with_past
from proche.faces.agency.views.choice import choice_of, for_whom, rows_with_gain, when

FIRST_ROWS = 8
PER_PAGE = 50
# What the ranking left, read with the brief.
LEFT = "shortlist__every_part"
# The one reason worth a stroke of the marker: nobody asked for it.
MARKED = {"unprompted"}


def brief_of(request: StaffRequest, brief_id: int, *more: str) -> Brief:
    """`more`: what else to read with it."""
    briefs = briefs_with_choice(Brief.objects.for_actor(request.user))
    return get_object_or_404(briefs.select_related(*more) if more else briefs, pk=brief_id)


def shortlist_of(request: StaffRequest, brief_id: int, *more: str) -> tuple[Brief, Shortlist]:
    """The brief and its shortlist; 404 while the bank was not ranked for it."""
    brief = brief_of(request, brief_id, *more)
    shortlist: Shortlist | None = getattr(brief, "shortlist", None)
    if shortlist is None:
        raise Http404
    return brief, shortlist


@workspace
def show(request: StaffRequest, brief_id: int) -> HttpResponse:
    brief = brief_of(request, brief_id)
    shortlist = getattr(brief, "shortlist", None)
    context = {
        "brief": brief,
        "brand": brief.brand,
        "asked": (asked := asked_words(brief)),
        "asked_where": ", ".join(str(PLACE_NAMES[place]) for place in asked.places),
        "shortlist": shortlist,
        "sides": sides_of(brief),
        "limits": limits_of(brief),
        "for_whom": for_whom(brief),
        "when": when(brief),
        "size": brief.quantity,
        "marked": MARKED,
        **_run_of(brief),
    }
    if shortlist is not None:
        counted = entries_with_people(shortlist.entries.all()).annotate(all=Window(Count("pk")))
        entries: list[Any] = list(counted[:FIRST_ROWS])
        with_past(entries, brief)
        context |= choice_of(brief, shortlist, entries)
        context |= {
            "weights": WeightsForm.of(shortlist),
            "more": max(0, entries[0].all - FIRST_ROWS) if entries else 0,
            "set_aside": sum(reason["n"] for reason in shortlist.filtered_out),
        }
    return render(request, "agency/brands/brief.html", context)


def _run_of(brief: Brief) -> dict[str, Any]:
    """The ranking of a large bank under way, or broken off; nothing where the last one is done."""
    run: RankingRun | None = getattr(brief, "ranking_run", None)
    state = run.standing(timezone.now()) if run else RunState.DONE
    if state == RunState.DONE:
        return {}
    return {"run": run, "state": state, "under_way": state == RunState.UNDER_WAY}


@workspace
def rank_progress(request: StaffRequest, brief_id: int) -> HttpResponse:
    """How far the ranking is, for the page to ask again; done or broken off, all is shown anew."""
    brief = brief_of(request, brief_id)
    context = {"brief": brief, **_run_of(brief)}
    answer = render(request, "agency/brands/_ranking.html", context)
    if not context.get("under_way"):
        answer["HX-Refresh"] = "true"
    return answer


@workspace
@require_POST
def rank(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Rank the bank for the brief, with the weights typed or those of the programme; a large one in
    a job, which the page follows."""
    brief = brief_of(request, brief_id)
    weights = None
    if "weights" in request.POST and "usual" not in request.POST:
        form = WeightsForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("A weight is a number from 0 to 10. Nothing was changed."))
            return redirect("agency:brief", brief.pk)
        weights = form.cleaned_data
    if is_large(in_the_bank(request.programme).count()):
        return _rank_in_job(request, brief, weights)
    shortlist = make_shortlist(
        brief, histories(request.programme), by=request.actor, weights=weights
    )
    n = shortlist.considered
    said = ngettext("The bank is ranked: %(n)s person.", "The bank is ranked: %(n)s people.", n)
    toast(request, said % {"n": n})
    return redirect("agency:brief", brief.pk)


def _rank_in_job(
    request: StaffRequest, brief: Brief, weights: dict[str, float] | None
) -> HttpResponse:
    broken_off: RankingRun | None = getattr(brief, "ranking_run", None)
    if "again" in request.POST and broken_off is not None:
        weights = broken_off.weights
    if not start_ranking(brief, by=request.actor, weights=weights):
        said = _(
            "A ranking was under way already: yours was not begun. Rank again once it is done."
        )
        messages.warning(request, said)
    return redirect("agency:brief", brief.pk)


@workspace
def index(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The whole shortlist or the people chosen, fifty a page."""
    brief, shortlist = shortlist_of(request, brief_id)
    entries = entries_with_people(shortlist.entries.all())
    only_chosen = "choisies" in request.GET
    if only_chosen:
        seated = RosterPlace.objects.filter(roster__shortlist=shortlist).values("person")
        entries = entries.filter(person__in=seated)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    with_past(shown, brief)
    rows = rows_with_gain(shortlist, shown)
    context = {
        "brief": brief,
        "page": page,
        "rows": rows,
        "marked": MARKED,
        "has_roster": hasattr(shortlist, "roster"),
        "only_chosen": only_chosen,
        # Only the best are kept; how many were ranked is said.
        "more_ranked": 0 if only_chosen else shortlist.considered - page.paginator.count,
    }
    return render(request, "agency/brands/shortlist.html", context)


@workspace
def export(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The shortlist as CSV, in the reader's language: rank, person, chosen or not, why."""
    _brief, shortlist = shortlist_of(request, brief_id)
    columns = [_("Rank"), _("Name"), _("Region"), _("Points"), _("Chosen"), _("Why"), _("Against")]
    entries = entries_with_people(shortlist.entries.all())
    rows = (_cells(entry) for entry in noting(request, entries, lambda entry: entry.person_id))
    return csv_response("preselection", columns, rows)


def _cells(entry: Any) -> list[Any]:
    return [
        entry.rank,
        str(entry.person),
        region_name(entry.person.region, get_language() or "fr"),
        entry.score,
        _("yes") if entry.chosen else _("no"),
        " ".join(sentence(reason) for reason in entry.reasons),
        " ".join(sentence(caution) for caution in entry.against),
    ]


@workspace
def aside(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Who was set aside before the ranking, each with the sentence that says why."""
    brief, shortlist = shortlist_of(request, brief_id, LEFT)
    code = request.GET.get("raison", "")
    context = {"brief": brief, "shortlist": shortlist, "code": code}
    then = left_of(shortlist)
    if then is None:
        found = set_aside(brief, histories(request.programme), code=code)
        page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    else:
        page = _aside_as_ranked(request, brief, then, code)
    context |= {"page": page, "as_ranked": then is not None}
    return render(request, "agency/brands/aside.html", context)


def _aside_as_ranked(request: StaffRequest, brief: Brief, then: Standing, code: str) -> Page[Any]:
    """Those the page shows are looked at now, the others stand as they were ranked."""
    found = Paginator(then.aside.kept_out_by(code), PER_PAGE)
    page: Page[Any] = found.get_page(request.GET.get("page"))
    numbers = list(page.object_list)
    page.object_list = aside_now(brief, then, numbers, histories(request.programme, only=numbers))
    return page


@workspace
def why_not(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Why anybody of the bank is ranked where they are, or not at all."""
    brief, shortlist = shortlist_of(request, brief_id, LEFT)
    words = request.GET.get("q", "").strip()
    people = people_named(request.programme, words, brief=brief) if words else []
    then = left_of(shortlist)
    answers = _answers(request, brief, then, people) if people else []
    context = {
        "brief": brief,
        "words": words,
        "answers": answers,
        "shortlist": shortlist,
        "as_ranked": then is not None,
    }
    return render(request, "agency/brands/why.html", context)


def _answers(
    request: StaffRequest, brief: Brief, then: Standing | None, people: list[Person]
) -> list[Answer]:
    if then is None:
        return why(brief, brief.shortlist, people, histories(request.programme))
    known = histories(request.programme, only=[person.pk for person in people])
    return why_as_ranked(brief, then, people, known)
