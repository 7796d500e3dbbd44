"""The call in a frame on the partner's own site: only the origins it names, and no cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from proche.areas.recruitment.actions import propose_nomination
from proche.areas.recruitment.models import Call
from proche.faces.public.forms.calls import NominateForm
from proche.faces.public.nominating import call_at, form_page, given
from proche.faces.public.views.calls import forward_page, private


@csrf_exempt
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found, form = call_at(slug), NominateForm(request.POST or None)
    key = given(
        request,
        found,
        form,
        lambda admitted: propose_nomination(found, admitted, nominator_name=form.name),
    )
    language = language_of(request)
    if key is not None:
        there = reverse("public:framed_forward", args=[slug, key])
        return _framed(redirect(f"{there}?langue={language}"), found, language)
    with translation.override(language):
        page = form_page(request, "public/calls/framed.html", found, form, language=language)
    return _framed(page, found, language)


def forward(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found, language = call_at(slug), language_of(request)
    with translation.override(language):
        page = private(
            forward_page(request, "public/calls/framed_forward.html", found, key, language=language)
        )
    return _framed(page, found, language)


def language_of(request: HttpRequest) -> str:
    """Chosen in the address, since a frame keeps no cookie; French first."""
    asked = request.GET.get("langue", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _framed(response: HttpResponse, found: Call, language: str) -> HttpResponse:
    """Let the declared origins frame this answer; without any, it stays closed as other pages."""
    response.headers["Content-Language"] = language
    if found.frame_origins:
        policy = {"frame-ancestors": found.frame_origins}
        response._csp_replace = policy  # type: ignore[attr-defined]
        # X-Frame-Options cannot name an origin: the policy above says it, and browsers follow it.
        response.xframe_options_exempt = True
    return response
