"""A call: get a link to pass on, or name an account where the call asks for it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from proche.areas.recruitment.actions import may_ask_handles, nominate_account, propose_nomination
from proche.areas.recruitment.models import Call
from proche.areas.recruitment.writing import still_forwards
from proche.faces.public.forms.calls import AccountForm, NominateForm
from proche.faces.public.nominating import call_at, form_page, given, ready_words
from proche.faces.public.shells import from_shell


@csrf_exempt
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found, form = call_at(slug), NominateForm(request.POST or None)
    key = given(
        request,
        found,
        form,
        lambda admitted: propose_nomination(found, admitted, nominator_name=form.name),
    )
    if key is not None:
        return redirect("public:forward", slug, key)
    return form_page(request, "public/calls/call.html", found, form)


def forward(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The link and the words to send; whoever knows this address knows the link already."""
    found = call_at(slug)
    return private(forward_page(request, "public/calls/forward.html", found, key))


def forward_page(
    request: HttpRequest, template: str, found: Call, key: str, **more: object
) -> HttpResponse:
    """Raises 404 for a link that was answered, or of another call."""
    if not still_forwards(found.pk, key):
        raise Http404
    page: Any = request
    page.programme = found.programme
    link = request.build_absolute_uri(reverse("public:nomination", args=[key]))
    fills = {"link": link, "words": ready_words(found, link)}
    context = {"call": found, "programme": found.programme, **more}
    return from_shell(request, template, f"{found.pk}", context, fills)


@csrf_exempt
def account(request: HttpRequest, slug: str) -> HttpResponse:
    found, form = call_at(slug), AccountForm(request.POST or None)
    if not may_ask_handles(found):
        raise Http404
    taken = given(
        request,
        found,
        form,
        lambda admitted: nominate_account(
            found, admitted, form.account(), nominator_name=form.name
        ),
    )
    if taken:
        return redirect("public:account_named", slug)
    return form_page(request, "public/calls/account.html", found, form)


def account_named(request: HttpRequest, slug: str) -> HttpResponse:
    """The same thanks for everybody: whether the account was known, new or refused is not said."""
    found = call_at(slug)
    context = {"call": found, "programme": found.programme}
    return render(request, "public/calls/account_named.html", context)


@require_GET
def logo(request: HttpRequest, slug: str, name: str) -> FileResponse:
    """The pixels we drew ourselves; the name changes with the picture, so it may be kept long."""
    found = call_at(slug)
    if not found.logo or found.logo.name != f"logos/{name}":
        raise Http404
    try:
        response = FileResponse(found.logo.open("rb"), content_type="image/png")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response.headers["Cache-Control"] = "public, max-age=604800, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def private(response: HttpResponse) -> HttpResponse:
    """The address is the key: no search engine, no cache and no other site keeps it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
