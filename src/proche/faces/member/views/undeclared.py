"""My other posts: read only if I agreed, and I am only ever asked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.content import undeclared
from proche.areas.content.models import Undeclared
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.undeclared import AnswerForm, PastedForm

SHOWN = 50


@own_page
def index(request: MemberRequest) -> HttpResponse:
    """The questions that wait, those answered, and a place to paste a post."""
    form = PastedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = undeclared.look(request.person, [form.found])
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _told(len(asked)))
            return redirect("member:undeclared")
    return render(request, "member/undeclared/index.html", _page(request, form))


def _told(asked: int) -> str:
    if not asked:
        return str(_("Nothing to ask about this post. It was not kept."))
    return ngettext("One question about this post.", "%(n)d questions about this post.", asked) % {
        "n": asked
    }


def _page(request: MemberRequest, form: PastedForm, **refused: AnswerForm) -> dict[str, Any]:
    """`refused`: an answer that could not be kept, under the prefix of its question."""
    rows = list(request.person.undeclared.select_related("brand")[:SHOWN])
    return {
        "form": form,
        "agreed": undeclared.may_read(request.person),
        "waiting": [
            (row, refused.get(_prefix(row)) or _answer_form(row))
            for row in rows
            if not (row.answer or row.closed_at)
        ],
        "answered": [row for row in rows if row.answer],
    }


def _prefix(row: Undeclared) -> str:
    return f"q{row.pk}"


def _answer_form(row: Undeclared, data: Any = None) -> AnswerForm:
    return AnswerForm(data, prefix=_prefix(row))


@require_POST
@own_page
def answer(request: MemberRequest, row_id: int) -> HttpResponse:
    row = get_object_or_404(request.person.undeclared.select_related("brand"), pk=row_id)
    form = _answer_form(row, request.POST)
    if form.is_valid():
        undeclared.answer(row, form.cleaned_data["answer"], note=form.cleaned_data["note"])
        ui.toast(request, _("Thank you: your answer is kept, in your words."))
        return redirect("member:undeclared")
    page = _page(request, PastedForm(), **{_prefix(row): form})
    return render(request, "member/undeclared/index.html", page)
