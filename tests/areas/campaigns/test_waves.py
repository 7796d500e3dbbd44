"""Waves: whom each one asks, when the next comes, what keeps it back, and the line before all."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.acceptance import past_of
from proche.areas.campaigns.actions import (
    accept,
    ask_now,
    bring_back_to_waves,
    decline,
    expire_offers,
    give_up,
    go_on,
    let_go_from_wave,
    pause_waves,
    plan_waves,
    prepare_wave,
    reconsider,
    resume_waves,
    send_wave,
    stop_waves,
    withdraw_offer,
)
from proche.areas.campaigns.actions.waves import PlanFacts
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Wave
from proche.areas.campaigns.queries import places_open
from proche.areas.campaigns.waves import turn_of
from proche.areas.consent.actions import withdraw
from proche.areas.content.leaving import leave
from proche.areas.matching.actions import (
    add_to_roster,
    answer_review,
    bring_back,
    choose_roster,
    invite_review,
    let_go,
    reply_to_review,
)
from proche.areas.matching.models import Roster
from proche.areas.matching.queries import let_go_for
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed
from tests.factories.matching import a_member, a_roster, a_shortlist

State = Offer.State


def a_plan(**facts: object) -> PlanFacts:
    told = {"size": 9, "answer_days": 5, "limit": "places", "by_itself": True}
    return {**told, "from_reserve": False, **facts}  # type: ignore[typeddict-item]


@pytest.fixture
def brief(cast: Cast) -> Brief:
    """Two places; a roster of five, in the order Ana, Bao, Chloé, Dan, Éva."""
    brief: Brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    for place, name in enumerate(("Ana", "Bao", "Chloé", "Dan", "Éva")):
        a_member(cast.programme, given_name=name, reached=range(1000 * place, 1000 * place + 90))
    roster = a_roster(brief, size=5)
    for position, seat in enumerate(roster.places.order_by("person"), start=1):
        seat.position = position
        seat.save()
    return brief


def asked(brief: Brief, **facts: object) -> list[str]:
    rows = Offer.objects.filter(campaign__brief=brief, **facts).exclude(state=State.DRAFT)
    return list(rows.order_by("pk").values_list("person__given_name", flat=True))


def offer_of(brief: Brief, name: str) -> Offer:
    return Offer.objects.get(campaign__brief=brief, person__given_name=name)


def noon() -> datetime:
    """Of the day it is when a test asks: waves leave by day only."""
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def later(minutes: int = 20) -> datetime:
    return noon() + timedelta(minutes=minutes)


def answered_long_ago() -> None:
    Offer.objects.exclude(answered_at=None).update(answered_at=noon() - timedelta(hours=1))


def test_a_wave_asks_as_many_as_there_are_places_in_the_order_of_the_roster(
    cast: Cast, brief: Brief
) -> None:
    done = ask_now(brief, by=cast.strategist, **a_plan())
    assert [offer.person.given_name for offer in done.sent] == ["Ana", "Bao"]
    wave = Wave.objects.get()
    assert (wave.number, wave.sent_by, wave.respond_by) == (
        1,
        cast.strategist,
        timezone.localdate() + timedelta(days=5),
    )
    assert {offer.wave for offer in Offer.objects.all()} == {wave}


def test_the_next_wave_leaves_once_all_have_answered_and_replaces_only_the_no(
    cast: Cast, brief: Brief
) -> None:
    ask_now(brief, by=cast.strategist, **a_plan())
    accept(offer_of(brief, "Ana"), address=HOME)
    assert go_on(noon()) == 0
    decline(offer_of(brief, "Bao"))
    # A no can be taken back: the wave that it ends waits a little.
    Offer.objects.filter(state=State.DECLINED).update(answered_at=noon() - timedelta(minutes=2))
    assert (go_on(noon()), asked(brief)) == (0, ["Ana", "Bao"])
    answered_long_ago()
    assert (go_on(noon()), go_on(noon()), go_on(noon())) == (1, 0, 0)
    assert asked(brief) == ["Ana", "Bao", "Chloé"]
    assert list(Wave.objects.values_list("number", flat=True)) == [1, 2]
    assert Message.objects.filter(kind="offer").count() == 3


def test_a_last_day_that_passed_ends_the_wave(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=cast.strategist, **a_plan())
    past = timezone.localdate() - timedelta(days=1)
    Offer.objects.update(respond_by=past)
    Wave.objects.update(respond_by=past)
    assert go_on(noon()) == 1
    assert asked(brief) == ["Ana", "Bao", "Chloé", "Dan"]


def test_waves_leave_by_themselves_by_day_only(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=cast.strategist, **a_plan())
    for name in ("Ana", "Bao"):
        decline(offer_of(brief, name))
    answered_long_ago()
    night = noon().replace(hour=23)
    assert go_on(night) == 1
    assert (asked(brief), Offer.objects.filter(state=State.DRAFT).count()) == (["Ana", "Bao"], 2)
    assert go_on(night) == 0
    assert go_on(noon() + timedelta(days=1)) == 1
    assert asked(brief) == ["Ana", "Bao", "Chloé", "Dan"]


def test_a_wave_that_asks_first_is_prepared_once_and_waits(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=cast.strategist, **a_plan(by_itself=False))
    decline(offer_of(brief, "Ana"))
    decline(offer_of(brief, "Bao"))
    answered_long_ago()
    assert (go_on(noon()), go_on(noon())) == (1, 0)
    wave = Wave.objects.get(number=2)
    assert (wave.sent_at, wave.made_by) == (None, None)
    assert asked(brief) == ["Ana", "Bao"]
    assert len(send_wave(wave, by=cast.owner).sent) == 2
    with pytest.raises(Refusal) as twice:
        send_wave(wave, by=cast.strategist)
    assert twice.value.code == "wave_sent"
    assert Message.objects.filter(kind="offer").count() == 4


def test_the_database_refuses_a_second_wave_at_a_time(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=cast.strategist, **a_plan())
    campaign = Campaign.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.create(campaign=campaign, number=2, made_at=noon())


def test_nobody_is_asked_beyond_the_places(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=cast.strategist, **a_plan())
    for name in ("Ana", "Bao"):
        accept(offer_of(brief, name), address=HOME)
    answered_long_ago()
    assert (go_on(noon()), Wave.objects.get().ended_at) == (0, noon())
    with pytest.raises(Refusal) as nobody:
        ask_now(brief, by=cast.strategist, **a_plan(size=50))
    assert nobody.value.code == "nobody_to_ask"


def test_a_prepared_wave_sends_no_more_than_the_places_left_when_it_leaves(
    cast: Cast, brief: Brief
) -> None:
    plan = plan_waves(brief, by=None, **a_plan())
    wave = prepare_wave(plan.campaign, by=None)
    assert wave is not None
    outside = an_offer(who_agreed(cast.programme), plan.campaign)
    accept(outside, address=HOME)
    assert [o.person.given_name for o in send_wave(wave, by=None).sent] == ["Ana"]
    assert not Offer.objects.filter(state=State.DRAFT).exists()


def test_who_may_no_longer_be_asked_is_left_out_when_the_wave_leaves(
    cast: Cast, brief: Brief
) -> None:
    plan = plan_waves(brief, by=None, **a_plan())
    wave = prepare_wave(plan.campaign, by=None)
    assert wave is not None
    withdraw(Person.objects.get(given_name="Ana"), "offers")
    done = send_wave(wave, by=None)
    assert [o.person.given_name for o in done.sent] == ["Bao"]
    assert [person.given_name for person, _why in done.left_out] == ["Ana"]
    assert asked(brief) == ["Bao"]


def test_a_wave_of_which_nobody_is_left_gives_way_to_the_next(cast: Cast, brief: Brief) -> None:
    plan = plan_waves(brief, by=None, **a_plan(size=1))
    wave = prepare_wave(plan.campaign, by=None)
    assert wave is not None
    withdraw(Person.objects.get(given_name="Ana"), "offers")
    with pytest.raises(Refusal) as nobody:
        send_wave(wave, by=None)
    assert nobody.value.code == "nobody_left"
    assert go_on(noon()) == 1
    assert asked(brief) == ["Bao"]


def test_the_reserve_follows_the_roster_only_where_it_is_allowed(cast: Cast, brief: Brief) -> None:
    spare = a_member(cast.programme, given_name="Flora")
    a_member(cast.programme, given_name="Loin", topics=["cars"], occupation="mécano", own_words="")
    a_shortlist(brief)
    Person.objects.filter(given_name__in=["Chloé", "Dan", "Éva"]).update(state="asleep")
    ask_now(brief, by=None, **a_plan(from_reserve=False))
    for name in ("Ana", "Bao"):
        decline(offer_of(brief, name))
    answered_long_ago()
    assert go_on(noon()) == 0
    plan_waves(brief, by=None, **a_plan(from_reserve=True))
    assert go_on(noon()) == 1
    assert asked(brief) == ["Ana", "Bao", spare.given_name]


def test_pause_holds_everything_and_going_on_takes_it_up(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=None, **a_plan())
    campaign = Campaign.objects.get()
    pause_waves(campaign, by=cast.strategist)
    for name in ("Ana", "Bao"):
        decline(offer_of(brief, name))
    answered_long_ago()
    assert go_on(noon()) == 0
    with pytest.raises(Refusal) as paused:
        prepare_wave(campaign, by=None)
    assert paused.value.code == "paused"
    resume_waves(campaign, by=cast.strategist)
    assert go_on(noon()) == 1


def test_stopping_may_withdraw_what_waits_and_can_be_undone(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=None, **a_plan())
    accept(offer_of(brief, "Ana"), address=HOME)
    campaign = Campaign.objects.get()
    assert stop_waves(campaign, by=cast.strategist, withdraw=True) == 1
    assert offer_of(brief, "Bao").state == State.WITHDRAWN
    answered_long_ago()
    assert go_on(noon()) == 0
    # Without the offers that were withdrawn: `test_restoring` brings them back.
    resume_waves(campaign, by=cast.strategist)
    assert go_on(noon()) == 1
    assert asked(brief) == ["Ana", "Bao", "Chloé"]


def test_who_was_let_go_by_hand_stays_out_of_the_reserve_until_brought_back(
    cast: Cast, brief: Brief
) -> None:
    roster = brief.shortlist.roster
    ana, bao = (Person.objects.get(given_name=name) for name in ("Ana", "Bao"))
    let_go(roster, ana, by=cast.strategist)
    choose_roster(brief.shortlist, by=None, size=1)
    done = ask_now(brief, by=None, **a_plan(from_reserve=True, size=4))
    assert "Ana" not in asked(brief)
    campaign = done.sent[0].campaign
    with pytest.raises(Refusal) as sent:
        let_go_from_wave(campaign, bao, by=cast.strategist)
    assert sent.value.code == "not_prepared"
    term = let_go_for(brief).get()
    assert (term.person, term.let_go_by, term.had_seat) == (ana, cast.strategist, True)
    bring_back(roster, ana, by=cast.owner)
    assert ana in turn_of(brief, from_reserve=True).ready
    assert not let_go_for(brief).exists()


def test_who_is_let_go_from_the_reserve_changes_no_seat(cast: Cast, brief: Brief) -> None:
    choose_roster(brief.shortlist, by=None, size=2)
    plan = plan_waves(brief, by=None, **a_plan(from_reserve=True))
    roster = Roster.objects.get()
    spare = turn_of(brief, from_reserve=True).ready[2]
    let_go(roster, spare, by=None)
    roster_after = Roster.objects.get()
    assert (roster_after.made_at, roster_after.places.count()) == (roster.made_at, 2)
    assert spare not in turn_of(brief, from_reserve=True).ready
    bring_back_to_waves(plan.campaign, spare, by=None)
    assert spare in turn_of(brief, from_reserve=True).ready
    assert Roster.objects.get().places.count() == 2


def test_nothing_leaves_before_the_question_of_the_brand_has_an_answer(
    cast: Cast, brief: Brief
) -> None:
    contact = ContactFactory.create(brand=brief.brand)
    review = invite_review(brief.shortlist.roster, contact, by=cast.strategist)
    answer_review(review, state="questioned", comment="Qui est Ana?")
    with pytest.raises(Refusal) as held:
        ask_now(brief, by=cast.strategist, **a_plan())
    assert held.value.code == "question_open"
    assert Campaign.objects.count() == 0
    reply_to_review(review, "Une coiffeuse.", by=cast.strategist)
    assert len(ask_now(brief, by=cast.strategist, **a_plan()).sent) == 2


def test_after_a_refusal_of_the_brand_no_wave_leaves_by_itself(cast: Cast, brief: Brief) -> None:
    ask_now(brief, by=None, **a_plan())
    decline(offer_of(brief, "Ana"))
    decline(offer_of(brief, "Bao"))
    answered_long_ago()
    contact = ContactFactory.create(brand=brief.brand)
    review = invite_review(brief.shortlist.roster, contact, by=None)
    answer_review(review, state="refused", comment="Trop loin.")
    assert go_on(noon()) == 0
    # Another roster is another choice.
    spare = a_member(cast.programme, given_name="Flora")
    a_shortlist(brief)
    add_to_roster(brief.shortlist.roster, spare, by=None)
    assert go_on(noon()) == 1


def three_in_line(cast: Cast) -> tuple[Campaign, list[Offer]]:
    """One place taken by the first; two said yes after."""
    campaign = a_campaign(cast.programme, quantity=1)
    offers = [an_offer(who_agreed(cast.programme), campaign) for _ in range(3)]
    accept(offers[0], address=HOME)
    for offer in offers[1:]:
        with pytest.raises(Refusal):
            accept(offer, address=HOME)
    return campaign, offers


def test_a_freed_place_is_kept_for_the_first_in_line_against_anybody_new(cast: Cast) -> None:
    campaign, offers = three_in_line(cast)
    fresh = an_offer(who_agreed(cast.programme), campaign)
    give_up(Exchange.objects.get())
    assert places_open(campaign) == 0
    for other in (offers[2], fresh):
        with pytest.raises(Refusal) as late:
            accept(other, address=HOME)
        assert late.value.code == "places_taken"
    assert accept(offers[1], address=HOME).offer == offers[1]


@pytest.mark.parametrize("how", ["decline", "withdraw", "expire"])
def test_a_kept_place_that_is_let_go_goes_to_the_next_in_line_once(cast: Cast, how: str) -> None:
    campaign, offers = three_in_line(cast)
    give_up(Exchange.objects.get())
    called = Offer.objects.get(pk=offers[1].pk)
    if how == "decline":
        decline(called)
    elif how == "withdraw":
        withdraw_offer(called, by=None)
    else:
        past = timezone.localdate() - timedelta(days=1)
        Offer.objects.filter(pk=called.pk).update(respond_by=past)
        expire_offers()
    told = Message.objects.filter(kind="place_opened").order_by("pk")
    assert [letter.person for letter in told] == [offers[1].person, offers[2].person]
    assert (go_on(noon()), told.count()) == (0, 2)
    assert accept(offers[2], address=HOME).offer == offers[2]
    assert places_open(campaign) == 0


def test_a_no_taken_back_stands_in_line_again(cast: Cast) -> None:
    _campaign, offers = three_in_line(cast)
    give_up(Exchange.objects.get())
    decline(offers[1])
    reconsider(offers[1])
    with pytest.raises(Refusal) as late:
        accept(offers[1], address=HOME)
    assert late.value.code == "places_taken"
    decline(offers[2])
    assert accept(offers[1], address=HOME)


def test_who_left_or_sleeps_is_passed_over_by_the_line(cast: Cast) -> None:
    _campaign, offers = three_in_line(cast)
    Person.objects.filter(pk=offers[1].person_id).update(state="asleep")
    give_up(Exchange.objects.get())
    assert [m.person for m in Message.objects.filter(kind="place_opened")] == [offers[2].person]


def test_who_leaves_before_the_parcel_frees_the_place_for_the_line(cast: Cast) -> None:
    campaign, offers = three_in_line(cast)
    leave(offers[0].person)
    assert go_on(noon()) == 0
    assert [m.person for m in Message.objects.filter(kind="place_opened")] == [offers[1].person]
    assert accept(offers[1], address=HOME)
    assert places_open(campaign) == 0


def test_the_past_counts_offers_only_once_their_time_is_over(cast: Cast) -> None:
    cast.programme.asks_per_quarter = 99
    cast.programme.save()
    campaign = a_campaign(cast.programme, quantity=30)
    offers = [an_offer(who_agreed(cast.programme), campaign) for _ in range(12)]
    for offer in offers[:8]:
        accept(offer, address=HOME)
    for offer in offers[8:10]:
        decline(offer)
    past = past_of(cast.programme, "gift")
    assert (past.answered, past.acceptance) == (0, None)
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    expire_offers()
    known = past_of(cast.programme, "gift").acceptance
    assert known is not None
    assert (known.people, known.yes, known.campaigns) == (12, 8, 1)
    other = past_of(cast.programme, "paid")
    assert (other.of_kind, other.acceptance) == (False, known)
    asked_for = other.to_ask(10)
    assert asked_for is not None
    assert asked_for.people > 14


def test_a_plan_by_the_past_asks_more_than_there_are_places(cast: Cast, brief: Brief) -> None:
    cast.programme.asks_per_quarter = 99
    cast.programme.save()
    campaign = a_campaign(cast.programme, quantity=30)
    for n in range(20):
        offer = an_offer(who_agreed(cast.programme), campaign)
        _ = accept(offer, address=HOME) if n % 2 else decline(offer)
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    done = ask_now(brief, by=None, **a_plan(limit="likely"))
    assert [offer.person.given_name for offer in done.sent] == ["Ana", "Bao", "Chloé", "Dan", "Éva"]
    # One offer waits at a time for each person: those of the first brief end before the second.
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    expire_offers()
    small = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    a_roster(small, size=5)
    assert len(ask_now(small, by=None, **a_plan(limit="likely", size=3)).sent) == 3
