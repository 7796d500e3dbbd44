"""From a sign-up to the bank: what is kept, what is sent, who decides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.consent.models import Purpose
from proche.areas.evidence.models import Verdict
from proche.areas.messages.actions import Recipient, send
from proche.areas.messages.models import Message
from proche.areas.messages.team_letters import TeamLetter
from proche.areas.messages.writing import post_letter, reach_of
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


# Before the address answered


def bulk_letter(cast: Cast, person: Person) -> TeamLetter:
    return TeamLetter.objects.create(
        programme=cast.programme,
        by=cast.strategist,
        subject_fr="Bonjour",
        body_fr="Une nouvelle.",
        people=[person.pk],
    )


@pytest.mark.parametrize("kind", ["reply", "welcome", "application_refused", "offer"])
def test_nothing_but_the_confirmation_goes_to_an_address_that_did_not_answer(
    cast: Cast, kind: str
) -> None:
    person = signs_up(cast).person
    with pytest.raises(Refusal) as refusal:
        send(cast.programme, kind, Recipient.of(person), once_key="x", context={})
    assert refusal.value.code == "email_unconfirmed"
    assert kinds_sent(person) == ["confirm_email"]


def test_no_decision_and_no_letter_of_the_bank_reaches_it(cast: Cast) -> None:
    application = signs_up(cast)
    for act in (
        lambda: actions.refuse(application, "Non.", by=cast.strategist),
        lambda: actions.ask_applicant(application, "Qui?", by=cast.strategist),
        lambda: actions.accept(application, by=cast.strategist),
    ):
        with pytest.raises(Refusal):
            act()
    letter = bulk_letter(cast, application.person)
    assert reach_of(letter).left_out == {"gone": 1}
    with pytest.raises(Refusal):
        post_letter(letter, by=cast.strategist)
    assert kinds_sent(application.person) == ["confirm_email"]


def test_who_never_confirms_is_erased_after_two_weeks_and_nobody_else(cast: Cast) -> None:
    late, waiting = signs_up(cast), received(cast, replace(CAMILLE, email="noe@exemple.example"))
    long_ago = timezone.now() - timedelta(days=15)
    Application.objects.update(submitted_at=long_ago)
    actions.forget(timezone.now())
    assert list(Application.objects.all()) == [waiting]
    assert not Person.objects.filter(pk=late.person_id).exists()
    assert not Message.objects.filter(to="camille@exemple.example").exists()


def test_three_confirmations_at_most_go_to_an_address(cast: Cast) -> None:
    person = signs_up(cast).person
    for hour in range(1, 6):
        person.messages.update(once_key=Concat("once_key", Value(f"+{hour}")))
        signs_up(cast)
    assert kinds_sent(person) == ["confirm_email"] * 3


def test_two_questions_asked_within_a_minute_both_leave(cast: Cast) -> None:
    application = received(cast)
    for question in ("Combien d’abonnés?", "Depuis quand?"):
        actions.ask_applicant(application, question, by=cast.strategist)
    letters = application.person.messages.filter(kind="application_question").order_by("pk")
    assert ["abonnés?" in letter.body for letter in letters] == [True, False]
    assert ["quand?" in letter.body for letter in letters] == [False, True]


def test_an_answer_is_noted_only_where_a_question_was_sent(cast: Cast) -> None:
    application = received(cast)
    for act in (actions.note_answer, actions.wait_again):
        with pytest.raises(Refusal) as refusal:
            act(application, by=cast.strategist)
        assert refusal.value.code == "nothing_asked"
    actions.ask_applicant(application, "Combien d’abonnés?", by=cast.strategist)
    noted = actions.note_answer(application, by=cast.strategist)
    assert noted.state == Application.State.RECEIVED
    assert actions.wait_again(noted, by=cast.strategist).state == Application.State.ASKED
    verbs = list(application.person.timeline.order_by("id").values_list("verb", flat=True))
    assert verbs[-3:] == ["applicant_asked", "applicant_answered", "applicant_waited_for"]
