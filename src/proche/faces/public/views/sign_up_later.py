"""A sign-up put aside: one message, a link that reopens it anywhere, and how to forget it all."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from proche.areas.recruitment import actions
from proche.areas.recruitment.actions.drafts import LIFETIME
from proche.areas.recruitment.marks import email_mark
from proche.areas.recruitment.models import Draft
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.public.address import address_of
from proche.faces.public.forms.sign_up import LaterForm
from proche.faces.public.signing_up import KEPT, SignUp, forget_here
from proche.faces.public.views.calls import private
from proche.faces.public.views.sign_up import programme_or_404

SENT_TO = "sign_up_later_email"


def later(request: HttpRequest) -> HttpResponse:
    """Ask where to send the link; say what is kept, and until when."""
    kept = SignUp(request)
    if not kept.kept["screens"]:
        return redirect("public:sign_up")
    form = LaterForm(request.POST or None, initial={"email": kept.email})
    if request.method == "POST" and form.is_valid() and _put_aside(request, kept, form):
        return redirect("public:sign_up_later_sent")
    context = {"form": form, "back": kept.at, "days": LIFETIME.days}
    return render(request, "public/sign_up/later.html", context)


def _put_aside(request: HttpRequest, kept: SignUp, form: LaterForm) -> bool:
    email, programme = form.cleaned_data["email"], programme_or_404()
    before = Draft.objects.filter(pk=kept.kept.get("draft", 0)).first()
    if before is not None and before.email_mark == email_mark(programme, email):
        # The link of the first message opens these answers as they are now: no second message.
        kept.save()
        request.session[SENT_TO] = email
        return True
    try:
        draft = actions.put_aside(
            programme,
            kept.to_keep(),
            email=email,
            language=translation.get_language() or "fr",
            network=address_of(request),
            nomination=kept.nomination(),
        )
    except Refusal as refusal:
        form.add_error("email", str(refusal.sentence))
        return False
    if before is not None:
        # The first address was mistyped: what went there opens nothing any more.
        actions.destroy_draft(before.pk)
    kept.kept["draft"] = draft.pk
    kept.save()
    request.session[SENT_TO] = email
    return True


def later_sent(request: HttpRequest) -> HttpResponse:
    kept = SignUp(request)
    draft = Draft.objects.filter(pk=kept.kept.get("draft", 0)).first()
    if draft is None:
        return redirect("public:sign_up_later")
    context = {"email": request.session.get(SENT_TO, ""), "draft": draft, "back": kept.at}
    return render(request, "public/sign_up/later_sent.html", context)


def forget(request: HttpRequest) -> HttpResponse:
    """Destroy what was typed, the draft and its message too; `here` leaves those alone."""
    here_only = request.GET.get("ici") == "1"
    if request.method == "POST":
        draft = request.session.get(KEPT, {}).get("draft")
        if draft and not here_only:
            actions.destroy_draft(draft)
        forget_here(request)
        request.session.pop(SENT_TO, None)
        said = (
            _("Nothing is left on this device. The link still opens your answers.")
            if here_only
            else _("Your answers are forgotten. Nothing of them is kept.")
        )
        ui.toast(request, said)
        return redirect("public:home")
    back = SignUp(request).at
    context = {"back": back, "here_only": here_only}
    return render(request, "public/sign_up/forget.html", context)


def resume(request: HttpRequest, token: str) -> HttpResponse:
    """A page before anything, because mail scanners open links by themselves."""
    draft = actions.draft_of(token)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(draft.language)
    if request.method == "POST":
        answer = (
            _forgotten(request, draft) if "forget" in request.POST else _resumed(request, draft)
        )
    else:
        answer = render(request, "public/sign_up/resume.html", {"draft": draft})
    answer.headers["Content-Language"] = translation.get_language() or "fr"
    return private(answer)


def _resumed(request: HttpRequest, draft: Draft) -> HttpResponse:
    request.session[KEPT] = {**actions.take_up(draft), "draft": draft.pk}
    answer = redirect("public:sign_up_step", name=SignUp(request).at)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, draft.language, samesite="Lax")
    return answer


def _forgotten(request: HttpRequest, draft: Draft) -> HttpResponse:
    actions.destroy_draft(draft.pk)
    if request.session.get(KEPT, {}).get("draft") == draft.pk:
        forget_here(request)
    return render(request, "public/sign_up/forgotten.html")
