"""Pages that a rush opens: drawn once every few seconds, then filled in for each reader.

Only for a reader without a session, to whom the page owes nothing else of their own. What is filled
in is escaped as a template would; the rest of the page is the same bytes for everyone of the same
language, theme and host."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape

from proche.common import words
from proche.common.ui import theme_of

FRESH = 5  # seconds
CSRF = "csrf_token"


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
    page = cache.get(key := _key(request, template, name))
    if page is None:
        page = _drawn(request, template, context, fills)
        cache.set(key, page, FRESH)
    if mark(CSRF) in page:
        fills = {**fills, CSRF: get_token(request)}
    for filled, value in fills.items():
        page = page.replace(mark(filled), escape(value))
    return HttpResponse(page)


def _has_more_to_show(request: HttpRequest) -> bool:
    return bool({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _key(request: HttpRequest, template: str, name: str) -> str:
    parts = [template, name, words.language(), theme_of(request)]
    return ":".join(["shell", *parts, request.scheme, request.get_host()])


def _drawn(
    request: HttpRequest, template: str, context: dict[str, Any], fills: Mapping[str, str]
) -> str:
    marks = {filled: mark(filled) for filled in (*fills, CSRF)}
    if "form" in context:
        context["form"].carry(marks)
    return render_to_string(template, {**context, **marks}, request)
