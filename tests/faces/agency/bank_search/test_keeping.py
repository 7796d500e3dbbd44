"""What a process holds of the bank is never older than the last write, whoever made it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer
from proche.areas.people.actions import save_person
from proche.areas.people.bank import BankChange
from proche.areas.people.models import Account, Person, Tag
from proche.areas.people.tasks import forget_old_changes
from proche.faces.agency.bank_search import BankSearch
from proche.faces.agency.bank_search.keeping import bank_of
from tests.factories.accounts import ProgrammeFactory
from tests.factories.campaigns import a_campaign
from tests.factories.people import AccountFactory, PersonFactory, consenting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme() -> Programme:
    programme: Programme = ProgrammeFactory.create()
    for n in range(3):
        PersonFactory.create(programme=programme, given_name=f"Aline{n}")
    assert found(programme) == 3
    return programme


def found(programme: Programme, question: str = "") -> int:
    return len(BankSearch(programme, QueryDict(question)).people)


def somebody(programme: Programme) -> Person:
    first: Person = Person.objects.filter(programme=programme).earliest("pk")
    return first


def test_the_same_bank_serves_while_nothing_changes(programme: Programme) -> None:
    assert bank_of(programme) is bank_of(programme)


def test_a_change_by_the_database_alone_is_seen(programme: Programme) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET search_text = 'zythologue' WHERE id = %s",
            [somebody(programme).pk],
        )
    assert found(programme, "q=zythologue") == 1
    assert found(programme, "q=aline0") == 0


def test_who_comes_and_who_is_deleted_are_seen(programme: Programme) -> None:
    new = PersonFactory.create(programme=programme, given_name="Zoé")
    assert found(programme) == 4
    assert found(programme, "q=zoe") == 1
    new.delete()
    assert found(programme) == 3
    assert found(programme, "q=zoe") == 0


def test_every_table_the_bank_reads_is_watched(programme: Programme) -> None:
    person = somebody(programme)
    AccountFactory.create(person=person, proof="api")
    assert found(programme, "proof=strong") == 1
    Account.objects.filter(person=person).update(proof="declared")
    assert found(programme, "proof=strong") == 0
    Tag.objects.create(programme=programme, name="bilingue").people.add(person)
    assert found(programme, "tag=bilingue") == 1
    consenting(person)
    assert found(programme, "state=free") == 1
    offer = Offer.objects.create(
        campaign=a_campaign(programme), person=person, state="sent", sent_at=timezone.now()
    )
    assert found(programme, "contact=recent") == 1
    Offer.objects.filter(pk=offer.pk).update(sent_at=timezone.now() - timedelta(days=400))
    assert found(programme, "contact=recent") == 0
    person.consents.update(withdrawn_at=timezone.now())
    assert found(programme, "state=free") == 0


def test_an_account_given_to_another_person_leaves_the_first(programme: Programme) -> None:
    first, other = Person.objects.filter(programme=programme).order_by("pk")[:2]
    account = AccountFactory.create(person=first, proof="api")
    assert found(programme, "proof=strong&q=aline0") == 1
    Account.objects.filter(pk=account.pk).update(person=other)
    assert found(programme, "proof=strong&q=aline0") == 0
    assert found(programme, "proof=strong&q=aline1") == 1


def test_who_changed_stands_at_their_new_place_in_the_order(programme: Programme) -> None:
    person = somebody(programme)
    bank_of(programme)
    person.family_name = "Abel"
    save_person(person)
    PersonFactory.create(programme=programme, family_name="Éthier")
    names = [
        Person.objects.get(pk=pk).family_name
        for pk in BankSearch(programme, QueryDict()).people.tolist()
    ]
    assert names == ["Abel", "Éthier", "Ouellet", "Ouellet"]


def test_a_process_that_missed_what_was_thrown_away_reads_everybody_again(
    programme: Programme,
) -> None:
    BankChange.objects.all().delete()
    Person.objects.filter(pk=somebody(programme).pk).update(state="left")
    assert found(programme) == 2


def test_changes_of_another_programme_change_nothing_here(programme: Programme) -> None:
    PersonFactory.create()
    assert found(programme) == 3


def test_more_changes_than_are_worth_following_are_seen_all(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("proche.faces.agency.bank_search.keeping.MOST_NOTES", 2)
    for n in range(4):
        PersonFactory.create(programme=programme, given_name=f"Nadia{n}")
    assert found(programme, "q=nadia") == 4


def test_old_notes_are_forgotten_and_the_newest_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proche.areas.people.tasks.NOTES_KEPT", 1)
    PersonFactory.create()
    PersonFactory.create()
    newest = BankChange.objects.latest("pk").pk
    forget_old_changes()
    assert list(BankChange.objects.values_list("pk", flat=True)) == [newest]


def test_inside_a_transaction_nothing_is_kept_that_may_be_taken_back(
    programme: Programme,
) -> None:
    from django.db import transaction

    with transaction.atomic():
        Person.objects.filter(programme=programme).update(state="left")
        assert found(programme) == 0
        transaction.set_rollback(True)
    assert found(programme) == 3


def test_who_left_is_no_word_to_take_another_for(programme: Programme) -> None:
    left = somebody(programme)
    Person.objects.filter(pk=left.pk).update(
        family_name="Quatrevents", search_text="camille quatrevents"
    )
    assert "quatrevents" in bank_of(programme).words.nearest("quatrevent")
    Person.objects.filter(pk=left.pk).update(
        state="left", family_name="effacé", given_name="Compte", search_text=""
    )
    bank = bank_of(programme)
    assert "quatrevents" not in bank.words.nearest("quatrevent")
    assert not any("quatrevents" in name for name in (*bank.names, *bank.renamed.values()))
