"""Who may be the same human: found in the bank, found at the door, asked once."""

from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from proche.areas.people.actions import record
from proche.areas.people.comparing import look_through
from proche.areas.people.duplicates import Comparing, DuplicatePair, Merge, Standing
from proche.areas.people.merging import keep_apart, undo
from proche.areas.people.models import Person
from proche.areas.people.resembling import look_for, recognise
from proche.areas.people.tasks import compare_bank, recognise_arrival
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


def compared(cast: Cast) -> Comparing:
    comparing = look_through(cast.programme, by=cast.strategist)
    compare_bank(comparing.pk)
    comparing.refresh_from_db()
    return comparing


def waiting() -> list[tuple[int, int]]:
    return list(DuplicatePair.objects.waiting().values_list("first_id", "second_id"))


def test_an_arrival_is_put_beside_who_it_resembles(julie: Person, arrival: Person) -> None:
    recognise(arrival)
    assert waiting() == [(julie.pk, arrival.pk)]
    assert DuplicatePair.objects.get().keys == ["email"]


def test_the_whole_bank_gives_the_same_pair(cast: Cast, julie: Person, arrival: Person) -> None:
    person(cast, "Omar", "omar@bell.net", family_name="Diallo", city="Alma", region="02")
    done = compared(cast)
    assert waiting() == [(julie.pk, arrival.pk)]
    assert (done.records, done.found, done.merged) == (3, 1, 0)
    assert done.standing(timezone.now()) == Standing.DONE


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
    compared(cast)
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


def test_comparing_again_asks_nothing_twice(cast: Cast, julie: Person, arrival: Person) -> None:
    compared(cast)
    again = compared(cast)
    assert (again.found, len(waiting())) == (0, 1)


def test_one_comparing_at_a_time_and_the_one_that_broke_off_is_tried_again(
    cast: Cast, julie: Person, arrival: Person, django_capture_on_commit_callbacks: Any
) -> None:
    first = look_through(cast.programme, by=cast.strategist)
    assert look_through(cast.programme, by=cast.owner) == first
    Comparing.objects.filter(pk=first.pk).update(failed_at=timezone.now(), failure="OSError")
    with django_capture_on_commit_callbacks(execute=True):
        assert look_through(cast.programme, by=cast.owner) == first
    assert OrmQ.objects.get().func() == "proche.areas.people.tasks.compare_bank"
    first.refresh_from_db()
    assert (first.standing(timezone.now()), first.asked_by) == (Standing.UNDER_WAY, cast.owner)


def test_a_comparing_that_breaks_off_says_so_and_is_done_when_tried_again(
    cast: Cast, julie: Person, arrival: Person
) -> None:
    """It breaks off on a pair whose keys are no list, as after a hand in the database."""
    compared(cast)
    DuplicatePair.objects.update(keys=7)
    comparing = look_through(cast.programme)
    with pytest.raises(TypeError):
        compare_bank(comparing.pk)
    comparing.refresh_from_db()
    assert comparing.standing(timezone.now()) == Standing.FAILED
    assert comparing.failure == "TypeError"
    DuplicatePair.objects.update(keys=["email"])
    compare_bank(comparing.pk)
    compare_bank(comparing.pk)
    comparing.refresh_from_db()
    assert (comparing.standing(timezone.now()), comparing.records) == (Standing.DONE, 2)


def test_three_records_of_one_confirmed_mailbox_become_one(
    cast: Cast, julie: Person, arrival: Person
) -> None:
    third = person(cast, "Geneviève", "lune.tuque+x@gmail.com")
    for each in (julie, arrival, third):
        record(each, "email_confirmed")
    done = compared(cast)
    assert (done.merged, waiting()) == (2, [])
    assert list(Person.objects.filter(programme=cast.programme)) == [julie]
