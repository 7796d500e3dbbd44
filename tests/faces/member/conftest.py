"""A member at their own page, and a member of the same programme who must see nothing of it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.campaigns import who_agreed


@dataclass(frozen=True)
class Member:
    person: Person
    browser: Client
    neighbour: Client


@pytest.fixture
def member(cast: Cast) -> Member:
    cast.programme.asks_per_quarter = 9
    cast.programme.save()
    person, other = who_agreed(cast.programme), who_agreed(cast.programme, given_name="Bao")
    assert person.user is not None
    assert other.user is not None
    return Member(person, signed_in(person.user), signed_in(other.user))
