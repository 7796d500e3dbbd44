"""The road of accounts: one row however many name it, and a no that leaves a mark alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import NamedAccount
from proche.areas.recruitment.marks import account_mark, plain_handle
from proche.areas.recruitment.models import (
    Attempt,
    Block,
    Call,
    HandleDuties,
    Nomination,
    Supporter,
)
from proche.common.errors import Refusal
from tests.areas.recruitment.conftest import a_call, let_in
from tests.cast import Cast, make_cast

State = Nomination.State
CAMILLE = NamedAccount("instagram", "@Camille.Coupe", "Ses coupes font parler tout le quartier.")


@pytest.fixture
def asking(cast: Cast) -> Call:
    actions.accept_duties(cast.programme, by=cast.owner, kept_days=10)
    return a_call(cast, asks_handles=True)


def named(call: Call, account: NamedAccount = CAMILLE, name: str = "") -> None:
    assert actions.nominate_account(call, let_in(), account, nominator_name=name)


def test_no_call_asks_for_accounts_before_somebody_takes_the_duties(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        a_call(cast, asks_handles=True)
    assert refusal.value.code == "duties_first"
    with pytest.raises(Refusal) as refusal:
        named(a_call(cast, slug="sans"))
    assert refusal.value.code == "no_handles"
    assert not Nomination.objects.exists()


def test_giving_the_duties_up_closes_the_road_at_once(asking: Call, cast: Cast) -> None:
    actions.give_duties_up(cast.programme)
    asking.refresh_from_db()
    with pytest.raises(Refusal):
        named(asking)
    assert not HandleDuties.objects.exists()


def test_forty_readers_who_name_one_account_make_one_row(asking: Call) -> None:
    spelled = ["@Camille.Coupe", "camille.coupe", "https://www.instagram.com/camille.coupe/?hl=fr"]
    for n in range(40):
        account = NamedAccount("instagram", spelled[n % 3], "Bonne." if n == 3 else "")
        named(asking, account, "Luc" if n == 0 else "")
    row = Nomination.objects.get()
    assert (row.platform, row.handle, row.reason) == ("instagram", "camille.coupe", "Bonne.")
    assert row.supporters.count() == 40
    assert list(row.supporters.exclude(name="").values_list("name", flat=True)) == ["Luc"]


def test_one_form_sent_twice_supports_once(asking: Call) -> None:
    admitted = let_in()
    for _ in range(2):
        actions.nominate_account(asking, admitted, CAMILLE)
    assert (Supporter.objects.count(), Attempt.objects.count()) == (1, 1)


def test_two_accounts_of_the_same_name_elsewhere_are_two(asking: Call) -> None:
    named(asking)
    named(asking, NamedAccount("tiktok", "camille.coupe"))
    assert Nomination.objects.count() == 2


def test_a_no_destroys_the_words_and_leaves_only_a_mark(asking: Call) -> None:
    named(asking, name="Luc Tremblay")
    row = Nomination.objects.get()
    mark = row.trace
    actions.refuse_nomination(row)
    row.refresh_from_db()
    kept = (row.state, row.platform, row.handle, row.reason, row.trace)
    assert kept == (State.REFUSED, "", "", "", None)
    assert list(Supporter.objects.values_list("name", flat=True)) == [""]
    assert list(Block.objects.values_list("trace", flat=True)) == [mark]


def test_after_a_no_the_next_reader_is_thanked_and_nothing_is_written(asking: Call) -> None:
    named(asking)
    actions.refuse_nomination(Nomination.objects.get())
    before = (Nomination.objects.count(), Supporter.objects.count(), Block.objects.count())
    named(asking)
    assert (Nomination.objects.count(), Supporter.objects.count(), Block.objects.count()) == before
    assert not Nomination.objects.filter(state=State.PROPOSED).exists()


def test_a_no_ends_the_nominations_of_the_programme_s_other_calls(asking: Call, cast: Cast) -> None:
    named(asking)
    named(a_call(cast, slug="autre", asks_handles=True))
    actions.refuse_nomination(Nomination.objects.earliest("id"))
    assert set(Nomination.objects.values_list("state", "handle")) == {(State.REFUSED, "")}


def test_without_an_answer_an_account_is_destroyed_after_the_days_of_the_duties(
    asking: Call,
) -> None:
    named(asking)
    actions.forget(timezone.now() + timedelta(days=9, hours=23))
    assert Nomination.objects.get().handle == "camille.coupe"
    assert actions.forget(timezone.now() + timedelta(days=10, hours=1)) == 1
    row = Nomination.objects.get()
    assert (row.state, row.handle, row.reason, row.trace) == (State.EXPIRED, "", "", None)
    assert not Block.objects.exists()


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (NamedAccount("instagram", "camille@exemple.example"), "handle"),
        (NamedAccount("instagram", "418 555-0134"), "handle"),
        (NamedAccount("instagram", "camille coupe"), "handle"),
        (NamedAccount("instagram", "   "), "handle"),
        (NamedAccount("instagram", "camille", "Écrivez-lui à c@exemple.example"), "reason"),
        (NamedAccount("instagram", "camille", "Au 418-555-0134"), "reason"),
    ],
)
def test_what_reaches_a_person_elsewhere_is_refused(
    asking: Call, account: NamedAccount, field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        named(asking, account)
    assert refusal.value.field == field
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("platform", "typed", "plain"),
    [
        ("instagram", "https://instagram.com/Camille", "camille"),
        ("tiktok", "https://www.tiktok.com/@camille?lang=fr", "camille"),
        ("linkedin", "https://ca.linkedin.com/in/camille-o/", "camille-o"),
        ("bluesky", "@camille.bsky.social", "camille.bsky.social"),
        ("mastodon", "@camille@mastodon.example", "camille@mastodon.example"),
        ("blog", "https://camille.example/blogue/", "camille.example/blogue"),
    ],
)
def test_an_account_is_one_however_it_is_written(platform: str, typed: str, plain: str) -> None:
    assert plain_handle(platform, typed) == plain


def test_a_mark_differs_by_programme_and_tells_nothing(cast: Cast) -> None:
    other = make_cast().programme
    marks = {account_mark(p, "instagram", "camille") for p in (cast.programme, other)}
    assert len(marks) == 2
    assert all(len(mark) == 64 and "camille" not in mark for mark in marks)
