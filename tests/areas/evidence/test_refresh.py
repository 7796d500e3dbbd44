"""The bank is qualified again in one pass; what differs is proposed once, and a person decides."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from proche.areas.evidence.actions import (
    keep_in_force,
    let_go,
    propose,
    refresh,
    set_thresholds,
    sign,
    sign_many,
    start_refresh,
    take_back_keeping,
)
from proche.areas.evidence.models import BankNorms, Change, Evidence, RefreshRun, Verdict
from proche.areas.evidence.queries import bank_norms, to_look_at
from proche.areas.evidence.thresholds import thresholds_of
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.core.evidence import Norms
from tests.cast import Cast
from tests.factories.people import AccountFactory, PersonFactory


def member(cast: Cast, *, followers: int = 812, **fields: Any) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme, seeks_living="no", **fields)
    AccountFactory.create(person=person, followers=followers)
    verdict = propose(person, as_of=timezone.localdate())
    assert verdict is not None
    sign(verdict, by=cast.strategist, archetype=verdict.proposed_archetype, reason="x")
    return person


def refreshed(cast: Cast) -> RefreshRun:
    run = start_refresh(cast.programme, by=cast.strategist)
    refresh(run.pk)
    run.refresh_from_db()
    return run


def listed(cast: Cast) -> list[tuple[str, str, str]]:
    rows = to_look_at(cast.programme).order_by("person__given_name")
    return [(v.person.given_name, v.change, v.proposed_tier) for v in rows]


def grow(person: Person, followers: int) -> None:
    person.accounts.update(followers=followers)


def test_a_bank_where_nothing_changed_proposes_nothing(cast: Cast) -> None:
    for _ in range(3):
        member(cast)
    run = refreshed(cast)
    assert (run.done, run.total, run.changes, listed(cast)) == (3, 3, 0, [])
    assert run.finished_at is not None


def test_an_empty_bank_ends_at_once(cast: Cast) -> None:
    assert refreshed(cast).finished_at is not None


def test_a_declared_change_of_intent_is_proposed_and_the_signed_one_stays(cast: Cast) -> None:
    person = member(cast, given_name="Aline")
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    assert refreshed(cast).changes == 1
    assert listed(cast) == [("Aline", Change.TIER, "micro")]
    assert Verdict.objects.signed().get(person=person).tier == "nano"


def test_one_figure_out_of_range_does_not_stop_the_bank(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    grown, beyond = member(cast, given_name="Aline"), member(cast, given_name="Berthe")
    grow(grown, 9_000)
    grow(beyond, 1_500_000_000)
    run = refreshed(cast)
    assert run.finished_at is not None
    assert listed(cast) == [
        ("Aline", Change.GRADUATION, "undetermined"),
        ("Berthe", Change.TIER, "undetermined"),
    ]
    assert caplog.messages == [
        f"programme {cast.programme.pk}: To check: 1 counts beyond what can be, taken as unknown "
        "(first in accounts, row 2, column followers: “1500000000”)."
    ]


def test_nothing_is_listed_twice(cast: Cast) -> None:
    person = member(cast, given_name="Aline")
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    refreshed(cast)
    assert refreshed(cast).changes == 0
    assert listed(cast) == [("Aline", Change.TIER, "micro")]
    assert person.timeline.filter(verb="verdict_proposed").count() == 2


def test_what_no_longer_differs_leaves_the_list(cast: Cast) -> None:
    person = member(cast)
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    refreshed(cast)
    Person.objects.filter(pk=person.pk).update(seeks_living="no")
    refreshed(cast)
    assert listed(cast) == []


def test_a_job_delivered_twice_does_its_work_once(cast: Cast) -> None:
    person = member(cast)
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    run = start_refresh(cast.programme, by=cast.strategist)
    refresh(run.pk)
    refresh(run.pk)
    assert Verdict.objects.to_sign().count() == 1
    assert person.timeline.filter(verb="verdict_proposed").count() == 2


def test_a_run_cut_before_its_end_leaves_nothing_and_goes_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = member(cast)
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    run = start_refresh(cast.programme, by=cast.strategist)

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("proche.areas.evidence.actions.refreshing._finish", cut)
        with pytest.raises(KeyboardInterrupt):
            refresh(run.pk)
    assert Verdict.objects.to_sign().count() == 0
    assert BankNorms.objects.count() == 0
    refresh(run.pk)
    assert Verdict.objects.to_sign().count() == 1


def test_one_run_at_a_time_and_a_stalled_one_is_sent_again(cast: Cast) -> None:
    first = start_refresh(cast.programme, by=cast.strategist)
    assert start_refresh(cast.programme, by=cast.owner) == first
    RefreshRun.objects.update(started_at=timezone.now() - timedelta(hours=1))
    again = start_refresh(cast.programme, by=cast.owner)
    again.refresh_from_db()
    assert (again.pk, again.started_by) == (first.pk, cast.owner)


def test_another_programme_is_neither_read_nor_touched(cast: Cast) -> None:
    member(cast)
    other = PersonFactory.create(seeks_living="no")
    AccountFactory.create(person=other, followers=90)
    assert refreshed(cast).total == 1
    assert not other.verdicts.exists()


def test_a_person_who_decided_otherwise_is_not_asked_the_same_again(cast: Cast) -> None:
    person: Person = PersonFactory.create(programme=cast.programme, seeks_living="no")
    AccountFactory.create(person=person, followers=812)
    verdict = propose(person, as_of=timezone.localdate())
    assert verdict is not None
    sign(verdict, by=cast.strategist, tier="micro", reason="Vend des formations.")
    assert refreshed(cast).changes == 0


def test_keeping_says_who_looked_and_is_not_asked_again(cast: Cast) -> None:
    person = member(cast)
    Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    refreshed(cast)
    kept = keep_in_force(to_look_at(cast.programme).get(), by=cast.strategist)
    assert (kept.kept_by, listed(cast)) == (cast.strategist, [])
    assert refreshed(cast).changes == 0
    take_back_keeping(kept, by=cast.strategist)
    assert len(listed(cast)) == 1


def test_signing_many_puts_them_in_force(cast: Cast) -> None:
    for name in ("Aline", "Benoit"):
        person = member(cast, given_name=name)
        Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    refreshed(cast)
    assert sign_many(to_look_at(cast.programme), by=cast.strategist) == 2
    tiers = Verdict.objects.signed().values_list("tier", flat=True)
    assert (list(tiers), listed(cast)) == (["micro", "micro"], [])


def test_a_nano_who_reaches_the_ceiling_is_proposed_as_grown(cast: Cast) -> None:
    person = member(cast, given_name="Aline")
    grow(person, 5000)
    refreshed(cast)
    assert listed(cast) == [("Aline", Change.GRADUATION, "undetermined")]
    with pytest.raises(Refusal) as refusal:
        sign_many(to_look_at(cast.programme), by=cast.strategist)
    assert refusal.value.code == "decide_alone"


def test_one_follower_under_the_ceiling_has_not_grown(cast: Cast) -> None:
    grow(member(cast), 4999)
    assert refreshed(cast).changes == 0


def test_keeping_someone_who_has_grown_needs_a_day_and_comes_back_then(cast: Cast) -> None:
    grow(member(cast, given_name="Aline"), 6200)
    refreshed(cast)
    waiting = to_look_at(cast.programme).get()
    with pytest.raises(Refusal) as refusal:
        keep_in_force(waiting, by=cast.strategist)
    assert refusal.value.field == "until"
    day = timezone.localdate() + timedelta(days=60)
    kept = keep_in_force(waiting, by=cast.strategist, until=day)
    assert refreshed(cast).changes == 0
    Verdict.objects.filter(pk=kept.pk).update(kept_until=timezone.localdate())
    assert refreshed(cast).changes == 1


def test_letting_go_thanks_by_mail_and_keeps_the_page(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    person = member(cast)
    grow(person, 6200)
    refreshed(cast)
    let_go(to_look_at(cast.programme).get(), by=cast.strategist, words="À bientôt.")
    person.refresh_from_db()
    sent = Message.objects.get(kind="graduated")
    assert (person.state, sent.to) == (Person.State.ASLEEP, person.email)
    assert "À bientôt." in sent.body
    assert Verdict.objects.signed().get(person=person).tier == "undetermined"
    assert mail.outbox == []


def test_the_norms_come_from_the_bank_and_serve_the_next_proposal(cast: Cast) -> None:
    for place in range(12):
        person = member(cast)
        account = person.accounts.get()
        Evidence.objects.filter(account=account, measure="reply_rate").update(
            value=place / 12, n=40, low=max(0, place / 12 - 0.1), high=min(1, place / 12 + 0.1)
        )
    refreshed(cast)
    norms = bank_norms(cast.programme)
    assert norms is not None
    assert norms.accounts == 12
    groups = Norms.from_json(norms.body).groups
    assert {(g.measure, g.accounts) for g in groups} == {("reply_rate", 12)}
    newcomer = PersonFactory.create(programme=cast.programme)
    AccountFactory.create(person=newcomer, followers=700)
    verdict = propose(newcomer, as_of=timezone.localdate())
    assert verdict is not None
    assert verdict.norms == norms


def test_a_measure_that_cannot_be_taken_again_keeps_its_last_known_fact(cast: Cast) -> None:
    person = member(cast)
    earlier = timezone.localdate() - timedelta(days=90)
    account = person.accounts.get()
    facts = {"value": 0.4, "n": 50, "low": 0.28, "high": 0.54, "proof": "archive"}
    Evidence.objects.create(
        person=person, account=account, measure="reply_rate", as_of=earlier, **facts
    )
    refreshed(cast)
    # The unknown of today does not hide what an archive showed, and nothing is written over.
    assert Evidence.objects.get(account=account, measure="reply_rate", as_of=earlier).value == 0.4


def test_thresholds_of_a_programme_change_the_version_and_the_ceiling(cast: Cast) -> None:
    assert thresholds_of(cast.programme).version == "2026.1"
    set_thresholds(cast.programme, {"active": 2.0}, ceiling=3000, by=cast.owner)
    own = thresholds_of(cast.programme)
    assert (own.ceiling, own.active, own.near) == (3000, 2.0, 60)
    assert own.version.startswith("2026.1+")
    assert len(own.version) <= 20
    grow(member(cast, given_name="Aline"), 3200)
    refreshed(cast)
    assert listed(cast) == [("Aline", Change.GRADUATION, "undetermined")]
