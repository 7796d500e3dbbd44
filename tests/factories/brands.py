"""Rows of brands: a brand with its category, a contact, a brief that may be sent."""

from datetime import timedelta

import factory
from django.utils import timezone

from proche.areas.brands.models import Brand, Brief, Contact
from tests.factories.accounts import ProgrammeFactory


class BrandFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Brand

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Sapinelle {n}")
    category = "soins capillaires"
    values_fr = "Des soins faits au Bas-Saint-Laurent, avec ce que la forêt donne."
    values_en = "Care made in the Bas-Saint-Laurent, with what the forest gives."


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    brand = factory.SubFactory(BrandFactory)
    name = "Mireille Savard"
    email = factory.Sequence(lambda n: f"mireille{n}@sapinelle.example")
    language = "fr"


class BriefFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Brief

    brand = factory.SubFactory(BrandFactory)
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
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    topics = factory.LazyFunction(lambda: ["hair"])
