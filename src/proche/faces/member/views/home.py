from django.http import HttpResponse
from django.shortcuts import render

from proche.faces.member.access import MemberRequest, own_page


@own_page
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "phone.html")


@own_page
def consents(request: MemberRequest) -> HttpResponse:
    return render(request, "phone.html")
