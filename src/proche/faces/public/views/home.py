"""The front page, and the notice about personal information (Law 25, ss. 3.2 and 8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from proche.areas.accounts.queries import open_programme
from proche.areas.consent.queries import texts_in_force
from proche.areas.content.retention import Delays, delays_of
from proche.areas.recruitment.queries import current_call


def index(request: HttpRequest) -> HttpResponse:
    programme = open_programme()
    call = current_call(programme) if programme else None
    return render(request, "public/home.html", {"call": call})


def notice(request: HttpRequest) -> HttpResponse:
    programme = open_programme()
    delays = delays_of(programme) if programme else Delays()
    page = {"texts": texts_in_force().values(), "delays": delays}
    return render(request, "public/notice.html", page)
