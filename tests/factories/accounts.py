"""Rows of accounts: a programme, its team."""

import factory

from proche.areas.accounts.models import Programme, Role, User


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Les gens d’ici {n}")
    agency_name = "Voisine"
    officer_name = "Odile Fortin"
    officer_email = "odile@voisine.example"
    postal_address = "12, rue de la Gare, Rimouski (Québec) G5L 1A1"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@voisine.example")
    name = "Maude Gagnon"


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    kind = Role.Kind.STRATEGIST
