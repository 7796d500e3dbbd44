"""Rows of people: a member of the bank with an account and the consents of sign-up."""

# factory_boy types its classes, not yet their declarations
# mypy: allow-untyped-calls, allow-untyped-decorators

from typing import Any

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from proche.areas.consent.models import Consent, ConsentText, Purpose
from proche.areas.people.actions import save_person
from proche.areas.people.models import Account, Person
from tests.factories.accounts import ProgrammeFactory


class PersonFactory(DjangoModelFactory[Person]):
    """A member in the bank, without consent to anything: see `consenting`."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    programme = SubFactory(ProgrammeFactory)
    given_name = "Camille"
    family_name = "Ouellet"
    email = Sequence(lambda n: f"camille{n}@example.org")
    language = "fr"
    region = "01"
    city = "Rimouski"
    archetype = "professional"
    occupation = "coiffeuse"
    own_words = "Je parle de cheveux bouclés et de coupes."
    topics = LazyFunction(lambda: ["hair"])
    content_languages = LazyFunction(lambda: ["fr"])
    tries_products = True
    adult = True
    state = Person.State.MEMBER
    joined_at = LazyFunction(timezone.now)

    @post_generation
    def searched(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            save_person(self)


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    person = SubFactory(PersonFactory)
    platform = "instagram"
    handle = Sequence(lambda n: f"camille.coupe{n}")
    followers = 2310
    proof = "public"
    as_of = LazyFunction(timezone.localdate)


def consenting(person: Person, *purposes: str) -> Person:
    """The same person, with these consents in force; without any named, those of the bank."""
    texts = {text.purpose: text for text in ConsentText.objects.order_by("version")}
    for purpose in purposes or (Purpose.BANK, Purpose.OFFERS, Purpose.SHORTLISTS):
        Consent.objects.create(
            person=person,
            purpose=purpose,
            text=texts[purpose],
            language=person.language,
            source=Consent.Source.SIGN_UP,
            french_shown_at=timezone.now(),
            given_at=timezone.now(),
        )
    return person
