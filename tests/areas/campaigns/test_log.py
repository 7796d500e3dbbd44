"""The contact log: every ask, reminder, answer and withdrawal, by person and by campaign."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from proche.areas.campaigns.actions import (
    accept,
    decline,
    expire_offers,
    give_up,
    note_withdrawal_read,
    plan_waves,
    prepare_wave,
    reconsider,
    remind_offer,
    send_offers,
    send_wave,
    take_back_withdrawal,
    withdraw_offer,
)
from proche.areas.campaigns.actions.waves import PlanFacts
from proche.areas.campaigns.log import BRIEFLY, ROADS, contact, log_of, log_with
from proche.areas.campaigns.models import Offer
from proche.areas.people.models import TimelineEntry
from proche.areas.people.stories import STORIES
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed
from tests.factories.matching import a_member, a_roster

PLAN = PlanFacts(size=9, answer_days=5, limit="places", by_itself=False, from_reserve=False)


def test_each_act_stands_in_the_log_with_who_when_and_by_which_road(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    campaign = a_campaign(cast.programme)
    offer = send_offers(campaign, [person], by=cast.strategist).sent[0]
    remind_offer(offer, by=cast.assistant)
    withdraw_offer(offer, by=cast.owner)
    with pytest.raises(Refusal):
        accept(offer, address=HOME)
    take_back_withdrawal(offer, by=cast.owner)
    decline(offer)
    reconsider(offer)
    give_up(accept(offer, address=HOME))
    told = [(one.verb, one.by, contact(one).road) for one in log_of(campaign).reverse()]
    assert told == [
        ("offer_sent", cast.strategist, "par courriel"),
        ("offer_reminded", cast.assistant, "par courriel"),
        ("offer_withdrawn", cast.owner, "personne n’est avisé"),
        ("offer_yes_kept", None, "sur sa page"),
        ("offer_waits_again", cast.owner, "par courriel"),
        ("offer_declined", None, "sur sa page"),
        ("offer_reconsidered", None, "sur sa page"),
        ("offer_accepted", None, "sur sa page"),
        ("yes_taken_back", None, "sur sa page"),
    ]
    assert list(log_with(person)) == list(log_of(campaign))


def test_the_log_of_a_person_spans_campaigns_and_that_of_a_campaign_does_not(cast: Cast) -> None:
    person, other = who_agreed(cast.programme), who_agreed(cast.programme)
    first, second = a_campaign(cast.programme), a_campaign(cast.programme)
    decline(an_offer(person, first))
    an_offer(person, second)
    an_offer(other, first)
    assert [entry.person for entry in log_of(first).filter(verb="offer_sent")] == [other, person]
    assert log_of(second).count() == 1
    assert log_with(person).count() == 3


def test_a_wave_is_named_and_a_draft_is_no_ask(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    for n in range(2):
        a_member(cast.programme, reached=range(100 * n, 100 * n + 50))
    a_roster(brief, size=2)
    wave = prepare_wave(plan_waves(brief, by=None, **PLAN).campaign, by=None)
    assert wave is not None
    assert not log_of(wave.campaign).exists()
    send_wave(wave, by=cast.strategist, by_itself=True)
    [sent] = map(contact, log_of(wave.campaign))
    assert sent.road == "par courriel, vague 1, partie d’elle-même"


def test_every_act_about_an_offer_has_a_road_and_a_sentence() -> None:
    of_offers = {verb for verb in STORIES if verb.startswith("offer_")} | {"yes_taken_back"}
    assert of_offers == set(ROADS) == set(BRIEFLY)


def test_who_only_missed_the_day_is_told_by_nobody(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    expire_offers()
    note_withdrawal_read(offer)
    assert Offer.objects.get().withdrawal_read_at is None
    assert contact(log_of(offer.campaign)[0]).road == ""


def test_what_was_written_before_the_log_finds_its_offer(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    first, second = a_campaign(cast.programme), a_campaign(cast.programme)
    decline(an_offer(person, first))
    offer = an_offer(person, second)
    for entry in TimelineEntry.objects.all():
        entry.details.pop("offer")
        entry.save()
    assert not log_of(second).exists()
    moved = import_module("proche.areas.campaigns.migrations.0007_timeline_names_the_offer")
    moved.name_the_offer(apps, None)
    assert [entry.details["offer"] for entry in log_of(second)] == [offer.pk]
    assert log_of(first).count() == 2
