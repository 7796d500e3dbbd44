"""What an imported person reads by the link they received: what is held, then yes or no."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from proche.areas.consent.queries import texts_together
from proche.areas.content.leaving import erase
from proche.areas.imports.invitations import confirm
from proche.areas.imports.links import origin_of
from proche.areas.imports.models import Origin
from proche.areas.recruitment.actions import age_asked
from proche.common.errors import Refusal
from proche.faces.public.forms.imported import AnswerForm

FRENCH_SHOWN = "import_french_shown_at"


def _side(request: HttpRequest) -> str:
    return "en" if request.LANGUAGE_CODE == "en" else "fr"


def show(request: HttpRequest, token: str) -> HttpResponse:
    """Charter, s. 55: the words stand in French first, then in the language of the reader."""
    origin = _unanswered(token)
    shown: str = request.session.setdefault(FRENCH_SHOWN, timezone.now().isoformat())
    form = AnswerForm(
        request.POST or None,
        texts=texts_together(),
        language=_side(request),
        age=age_asked(origin.person.programme),
    )
    if request.method == "POST" and form.is_valid() and _confirmed(request, origin, form, shown):
        return render(
            request, "public/imported/joined.html", {"programme": origin.person.programme}
        )
    context: dict[str, Any] = {
        "origin": origin,
        "person": origin.person,
        "programme": origin.person.programme,
        "accounts": list(origin.person.accounts.all()),
        "form": form,
        "token": token,
        "french_first": [] if _side(request) == "fr" else list(texts_together().values()),
    }
    return render(request, "public/imported/show.html", context)


def _unanswered(token: str) -> Origin:
    origin = origin_of(token)
    if origin.confirmed_at:
        raise Refusal(_("This link was already answered. Thank you."), code="answered")
    return origin


def _confirmed(request: HttpRequest, origin: Origin, form: AnswerForm, shown: str) -> bool:
    try:
        confirm(
            origin,
            form.purposes,
            language=_side(request),
            french_shown_at=datetime.fromisoformat(shown),
        )
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.sentence))
        return False
    return True


def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Everything is erased; a one-way mark keeps a later list from bringing them back."""
    origin = _unanswered(token)
    if request.method == "POST":
        erase(origin.person)
        return redirect("public:imported_gone")
    context = {
        "layout": "page.html",
        "question": _("Erase everything about you?"),
        "lines": [
            _("Your name, your address and your accounts are erased at once, for good."),
            _("A one-way mark of your address stays, so that no list brings you back."),
        ],
        "verb": _("Yes, erase"),
        "back_url": f"/inscription/liste/{token}/",
        "stop": True,
    }
    return render(request, "confirm.html", context)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "public/imported/gone.html")
