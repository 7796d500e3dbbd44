"""Applications, the bank and a person's page, as the team sees them and a stranger does not."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.evidence.actions import propose, sign
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from tests.cast import Cast, signed_in
from tests.factories.people import AccountFactory, PersonFactory, consenting


def member(cast: Cast, **fields: Any) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme, seeks_living="no", **fields)
    AccountFactory.create(person=person, followers=812)
    verdict = propose(person, as_of=timezone.localdate())
    assert verdict is not None
    sign(verdict, by=cast.strategist)
    return consenting(person)


def applicant(cast: Cast, **fields: Any) -> Application:
    person = PersonFactory.create(
        programme=cast.programme, state=Person.State.APPLIED, seeks_living="no", **fields
    )
    AccountFactory.create(person=person, followers=812)
    propose(person, as_of=timezone.localdate())
    return Application.objects.create(
        person=person,
        language="fr",
        state=Application.State.RECEIVED,
        submitted_at=timezone.now(),
        email_confirmed_at=timezone.now(),
    )


def accepting(application: Application) -> str:
    return f"/bureau/inscriptions/decider/?geste=accept&inscription={application.pk}"


def names(client: Client, query: str) -> set[str]:
    page = client.get(f"/bureau/banque/exporter/?{query}")
    rows = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"))))
    return {row[0] for row in rows[1:]}


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def test_words_and_facets_find_people_whatever_the_accents(cast: Cast, strategist: Client) -> None:
    member(cast, given_name="Élise", city="Gaspé", region="11", occupation="ébéniste")
    member(cast, given_name="Noé", archetype="consumer", region="06", occupation="")
    member(cast, given_name="Zoé", state=Person.State.ASLEEP)
    assert names(strategist, "q=ebeniste") == {"Élise"}
    assert names(strategist, "q=GASPESIE") == {"Élise"}
    assert names(strategist, "region=06") == {"Noé"}
    assert names(strategist, "region=06&region=11") == {"Élise", "Noé"}
    assert names(strategist, "tier=nano&contact=never") == {"Élise", "Noé"}
    assert names(strategist, "state=asleep") == {"Zoé"}
    assert names(strategist, "q=personne") == set()


def test_each_facet_counts_what_it_would_keep(cast: Cast, strategist: Client) -> None:
    member(cast, given_name="Élise", region="11")
    member(cast, given_name="Noé", region="06")
    page = strategist.get("/bureau/banque/?region=06")
    assert (page.context["regions"]["06"], page.context["regions"]["11"]) == (1, 1)
    tiers = next(f for f in page.context["facets"] if f.name == "tier")
    assert [n for choice, n, *_ in tiers.shown if choice.value == "nano"] == [1]


def test_the_export_never_holds_a_formula(cast: Cast, strategist: Client) -> None:
    member(cast, given_name="=HYPERLINK(1)")
    assert names(strategist, "") == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize("path", ["/bureau/banque/", "/bureau/inscriptions/", "/bureau/"])
def test_three_rows_cost_as_many_queries_as_one(cast: Cast, strategist: Client, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert strategist.get(path).status_code == 200
        return len(captured)

    member(cast)
    applicant(cast)
    one = queries()
    for _ in range(2):
        member(cast)
        applicant(cast)
    assert queries() == one
    assert one <= 15


def test_a_person_page_stays_under_fifteen_queries(cast: Cast, strategist: Client) -> None:
    person = member(cast)
    with CaptureQueriesContext(connection) as captured:
        page = strategist.get(f"/bureau/personnes/{person.key}/")
    assert "Camille Ouellet" in page.content.decode()
    assert len(captured) <= 15


def test_a_stranger_gets_not_found(cast: Cast) -> None:
    person, application = member(cast), applicant(cast)
    stranger = signed_in(cast.stranger)
    assert stranger.get(f"/bureau/personnes/{person.key}/").status_code == 404
    assert stranger.post(accepting(application)).status_code == 404
    assert names(stranger, "") == set()


def test_somebody_without_a_role_finds_no_workspace(cast: Cast) -> None:
    nobody = User.objects.create_user("passante@exemple.example")
    assert signed_in(nobody).get("/bureau/").status_code == 404
    assert Client().get("/bureau/").status_code == 302


def test_a_strategist_accepts_and_the_person_is_in_the_bank(cast: Cast, strategist: Client) -> None:
    application = applicant(cast, given_name="Aline")
    strategist.post(accepting(application))
    assert names(strategist, "") == {"Aline"}


def test_an_assistant_reads_but_does_not_decide(cast: Cast) -> None:
    application = applicant(cast)
    assistant = signed_in(cast.assistant)
    assert assistant.get("/bureau/inscriptions/").status_code == 200
    answer = assistant.post(accepting(application))
    application.refresh_from_db()
    assert (answer.status_code, application.state) == (409, Application.State.RECEIVED)


def test_deciding_otherwise_without_a_reason_keeps_what_was_chosen(
    cast: Cast, strategist: Client
) -> None:
    application = applicant(cast)
    url = f"/bureau/personnes/{application.person.key}/verdict/signer/"
    choice = {"tier": "micro", "archetype": "professional", "reason": ""}
    page = strategist.post(url, choice).content.decode()
    assert '<option value="micro" selected>' in page
    assert "field-error" in page
