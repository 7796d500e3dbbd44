"""A call: get a link to forward; the nominee opens it and chooses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Call, Nomination
from proche.faces.public.forms.calls import NominateForm
from proche.faces.public.views.sign_up import KEPT


def call(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Call.objects.select_related("programme"), slug=slug)
    form = NominateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["website"]:
        name = form.cleaned_data["nominator_name"]
        nomination = actions.propose_nomination(found, nominator_name=name)
        # The link is shown to whoever asked for it, and to nobody else.
        request.session["nomination"] = nomination.key
        return redirect(f"{request.path}?lien=1")
    link = _link(request, found) if "lien" in request.GET else ""
    today = timezone.localdate()
    closed = not found.opens_on <= today <= found.closes_on
    return render(
        request,
        "public/calls/call.html",
        {"call": found, "programme": found.programme, "form": form, "link": link, "closed": closed},
    )


def _link(request: HttpRequest, found: Call) -> str:
    key = request.session.get("nomination", "")
    if not found.nominations.filter(key=key).exists():
        return ""
    return request.build_absolute_uri(reverse("public:nomination", args=[key]))


def _nomination(key: str) -> Nomination:
    rows = Nomination.objects.select_related("call__programme")
    found: Nomination = get_object_or_404(
        rows, key=key, state__in=[Nomination.State.PROPOSED, Nomination.State.INVITED]
    )
    return found


def nomination(request: HttpRequest, key: str) -> HttpResponse:
    found = _nomination(key)
    actions.open_nomination(found)
    response = render(
        request, "public/calls/invited.html", {"nomination": found, "call": found.call}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def accept_nomination(request: HttpRequest, key: str) -> HttpResponse:
    found = actions.accept_nomination(_nomination(key))
    request.session[KEPT] = {**request.session.get(KEPT, {}), "nomination": found.key}
    return redirect("public:sign_up")


@require_POST
def refuse_nomination(request: HttpRequest, key: str) -> HttpResponse:
    actions.refuse_nomination(_nomination(key))
    return render(request, "public/calls/refused.html")
