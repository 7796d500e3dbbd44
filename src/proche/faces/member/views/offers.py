from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from proche.faces.member.access import MemberRequest, own_page


@own_page
def offer(request: MemberRequest, key: str) -> HttpResponse:
    offer = get_object_or_404(request.person.offers, key=key)
    return render(request, "phone.html", {"offer": offer})
