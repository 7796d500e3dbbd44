"""Everything the programme keeps, in one file, with who asked for it and who took it."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from proche.areas.takeout import actions
from proche.areas.takeout.models import FILE_DAYS, Takeout
from proche.areas.takeout.rules import may_take_everything
from proche.areas.takeout.tables import TABLES
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.imports import TakeoutForm
from proche.faces.agency.forms.kept import kept

PER_PAGE = 20


def _takes(request: StaffRequest) -> None:
    if not may_take_everything(request.user, request.programme):
        raise Refusal(
            gettext_lazy("Only an owner takes everything away. Ask one of them."),
            code="not_yours",
        )


@workspace
def index(request: StaffRequest) -> HttpResponse:
    form = TakeoutForm(request.POST or None, initial={"language": request.actor.language})
    if request.method == "POST":
        _takes(request)
        asked = kept(
            form,
            lambda: actions.ask_for(request.programme, **form.cleaned_data, by=request.actor),
        )
        if asked:
            return redirect("agency:takeouts")
    found = Takeout.objects.in_programme(request.programme).select_related("by", "taken_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "tables": [table.label for table in TABLES],
        "days": FILE_DAYS,
        "may_take": may_take_everything(request.user, request.programme),
    }
    return render(request, "agency/imports/takeouts.html", context)


def _takeout(request: StaffRequest, key: str) -> Takeout:
    found: Takeout = get_object_or_404(
        Takeout.objects.for_actor(request.user).in_programme(request.programme), key=key
    )
    _takes(request)
    return found


@workspace
def progress(request: StaffRequest, key: str) -> HttpResponse:
    """How far the file is, for the page to ask again."""
    takeout = _takeout(request, key)
    answer = render(request, "agency/imports/_takeout_progress.html", {"takeout": takeout})
    if not takeout.under_way or takeout.is_stuck():
        answer["HX-Refresh"] = "true"
    return answer


@workspace
@require_POST
def again(request: StaffRequest, key: str) -> HttpResponse:
    actions.ask_again(_takeout(request, key))
    return redirect("agency:takeouts")


@workspace
def download(request: StaffRequest, key: str) -> HttpResponse:
    takeout = _takeout(request, key)
    path = actions.take(takeout, by=request.actor)
    name = f"proche-{timezone.localdate(takeout.asked_at).isoformat()}.{takeout.suffix}"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


@workspace
@require_POST
def destroy(request: StaffRequest, key: str) -> HttpResponse:
    actions.destroy(_takeout(request, key))
    ui.toast(request, _("The file is destroyed."))
    return redirect("agency:takeouts")
