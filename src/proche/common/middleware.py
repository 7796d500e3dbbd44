"""What happens around every page: French first, the content policy, and a refusal that reaches
the person."""

from collections.abc import Callable
from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from proche.common.errors import Refusal

Next = Callable[[HttpRequest], HttpResponse]


class FrenchFirstMiddleware:
    """Reads the language a person chose; the browser's own preference never decides
    (Charter of the French language, s. 55)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PolicyMiddleware(CSPMiddleware):
    """The policy of nearly every page is the same: it is put together once, since under a rush
    that would take a tenth of a page. No page of ours has a nonce."""

    @cached_property
    def usual(self) -> str:
        return build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if any(name.startswith("_csp_") for name in vars(response)):
            answer: HttpResponseBase = super().process_response(request, response)
            return answer
        response.headers.setdefault(HEADER, self.usual)
        return response


class RefusalMiddleware:
    """A refusal no view caught is said on the page the person came from."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        back = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        # A page that refuses to be read would send its reader back to itself without end.
        if safe and request.method == "POST":
            messages.error(request, str(exception.sentence))
            return HttpResponseRedirect(back)
        return render(request, "refused.html", {"sentence": exception.sentence}, status=409)
