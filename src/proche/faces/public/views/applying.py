"""What an applicant does by the links of their messages: confirm, ask for a review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from proche.areas.recruitment import actions
from proche.areas.recruitment.links import application_of
from proche.areas.recruitment.models import Application


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
    elif application.review_asked_at and application.state != Application.State.REFUSED:
        # The link opened again: the answer stands, there is nothing to ask twice.
        asked = True
    return render(
        request, "public/sign_up/review.html", {"application": application, "asked": asked}
    )
