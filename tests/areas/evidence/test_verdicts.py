"""Rules propose, a person signs; deciding otherwise needs a reason, and history is kept."""

import pytest
from django.utils import timezone

from proche.areas.evidence.actions import propose, reopen, sign
from proche.areas.evidence.models import Evidence, Verdict
from proche.areas.evidence.queries import latest_evidence, with_largest_account, with_verdict
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import AccountFactory, PersonFactory

TODAY = timezone.localdate


@pytest.fixture
def person(cast: Cast) -> Person:
    person = PersonFactory.create(programme=cast.programme, seeks_living="no")
    AccountFactory.create(person=person, followers=812, proof="declared")
    return person


def proposed(person: Person) -> Verdict:
    verdict = propose(person, as_of=TODAY())
    assert verdict is not None
    return verdict


def test_the_account_with_most_followers_decides(person: Person) -> None:
    AccountFactory.create(person=person, platform="tiktok", followers=48_000)
    assert proposed(person).tier != "nano"


def test_nobody_is_judged_without_a_number_of_followers(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    AccountFactory.create(person=person, followers=None)
    assert propose(person, as_of=TODAY()) is None


def test_what_is_unknown_is_kept_as_unknown_with_its_reason(person: Person) -> None:
    proposed(person)
    reply_rate = latest_evidence(person)["reply_rate"]
    assert (reply_rate.value, bool(reply_rate.note)) == (None, True)
    followers = latest_evidence(person)["followers"]
    assert (followers.value, followers.proof) == (812, "declared")


def test_proposing_again_on_one_day_replaces_the_proposal_and_its_facts(person: Person) -> None:
    first = proposed(person)
    count = Evidence.objects.count()
    second = proposed(person)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert list(Verdict.objects.to_sign()) == [second]
    assert Evidence.objects.count() == count


def test_signing_as_proposed_needs_no_reason(person: Person, cast: Cast) -> None:
    verdict = sign(proposed(person), by=cast.strategist)
    assert (verdict.tier, verdict.signed_by, verdict.override_reason) == (
        verdict.proposed_tier,
        cast.strategist,
        "",
    )


def test_deciding_otherwise_needs_a_reason_and_keeps_both(person: Person, cast: Cast) -> None:
    verdict = proposed(person)
    with pytest.raises(Refusal) as refusal:
        sign(verdict, by=cast.strategist, tier="micro")
    assert refusal.value.field == "reason"
    signed = sign(verdict, by=cast.strategist, tier="micro", reason="Vend des formations.")
    assert (signed.proposed_tier, signed.tier) == ("nano", "micro")
    assert signed.override_reason == "Vend des formations."


def test_a_verdict_is_signed_once(person: Person, cast: Cast) -> None:
    verdict = sign(proposed(person), by=cast.strategist)
    with pytest.raises(Refusal) as refusal:
        sign(verdict, by=cast.owner)
    assert refusal.value.code == "already_signed"


def test_opening_again_keeps_the_signed_one_in_force_until_the_next(
    person: Person, cast: Cast
) -> None:
    first = sign(proposed(person), by=cast.strategist)
    second = reopen(first, by=cast.owner)
    assert list(Verdict.objects.signed()) == [first]
    sign(second, by=cast.owner, tier="undetermined", reason="À revoir au printemps.")
    assert list(Verdict.objects.signed()) == [second]
    assert Verdict.objects.filter(person=person).count() == 2


def test_the_bank_joins_the_signed_verdict_and_the_largest_account(
    person: Person, cast: Cast
) -> None:
    AccountFactory.create(person=person, platform="facebook", followers=None)
    sign(proposed(person), by=cast.strategist)
    people = with_largest_account(with_verdict(Person.objects.all()))
    rows = people.values_list("signed__tier", "followers", "proof")  # type: ignore[misc]
    assert list(rows) == [("nano", 812, "declared")]
