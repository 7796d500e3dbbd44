"""Who is the same person, side by side: one answer, the next pair; a stranger sees none of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.people.comparing import compare
from proche.areas.people.duplicates import Comparing, DuplicatePair, Merge
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.people import AccountFactory, PersonFactory

PAGE = "/bureau/doublons/"


def a_pair(cast: Cast, number: int = 0, probability: float = 0.93) -> DuplicatePair:
    """A member, and the same human who applied under a short name."""
    member = PersonFactory.create(
        programme=cast.programme, given_name=f"Geneviève {number}", occupation=""
    )
    again = PersonFactory.create(
        programme=cast.programme,
        given_name="Gen",
        family_name="Ouellet-Roy",
        occupation="potière",
        state=Person.State.APPLIED,
    )
    for person in (member, again):
        AccountFactory.create(person=person)
    pair: DuplicatePair = DuplicatePair.objects.create(
        programme=cast.programme,
        first=member,
        second=again,
        probability=probability,
        keys=["email"],
        found_at=timezone.now(),
    )
    return pair


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def read(client: Client) -> str:
    page = client.get(PAGE)
    assert page.status_code == 200
    return page.content.decode()


def answered(client: Client, pair: DuplicatePair, answer: str, **fields: str) -> str:
    page = client.post(f"{PAGE}{pair.pk}/", {"answer": answer, **fields}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_both_records_are_shown_with_what_differs_and_what_only_one_knows(
    cast: Cast, strategist: Client
) -> None:
    a_pair(cast)
    page = read(strategist)
    assert "Un doublon possible." in page
    assert "<mark>Geneviève 0</mark>" in page
    assert "<mark>Gen</mark>" in page
    assert "La même boîte courriel." in page
    assert "93\xa0%" in page
    assert "à droite seulement" in page
    assert 'name="region"' not in page


def test_likelihood_is_never_told_as_certain(cast: Cast, strategist: Client) -> None:
    a_pair(cast, probability=0.99999)
    page = read(strategist)
    assert "Presque certain" in page
    assert "100\xa0%" not in page


def test_the_same_person_becomes_one_with_the_fields_chosen(cast: Cast, strategist: Client) -> None:
    pair = a_pair(cast)
    page = answered(strategist, pair, "same", family_name="other", given_name="kept")
    person = Person.objects.get(pk=pair.first_id)
    assert (person.given_name, person.family_name, person.occupation) == (
        "Geneviève 0", "Ouellet-Roy", "potière",
    )  # fmt: skip
    assert not Person.objects.filter(pk=pair.second_id).exists()
    assert Merge.objects.get().by == cast.strategist
    assert "Aucune paire à regarder." in page
    assert "avec Gen Ouellet-Roy" in page


def test_a_merge_is_undone_from_the_page(cast: Cast, strategist: Client) -> None:
    pair = a_pair(cast)
    answered(strategist, pair, "same")
    merge = Merge.objects.get()
    strategist.post(f"/bureau/fusions/{merge.pk}/annuler/")
    assert Person.objects.filter(pk=pair.second_id).exists()
    assert "Un doublon possible." in read(strategist)


def test_two_people_are_not_asked_again_unless_taken_back(cast: Cast, strategist: Client) -> None:
    pair = a_pair(cast)
    assert "Aucune paire à regarder." in answered(strategist, pair, "two")
    strategist.post(f"{PAGE}{pair.pk}/redemander/")
    assert "Un doublon possible." in read(strategist)


def test_later_shows_the_next_pair_first(cast: Cast, strategist: Client) -> None:
    likely, other = a_pair(cast, 1, 0.9), a_pair(cast, 2, 0.5)
    assert "Geneviève 1" in read(strategist)
    page = answered(strategist, likely, "later")
    assert f"{PAGE}{other.pk}/" in page
    assert DuplicatePair.objects.waiting().count() == 2


def test_an_assistant_sees_and_does_not_decide(cast: Cast) -> None:
    pair = a_pair(cast)
    assistant = signed_in(cast.assistant)
    assert "Geneviève 0" in read(assistant)
    assistant.post(f"{PAGE}{pair.pk}/", {"answer": "same"})
    assert Merge.objects.count() == 0


def test_a_stranger_sees_and_changes_nothing(cast: Cast) -> None:
    pair = a_pair(cast)
    stranger = signed_in(cast.stranger)
    assert "Geneviève 0" not in read(stranger)
    assert stranger.post(f"{PAGE}{pair.pk}/", {"answer": "same"}).status_code == 404
    assert stranger.post(f"{PAGE}{pair.pk}/redemander/").status_code == 404
    answered(signed_in(cast.strategist), pair, "same")
    undone = stranger.post(f"/bureau/fusions/{Merge.objects.get().pk}/annuler/")
    assert undone.status_code == 404
    assert "Geneviève 0" not in read(stranger)


def test_the_comparing_is_followed_on_the_page_until_its_pairs_are_there(
    cast: Cast, strategist: Client
) -> None:
    for given, email in (("Geneviève", "lune.tuque@gmail.com"), ("Gen", "lunetuque@gmail.com")):
        person = PersonFactory.create(programme=cast.programme, given_name=given, email=email)
        AccountFactory.create(person=person, handle="coupes_de_lune")
    assert "Comparer la banque</button>" in read(strategist)
    strategist.post(f"{PAGE}chercher/")
    assert "Le travail commence." in read(strategist)
    comparing = Comparing.objects.get()
    Comparing.objects.update(stage="reading", done=5_000, total=12_000)
    answer = strategist.get(f"{PAGE}avancement/")
    assert "5\xa0000 sur 12\xa0000" in answer.content.decode()
    assert "HX-Refresh" not in answer
    compare(comparing.pk)
    assert strategist.get(f"{PAGE}avancement/")["HX-Refresh"] == "true"
    page = read(strategist)
    assert "2 fiches, 1 nouvelle paire." in page
    assert "Un doublon possible." in page


def test_a_comparing_that_broke_off_or_fell_silent_is_offered_again(
    cast: Cast, strategist: Client
) -> None:
    now = timezone.now()
    Comparing.objects.create(
        programme=cast.programme, asked_at=now, failed_at=now, failure="OSError"
    )
    page = read(strategist)
    assert "sous «\xa0OSError\xa0»" in page
    assert "Réessayer" in page
    Comparing.objects.update(failed_at=None, asked_at=now - timedelta(hours=1))
    assert "et rien depuis" in read(strategist)
    strategist.post(f"{PAGE}chercher/")
    assert "Le travail commence." in read(strategist)


def test_the_empty_page_says_so_in_both_languages(cast: Cast, strategist: Client) -> None:
    assert "Aucune paire à regarder." in read(strategist)
    strategist.cookies["django_language"] = "en"
    assert "No pair to look at." in read(strategist)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_one_row_and_three(
    cast: Cast, strategist: Client, rows: int
) -> None:
    merged = [a_pair(cast, 10 + number) for number in range(rows)]
    for pair in merged:
        answered(strategist, pair, "same")
    for number in range(rows):
        a_pair(cast, number)
    with CaptureQueriesContext(connection) as seen:
        read(strategist)
    assert len(seen) == 11
