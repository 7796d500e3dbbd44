"""A stop and its undo: the days given back, the answers that came meanwhile, who is told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from proche.areas.campaigns.actions import (
    accept,
    decline,
    go_on,
    note_withdrawal_read,
    plan_waves,
    reconsider,
    restore_stopped,
    stop_waves,
    take_back_withdrawal,
    withdraw_offer,
)
from proche.areas.campaigns.actions.waves import PlanFacts
from proche.areas.campaigns.models import Campaign, Exchange, Offer, WavePlan
from proche.areas.consent.actions import withdraw
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed

State = Offer.State
PLAN = PlanFacts(size=9, answer_days=5, limit="places", by_itself=True, from_reserve=False)


def stopped(cast: Cast, people: int = 1, *, quantity: int = 9) -> tuple[Campaign, list[Offer]]:
    """So many asked, then the campaign stopped three days ago; four days were left to answer."""
    campaign = a_campaign(cast.programme, quantity=quantity)
    plan_waves(campaign.brief, by=cast.strategist, **PLAN)
    offers = [an_offer(who_agreed(cast.programme), campaign) for _ in range(people)]
    Offer.objects.update(respond_by=in_days(1))
    assert stop_waves(campaign, by=cast.strategist, withdraw=True) == people
    past = timezone.localtime() - timedelta(days=3)
    Offer.objects.update(answered_at=past, stopped_at=past)
    return campaign, offers


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def told() -> list[str]:
    return list(Message.objects.filter(kind="offer_back").values_list("to", flat=True))


def test_an_offer_gets_its_days_back_and_who_read_nothing_hears_nothing(cast: Cast) -> None:
    campaign, [offer] = stopped(cast)
    done = restore_stopped(campaign, by=cast.owner)
    assert (done.offers, done.left_out) == ([offer], [])
    again = Offer.objects.get()
    assert (again.state, again.respond_by, again.key) == (State.SENT, in_days(4), offer.key)
    assert (again.answered_at, again.stopped_at) == (None, None)
    assert WavePlan.objects.get().stopped_at is None
    assert told() == []
    assert accept(again, address=HOME).offer == again


def test_the_days_given_back_never_outlast_the_brief(cast: Cast) -> None:
    campaign, _offers = stopped(cast)
    campaign.brief.starts_on, campaign.brief.ends_on = in_days(-5), in_days(2)
    campaign.brief.save()
    restore_stopped(campaign, by=None)
    assert Offer.objects.get().respond_by == in_days(2)


def test_who_read_that_it_was_withdrawn_is_told_once_that_it_is_open_again(cast: Cast) -> None:
    campaign, [reader, _other] = stopped(cast, 2)
    note_withdrawal_read(reader)
    restore_stopped(campaign, by=cast.owner)
    restore_stopped(campaign, by=cast.owner)
    assert told() == [reader.person.email]
    letter = Message.objects.get(kind="offer_back")
    assert f"/moi/propositions/{reader.key}/" in letter.body
    assert Offer.objects.get(pk=reader.pk).withdrawal_read_at is None


def test_a_yes_that_came_meanwhile_is_refused_kindly_and_has_its_place_afterwards(
    cast: Cast,
) -> None:
    campaign, [eager, other] = stopped(cast, 2, quantity=1)
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            accept(eager, address=HOME)
    assert (refused.value.code, Exchange.objects.count()) == ("offer_withdrawn", 0)
    assert eager.person.timeline.filter(verb="offer_yes_kept").count() == 1
    assert go_on() == 0
    restore_stopped(campaign, by=None)
    assert told() == [eager.person.email]
    with pytest.raises(Refusal) as late:
        accept(other, address=HOME)
    assert late.value.code == "places_taken"
    assert accept(eager, address=HOME).offer == eager


def test_who_stood_in_line_before_comes_before_a_yes_that_came_meanwhile(cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    plan_waves(campaign.brief, by=None, **PLAN)
    first, queued, late = (an_offer(who_agreed(cast.programme), campaign) for _ in range(3))
    accept(first, address=HOME)
    with pytest.raises(Refusal):
        accept(queued, address=HOME)
    stop_waves(campaign, by=None, withdraw=True)
    with pytest.raises(Refusal):
        accept(late, address=HOME)
    campaign.brief.quantity = 2
    campaign.brief.save()
    restore_stopped(campaign, by=None)
    assert Message.objects.get(kind="place_opened").person == queued.person
    assert "Votre oui a été gardé. Toutes les places" in Message.objects.get(kind="offer_back").body
    with pytest.raises(Refusal) as waits:
        accept(late, address=HOME)
    assert waits.value.code == "places_taken"


def test_a_no_that_came_meanwhile_is_the_answer_and_can_still_be_taken_back(cast: Cast) -> None:
    campaign, [offer] = stopped(cast)
    decline(offer)
    assert Offer.objects.get().state == State.WITHDRAWN
    restore_stopped(campaign, by=None)
    assert (Offer.objects.get().state, told()) == (State.DECLINED, [])
    reconsider(offer)
    assert accept(offer, address=HOME).offer == offer


def test_who_may_no_longer_be_asked_stays_withdrawn_with_the_reason(cast: Cast) -> None:
    campaign, [gone, busy, fine] = stopped(cast, 3)
    withdraw(gone.person, "offers")
    elsewhere = an_offer(busy.person, a_campaign(cast.programme))
    done = restore_stopped(campaign, by=None)
    assert done.offers == [fine]
    reasons = {person.pk: str(reason) for person, reason in done.left_out}
    assert set(reasons) == {gone.person_id, busy.person_id}
    assert elsewhere.campaign.brief.brand.name in reasons[busy.person_id]
    states = dict(campaign.offers.values_list("pk", "state"))
    assert [states[offer.pk] for offer in (gone, busy)] == ["withdrawn", "withdrawn"]


def test_a_brief_that_is_over_brings_nothing_back(cast: Cast) -> None:
    campaign, [offer] = stopped(cast)
    campaign.brief.starts_on = campaign.brief.ends_on = in_days(-1)
    campaign.brief.save()
    for act in (lambda: restore_stopped(campaign, by=None), lambda: _take_back(offer)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "brief_over"
    assert Offer.objects.get().state == State.WITHDRAWN
    assert WavePlan.objects.get().stopped_at is not None


def _take_back(offer: Offer) -> None:
    take_back_withdrawal(offer, by=None)


def test_one_withdrawn_by_hand_comes_back_alone_and_a_restart_leaves_it(cast: Cast) -> None:
    campaign, [stopped_one] = stopped(cast)
    by_hand = an_offer(who_agreed(cast.programme), campaign)
    withdraw_offer(by_hand, by=cast.strategist)
    assert restore_stopped(campaign, by=None).offers == [stopped_one]
    assert Offer.objects.get(pk=by_hand.pk).state == State.WITHDRAWN
    take_back_withdrawal(by_hand, by=cast.owner)
    assert Offer.objects.get(pk=by_hand.pk).state == State.SENT
    with pytest.raises(Refusal) as twice:
        take_back_withdrawal(by_hand, by=cast.owner)
    assert twice.value.code == "not_withdrawn"
