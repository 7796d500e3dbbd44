from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html")


def sign_up(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html")
