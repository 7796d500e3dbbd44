"""The cast: who works where, and a stranger who must see nothing of it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from proche.areas.accounts.models import Programme, Role, User
from tests.factories.accounts import ProgrammeFactory, RoleFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Cast:
    """One programme with its team; the stranger runs another programme and sees none of this."""

    programme: Programme
    owner: User
    strategist: User
    assistant: User
    stranger: User


def make_cast() -> Cast:
    programme = ProgrammeFactory.create()
    return Cast(
        programme=programme,
        owner=_in_team(programme, Role.Kind.OWNER, "Odile Fortin"),
        strategist=_in_team(programme, Role.Kind.STRATEGIST, "Maude Gagnon"),
        assistant=_in_team(programme, Role.Kind.ASSISTANT, "Théo Bélanger"),
        stranger=_in_team(ProgrammeFactory.create(), Role.Kind.OWNER, "Une autre agence"),
    )


def _in_team(programme: Programme, kind: str, name: str) -> User:
    user = UserFactory.create(name=name)
    RoleFactory.create(user=user, programme=programme, kind=kind)
    return user


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def signed_in(user: User, **headers: Any) -> Client:
    client = Client(**headers)
    client.force_login(user, backend=BACKEND)
    return client
