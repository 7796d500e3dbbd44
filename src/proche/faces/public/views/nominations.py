"""The nominee: opens the link, sees who and why, says yes or no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from proche.areas.recruitment import actions
from proche.areas.recruitment.models import HandleDuties, Nomination
from proche.areas.recruitment.notices import BY_VERSION
from proche.faces.public.signing_up import KEPT, SignUp
from proche.faces.public.views.calls import private

NAMES_SHOWN = 6


def _nomination(key: str) -> Nomination:
    rows = Nomination.objects.select_related("call__programme")
    found: Nomination = get_object_or_404(
        rows, key=key, state__in=[Nomination.State.PROPOSED, Nomination.State.INVITED]
    )
    return found


def show(request: HttpRequest, key: str) -> HttpResponse:
    found = _nomination(key)
    actions.open_nomination(found)
    context: dict[str, object] = {
        "nomination": found,
        "call": found.call,
        "programme": found.call.programme,
    }
    if found.trace:
        context |= _what_is_held(found)
    return private(render(request, "public/calls/invited.html", context))


def _what_is_held(found: Nomination) -> dict[str, object]:
    """Law 25, s. 8, and what the nominee is owed at first contact: who, what, why, how long."""
    readers = found.supporters.count()
    named = found.supporters.exclude(name="").order_by("created_at")
    names = list(named.values_list("name", flat=True)[:NAMES_SHOWN])
    duties = HandleDuties.objects.filter(programme=found.call.programme_id).first()
    return {
        "readers": readers,
        "names": names,
        "kept_days": duties.kept_days if duties else 30,
        "notice": BY_VERSION[found.notice_version],
    }


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    found = actions.accept_nomination(_nomination(key))
    kept = SignUp(request)
    kept.kept["nomination"] = found.key
    kept.save()
    return redirect("public:sign_up")


@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    found = _nomination(key)
    actions.refuse_nomination(found)
    if request.session.get(KEPT, {}).get("nomination") == found.key:
        del request.session[KEPT]
    return private(render(request, "public/calls/refused.html", {"named": bool(found.trace)}))
