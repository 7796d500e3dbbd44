"""Views of the bank under a name, and the columns somebody chose."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.people.bank import BankTable, BankView
from proche.areas.people.bank_actions import bring_back, copy_view, keep_view
from proche.common import ui
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.bank_search.table import table_of
from proche.faces.agency.forms.bank import TableForm, ViewForm
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.views.bank import address_of, question_of
from proche.faces.agency.views.bank_acts import back_to_bank


@workspace
@require_POST
def table(request: StaffRequest) -> HttpResponse:
    form = TableForm(request.POST)
    if form.is_valid():
        BankTable.objects.update_or_create(
            user=request.actor,
            defaults={"columns": form.cleaned_data["columns"], "rows": form.cleaned_data["rows"]},
        )
    return redirect(back_to_bank(request))


@workspace
def index(request: StaffRequest) -> HttpResponse:
    """Every view one may open; POST keeps the question sent under a new name."""
    question = request.POST.get("question", request.GET.get("question", ""))
    form = ViewForm(request.POST or None)
    if request.method == "POST":
        new = form.save(commit=False) if form.is_valid() else None
        if new is not None:
            new.programme, new.owner = request.programme, request.actor
            opened = BankView.objects.seen_by(request.user).filter(key=request.POST.get("view"))
            new.query = question_of(QueryDict(question))
            new.columns = table_of(request.actor, opened.first()).codes
            if kept(form, lambda: keep_view(new)):
                ui.toast(request, _("The view “%(name)s” is kept.") % {"name": new.name})
                return redirect(address_of(new))
    views = BankView.objects.seen_by(request.user).select_related("owner")
    return render(
        request,
        "agency/bank/views.html",
        {
            "form": form,
            "question": question,
            "opened": request.POST.get("view", request.GET.get("view", "")),
            "keeping": request.method == "POST" or "question" in request.GET,
            "mine": [(v, address_of(v)) for v in views if v.owner_id == request.actor.pk],
            "shared": [(v, address_of(v)) for v in views if v.owner_id != request.actor.pk],
        },
    )


@workspace
def change(request: StaffRequest, key: str) -> HttpResponse:
    view = _mine(request, key)
    form = ViewForm(request.POST or None, instance=view)
    changed = kept(form, lambda: keep_view(form.save(commit=False))) if request.POST else None
    if changed:
        ui.toast(request, _("The view “%(name)s” is changed.") % {"name": view.name})
        return redirect("agency:bank_views")
    return render(request, "agency/bank/view_form.html", {"form": form, "view": view})


@workspace
@require_POST
def copy(request: StaffRequest, key: str) -> HttpResponse:
    view = get_object_or_404(BankView.objects.seen_by(request.user), key=key)
    mine = copy_view(view, by=request.actor)
    ui.toast(request, _("The view “%(name)s” is yours.") % {"name": mine.name})
    return redirect(address_of(mine))


@workspace
@require_POST
def remove(request: StaffRequest, key: str) -> HttpResponse:
    view = _mine(request, key)
    BankView.objects.filter(pk=view.pk).update(removed_at=timezone.now())
    ui.toast(
        request,
        _("The view “%(name)s” is removed.") % {"name": view.name},
        undo=reverse("agency:bank_view_back", args=[view.key]),
    )
    return redirect("agency:bank_views")


@workspace
@require_POST
def back(request: StaffRequest, key: str) -> HttpResponse:
    removed = BankView.objects.for_actor(request.user).filter(owner=request.actor)
    bring_back(get_object_or_404(removed.filter(removed_at__isnull=False), key=key))
    return redirect("agency:bank_views")


def _mine(request: StaffRequest, key: str) -> BankView:
    view: BankView = get_object_or_404(BankView.objects.seen_by(request.user), key=key)
    if view.owner_id != request.actor.pk:
        raise Http404
    return view
