from django.http import HttpResponse
from django.shortcuts import render

from proche.faces.agency.access import StaffRequest, workspace


@workspace
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "workspace.html")
