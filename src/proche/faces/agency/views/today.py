"""Today: what is owed, by whom, since when; most of it is settled on this page."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.accounts.models import User
from proche.areas.campaigns import actions as campaigns
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.content import actions as content
from proche.areas.events import actions as events
from proche.areas.events.models import Invitation
from proche.areas.evidence.queries import verdict_in_force
from proche.areas.messages.actions import answer as answer_question
from proche.areas.messages.models import Message
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.today import AnswerForm
from proche.faces.agency.owed import LATE_AFTER_DAYS, Owed, owed

ROWS_SHOWN = 5


@workspace
def index(request: StaffRequest) -> HttpResponse:
    groups = owed(request.programme, request.waiting)
    rows = [row for group in groups for row in group.rows]
    opened = request.GET.get("tout", "")
    # Two columns of about the same height: the fullest groups are dealt first.
    shown = [(group, _cut(group.rows, group.name == opened)) for group in groups]
    context = {
        "columns": _columns(shown),
        "today": timezone.localdate(),
        "total": len(rows),
        "late": sum(row.late for row in rows),
        "limit": LATE_AFTER_DAYS,
        "waits": dict(Counter(row.days for row in rows)),
    }
    return render(request, "agency/today/index.html", context)


def _cut(rows: list[Owed], whole: bool) -> tuple[list[Owed], int]:
    shown = rows if whole else rows[:ROWS_SHOWN]
    return shown, len(rows) - len(shown)


def _columns(shown: list[Any]) -> list[list[Any]]:
    columns: list[list[Any]] = [[], []]
    heights = [0, 0]
    for group, (rows, more) in shown:
        here = heights.index(min(heights))
        columns[here].append((group, rows, more))
        heights[here] += 2 + max(1, len(rows))
    return columns


def _ship(request: StaffRequest, row: str, by: User) -> None:
    campaigns.ship(get_object_or_404(Parcel.objects.for_actor(by), pk=row), by=by)


def _thank(request: StaffRequest, row: str, by: User) -> None:
    campaigns.thank(get_object_or_404(Exchange.objects.for_actor(by), pk=row), by=by)


def _confirm(request: StaffRequest, row: str, by: User) -> None:
    events.confirm(get_object_or_404(Invitation.objects.for_actor(by), pk=row), by=by)


def _remind(request: StaffRequest, row: str, by: User) -> None:
    kind, _dash, pk = row.partition("-")
    if kind == "post":
        content.remind_post(get_object_or_404(Exchange.objects.for_actor(by), pk=pk), by=by)
    else:
        campaigns.remind_offer(get_object_or_404(Offer.objects.for_actor(by), pk=pk), by=by)


def _unship(request: StaffRequest, row: str, by: User) -> None:
    parcel = get_object_or_404(Parcel.objects.for_actor(by), pk=row)
    campaigns.take_back_shipping(parcel, by=by)


def _unthank(request: StaffRequest, row: str, by: User) -> None:
    exchange = get_object_or_404(Exchange.objects.for_actor(by), pk=row)
    campaigns.take_back_thanks(exchange, by=by)


def _unconfirm(request: StaffRequest, row: str, by: User) -> None:
    invitation = get_object_or_404(Invitation.objects.for_actor(by), pk=row)
    events.take_back_confirm(invitation, by=by)


Act = Callable[[StaffRequest, str, User], None]
ACTS: dict[str, Act] = {
    "ship": _ship,
    "thank": _thank,
    "confirm": _confirm,
    "remind": _remind,
    "unship": _unship,
    "unthank": _unthank,
    "unconfirm": _unconfirm,
}


@workspace
@require_POST
def act(request: StaffRequest, name: str) -> HttpResponse:
    """Do one gesture on each ticked row; what is refused says why, the rest is done."""
    if name not in ACTS:
        raise Http404
    done = []
    for row in request.POST.getlist("row") or request.GET.getlist("row"):
        try:
            ACTS[name](request, row, request.actor)
            done.append(row)
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
    if done:
        ui.toast(request, _said(name, len(done)), undo=_undo(name, done))
    return redirect("agency:today")


def _said(name: str, n: int) -> str:
    sentences = {
        "ship": ngettext("%(n)d parcel marked as shipped.", "%(n)d parcels marked as shipped.", n),
        "thank": ngettext("Thanks sent to %(n)d member.", "Thanks sent to %(n)d members.", n),
        "confirm": ngettext("%(n)d guest confirmed.", "%(n)d guests confirmed.", n),
        "remind": ngettext("Reminder sent to %(n)d person.", "Reminders sent to %(n)d people.", n),
    }
    return sentences.get(name, _("Taken back.")) % {"n": n}


def _undo(name: str, rows: list[str]) -> str | None:
    """The address that takes it back; a reminder has left and cannot be."""
    if f"un{name}" not in ACTS:
        return None
    back = "&".join(f"row={row}" for row in rows)
    return f"{reverse('agency:act', args=[f'un{name}'])}?{back}"


@workspace
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Read a member's question and answer it by email."""
    waiting = Message.objects.for_actor(request.user).select_related("person")
    question = get_object_or_404(waiting, pk=pk, direction=Message.Direction.IN)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_question(question, form.cleaned_data["text"], by=request.actor)
        ui.toast(request, _("Answer sent to %(name)s.") % {"name": question.person})
        return redirect("agency:today")
    asks_review = question.kind == Message.REVIEW and question.person is not None
    verdict = verdict_in_force(question.person) if asks_review else None
    context = {"question": question, "form": form, "verdict": verdict}
    return render(request, "agency/today/answer.html", context)
