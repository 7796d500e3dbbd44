"""Pages that a rush opens: drawn once every few seconds, then filled in for each reader.

Only for a reader without a session, to whom the page owes nothing else of their own. What is filled
in is escaped as a template would; the rest of the page is the same bytes for everyone of the same
language, theme and host."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape

from proche.common import words
from proche.common.ui import theme_of

FRESH = 5  # seconds
CSRF, PATH = "csrf_token", "path"


def mark(name: str) -> str:
    return f"(({name}))"


def from_shell(
    request: HttpRequest,
    template: str,
    name: str,
    context: dict[str, Any],
    fills: Mapping[str, str],
) -> HttpResponse:
    """The page with `fills` in it; `context["form"]`, if any, carries their marks meanwhile."""
    if _has_more_to_show(request):
        if "form" in context:
            context["form"].carry(fills)
        return render(request, template, {**context, **fills})
    page = caches["process"].get(key := _key(request, template, name))
    if page is None:
        page = _drawn(request, template, context, fills)
        caches["process"].set(key, page, FRESH)
    fills = {**fills, PATH: request.get_full_path()}
    if mark(CSRF) in page:
        fills[CSRF] = get_token(request)
    for filled, value in fills.items():
        page = page.replace(mark(filled), escape(value))
    return HttpResponse(page)


def _has_more_to_show(request: HttpRequest) -> bool:
    return bool({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _key(request: HttpRequest, template: str, name: str) -> str:
    parts = [template, name, words.language(), theme_of(request)]
    return ":".join(["shell", *parts, f"{request.scheme}", request.get_host()])


def _drawn(
    request: HttpRequest, template: str, context: dict[str, Any], fills: Mapping[str, str]
) -> str:
    marks = {filled: mark(filled) for filled in (*fills, CSRF)}
    if "form" in context:
        context["form"].carry(marks)
    return render_to_string(template, {**context, **marks}, _of_nobody(request))


def _of_nobody(request: HttpRequest) -> HttpRequest:
    """The same request without its address: pages write it in the forms of language and theme,
    and the address of one reader may be a secret."""
    nobody = copy(request)
    nobody.path = mark(PATH)
    nobody.META = {**request.META, "QUERY_STRING": ""}
    nobody.GET = QueryDict()
    return nobody
