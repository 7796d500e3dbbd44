"""Home, what is known, consents, answers, questions, a break, the copy, leaving."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.campaigns.actions import decline, reconsider
from proche.areas.consent.models import Consent, ConsentText, Purpose
from proche.areas.evidence.models import Evidence, Verdict
from proche.areas.messages.actions import answer, ask_team
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from proche.common.words import short_day
from tests.cast import Cast, signed_in
from tests.faces.member.conftest import Member
from tests.factories.campaigns import an_exchange, an_offer, received, shipped
from tests.factories.people import AccountFactory, consenting

PAGES = ["", "profil/", "profil/revision/", "accords/", "reponses/", "question/", "donnees/"]


def text_of(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, "quitter/"])
def test_the_team_has_no_member_page(cast: Cast, page: str) -> None:
    for user in (cast.owner, cast.stranger):
        assert signed_in(user).get(f"/moi/{page}").status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "quitter/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_opens_in_both_languages(member: Member, page: str, language: str) -> None:
    member.browser.cookies["django_language"] = language
    assert f'<html lang="{language}"' in text_of(member.browser, f"/moi/{page}")


def test_home_says_that_nothing_waits(member: Member) -> None:
    assert "Rien ne vous attend." in text_of(member.browser, "/moi/")


def test_home_lists_each_thing_that_waits(member: Member) -> None:
    shipped(member.person)
    received(member.person, exchange="agreed", obligation=True)
    received(member.person)
    an_offer(member.person)
    page = text_of(member.browser, "/moi/")
    for said in ("Trois choses vous attendent.", "est en route", "Une publication sur"):
        assert said in page


def test_home_asks_the_same_queries_for_one_exchange_as_for_three(member: Member) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            member.browser.get("/moi/")
        return len(captured)

    received(member.person, exchange="agreed", obligation=True)
    offers = [an_offer(member.person)]
    first = queries()
    for _ in range(2):
        # One is asked at a time; a no taken back makes several wait at once.
        decline(offers[-1])
        received(member.person, exchange="agreed", obligation=True)
        offers.append(an_offer(member.person))
    for offer in offers[:-1]:
        reconsider(offer)
    assert queries() == first
    assert first <= 15


def test_an_answered_question_shows_at_home(member: Member, cast: Cast) -> None:
    question = ask_team(member.person, "Puis-je l’offrir à ma sœur?")
    answer(question, "Bien sûr.", by=cast.strategist)
    assert "Questions répondues" in text_of(member.browser, "/moi/")
    assert "Bien sûr." in text_of(member.browser, "/moi/question/")


@pytest.mark.parametrize(
    ("state", "said"),
    [("applied", "Une personne lit vos réponses."), ("refused", "Demander une révision")],
)
def test_who_is_not_a_member_is_told_where_they_stand(
    member: Member, state: str, said: str
) -> None:
    Person.objects.filter(pk=member.person.pk).update(state=state)
    assert said in text_of(member.browser, "/moi/")


def test_what_is_known_is_shown_with_its_proof_and_what_is_not_with_its_reason(
    member: Member,
) -> None:
    day = timezone.localdate()
    Evidence.objects.create(
        person=member.person,
        measure="reply_rate",
        value=0.62,
        low=0.55,
        high=0.69,
        n=180,
        proof="archive",
        as_of=day,
    )
    Evidence.objects.create(
        person=member.person, measure="reciprocity", proof="archive", as_of=day, note="not_given"
    )
    page = text_of(member.browser, "/moi/profil/")
    for said in (
        "62\N{NO-BREAK SPACE}%",
        "55\N{NO-BREAK SPACE}% à 69\N{NO-BREAK SPACE}%",
        "sur 180 commentaires",
        "Les données reçues n’en parlent pas.",
        "Personne n’a encore décidé.",
    ):
        assert said in page


def test_only_a_signed_verdict_is_shown_and_a_review_can_be_asked(
    member: Member, cast: Cast
) -> None:
    now = timezone.now()
    verdict = Verdict.objects.create(
        person=member.person,
        proposed_tier="micro",
        tier="micro",
        confidence=0.6,
        thresholds_version="1",
        proposed_at=now,
        reasons=[{"code": "x", "fr": "Un média kit dans la bio.", "en": "A media kit."}],
    )
    assert "Un média kit" not in text_of(member.browser, "/moi/profil/")
    verdict.signed_at, verdict.signed_by = now, cast.strategist
    verdict.save()
    assert "Un média kit" in text_of(member.browser, "/moi/profil/")
    member.browser.post("/moi/profil/revision/", {"text": "C’est une erreur."})
    asked = Message.objects.get(direction="in")
    assert (asked.person, asked.state) == (member.person, Message.State.RECEIVED)
    assert asked.body.endswith("C’est une erreur.")


def test_a_review_reaches_today_with_its_day_and_is_answered_to_the_member(
    member: Member, cast: Cast
) -> None:
    member.browser.post("/moi/profil/revision/", {"text": "Je ne vends rien."})
    asked = Message.objects.get(kind="review")
    Message.objects.update(created_at=timezone.localtime() - timedelta(days=3))
    day = timezone.localdate() - timedelta(days=3)
    staff = signed_in(cast.strategist)
    today = text_of(staff, "/bureau/")
    assert "Demande la révision de son verdict" in today
    assert f"demandé le {short_day(day)}" in today
    assert "3 jours" in today
    # Asked once, it waits: the page says so in place of the button.
    waiting = text_of(member.browser, "/moi/profil/")
    assert "Vous avez demandé une révision le" in waiting
    assert "/moi/profil/revision/" not in waiting
    member.browser.post("/moi/profil/revision/", {"text": "Encore moi."})
    assert Message.objects.filter(kind="review").count() == 1
    answered = f"/bureau/repondre/{asked.pk}/"
    assert "demande qu’une personne regarde de nouveau" in text_of(staff, answered)
    staff.post(answered, {"text": "Vous aviez raison : c’est corrigé."})
    told = text_of(member.browser, "/moi/profil/")
    assert "Vous aviez raison : c’est corrigé." in told
    assert "/moi/profil/revision/" in told
    assert "Vous aviez raison" not in text_of(member.neighbour, "/moi/profil/")


def test_each_measure_is_shown_with_its_interval_sample_and_day(member: Member) -> None:
    account = AccountFactory.create(person=member.person, followers=812)
    Evidence.objects.create(
        person=member.person,
        account=account,
        measure="reply_rate",
        value=0.75,
        n=40,
        low=0.6,
        high=0.86,
        proof="archive",
        as_of=date(2026, 5, 1),
    )
    page = text_of(member.browser, "/moi/profil/")
    nbsp = "\N{NO-BREAK SPACE}"
    for said in ("sur 40 commentaires", f"60{nbsp}% à 86{nbsp}%", "depuis le 1er mai 2026"):
        assert said in page


def test_somebody_refused_asks_that_their_application_be_read_again(member: Member) -> None:
    Person.objects.filter(pk=member.person.pk).update(state="refused")
    application = Application.objects.create(
        person=member.person,
        state="refused",
        language="fr",
        submitted_at=timezone.now(),
        refusal_reason="Pas assez de publications.",
    )
    assert "Pas assez de publications." in text_of(member.browser, "/moi/")
    member.browser.post("/moi/profil/revision/", {"text": "J’en ai d’autres ailleurs."})
    application.refresh_from_db()
    assert application.state == "review"


def test_each_consent_is_given_and_withdrawn_alone(member: Member) -> None:
    in_force = member.person.consents.filter(withdrawn_at=None)
    assert set(in_force.values_list("purpose", flat=True)) == {"bank", "offers", "shortlists"}
    member.browser.post("/moi/accords/", {"give": "image"})
    member.browser.post("/moi/accords/", {"withdraw": "offers"})
    assert set(in_force.values_list("purpose", flat=True)) == {"bank", "shortlists", "image"}
    given = Consent.objects.get(purpose="image")
    assert (given.source, given.language) == ("member_page", "fr")


def test_the_consent_to_the_bank_is_not_withdrawn_but_left(member: Member) -> None:
    member.browser.post("/moi/accords/", {"withdraw": "bank"})
    assert member.person.consents.filter(purpose="bank", withdrawn_at=None).exists()


def test_consents_show_the_french_words_first_on_an_english_page(member: Member) -> None:
    member.browser.cookies["django_language"] = "en"
    page = text_of(member.browser, "/moi/accords/")
    french, english = "Recevoir des propositions par courriel", "Receive offers by email"
    assert page.index(french) < page.index(english)


def test_a_consent_shows_the_words_that_were_read_and_a_new_wording_only_to_the_others(
    member: Member,
) -> None:
    for purpose in ("offers", "image"):
        ConsentText.objects.create(
            purpose=purpose,
            version=2,
            title_fr=f"Nouvelle formule {purpose}",
            title_en=f"New words {purpose}",
            consequence_fr="Autre chose.",
            consequence_en="Something else.",
            since=timezone.localdate(),
        )
    page = text_of(member.browser, "/moi/accords/")
    assert "Recevoir des propositions par courriel" in page
    assert "Nouvelle formule offers" not in page
    assert "Nouvelle formule image" in page
    member.browser.post("/moi/accords/", {"give": "image"})
    assert Consent.objects.get(purpose="image").text.version == 2


def test_answers_change_and_the_bank_finds_the_new_ones(member: Member) -> None:
    Person.objects.filter(pk=member.person.pk).update(topics=["beauty", "curly_hair"])
    data = {
        "region": "11",
        "city": "Percé",
        "occupation": "tatoueuse",
        "own_words": "Je tatoue.",
        "topics": ["food", "curly_hair"],
        "content_languages": ["fr", "en"],
        "attends_events": "on",
        "limits": "noix",
        "limits_agreed": "1",
    }
    assert member.browser.post("/moi/reponses/", data).status_code == 302
    person = Person.objects.get(pk=member.person.pk)
    assert (person.region, person.city, person.tries_products) == ("11", "Percé", False)
    # A finer topic they hold is offered beside the wide ones.
    assert person.topics == ["food", "curly_hair"]
    assert "tatoueuse" in person.search_text
    assert person.timeline.latest("id").verb == "answers_changed"


def test_limits_without_their_box_are_refused_beside_it_and_nothing_typed_is_lost(
    member: Member,
) -> None:
    data = {"region": "11", "city": "Percé", "content_languages": ["fr"], "limits": "noix"}
    answer = member.browser.post("/moi/reponses/", data)
    assert list(answer.context["form"].errors) == ["limits_agreed"]
    assert 'value="noix"' in answer.content.decode()
    assert 'value="Percé"' in answer.content.decode()
    assert Person.objects.get(pk=member.person.pk).limits == ""
    member.browser.post("/moi/reponses/", data | {"limits_agreed": "1"})
    assert Person.objects.get(pk=member.person.pk).limits == "noix"
    # Once agreed to, the page asks no more.
    assert "limits_agreed" not in text_of(member.browser, "/moi/reponses/")


def test_taking_back_the_consent_to_limits_asks_first_then_erases(member: Member) -> None:
    Person.objects.filter(pk=member.person.pk).update(limits="zibeline")
    consenting(member.person, Purpose.LIMITS)
    asked = member.browser.post("/moi/accords/", {"withdraw": "limits"}, follow=True)
    assert "zibeline" in asked.content.decode()
    assert Person.objects.get(pk=member.person.pk).limits == "zibeline"
    member.browser.post("/moi/accords/limites/")
    assert Person.objects.get(pk=member.person.pk).limits == ""
    assert not member.person.consents.filter(purpose="limits", withdrawn_at=None).exists()
    assert member.neighbour.get("/moi/accords/limites/").content.count(b"zibeline") == 0


def test_limits_that_wait_are_agreed_to_on_the_page_of_consents(member: Member) -> None:
    Person.objects.filter(pk=member.person.pk).update(limits_to_ask="zibeline")
    assert "zibeline" in text_of(member.browser, "/moi/accords/")
    assert "zibeline" in text_of(member.browser, "/moi/reponses/")
    member.browser.post("/moi/accords/", {"give": "limits"})
    person = Person.objects.get(pk=member.person.pk)
    assert (person.limits, person.limits_to_ask) == ("zibeline", "")


def test_a_question_reaches_the_team(member: Member) -> None:
    assert member.browser.post("/moi/question/", {"text": " "}).status_code == 200
    member.browser.post("/moi/question/", {"text": "Puis-je l’offrir?"})
    assert Message.objects.get(direction="in").body == "Puis-je l’offrir?"


def test_a_break_begins_and_ends_with_a_button(member: Member) -> None:
    member.browser.post("/moi/pause/")
    assert "Vous êtes en pause" in text_of(member.browser, "/moi/")
    member.browser.post("/moi/retour/")
    assert Person.objects.get(pk=member.person.pk).state == "member"


def test_the_copy_is_json_or_a_table_no_spreadsheet_runs(member: Member) -> None:
    Person.objects.filter(pk=member.person.pk).update(own_words="=1+1")
    an_exchange(member.person)
    document = json.loads(member.browser.post("/moi/donnees/export-json/").content)
    assert document["person"][0]["email"] == member.person.email
    answer = member.browser.post("/moi/donnees/export-csv/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["section", "ligne", "nom", "valeur"]
    assert ["person", "1", "own_words", "'=1+1"] in rows
    assert member.browser.get("/moi/donnees/export-json/").status_code == 405


def test_leaving_asks_first_then_erases_and_signs_out(member: Member) -> None:
    page = text_of(member.browser, "/moi/quitter/")
    assert "Ce qui est effacé après 28 jours" in page
    assert member.browser.post("/moi/quitter/", {"sure": ""}).context["form"].errors.keys() == {
        "sure"
    }
    assert Person.objects.get(pk=member.person.pk).given_name == "Camille"
    answer = member.browser.post("/moi/quitter/", {"sure": "on"})
    assert "C’est fait" in answer.content.decode()
    assert Person.objects.get(pk=member.person.pk).state == "left"
    assert member.browser.get("/moi/").status_code == 302
