"""What pages share beyond templates: how forms are drawn, toasts with an undo, the theme choice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.forms.renderers import DjangoTemplates
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.http import content_disposition_header

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
UNDO = "undo:"
OUR_TEMPLATES = Path(__file__).parent / "templates"
DJANGO_TEMPLATES = Path(django.forms.__file__).parent / "templates"


class FormRenderer(DjangoTemplates):
    """Our fields first, Django's widgets after: `{{ form }}` alone gives a finished form."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [OUR_TEMPLATES, DJANGO_TEMPLATES],
                "NAME": "proche_forms",
                "OPTIONS": {
                    "builtins": [
                        "proche.common.templatetags.ui",
                        "django.templatetags.i18n",
                        "django.templatetags.static",
                    ]
                },
            }
        )


class _Cards:
    """Adds a line of explanation under each choice, by value."""

    def __init__(self, *, helps: Mapping[str, str | Promise] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.helps = helps or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["help"] = self.helps.get(str(value), "")
        option["wrap_label"] = False
        return option


class RadioCards(_Cards, forms.RadioSelect):
    """One choice among a few, each a big card: `RadioCards(helps={"consumer": _("…")})`."""

    template_name = "ui/widgets/cards.html"


class CheckboxCards(_Cards, forms.CheckboxSelectMultiple):
    template_name = "ui/widgets/cards.html"


def toast(request: HttpRequest, sentence: str | Promise, *, undo: str | None = None) -> None:
    """Say what was done, in the past tense; `undo` is the address a POST takes it back at."""
    messages.success(request, str(sentence), extra_tags=f"{UNDO}{undo}" if undo else "")


def theme_of(request: HttpRequest | None) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else "auto"


def served(stored: FieldFile, name: str, kind: str) -> HttpResponse:
    """A private file, as one to keep: no browser runs, frames, guesses or caches what it holds."""
    try:
        with stored.open("rb") as opened:
            response = HttpResponse(opened.read(), content_type=kind)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
