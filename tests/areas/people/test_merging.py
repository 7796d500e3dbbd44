"""Two records made one and undone: every row of both, whatever its table, is as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proche.areas.campaigns.actions import accept
from proche.areas.campaigns.models import Exchange
from proche.areas.consent.models import Consent, Purpose
from proche.areas.evidence.actions import propose, sign
from proche.areas.evidence.models import Evidence, Verdict
from proche.areas.people.actions import change_state, record, save_person
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.merging import ask_again, keep_apart, merge, put_off, undo
from proche.areas.people.models import Account, Person, Tag
from proche.areas.recruitment.models import Application
from proche.common.errors import Refusal
from tests.areas.people.merged import everything, pair_of, rows_pointing_at
from tests.cast import Cast
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import HOME, a_campaign, an_offer
from tests.factories.people import AccountFactory, PersonFactory, consenting


@pytest.fixture
def kept(cast: Cast) -> Person:
    """A member with a bit of everything."""
    person = PersonFactory.create(
        programme=cast.programme, given_name="Julie", family_name="Tremblay", user=None, city=""
    )
    consenting(person)
    AccountFactory.create(person=person, handle="coupes_de_lune", followers=812)
    verdict = propose(person, as_of=timezone.localdate())
    assert verdict is not None
    sign(verdict, by=cast.strategist)
    record(person, "person_member", by=cast.strategist)
    return person


@pytest.fixture
def other(cast: Cast, kept: Person) -> Person:
    """The same human, who applied again: the same account, other rows of every kind."""
    person = PersonFactory.create(
        programme=cast.programme,
        given_name="Ju",
        family_name="Tremblay-Gagnon",
        city="Alma",
        user=UserFactory.create(),
    )
    consenting(person, Purpose.BANK, Purpose.OFFERS, Purpose.IMAGE)
    account = AccountFactory.create(
        person=person, handle="Coupes_de_Lune", followers=900, proof="api"
    )
    AccountFactory.create(person=person, platform="tiktok", handle="lune")
    evidence = Evidence.objects.filter(person=kept).first()
    assert evidence is not None
    evidence.pk, evidence.person, evidence.account = None, person, account
    evidence.save()
    propose(person, as_of=timezone.localdate())
    Application.objects.create(person=person, language="fr", submitted_at=timezone.now())
    tag = Tag.objects.create(programme=cast.programme, name="cheveux")
    tag.people.add(kept, person)
    Tag.objects.create(programme=cast.programme, name="Alma").people.add(person)
    campaign = a_campaign(cast.programme)
    for asked in (kept, person):
        accept(an_offer(asked, campaign), address=HOME)
    an_offer(person)
    change_state(person, Person.State.APPLIED, by=None)
    third = PersonFactory.create(programme=cast.programme)
    pair_of(kept, third)
    pair_of(person, third)
    return person


def test_every_row_of_the_other_goes_to_the_kept_person(
    cast: Cast, kept: Person, other: Person
) -> None:
    other_pk = other.pk
    merge(pair_of(kept, other), by=cast.strategist)
    other.pk = other_pk
    assert rows_pointing_at(other) == {}
    assert not Person.objects.filter(pk=other.pk).exists()
    assert sorted(kept.accounts.values_list("platform", "handle")) == [
        ("instagram", "coupes_de_lune"),
        ("tiktok", "lune"),
    ]
    assert set(kept.tags.values_list("name", flat=True)) == {"Alma", "cheveux"}
    assert kept.offers.count() == 2
    assert Exchange.objects.filter(offer__person=kept).count() == 1
    assert kept.application.person_id == kept.pk
    assert set(kept.consents.values_list("purpose", flat=True)) == {
        "bank", "offers", "shortlists", "image",
    }  # fmt: skip


def test_the_account_known_twice_keeps_the_figures_with_the_better_proof(
    cast: Cast, kept: Person, other: Person
) -> None:
    merge(pair_of(kept, other), by=cast.strategist)
    account = Account.objects.get(person=kept, platform="instagram")
    assert (account.followers, account.proof) == (900, "api")


def test_a_field_is_taken_from_the_side_chosen_and_an_empty_one_is_filled(
    cast: Cast, kept: Person, other: Person
) -> None:
    merge(pair_of(kept, other), by=cast.strategist, of_other=frozenset({"family_name"}))
    kept.refresh_from_db()
    assert (kept.given_name, kept.family_name, kept.city) == ("Julie", "Tremblay-Gagnon", "Alma")
    assert kept.user == other.user
    assert "tremblay-gagnon" in kept.search_text


def test_undone_both_records_and_every_row_are_as_they_were(
    cast: Cast, kept: Person, other: Person
) -> None:
    pair = pair_of(kept, other)
    before = everything()
    done = merge(pair, by=cast.strategist, of_other=frozenset({"given_name", "email"}))
    assert everything() != before
    undo(done, by=cast.owner)
    assert everything() == before


def test_what_came_after_the_merge_stays_with_the_kept_person(
    cast: Cast, kept: Person, other: Person
) -> None:
    pair = pair_of(kept, other)
    before = everything()
    done = merge(pair, by=cast.strategist)
    later = AccountFactory.create(person=kept, platform="youtube", handle="lune.tv")
    entry = record(kept, "data_exported")
    undo(done, by=cast.owner)
    after = everything()
    for label, row in (("people.account", later), ("people.timelineentry", entry)):
        mine = [one for one in after[label] if one["pk"] == row.pk]
        assert [one["fields"]["person"] for one in mine] == [kept.pk]
        after[label] = [one for one in after[label] if one["pk"] != row.pk]
    assert after == before


def test_what_somebody_corrected_after_the_merge_is_not_written_over(
    cast: Cast, kept: Person, other: Person
) -> None:
    done = merge(pair_of(kept, other), by=cast.strategist, of_other=frozenset({"given_name"}))
    Person.objects.filter(pk=kept.pk).update(given_name="Julie-Anne")
    undo(done, by=cast.owner)
    assert Person.objects.get(pk=kept.pk).given_name == "Julie-Anne"
    assert Person.objects.get(pk=other.pk).given_name == "Ju"


def test_a_merge_is_written_once_on_the_timeline_with_who(
    cast: Cast, kept: Person, other: Person
) -> None:
    done = merge(pair_of(kept, other), by=cast.strategist)
    entry = kept.timeline.get(verb="merged")
    assert (entry.by, done.by, done.other_name) == (
        cast.strategist, cast.strategist, "Ju Tremblay-Gagnon",
    )  # fmt: skip


def test_once_undone_no_copy_of_the_other_record_is_kept(
    cast: Cast, kept: Person, other: Person
) -> None:
    done = merge(pair_of(kept, other), by=cast.strategist)
    undo(done, by=cast.owner)
    done.refresh_from_db()
    assert (done.changes, done.removed, done.undone_by) == ([], [], cast.owner)


def test_a_withdrawal_later_than_a_consent_of_the_other_record_holds(
    cast: Cast, kept: Person, other: Person
) -> None:
    hour = timezone.now() + timedelta(hours=1)
    kept.consents.filter(purpose="bank").update(withdrawn_at=hour)
    before = everything()
    done = merge(pair := pair_of(kept, other), by=cast.strategist)
    assert not kept.consents.filter(purpose="bank", withdrawn_at=None).exists()
    undo(done, by=cast.owner)
    DuplicatePair.objects.filter(pk=pair.pk).delete()
    assert everything() == before
    assert Consent.objects.get(person=other, purpose="bank").withdrawn_at is None


def test_a_merge_held_by_a_later_one_is_undone_after_it(
    cast: Cast, kept: Person, other: Person
) -> None:
    third = Person.objects.exclude(pk__in=[kept.pk, other.pk]).latest("pk")
    pair, again = pair_of(kept, other), DuplicatePair.objects.get(first=kept, second=third)
    before = everything()
    first = merge(pair, by=cast.strategist)
    second = merge(DuplicatePair.objects.get(pk=again.pk), by=cast.strategist)
    with pytest.raises(Refusal) as refused:
        undo(first, by=cast.owner)
    assert refused.value.code == "later_merge"
    undo(second, by=cast.owner)
    undo(first, by=cast.owner)
    assert everything() == before


def test_a_merge_is_undone_once(cast: Cast, kept: Person, other: Person) -> None:
    done = merge(pair_of(kept, other), by=cast.strategist)
    undo(done, by=cast.owner)
    with pytest.raises(Refusal) as refused:
        undo(done, by=cast.owner)
    assert refused.value.code == "already_undone"


def test_a_signed_verdict_stays_one_and_comes_back(cast: Cast, kept: Person, other: Person) -> None:
    waiting = Verdict.objects.to_sign().get(person=other)
    done = merge(pair_of(kept, other), by=cast.strategist)
    assert Verdict.objects.signed().filter(person=kept).count() == 1
    undo(done, by=cast.owner)
    assert Verdict.objects.get(pk=waiting.pk).person_id == other.pk


def test_two_people_is_written_with_who_and_can_be_asked_again(
    cast: Cast, kept: Person, other: Person
) -> None:
    pair = pair_of(kept, other, probability=0.99)
    put_off(pair, by=cast.strategist)
    assert DuplicatePair.objects.waiting().last() == pair
    keep_apart(pair, by=cast.strategist)
    assert (pair.decided_by, pair in DuplicatePair.objects.waiting()) == (cast.strategist, False)
    ask_again(pair, by=cast.strategist)
    assert DuplicatePair.objects.waiting().first() == pair


def test_a_person_who_leaves_takes_the_merge_along(cast: Cast, kept: Person, other: Person) -> None:
    merge(pair_of(kept, other), by=cast.strategist)
    kept.delete()
    assert Merge.objects.count() == 0


def test_a_kept_person_can_be_saved_as_before(cast: Cast, kept: Person, other: Person) -> None:
    merge(pair_of(kept, other), by=cast.strategist)
    found = Person.objects.get(pk=kept.pk)
    text = found.search_text
    assert save_person(found).search_text == text
