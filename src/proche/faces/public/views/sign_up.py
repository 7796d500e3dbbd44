"""The sign-up: six short screens, answers kept in the session until the last one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.accounts.models import Programme
from proche.areas.accounts.queries import open_programme
from proche.areas.consent.queries import texts_in_force
from proche.areas.imports.invitations import answer_sign_up
from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import Answers, DeclaredAccount
from proche.areas.recruitment.links import application_of
from proche.areas.recruitment.models import Nomination
from proche.common.errors import Refusal
from proche.faces.public.forms.sign_up import (
    ACCOUNT_LINES,
    AccountLine,
    ConsentsForm,
    SharingForm,
    TrackForm,
    WishesForm,
    YouForm,
)

KEPT = "sign_up"
FRENCH_SHOWN = "french_shown_at"
AccountLines = formset_factory(
    AccountLine, extra=ACCOUNT_LINES, max_num=ACCOUNT_LINES, validate_max=True
)


@dataclass(frozen=True)
class Step:
    name: str
    heading: str | Promise


STEPS = (
    Step("partage", _("How do you share?")),
    Step("vous", _("Who are you?")),
    Step("sujets", _("What do you share?")),
    Step("comptes", _("Where do you post?")),
    Step("envies", _("What would you like?")),
    Step("accords", _("Your agreements, one by one")),
)
NAMES = [step.name for step in STEPS]


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.setdefault(KEPT, {})
    return kept


def _programme() -> Programme:
    programme = open_programme()
    if programme is None:
        raise Http404
    return programme


def start(request: HttpRequest) -> HttpResponse:
    """Always the first screen; what was typed before is still there."""
    return redirect("public:sign_up_step", name=NAMES[0])


def step(request: HttpRequest, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    missing = next((n for n in NAMES[: NAMES.index(name)] if n not in _kept(request)), None)
    if missing:
        return redirect("public:sign_up_step", name=missing)
    if name == "accords" and not _french_first(request):
        return _french_page(request)
    form = _form(request, name)
    if request.method == "POST" and form.is_valid():
        return _next(request, name, form)
    return _screen(request, name, form)


def _form(request: HttpRequest, name: str) -> Any:
    """The form of a screen: bound to what is posted, else filled with what was kept."""
    kept = _kept(request)
    data = request.POST if request.method == "POST" else None
    initial = kept.get(name)
    if name == "accords":
        return ConsentsForm(data, texts=texts_in_force(), language=_side(request))
    if name == "comptes":
        return AccountLines(data, initial=initial)
    if name == "sujets":
        return SharingForm(data, initial=initial, archetype=kept["partage"]["archetype"])
    simple: dict[str, type[forms.Form]] = {
        "partage": TrackForm,
        "vous": YouForm,
        "envies": WishesForm,
    }
    return simple[name](data, initial=initial)


def _next(request: HttpRequest, name: str, form: Any) -> HttpResponse:
    if name == "accords":
        return _send(request, form)
    kept = _kept(request)
    kept[name] = _lines(form) if name == "comptes" else form.cleaned_data
    if name == "comptes" and not kept[name]:
        form.forms[0].add_error("handle", _("Give at least one account: it is how you are close."))
        return _screen(request, name, form)
    request.session.modified = True
    return redirect("public:sign_up_step", name=NAMES[NAMES.index(name) + 1])


def _lines(form: Any) -> list[dict[str, Any]]:
    return [line for line in form.cleaned_data if line.get("handle")]


def _screen(request: HttpRequest, name: str, form: Any) -> HttpResponse:
    here = NAMES.index(name)
    context = {
        "form": form,
        "step": STEPS[here],
        "number": here + 1,
        "total": len(STEPS),
        "back": NAMES[here - 1] if here else None,
        "last": name == "accords",
        "programme": _programme(),
    }
    return render(request, f"public/sign_up/{name}.html", context)


def _side(request: HttpRequest) -> str:
    return "en" if request.LANGUAGE_CODE == "en" else "fr"


def _french_first(request: HttpRequest) -> bool:
    """Charter, s. 55: the French text comes first; whoever reads in French has just seen it."""
    if _side(request) == "fr":
        _kept(request).setdefault(FRENCH_SHOWN, timezone.now().isoformat())
        request.session.modified = True
    return FRENCH_SHOWN in _kept(request)


def _french_page(request: HttpRequest) -> HttpResponse:
    """The French words of every purpose, before the choice to go on in English."""
    texts = texts_in_force()
    return render(request, "public/sign_up/french_first.html", {"texts": texts.values()})


@require_POST
def french_read(request: HttpRequest) -> HttpResponse:
    _kept(request)[FRENCH_SHOWN] = timezone.now().isoformat()
    request.session.modified = True
    return redirect("public:sign_up_step", name="accords")


def _answers(kept: dict[str, Any]) -> Answers:
    accounts = tuple(DeclaredAccount(**line) for line in kept["comptes"])
    sharing = dict(kept["sujets"])
    sharing["topics"] = tuple(sharing["topics"])
    sharing["content_languages"] = tuple(sharing["content_languages"])
    return Answers(
        **kept["partage"], **kept["vous"], **sharing, **kept["envies"], accounts=accounts
    )


def _send(request: HttpRequest, form: ConsentsForm) -> HttpResponse:
    kept = _kept(request)
    nomination = Nomination.objects.filter(key=kept.get("nomination", "")).first()
    try:
        # Who stands in a list of the agency answers on a page of their own.
        if not answer_sign_up(_programme(), kept["vous"]["email"]):
            _apply(request, form, kept, nomination)
    except Refusal as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None, str(refusal.sentence)
        )
        return _screen(request, "accords", form)
    email = kept["vous"]["email"]
    del request.session[KEPT]
    request.session["signed_up_email"] = email
    return redirect("public:sign_up_done")


def _apply(
    request: HttpRequest, form: ConsentsForm, kept: dict[str, Any], nomination: Nomination | None
) -> None:
    actions.apply(
        _programme(),
        _answers(kept),
        purposes=form.purposes,
        language=_side(request),
        french_shown_at=datetime.fromisoformat(kept[FRENCH_SHOWN]),
        nomination=nomination,
    )


def done(request: HttpRequest) -> HttpResponse:
    email = request.session.get("signed_up_email", "")
    return render(request, "public/sign_up/done.html", {"email": email})


def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail scanners open links by themselves."""
    application = application_of(token, "confirm")
    if request.method == "POST":
        actions.confirm_email(application)
        return render(request, "public/sign_up/confirmed.html", {"person": application.person})
    return render(request, "public/sign_up/confirm.html", {"person": application.person})


def ask_review(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token, "review")
    asked = request.method == "POST"
    if asked:
        actions.ask_review(application, request.POST.get("observations", "")[:600])
    return render(
        request, "public/sign_up/review.html", {"application": application, "asked": asked}
    )
