"""People proposed to a brand: no account, nothing that identifies anybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from proche.areas.campaigns.queries import who_came
from proche.areas.matching.actions import answer_review, note_opened
from proche.areas.matching.models import BrandReview
from proche.areas.matching.queries import review_by_link, shown_to_brand
from proche.areas.matching.rules import is_open
from proche.common.errors import Refusal
from proche.common.ui import toast
from proche.faces.brand.forms.review import AnswerForm
from proche.faces.brand.previews import looked_at


def show(request: HttpRequest, token: str) -> HttpResponse:
    review = review_by_link(token)
    with translation.override(_language(request, review)):
        response = _shown(request, review, token)
        response.headers["Content-Language"] = translation.get_language() or ""
    # The address is the key: it is kept by no search engine, no other site and no cache. Under
    # « no-referrer » a browser hides its origin from us too, and the answer would be refused.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _language(request: HttpRequest, review: BrandReview | None) -> str:
    """The one chosen on the page, else the one the contact is written to in."""
    if review is None or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return translation.get_language() or settings.LANGUAGE_CODE
    return review.contact.language


def _shown(request: HttpRequest, review: BrandReview | None, token: str) -> HttpResponse:
    if review is None:
        return render(request, "brand/closed.html", status=404)
    brief = review.roster.shortlist.brief
    page: Any = request
    page.programme = brief.brand.programme
    if not is_open(review):
        return render(request, "brand/closed.html", {"review": review}, status=410)
    if request.method == "POST" or looked_at(request):
        note_opened(review, answers=request.method == "POST")
    form = AnswerForm(request.POST or None, initial=_answered(review))
    if request.method == "POST" and form.is_valid():
        try:
            answer_review(review, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            toast(request, _("Thank you. The agency has your answer."))
            return redirect("brand:review", token)
    named, others = who_came(brief)
    context = {
        "review": review,
        "brief": brief,
        "people": shown_to_brand(review),
        "words": review.words.order_by("at", "pk"),
        "named": named,
        "others": others,
        "form": form,
    }
    return render(request, "brand/review.html", context)


def _answered(review: BrandReview) -> dict[str, str]:
    if review.answered_at is None:
        return {}
    return {"state": review.state, "comment": review.comment}
