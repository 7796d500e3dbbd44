"""Who may be the same human: found in the bank, found at the door, asked once."""

from typing import Any

import pytest
from django_q.models import OrmQ

from proche.areas.people.actions import record
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.merging import keep_apart, undo
from proche.areas.people.models import Person
from proche.areas.people.resembling import look_for, recognise, resolve_bank
from proche.areas.people.tasks import recognise_arrival
from tests.cast import Cast
from tests.factories.people import AccountFactory, PersonFactory


def person(cast: Cast, given: str, email: str, handle: str = "", **fields: Any) -> Person:
    found: Person = PersonFactory.create(
        programme=cast.programme, given_name=given, email=email, **fields
    )
    if handle:
        AccountFactory.create(person=found, handle=handle, proof=fields.pop("proof", "declared"))
    return found


@pytest.fixture
def julie(cast: Cast) -> Person:
    return person(cast, "Geneviève", "lune.tuque@gmail.com", "coupes_de_lune")


@pytest.fixture
def arrival(cast: Cast, julie: Person) -> Person:
    """The same mailbox, written otherwise; a short name."""
    return person(cast, "Gen", "lunetuque@gmail.com", state=Person.State.APPLIED)


def waiting() -> list[tuple[int, int]]:
    return list(DuplicatePair.objects.waiting().values_list("first_id", "second_id"))


def test_an_arrival_is_put_beside_who_it_resembles(julie: Person, arrival: Person) -> None:
    recognise(arrival)
    assert waiting() == [(julie.pk, arrival.pk)]
    assert DuplicatePair.objects.get().keys == ["email"]


def test_the_whole_bank_gives_the_same_pair(cast: Cast, julie: Person, arrival: Person) -> None:
    person(cast, "Omar", "omar@bell.net", family_name="Diallo", city="Alma", region="02")
    resolve_bank(cast.programme)
    assert waiting() == [(julie.pk, arrival.pk)]


def test_a_job_delivered_twice_asks_once(julie: Person, arrival: Person) -> None:
    recognise_arrival(arrival.pk)
    recognise_arrival(arrival.pk)
    recognise_arrival(arrival.pk + 1000)
    assert waiting() == [(julie.pk, arrival.pk)]


def test_a_mailbox_both_confirmed_merges_at_once_and_can_be_undone(
    cast: Cast, julie: Person, arrival: Person
) -> None:
    record(julie, "email_confirmed")
    record(arrival, "email_confirmed")
    recognise(arrival)
    done = Merge.objects.get()
    assert (done.by, done.kept, waiting()) == (None, julie, [])
    undo(done, by=cast.owner)
    recognise(Person.objects.get(pk=arrival.pk))
    assert Merge.objects.filter(undone_at=None).count() == 0
    assert waiting() == [(julie.pk, arrival.pk)]


@pytest.mark.parametrize(("proof", "merges"), [("api", 1), ("declared", 0)])
def test_only_an_account_the_platform_vouched_for_merges_at_once(
    cast: Cast, proof: str, merges: int
) -> None:
    one = person(cast, "Geneviève", "a1@bell.net")
    two = person(cast, "Genevieve", "b2@bell.net")
    for each in (one, two):
        AccountFactory.create(person=each, handle="coupes_de_lune", proof=proof)
    recognise(two)
    assert (Merge.objects.count(), len(waiting())) == (merges, 1 - merges)


def test_two_people_are_never_asked_again(cast: Cast, julie: Person, arrival: Person) -> None:
    recognise(arrival)
    keep_apart(DuplicatePair.objects.get(), by=cast.strategist)
    recognise(arrival)
    resolve_bank(cast.programme)
    assert waiting() == []


def test_somebody_who_left_or_lives_in_another_programme_is_not_compared(
    cast: Cast, julie: Person, arrival: Person
) -> None:
    Person.objects.filter(pk=julie.pk).update(state=Person.State.LEFT)
    PersonFactory.create(given_name="Gen", email="lunetuque@gmail.com")
    recognise(arrival)
    assert waiting() == []


def test_looking_for_somebody_is_a_job_left_once_the_arrival_is_kept(
    julie: Person, arrival: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        look_for(arrival)
    assert [job.func() for job in OrmQ.objects.all()] == [
        "proche.areas.people.tasks.recognise_arrival"
    ]
