"""“Is this still you?”: the facts on one page, signed in or by the link of the yearly message."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from proche.areas.consent import limits
from proche.areas.consent.actions import decide_limits
from proche.areas.content import breaks, yearly
from proche.areas.content.links import question_of
from proche.areas.people.kept import StillTrue
from proche.areas.people.models import Person
from proche.areas.people.said import facts_said
from proche.areas.people.wording import line_of
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.words import language
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.person import BreakForm, LimitsAgainForm

Answer = StillTrue.Answer


@own_page
def signed_in(request: MemberRequest) -> HttpResponse:
    again = _again(request, request.person)
    form, answer = _answered(request, request.person, again)
    if answer == Answer.TRUE:
        ui.toast(request, _("Thank you: all is confirmed for a year."))
        return redirect("member:known")
    if answer == Answer.ASLEEP:
        ui.toast(request, _("Your break has begun. You come back when you wish."))
        return redirect("member:own_data")
    return render(request, "member/still_true/index.html", _page(request.person, form, again))


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link opens this page alone; it changes nothing before a button is pressed, and nothing
    of the rest of the member's pages opens with it."""
    person = question_of(token).person
    again = _again(request, person)
    form, answer = _answered(request, person, again)
    if answer:
        page = {"person": person, "answer": answer}
        return _private(render(request, "member/still_true/thanks.html", page))
    page = {**_page(person, form, again), "by_link": True}
    return _private(render(request, "member/still_true/by_link.html", page))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _again(request: HttpRequest, person: Person) -> LimitsAgainForm | None:
    """Asked where limits wait for a consent; sent with “all is still true” alone."""
    if not person.limits_to_ask:
        return None
    sent = request.POST.get("answer") == Answer.TRUE
    return LimitsAgainForm(request.POST if sent else None)


def _page(person: Person, form: BreakForm, again: LimitsAgainForm | None) -> dict[str, Any]:
    lines = [line_of(fact, to_member=True) for fact in facts_said(person)]
    return {
        "person": person,
        "lines": lines,
        "form": form,
        "again": again,
        "confirmed": yearly.last_confirmed(person),
    }


def _answered(
    request: HttpRequest, person: Person, again: LimitsAgainForm | None
) -> tuple[BreakForm, str]:
    """The form of a break, and what was answered; empty where the page is only read."""
    said = request.POST.get("answer", "")
    if said == Answer.TRUE:
        if again and not again.is_valid():
            return BreakForm(), ""
        if again:
            keeps = again.cleaned_data[limits.BOX]
            decide_limits(person, keeps=keeps, language=language())
        yearly.answer_question(person, Answer.TRUE)
        return BreakForm(), said
    if said != Answer.ASLEEP:
        return BreakForm(), ""
    form = BreakForm(request.POST)
    if not form.is_valid():
        return form, ""
    try:
        breaks.take_break(person, until=form.cleaned_data["until"])
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal.sentence))
        return form, ""
    yearly.answer_question(person, Answer.ASLEEP)
    return form, said
