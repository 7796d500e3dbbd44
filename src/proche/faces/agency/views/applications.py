"""Applications: a board with the evidence of each; a person accepts, asks or refuses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from proche.areas.recruitment import actions
from proche.areas.recruitment.actions.decisions import OPEN
from proche.areas.recruitment.models import Application
from proche.areas.recruitment.presets import Words, presets_of
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.application_board import COLUMNS, board, counts_of, found_by
from proche.faces.agency.forms.applications import DecideForm, FiltersForm

State = Application.State
ACTS = ("accept", "ask", "refuse")
MOST_AT_ONCE = 100
VERBS: dict[str, str | Promise] = {
    "accept": gettext_lazy("Accept and welcome"),
    "ask": gettext_lazy("Send the question"),
    "refuse": gettext_lazy("Refuse and write"),
}


@workspace
def index(request: StaffRequest) -> HttpResponse:
    filters = FiltersForm(request.GET)
    rows = found_by(request.programme, filters.asked)
    counts = counts_of(rows)
    only = request.GET.get("etat", "")
    only = only if only in COLUMNS else ""
    context = {
        "filters": filters,
        "filtered": bool(filters.asked),
        "columns": board(rows, counts, only, request.GET),
        "states": [(state, state.label, counts[state]) for state in COLUMNS],
        "only": only,
        "unconfirmed": counts[State.UNCONFIRMED],
        "any": sum(counts.values()),
    }
    return render(request, "agency/applications/index.html", context)


def _chosen(request: StaffRequest, keys: list[str]) -> list[Application]:
    """Those chosen that may still be decided, in the order they came. Raises Refusal for none."""
    wanted = [int(key) for key in keys if key.isdigit() and len(key) < 12][:MOST_AT_ONCE]
    mine = Application.objects.for_actor(request.user).filter(pk__in=wanted)
    if wanted and not mine.exists():
        raise Http404
    rows = mine.filter(state__in=OPEN).select_related("person__programme")
    found = list(rows.prefetch_related("person__verdicts").order_by("submitted_at", "pk"))
    if not found:
        raise Refusal(
            _("Tick somebody who waits for a decision: nobody chosen does."), code="nobody_chosen"
        )
    return found


@workspace
@require_POST
def choose(request: StaffRequest) -> HttpResponse:
    """From the board: to the page that shows what would be done, or a move that sends nothing."""
    keys = request.POST.getlist("inscription")
    act = request.POST.get("geste", "")
    if act == "answered":
        return _answered(request, _chosen(request, keys))
    if act not in ACTS:
        raise Http404
    _chosen(request, keys)
    asked = {"geste": act, "inscription": keys, "tri": request.POST.get("tri", "")}
    query = urlencode(asked, doseq=True)
    return redirect(f"{reverse('agency:decide')}?{query}")


@workspace
def decide(request: StaffRequest) -> HttpResponse:
    """What will be sent and to whom, with ready words to change; then it is done."""
    act = request.GET.get("geste", "")
    if act not in ACTS or "inscription" not in request.GET:
        return redirect("agency:applications")
    if act != "ask":
        decides(request)
    chosen = _chosen(request, request.GET.getlist("inscription"))
    presets = presets_of(request.programme, act)
    asked = request.GET.get("motif", "")
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        act=act,
        languages={one.language for one in chosen},
        preset=next((words for words in presets if words.code == asked), None),
    )
    if request.method == "POST" and form.is_valid():
        _do(request, act, chosen, form)
        return redirect(_board(request.GET))
    context = {
        "act": act,
        "verb": VERBS[act],
        "chosen": chosen,
        "form": form,
        "presets": _pills(request, presets),
        "asked": asked,
        "back": _board(request.GET),
    }
    return render(request, "agency/applications/decide.html", context)


def _board(asked: QueryDict) -> str:
    """The board as it was filtered, by the query it was left with."""
    query = QueryDict(asked.get("tri", "")).urlencode()
    return reverse("agency:applications") + (f"?{query}" if query else "")


def _pills(request: HttpRequest, presets: list[Words]) -> list[tuple[str, str, Words]]:
    """Where each preset fills the boxes: this page again, for the same people."""
    query = request.GET.copy()
    pills = []
    for words in presets:
        query["motif"] = words.code
        pills.append((words.code, f"?{query.urlencode()}", words))
    return pills


def _do(request: StaffRequest, act: str, chosen: list[Application], form: DecideForm) -> None:
    """Each for itself: one that cannot be done says why and holds nobody else back."""
    done = []
    for one in chosen:
        text = form.text_for(one.language)
        try:
            if act == "accept":
                actions.accept(one, by=request.actor)
            elif act == "ask":
                actions.ask_applicant(one, text, by=request.actor)
            else:
                actions.refuse(one, text, by=request.actor)
            done.append(one)
        except Refusal as refusal:
            said = _("%(name)s: %(sentence)s")
            messages.error(request, said % {"name": one.person, "sentence": refusal.sentence})
    if len(done) == 1:
        ui.toast(request, SAID_OF_ONE[act] % {"name": done[0].person})
    elif done:
        ui.toast(request, SAID_OF_MANY[act] % {"n": len(done)})


SAID_OF_ONE: dict[str, str | Promise] = {
    "accept": gettext_lazy("%(name)s is in the bank. The welcome is on its way."),
    "ask": gettext_lazy("Question sent to %(name)s."),
    "refuse": gettext_lazy("%(name)s was told, with the reason."),
}
SAID_OF_MANY = {
    "accept": ngettext_lazy("%(n)d person accepted.", "%(n)d people accepted.", "n"),
    "ask": ngettext_lazy("Question sent to %(n)d person.", "Question sent to %(n)d people.", "n"),
    "refuse": ngettext_lazy(
        "%(n)d person was told, with the reason.", "%(n)d people were told, with the reason.", "n"
    ),
}


def _answered(request: StaffRequest, chosen: list[Application]) -> HttpResponse:
    waiting = [one for one in chosen if one.state == State.ASKED]
    if not waiting:
        raise Refusal(_("No answer was waited for."), code="nothing_asked")
    for one in waiting:
        actions.note_answer(one, by=request.actor)
    query = urlencode({"inscription": [one.pk for one in waiting]}, doseq=True)
    said = ngettext(
        "%(n)d application is to be read again.",
        "%(n)d applications are to be read again.",
        len(waiting),
    )
    undo = f"{reverse('agency:wait_again')}?{query}"
    ui.toast(request, said % {"n": len(waiting)}, undo=undo)
    return redirect(_board(request.POST))


@workspace
@require_POST
def wait_again(request: StaffRequest) -> HttpResponse:
    for one in _chosen(request, request.GET.getlist("inscription")):
        actions.wait_again(one, by=request.actor)
    ui.toast(request, _("An answer is waited for again."))
    return redirect("agency:applications")
