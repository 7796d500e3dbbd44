"""How long people are kept: seen by the team, set by an owner, and asked before anybody goes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Schedule

from proche.areas.accounts.models import Role
from proche.areas.content import retention
from proche.areas.recruitment.models import Application
from tests.cast import Cast, signed_in
from tests.factories.people import PersonFactory

PAGE = "/bureau/conservation/"


def refused(cast: Cast, *, days_ago: int, name: str = "Zoélie") -> None:
    person = PersonFactory.create(programme=cast.programme, state="refused", given_name=name)
    then = timezone.now() - timedelta(days=days_ago)
    Application.objects.create(
        person=person, state="refused", language="fr", submitted_at=then, decided_at=then
    )


@pytest.fixture(autouse=True)
def running(db: None) -> None:
    Schedule.objects.filter(func=retention.JOB).update(next_run=timezone.now())


def test_the_page_names_who_goes_soon_in_as_many_questions_for_one_as_for_three(
    cast: Cast,
) -> None:
    browser = signed_in(cast.assistant)
    refused(cast, days_ago=345)
    refused(cast, days_ago=20, name="Ariane")
    counts = []
    for more in (0, 2):
        for _ in range(more):
            refused(cast, days_ago=350)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
    assert "Zoélie" in page.content.decode()
    assert "Ariane" not in page.content.decode()
    assert signed_in(cast.stranger).get(PAGE).content.count("Zoélie".encode()) == 0
    assert Client().get(PAGE).status_code == 302


def test_only_an_owner_sets_the_delays_and_within_the_law(cast: Cast) -> None:
    said = {"refused": "24", "silent": "3"}
    assert signed_in(cast.strategist).post(PAGE, said).status_code != 302
    assert cast.programme.kept_for.count() == 0
    owner = signed_in(cast.owner)
    short = owner.post(PAGE, {"refused": "11", "silent": "0"})
    assert set(short.context["form"].errors) == {"refused", "silent"}
    assert 'value="11"' in short.content.decode()
    assert owner.post(PAGE, said).status_code == 302
    assert "24 mois" in owner.get(PAGE).content.decode()
    # Everybody reads it in the notice, a programme each its own.
    assert "24 mois" in Client().get("/renseignements/").content.decode()
    assert Role.objects.get(user=cast.stranger).programme.kept_for.count() == 0


def test_a_delay_that_would_erase_somebody_at_once_asks_first(cast: Cast) -> None:
    retention.set_delays(cast.programme, refused=36, silent=6, by=cast.owner)
    refused(cast, days_ago=400)
    owner, said = signed_in(cast.owner), {"refused": "12", "silent": "6"}
    page = owner.post(PAGE, said)
    assert list(page.context["form"].errors) == ["sure"]
    assert 'name="sure"' in page.content.decode()
    assert retention.delays_of(cast.programme).refused == 36
    assert owner.post(PAGE, said | {"sure": "on"}).status_code == 302
    assert retention.delays_of(cast.programme).refused == 12
