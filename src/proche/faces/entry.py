"""Doors shared by every face: where to go after sign-in, the first start, the theme, health."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from proche.areas.accounts.actions import FIRST_START, open_installation
from proche.areas.accounts.queries import programme_of
from proche.areas.accounts.rules import may_enter_workspace
from proche.faces.context import THEMES
from proche.faces.forms import FirstStartForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_required
def entry(request: HttpRequest) -> HttpResponse:
    """The team goes to the workspace, door staff to the door, a member to their page."""
    programme = programme_of(request.user)
    if programme and may_enter_workspace(request.user, programme):
        return redirect("agency:today")
    if programme:
        return redirect("agency:doors")
    return redirect("member:home")


def to_sign_up(request: HttpRequest) -> HttpResponse:
    return redirect("public:sign_up")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """allauth's password page does not exist here; its links lead to the code."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("account_request_login_code") + query)


def first_start(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time wizard: the link is printed by `proche run` while nobody has an account."""
    try:
        FIRST_START.check(token)
    except BadSignature as wrong:
        raise Http404 from wrong
    form = FirstStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = open_installation(**form.cleaned_data)
        login(request, owner, backend=BACKEND)
        return redirect("agency:today")
    return render(request, "entry/first_start.html", {"form": form})


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if safe else "/")
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=31536000, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme")
    return response


@require_GET
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})
