"""The door of the member page: one person, their own rows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from proche.areas.accounts.models import Programme
from proche.areas.people.models import Person

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of a person who signed in."""

    person: Person
    programme: Programme


def own_page(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a person in with `request.person`; somebody without a person row gets 404."""

    @wraps(view)
    @login_required
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = (
            Person.objects.filter(user=request.user)  # type: ignore[misc]
            .exclude(state=Person.State.LEFT)
            .select_related("programme")
            .first()
        )
        if person is None:
            raise Http404
        member: Any = request
        member.person, member.programme = person, person.programme
        return view(member, *args, **kwargs)

    return entered
