"""Which people a bulk act is about: those ticked, or everyone the question finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import QueryDict
from django.utils.translation import gettext as _

from proche.areas.accounts.models import Programme
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest
from proche.faces.agency.bank_search import BankSearch
from proche.faces.agency.bank_search.search import rows_of

# A database takes so many values in one question.
CHUNK = 2_000


@dataclass(frozen=True)
class Chosen:
    programme: Programme
    # Primary keys, in the order of the page.
    people: list[int]

    def read(self) -> Iterator[Any]:
        for start in range(0, len(self.people), CHUNK):
            yield from rows_of(self.programme, np.asarray(self.people[start : start + CHUNK]))


def chosen_people(
    request: StaffRequest, given: QueryDict, *, otherwise_everyone: bool = False
) -> Chosen:
    """`everyone` or `person` of what was sent; `question` holds the query string that was asked.

    Raises Refusal where nobody is chosen."""
    ticked = given.getlist("person")
    if given.get("everyone") or (otherwise_everyone and not ticked):
        question = QueryDict(given.get("question")) if "question" in given else given
        found = BankSearch(request.programme, question).people.tolist()
    else:
        found = _ticked(request, ticked)
    if not found and not otherwise_everyone:
        raise Refusal(_("Choose at least one person."), code="nobody_chosen")
    return Chosen(request.programme, found)


def _ticked(request: StaffRequest, keys: list[str]) -> list[int]:
    people = Person.objects.in_programme(request.programme).filter(key__in=keys)
    return list(people.values_list("pk", flat=True))
