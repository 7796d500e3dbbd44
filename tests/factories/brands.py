"""Rows of brands: a brand with its categories, a contact, a brief that may be sent."""

# factory_boy types its classes, not yet their declarations
# mypy: allow-untyped-calls, allow-untyped-decorators

from datetime import timedelta

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from proche.areas.brands.models import Brand, Brief, Contact
from tests.factories.accounts import ProgrammeFactory


class BrandFactory(DjangoModelFactory[Brand]):
    class Meta:
        model = Brand

    programme = SubFactory(ProgrammeFactory)
    name = Sequence(lambda n: f"Sapinelle {n}")
    categories = LazyFunction(lambda: ["hair"])
    values_fr = "Des soins faits au Bas-Saint-Laurent, avec ce que la forêt donne."
    values_en = "Care made in the Bas-Saint-Laurent, with what the forest gives."


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    brand = SubFactory(BrandFactory)
    name = "Mireille Savard"
    email = Sequence(lambda n: f"mireille{n}@sapinelle.example")
    language = "fr"


class BriefFactory(DjangoModelFactory[Brief]):
    class Meta:
        model = Brief

    brand = SubFactory(BrandFactory)
    format = "product"
    exchange = "gift"
    title_fr = "Huile aux bourgeons de sapin"
    title_en = "Fir bud oil"
    gets_fr = "Un flacon de 50 ml d’huile pour les cheveux."
    gets_en = "A 50 ml bottle of hair oil."
    asks_fr = "L’essayer pendant deux semaines et nous dire ce que vous en pensez."
    asks_en = "Try it for two weeks and tell us what you think."
    fair_value_cents = 2900
    quantity = 12
    starts_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    ends_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    topics = LazyFunction(lambda: ["hair"])
