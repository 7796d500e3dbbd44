"""Rows of accounts: a programme, its team."""

# factory_boy types its classes, not yet their declarations
# mypy: allow-untyped-calls, allow-untyped-decorators

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from proche.areas.accounts.models import Programme, Role, User


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    name = Sequence(lambda n: f"Les gens d’ici {n}")
    agency_name = "Voisine"
    officer_name = "Odile Fortin"
    officer_email = "odile@voisine.example"
    postal_address = "12, rue de la Gare, Rimouski (Québec) G5L 1A1"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"user{n}@voisine.example")
    name = "Maude Gagnon"


class RoleFactory(DjangoModelFactory[Role]):
    class Meta:
        model = Role

    user = SubFactory(UserFactory)
    programme = SubFactory(ProgrammeFactory)
    kind = Role.Kind.STRATEGIST
