"""Asking and answering: who may be asked, how often, and the last place."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from proche.areas.campaigns.actions import (
    accept,
    decline,
    expire_offers,
    give_up,
    open_campaign,
    reconsider,
    remind_offer,
    say_why,
    send_offers,
    withdraw_offer,
)
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.campaigns.queries import first_in_line, places_left
from proche.areas.campaigns.rules import quarter_start
from proche.areas.consent.actions import withdraw
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import HOME, a_brief, a_campaign, an_offer, shipped, who_agreed
from tests.factories.people import PersonFactory

State = Offer.State


def verbs(person: Person) -> list[str]:
    return list(person.timeline.order_by("id").values_list("verb", flat=True))


def left_out(campaign: Campaign, person: Person) -> str:
    sent = send_offers(campaign, [person], by=None)
    assert sent.sent == []
    assert not campaign.offers.filter(person=person, state=State.SENT).exists()
    return str(sent.left_out[0][1])


def test_a_campaign_opens_once(cast: Cast) -> None:
    brief = a_brief(cast.programme)
    first = open_campaign(brief, by=cast.strategist)
    assert open_campaign(brief, by=cast.owner) == first
    assert first.opened_by == cast.strategist


def test_a_brief_that_is_over_opens_no_campaign(cast: Cast) -> None:
    today = timezone.localdate()
    over = a_brief(
        cast.programme, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    with pytest.raises(Refusal) as refused:
        open_campaign(over, by=cast.strategist)
    assert refused.value.code == "brief_over"
    assert Campaign.objects.count() == 0


def test_an_offer_leaves_by_mail_with_a_day_to_answer_by(cast: Cast) -> None:
    cast.programme.answer_days = 5
    cast.programme.save()
    person = who_agreed(cast.programme)
    sent = send_offers(a_campaign(cast.programme), [person], by=cast.strategist)
    offer = sent.sent[0]
    assert (offer.state, offer.sent_by) == (State.SENT, cast.strategist)
    assert offer.respond_by == timezone.localdate() + timedelta(days=5)
    message = Message.objects.get(person=person)
    assert (message.kind, message.to) == ("offer", person.email)
    assert f"/moi/propositions/{offer.key}/" in message.body
    assert verbs(person) == ["offer_sent"]


def test_offers_go_out_in_the_order_given(cast: Cast) -> None:
    people = [who_agreed(cast.programme) for _ in range(3)]
    sent = send_offers(a_campaign(cast.programme), [people[2], people[0], people[1]], by=None)
    assert [offer.person for offer in sent.sent] == [people[2], people[0], people[1]]


def test_nobody_is_asked_without_consent_to_offers(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    withdraw(person, "offers")
    assert left_out(a_campaign(cast.programme), person)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("state", ["applied", "asleep", "left", "refused"])
def test_only_members_are_asked(cast: Cast, state: str) -> None:
    person = who_agreed(cast.programme, state=state)
    assert left_out(a_campaign(cast.programme), person)


def test_nobody_is_asked_twice_for_the_same_brief(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    campaign = a_campaign(cast.programme)
    an_offer(person, campaign)
    again = send_offers(campaign, [person], by=None)
    assert [one for one, _why in again.left_out] == [person]
    assert campaign.offers.count() == 1


def test_nobody_is_asked_while_another_campaign_waits_for_their_answer(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    first = an_offer(person)
    assert first.campaign.brief.brand.name in left_out(a_campaign(cast.programme), person)
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    assert len(send_offers(a_campaign(cast.programme), [person], by=None).sent) == 1


def test_the_ceiling_of_the_quarter_holds_whatever_was_answered(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    decline(an_offer(person))
    an_offer(person)
    assert left_out(a_campaign(cast.programme), person)


def test_offers_of_the_last_quarter_do_not_count(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    for _ in range(2):
        decline(an_offer(person))
    start = quarter_start(timezone.localdate())
    Offer.objects.update(sent_at=timezone.now() - (timezone.localdate() - start) - timedelta(2))
    assert len(send_offers(a_campaign(cast.programme), [person], by=None).sent) == 1


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 11, 23), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_quarter_is_a_calendar_quarter(day: date, start: date) -> None:
    assert quarter_start(day) == start


def test_a_brief_for_adults_asks_only_who_said_they_are_one(cast: Cast) -> None:
    young = who_agreed(cast.programme, adult=False)
    assert left_out(a_campaign(cast.programme, adults_only=True), young)
    assert an_offer(young, a_campaign(cast.programme)).state == State.SENT


def test_members_of_another_programme_are_left_out(cast: Cast) -> None:
    other = who_agreed(PersonFactory.create().programme)
    assert left_out(a_campaign(cast.programme), other)


def test_more_people_may_be_asked_than_there_are_places(cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    people = [who_agreed(cast.programme) for _ in range(3)]
    assert len(send_offers(campaign, people, by=None).sent) == 3


def test_a_yes_makes_an_exchange_with_what_the_brief_says(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    offer = an_offer(person, exchange="agreed", obligation=True, fair_value_cents=3800)
    exchange = accept(offer, address=HOME)
    assert (exchange.kind, exchange.obligation, exchange.fair_value_cents) == ("agreed", True, 3800)
    assert exchange.post_due_on is None
    parcel = exchange.parcel
    assert (parcel.state, parcel.town, parcel.note) == (
        "to_prepare",
        "Rimouski",
        "sonner deux fois",
    )
    offer.refresh_from_db()
    assert (offer.state, offer.answered_at is not None) == (State.ACCEPTED, True)
    assert verbs(person) == ["offer_sent", "offer_accepted"]


def test_a_second_yes_gives_the_same_exchange(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    assert accept(offer, address=HOME) == accept(offer, address=HOME)
    assert Exchange.objects.count() == 1


def test_a_product_needs_an_address_and_an_event_does_not(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    with pytest.raises(Refusal) as refused:
        accept(offer)
    assert (refused.value.code, refused.value.field) == ("address_missing", "street")
    assert Exchange.objects.count() == 0
    invited = an_offer(who_agreed(cast.programme), format="event", exchange="invitation")
    assert not hasattr(accept(invited), "parcel")


def test_the_first_yes_takes_the_last_place_and_the_second_is_first_in_line(cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    quick, slow = who_agreed(cast.programme), who_agreed(cast.programme)
    offers = [an_offer(person, campaign) for person in (quick, slow)]
    accept(offers[0], address=HOME)
    with pytest.raises(Refusal) as refused:
        accept(offers[1], address=HOME)
    assert refused.value.code == "places_taken"
    assert places_left(campaign) == 0
    assert Exchange.objects.count() == 1
    assert [offer.person for offer in first_in_line(campaign)] == [slow]
    assert verbs(slow) == ["offer_sent", "offer_in_line"]


def test_a_place_that_opens_can_be_taken_by_who_is_in_line(cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    offers = [an_offer(who_agreed(cast.programme), campaign) for _ in range(2)]
    accept(offers[0], address=HOME)
    with pytest.raises(Refusal):
        accept(offers[1], address=HOME)
    campaign.brief.quantity = 2
    campaign.brief.save()
    accept(offers[1], address=HOME)
    assert Exchange.objects.count() == 2


def test_a_yes_taken_back_erases_the_address_and_calls_who_is_first_in_line(cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    first, second, third = (who_agreed(cast.programme) for _ in range(3))
    offers = [an_offer(person, campaign) for person in (first, second, third)]
    exchange = accept(offers[0], address=HOME)
    for offer in offers[1:]:
        with pytest.raises(Refusal):
            accept(offer, address=HOME)
    Offer.objects.filter(pk=offers[1].pk).update(
        state=State.EXPIRED, respond_by=timezone.localdate() - timedelta(days=1)
    )
    give_up(exchange)
    assert (Exchange.objects.count(), Parcel.objects.count()) == (0, 0)
    assert dict(Offer.objects.values_list("person", "state")) == {
        first.pk: State.DECLINED,
        second.pk: State.SENT,
        third.pk: State.SENT,
    }
    letter = Message.objects.get(kind="place_opened")
    assert letter.person == second
    assert accept(offers[1], address=HOME).offer == offers[1]
    assert verbs(second)[-2:] == ["offer_place_opened", "offer_accepted"]


def test_a_yes_is_not_taken_back_once_the_parcel_left(cast: Cast) -> None:
    exchange = shipped(who_agreed(cast.programme))
    with pytest.raises(Refusal) as refused:
        give_up(exchange)
    assert refused.value.code == "parcel_left"
    assert Exchange.objects.count() == 1


def test_a_no_needs_no_reason_and_can_be_taken_back(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    offer = an_offer(person)
    decline(offer)
    offer.refresh_from_db()
    assert (offer.state, offer.decline_reason) == (State.DECLINED, "")
    say_why(offer, reason=" Trop de shampoings. ")
    offer.refresh_from_db()
    assert offer.decline_reason == "Trop de shampoings."
    reconsider(offer)
    offer.refresh_from_db()
    assert (offer.state, offer.answered_at, offer.decline_reason) == (State.SENT, None, "")
    assert accept(offer, address=HOME).offer == offer


@pytest.mark.parametrize("state", ["declined", "expired", "withdrawn", "draft"])
def test_an_offer_that_is_closed_cannot_be_accepted(cast: Cast, state: str) -> None:
    offer = an_offer(who_agreed(cast.programme))
    Offer.objects.update(state=state)
    with pytest.raises(Refusal) as refused:
        accept(offer, address=HOME)
    assert refused.value.code == f"offer_{state}"
    assert Exchange.objects.count() == 0


def test_an_offer_past_its_day_is_closed_even_before_the_nightly_job(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        accept(offer, address=HOME)
    assert refused.value.code == "offer_expired"


def test_the_last_day_to_answer_is_a_full_day(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    Offer.objects.update(respond_by=timezone.localdate())
    assert expire_offers() == 0
    assert accept(offer, address=HOME)


def test_the_nightly_job_closes_late_offers_once(cast: Cast) -> None:
    late, early = who_agreed(cast.programme), who_agreed(cast.programme)
    offer, kept = an_offer(late), an_offer(early)
    Offer.objects.filter(pk=offer.pk).update(respond_by=timezone.localdate() - timedelta(days=1))
    assert (expire_offers(), expire_offers()) == (1, 0)
    assert set(Offer.objects.values_list("pk", "state")) == {
        (offer.pk, State.EXPIRED),
        (kept.pk, State.SENT),
    }
    assert verbs(late) == ["offer_sent", "offer_expired"]


def test_one_reminder_is_sent_and_a_second_is_refused(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    offer = an_offer(person)
    remind_offer(offer, by=cast.assistant)
    with pytest.raises(Refusal) as refused:
        remind_offer(offer, by=cast.assistant)
    assert refused.value.code == "reminded_once"
    assert Message.objects.filter(kind="offer_reminder").count() == 1
    assert verbs(person) == ["offer_sent", "offer_reminded"]


def test_no_reminder_reaches_somebody_who_took_their_consent_back(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    offer = an_offer(person)
    withdraw(person, "offers")
    with pytest.raises(Refusal) as refused:
        remind_offer(offer, by=cast.assistant)
    assert refused.value.code == "no_consent_to_offers"
    offer.refresh_from_db()
    assert offer.reminded_at is None


def test_only_an_offer_that_waits_can_be_withdrawn(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    withdraw_offer(offer, by=cast.strategist)
    offer.refresh_from_db()
    assert offer.state == State.WITHDRAWN
    with pytest.raises(Refusal) as refused:
        withdraw_offer(offer, by=cast.strategist)
    assert refused.value.code == "not_waiting"
