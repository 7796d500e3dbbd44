"""From a sign-up to the bank: what is kept, what is sent, who decides."""

from dataclasses import replace

import pytest
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.consent.models import Purpose
from proche.areas.evidence.models import Verdict
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import Answers, DeclaredAccount
from proche.areas.recruitment.links import application_of, token_for
from proche.areas.recruitment.models import Application
from proche.common.errors import Refusal
from tests.cast import Cast

CAMILLE = Answers(
    given_name="Camille",
    family_name="Ouellet",
    email="Camille@Exemple.example",
    region="01",
    city="Rimouski",
    archetype="professional",
    occupation="coiffeuse",
    adult=True,
    seeks_living="no",
    topics=("beauty",),
    content_languages=("fr",),
    tries_products=True,
    accounts=(DeclaredAccount("instagram", "ciseaux.camille", 812),),
)


def signs_up(cast: Cast, answers: Answers = CAMILLE, *purposes: str) -> Application:
    application = actions.apply(
        cast.programme,
        answers,
        purposes=purposes or (Purpose.BANK, Purpose.OFFERS),
        language="fr",
        french_shown_at=timezone.now(),
    )
    assert application is not None
    return application


def received(cast: Cast, answers: Answers = CAMILLE) -> Application:
    return actions.confirm_email(signs_up(cast, answers))


def kinds_sent(person: Person) -> list[str]:
    return list(person.messages.order_by("id").values_list("kind", flat=True))


def test_a_sign_up_keeps_the_answers_and_sends_only_the_confirmation(cast: Cast) -> None:
    application = signs_up(cast)
    person = application.person
    assert (person.email, person.state, application.state) == (
        "camille@exemple.example",
        Person.State.APPLIED,
        Application.State.UNCONFIRMED,
    )
    assert {c.purpose for c in person.consents.all()} == {Purpose.BANK, Purpose.OFFERS}
    assert kinds_sent(person) == ["confirm_email"]
    assert "rimouski" in person.search_text
    assert "ciseaux.camille" in person.search_text
    assert not Verdict.objects.filter(person=person).exists()


def test_somebody_too_young_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        signs_up(cast, replace(CAMILLE, adult=False))
    assert (refusal.value.code, refusal.value.field) == ("too_young", "adult")
    assert not Person.objects.exists()


def test_without_the_consent_to_the_bank_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        signs_up(cast, CAMILLE, Purpose.OFFERS)
    assert refusal.value.code == "bank_consent_needed"
    assert not Person.objects.exists()


def test_an_address_already_known_gets_a_message_and_makes_no_second_person(cast: Cast) -> None:
    person = actions.accept(received(cast), by=cast.strategist)
    again = actions.apply(
        cast.programme,
        replace(CAMILLE, email="CAMILLE@exemple.example"),
        purposes=[Purpose.BANK],
        language="fr",
        french_shown_at=timezone.now(),
    )
    assert again is None
    assert Person.objects.count() == 1
    assert kinds_sent(person)[-1] == "already_known"


def test_confirming_the_address_proposes_a_verdict_to_sign(cast: Cast) -> None:
    application = received(cast)
    verdict = Verdict.objects.to_sign().get(person=application.person)
    assert application.state == Application.State.RECEIVED
    assert (verdict.tier, verdict.archetype) == ("nano", "professional")
    assert verdict.closeness is None
    assert all(reason["fr"] and reason["en"] for reason in verdict.reasons)


def test_confirming_twice_proposes_once(cast: Cast) -> None:
    application = received(cast)
    actions.confirm_email(application)
    assert Verdict.objects.filter(person=application.person).count() == 1


def test_accepting_signs_the_verdict_opens_the_page_and_welcomes(cast: Cast) -> None:
    person = actions.accept(received(cast), by=cast.strategist)
    person.refresh_from_db()
    verdict = Verdict.objects.signed().get(person=person)
    assert (person.state, verdict.signed_by) == (Person.State.MEMBER, cast.strategist)
    assert person.user == User.objects.get(email="camille@exemple.example")
    assert kinds_sent(person) == ["confirm_email", "welcome"]
    verbs = list(person.timeline.order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["verdict_signed", "person_member"]


def test_an_application_is_decided_once(cast: Cast) -> None:
    application = received(cast)
    actions.accept(application, by=cast.strategist)
    with pytest.raises(Refusal) as refusal:
        actions.refuse(application, "Trop tard", by=cast.owner)
    assert refusal.value.code == "already_decided"


def test_nobody_enters_without_a_verdict(cast: Cast) -> None:
    unknown = (DeclaredAccount("instagram", "ciseaux.camille", None),)
    application = received(cast, replace(CAMILLE, accounts=unknown))
    with pytest.raises(Refusal) as refusal:
        actions.accept(application, by=cast.strategist)
    assert refusal.value.code == "no_verdict"


def test_a_refusal_says_why_and_offers_a_review(cast: Cast) -> None:
    application = received(cast)
    actions.refuse(application, "Peu de publications pour l’instant.", by=cast.strategist)
    message = Message.objects.get(kind="application_refused")
    assert "Peu de publications pour l’instant." in message.body
    assert token_for(application, "review").split("~")[0] in message.body
    application.refresh_from_db()
    assert application.person.state == Person.State.REFUSED


def test_a_refusal_without_a_reason_is_not_sent(cast: Cast) -> None:
    application = received(cast)
    with pytest.raises(Refusal) as refusal:
        actions.refuse(application, "  ", by=cast.strategist)
    assert refusal.value.field == "reason"
    assert not Message.objects.filter(kind="application_refused").exists()


def test_a_review_is_asked_once_and_reaches_the_team(cast: Cast) -> None:
    application = received(cast)
    actions.refuse(application, "Trop d’abonnés.", by=cast.strategist)
    actions.ask_review(application, "Le compte est celui du salon.")
    application.refresh_from_db()
    assert application.state == Application.State.REVIEW
    waiting = Message.objects.get(state=Message.State.RECEIVED)
    assert waiting.body == "Le compte est celui du salon."
    with pytest.raises(Refusal):
        actions.ask_review(application, "Encore")


def test_a_link_for_one_purpose_opens_no_other(cast: Cast) -> None:
    application = signs_up(cast)
    assert application_of(token_for(application, "confirm"), "confirm") == application
    with pytest.raises(Refusal):
        application_of(token_for(application, "confirm"), "review")
