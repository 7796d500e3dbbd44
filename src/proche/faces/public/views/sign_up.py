"""The sign-up: six short screens, kept as they are typed until the last one is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.accounts.models import Programme
from proche.areas.accounts.queries import open_programme
from proche.areas.consent import limits
from proche.areas.consent.queries import texts_together
from proche.areas.imports.invitations import answer_sign_up
from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import Answers, DeclaredAccount
from proche.areas.recruitment.limits import take_letter
from proche.common.errors import Refusal
from proche.common.places import places
from proche.faces.public.address import address_of
from proche.faces.public.forms.accounts import MOST_ACCOUNTS, AccountLine, AccountLines
from proche.faces.public.forms.sign_up import (
    SHARING,
    ConsentsForm,
    TrackForm,
    WishesForm,
    YouForm,
)
from proche.faces.public.signing_up import FRENCH_SHOWN, NAMES, SignUp, forget_here


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


def programme_or_404() -> Programme:
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
    kept = SignUp(request)
    missing = kept.missing_before(name)
    if missing:
        return redirect("public:sign_up_step", name=missing)
    if name == "accords" and not _french_first(request, kept):
        return _french_page(request)
    if request.method == "POST":
        return _sent(request, kept, name)
    return _screen(request, name, _form(request, kept, name))


def _sent(request: HttpRequest, kept: SignUp, name: str) -> HttpResponse:
    form = _form(request, kept, name, request.POST)
    later = "later" in request.POST
    if name == "accords":
        if later:
            kept.kept["at"] = name
            kept.save()
            return redirect("public:sign_up_later")
        return _send(request, kept, form) if form.is_valid() else _screen(request, name, form)
    no_box = name == "envies" and form.has_error(limits.BOX)
    kept.keep_screen(
        name, _without_limits(request.POST) if no_box else request.POST, done=form.is_valid()
    )
    kept.save()
    if later and not no_box:
        return redirect("public:sign_up_later")
    if name == "comptes" and "add" in request.POST:
        return _screen(request, name, _one_line_more(request.POST))
    if not form.is_valid():
        return _screen(request, name, form)
    return redirect("public:sign_up_step", name=NAMES[NAMES.index(name) + 1])


def _without_limits(sent: QueryDict) -> QueryDict:
    """What tells of health is not kept before its box is ticked; the page shows it again."""
    data = sent.copy()
    data.pop("limits", None)
    return data


def _form(request: HttpRequest, kept: SignUp, name: str, sent: QueryDict | None = None) -> Any:
    """The form of a screen: bound to what is sent, else filled with what was kept."""
    if name == "accords":
        return ConsentsForm(sent, texts=texts_together(), language=_side(request))
    held = kept.sent(name) if sent is None else None
    if name == "comptes":
        return AccountLines(sent, initial=_lines(held)) if sent is None else AccountLines(sent)
    if name == "vous":
        return _filled(YouForm, sent, held, age=actions.age_asked(programme_or_404()))
    if name == "sujets":
        return _filled(SHARING.get(kept.archetype, SHARING["consumer"]), sent, held)
    simple: dict[str, type[forms.Form]] = {"partage": TrackForm, "envies": WishesForm}
    return _filled(simple[name], sent, held)


def _filled(
    kind: type[forms.Form], sent: QueryDict | None, held: QueryDict | None, **more: Any
) -> forms.Form:
    form = kind(sent, **more)
    if held is not None:
        form.initial = {
            name: field.widget.value_from_datadict(held, {}, name)
            for name, field in form.fields.items()
        }
    return form


def _lines(held: QueryDict | None) -> list[dict[str, str]]:
    """The lines that hold something; an empty one is drawn again where there is none."""
    fields, held = list(AccountLine.base_fields), held or QueryDict()
    lines = [
        {field: str(held.get(f"form-{number}-{field}", "")) for field in fields}
        for number in range(MOST_ACCOUNTS)
    ]
    return [line for line in lines if any(line.values())]


def _one_line_more(sent: QueryDict) -> Any:
    data = sent.copy()
    shown = str(data.get("form-TOTAL_FORMS", "1"))
    count = int(shown) if shown.isdigit() and len(shown) < 4 else 1
    data["form-TOTAL_FORMS"] = str(min(count + 1, MOST_ACCOUNTS))
    return AccountLines(data)


def _screen(request: HttpRequest, name: str, form: Any) -> HttpResponse:
    here = NAMES.index(name)
    context = {
        "form": form,
        "step": STEPS[here],
        "number": here + 1,
        "total": len(STEPS),
        "back": NAMES[here - 1] if here else None,
        "last": name == "accords",
        "programme": programme_or_404(),
    }
    if name == "vous":
        context["places"] = places()
    if name == "comptes":
        context["may_add"] = len(form.forms) < MOST_ACCOUNTS
    return render(request, f"public/sign_up/{name}.html", context)


def _side(request: HttpRequest) -> str:
    return "en" if request.LANGUAGE_CODE == "en" else "fr"


def _french_first(request: HttpRequest, kept: SignUp) -> bool:
    """Charter, s. 55: the French text comes first; whoever reads in French has just seen it."""
    if _side(request) == "fr":
        kept.note_french()
    return FRENCH_SHOWN in kept.kept


def _french_page(request: HttpRequest) -> HttpResponse:
    """The French words of every purpose, before the choice to go on in English."""
    texts = texts_together()
    return render(request, "public/sign_up/french_first.html", {"texts": texts.values()})


@require_POST
def french_read(request: HttpRequest) -> HttpResponse:
    SignUp(request).note_french()
    return redirect("public:sign_up_step", name="accords")


def _answers(request: HttpRequest, kept: SignUp) -> Answers | str:
    """Every screen read once more by its form; the name of the first one that no longer holds,
    where a form changed since it was filled."""
    read: dict[str, Any] = {}
    for name in NAMES[:-1]:
        form = _form(request, kept, name, kept.sent(name))
        if not form.is_valid():
            return name
        read[name] = form
    sharing = dict(read["sujets"].cleaned_data)
    track = {field: sharing.pop(field) for field in read["sujets"].TRACK}
    for field in ("topics", "content_languages"):
        sharing[field] = tuple(sharing[field])
    return Answers(
        **read["partage"].cleaned_data,
        **read["vous"].cleaned_data,
        **sharing,
        **read["envies"].cleaned_data,
        accounts=tuple(DeclaredAccount(**line) for line in read["comptes"].accounts),
        track=track,
    )


def _send(request: HttpRequest, kept: SignUp, form: ConsentsForm) -> HttpResponse:
    answers = _answers(request, kept)
    if isinstance(answers, str):
        return redirect("public:sign_up_step", name=answers)
    try:
        take_letter(address_of(request), answers.email)
        # Who stands in a list of the agency answers on a page of their own.
        if not answer_sign_up(programme_or_404(), answers.email):
            actions.apply(
                programme_or_404(),
                answers,
                purposes=form.purposes,
                language=_side(request),
                french_shown_at=datetime.fromisoformat(kept.kept[FRENCH_SHOWN]),
                nomination=kept.nomination(),
            )
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.sentence))
        return _screen(request, "accords", form)
    if "draft" in kept.kept:
        actions.destroy_draft(kept.kept["draft"])
    forget_here(request)
    request.session["signed_up_email"] = answers.email
    return redirect("public:sign_up_done")


def done(request: HttpRequest) -> HttpResponse:
    email = request.session.get("signed_up_email", "")
    return render(request, "public/sign_up/done.html", {"email": email})
