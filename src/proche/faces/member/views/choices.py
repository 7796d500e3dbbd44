"""What the member decides: consents one by one, answers, questions, a copy of their data."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from proche.areas.consent import actions as consents_actions
from proche.areas.consent import limits
from proche.areas.consent.models import Consent, Purpose
from proche.areas.consent.queries import texts_in_force
from proche.areas.content import undeclared, yearly
from proche.areas.content.own_data import as_table, own_data
from proche.areas.messages.actions import ask_team
from proche.areas.people.actions import record
from proche.areas.people.kept import StillTrue
from proche.common import ui
from proche.common.exports import csv_response
from proche.common.words import language
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.person import AnswersForm, QuestionForm


@own_page
def consents(request: MemberRequest) -> HttpResponse:
    """Each purpose on its own, given or withdrawn by its own button."""
    if request.method == "POST":
        return _change_consent(request)
    given = request.person.consents.filter(withdrawn_at=None).select_related("text")
    in_force = {consent.purpose: consent for consent in given}
    # The words of a consent given stay those that were read; a new wording is shown to the others.
    texts = {**texts_in_force(), **{purpose: one.text for purpose, one in in_force.items()}}
    rows = [(texts[purpose], in_force.get(purpose)) for purpose in Purpose if purpose in texts]
    page = {
        "rows": rows,
        "bank": Purpose.BANK,
        "limits": Purpose.LIMITS,
        "waiting": request.person.limits_to_ask,
    }
    return render(request, "member/consents.html", page)


def _change_consent(request: MemberRequest) -> HttpResponse:
    give, withdraw = request.POST.get("give", ""), request.POST.get("withdraw", "")
    if give in Purpose.values:
        # The page shows the French words first, whatever its language.
        consents_actions.give(
            request.person,
            [give],
            source=Consent.Source.MEMBER_PAGE,
            language=language(),
            french_shown_at=timezone.now(),
        )
        ui.toast(request, _("Agreed. You can take it back here whenever you wish."))
    elif withdraw == Purpose.LIMITS:
        return redirect("member:forget_limits")
    elif withdraw in Purpose.values:
        undeclared.withdraw(request.person, withdraw)
        ui.toast(request, _("Stopped, from now on."))
    return redirect("member:consents")


@own_page
def forget_limits(request: MemberRequest) -> HttpResponse:
    """Allergies, diets and other limits are erased with their consent: this asks first."""
    person = request.person
    if request.method == "POST":
        consents_actions.withdraw(person, Purpose.LIMITS)
        ui.toast(request, _("Erased: nobody knows of your limits any more."))
        return redirect("member:consents")
    said = limits.written(person)
    context = {
        "layout": "member/base.html",
        "question": _("Erase my limits?"),
        "lines": [
            *([_("You wrote: %(words)s.") % {"words": said}] if said else []),
            _("Every word of it is erased at once, for good."),
            _(
                "From then on nobody knows what may harm you: before you accept an offer, read "
                "what it contains, or ask."
            ),
        ],
        "verb": _("Yes, erase"),
        "back_url": reverse("member:consents"),
        "stop": True,
    }
    return render(request, "confirm.html", context)


@own_page
def answers(request: MemberRequest) -> HttpResponse:
    form = AnswersForm(request.POST or None, instance=request.person)
    if request.method == "POST" and form.is_valid():
        consents_actions.answer(form.save(commit=False), agrees=form.agrees, language=language())
        if yearly.open_question(request.person):
            # Every fact stood on this page: what was not changed is still true.
            yearly.answer_question(request.person, StillTrue.Answer.CHANGED)
        ui.toast(request, _("Your answers are up to date."))
        return redirect("member:known")
    return render(request, "member/answers.html", {"form": form})


@own_page
def question(request: MemberRequest) -> HttpResponse:
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_team(request.person, form.cleaned_data["text"].strip())
        ui.toast(request, _("Your question reached the team. A person answers you."))
        return redirect("member:question")
    asked = request.person.messages.filter(direction="in").prefetch_related("replies")
    return render(request, "member/question.html", {"form": form, "asked": asked[:20]})


@require_POST
@own_page
def export_table(request: MemberRequest) -> HttpResponse:
    """Everything collected, as one table."""
    document = _copy_of(request)
    return csv_response("proche", _columns(), as_table(document))


@require_POST
@own_page
def export_document(request: MemberRequest) -> HttpResponse:
    """The same facts as JSON."""
    response = JsonResponse(
        _copy_of(request), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="proche.json"'
    return response


def _copy_of(request: MemberRequest) -> dict[str, Any]:
    document = own_data(request.person)
    record(request.person, "data_exported")
    return document


def _columns() -> list[str]:
    return [
        pgettext("exported table", "section"),
        pgettext("exported table", "row"),
        pgettext("exported table", "name"),
        pgettext("exported table", "value"),
    ]
