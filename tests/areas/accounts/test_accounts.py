"""Opening an installation once, the team, and who may do what."""

import pytest
from django.core.signing import BadSignature

from proche.areas.accounts import rules
from proche.areas.accounts.actions import (
    FIRST_START,
    add_to_team,
    open_installation,
    remove_from_team,
)
from proche.areas.accounts.models import Role, User
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import PersonFactory

OPENING = {
    "name": "Maude Gagnon",
    "email": "Maude@Voisine.example",
    "agency_name": "Voisine",
    "programme_name": "Les gens d’ici",
    "postal_address": "1, rue du Fleuve, Rimouski",
}


@pytest.mark.django_db
def test_the_first_start_makes_an_owner_without_a_password_and_works_once() -> None:
    FIRST_START.check(FIRST_START.token())
    owner = open_installation(**OPENING)
    assert (owner.email, owner.has_usable_password()) == ("maude@voisine.example", False)
    assert owner.roles.get().kind == Role.Kind.OWNER
    with pytest.raises(BadSignature):
        FIRST_START.check(FIRST_START.token())
    with pytest.raises(Refusal):
        open_installation(**{**OPENING, "email": "autre@voisine.example"})
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_wrong_first_start_link_opens_nothing() -> None:
    with pytest.raises(BadSignature):
        FIRST_START.check("devine")


def test_each_role_may_do_what_its_name_says(cast: Cast) -> None:
    may = {
        user: (
            rules.may_enter_workspace(user, cast.programme),
            rules.may_decide(user, cast.programme),
            rules.may_manage_team(user, cast.programme),
        )
        for user in (cast.owner, cast.strategist, cast.assistant, cast.stranger)
    }
    assert list(may.values()) == [
        (True, True, True),
        (True, True, False),
        (True, False, False),
        (False, False, False),
    ]


def test_a_stranger_sees_no_row_and_door_staff_only_the_door(cast: Cast) -> None:
    PersonFactory.create(programme=cast.programme)
    door = add_to_team(cast.programme, name="Porte", email="porte@voisine.example", kind="door")
    seen = [Person.objects.for_actor(u).count() for u in (cast.owner, cast.stranger, door.user)]
    assert seen == [1, 0, 0]
    assert rules.may_check_in(door.user, cast.programme)


def test_somebody_joins_the_team_once(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        add_to_team(cast.programme, name="Maude", email=cast.owner.email.upper(), kind="assistant")
    assert refusal.value.field == "email"


def test_the_last_owner_stays(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        remove_from_team(Role.objects.get(user=cast.owner))
    assert refusal.value.code == "last_owner"
    remove_from_team(Role.objects.get(user=cast.assistant))
    assert Role.objects.filter(programme=cast.programme).count() == 2
