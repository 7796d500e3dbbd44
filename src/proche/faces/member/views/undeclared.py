"""My other posts: read only if I agreed, and I am only ever asked."""

from typing import Any

from django.db.models import Count, Q
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
from proche.faces.member.forms.undeclared import AnswerForm, PastedForm, SeveralForm
from proche.faces.member.several import look_at_several

SHOWN = 50
SEVERAL = "several"


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


@own_page
def several(request: MemberRequest) -> HttpResponse:
    """Many posts at once, each answered on the page that comes back: what is not kept cannot be
    shown after a redirect. What could not be read, or not yet, is in the box again."""
    if request.method != "POST":
        return redirect("member:undeclared")
    form = SeveralForm(request.POST, request.FILES, prefix=SEVERAL)
    page = _page(request, PastedForm(), several=form)
    if form.is_valid():
        try:
            read = look_at_several(request.person, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            again = {"text": read.left, "platform": form.cleaned_data["platform"]}
            page = _page(request, PastedForm(), several=_several_form(again)) | {"read": read}
    return render(request, "member/undeclared/index.html", page)


def _several_form(initial: dict[str, str] | None = None) -> SeveralForm:
    return SeveralForm(prefix=SEVERAL, initial=initial)


def _told(asked: int) -> str:
    if not asked:
        return str(_("Nothing to ask about this post. It was not kept."))
    return ngettext("One question about this post.", "%(n)d questions about this post.", asked) % {
        "n": asked
    }


def _page(
    request: MemberRequest,
    form: PastedForm,
    *,
    several: SeveralForm | None = None,
    refused: dict[str, AnswerForm] | None = None,
) -> dict[str, Any]:
    """`refused`: an answer that could not be kept, under the prefix of its question."""
    mine = request.person.undeclared
    rows = list(mine.select_related("brand").order_by("answer", "-asked_at", "-pk")[:SHOWN])
    return {
        "form": form,
        "several": several or _several_form(),
        "counts": mine.aggregate(
            all=Count("pk"), waiting=Count("pk", filter=Q(answer="", closed_at=None))
        ),
        "agreed": undeclared.may_read(request.person),
        "waiting": [
            (row, (refused or {}).get(_prefix(row)) or _answer_form(row))
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
    page = _page(request, PastedForm(), refused={_prefix(row): form})
    return render(request, "member/undeclared/index.html", page)
