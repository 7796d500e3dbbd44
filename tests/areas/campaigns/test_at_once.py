"""Two people at the same moment, on the database of the run: one offer, one place, one wave."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions import decline, plan_waves, prepare_wave, send_wave
from proche.areas.campaigns.actions.waves import PlanFacts
from proche.areas.campaigns.models import Offer, Wave
from tests.areas.campaigns.at_once import at_once
from tests.cast import make_cast
from tests.factories.brands import BriefFactory
from tests.factories.campaigns import a_campaign, an_offer, who_agreed
from tests.factories.matching import a_member, a_roster

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PLAN = PlanFacts(size=9, answer_days=5, limit="places", by_itself=False, from_reserve=False)


def a_wave() -> Wave:
    """Prepared: two of the four people of a roster, for two places."""
    programme = make_cast().programme
    brief: Brief = BriefFactory.create(brand__programme=programme, quantity=2)
    for n in range(4):
        a_member(programme, reached=range(100 * n, 100 * n + 50))
    a_roster(brief, size=4)
    wave = prepare_wave(plan_waves(brief, by=None, **PLAN).campaign, by=None)
    assert wave is not None
    return wave


def test_the_last_place_goes_to_one_and_the_other_is_first_in_line(tmp_path: Path) -> None:
    programme = make_cast().programme
    campaign = a_campaign(programme, quantity=1)
    offers = [an_offer(who_agreed(programme), campaign).pk for _ in range(2)]
    done = at_once("accepts", offers, tmp_path)
    assert done["outcomes"] == ["accepted", "places_taken"]
    assert (done["exchanges"], done["in_line"]) == (1, 1)


def test_two_of_the_team_who_send_one_wave_send_it_once(tmp_path: Path) -> None:
    wave = a_wave()
    done = at_once("sends_wave", [wave.pk, wave.pk], tmp_path)
    assert done["outcomes"] == ["sent 2", "wave_sent"]
    assert (done["offers"], done["letters"]) == (2, 2)


def test_two_of_the_team_never_ask_the_same_person_twice(tmp_path: Path) -> None:
    programme = make_cast().programme
    campaign = a_campaign(programme)
    for _ in range(3):
        who_agreed(programme)
    done = at_once("asks_everybody", [campaign.pk, campaign.pk], tmp_path)
    assert done["outcomes"] == ["sent 0", "sent 3"]
    assert (done["offers"], done["letters"]) == (3, 3)


def test_two_campaigns_never_ask_one_person_at_once(tmp_path: Path) -> None:
    programme = make_cast().programme
    who_agreed(programme)
    campaigns = [a_campaign(programme).pk for _ in range(2)]
    done = at_once("asks_everybody", campaigns, tmp_path)
    assert done["outcomes"] == ["sent 0", "sent 1"]
    assert (done["offers"], done["letters"]) == (1, 1)


def test_a_yes_that_crosses_a_stop_is_never_lost(tmp_path: Path) -> None:
    programme = make_cast().programme
    campaign = a_campaign(programme)
    plan_waves(campaign.brief, by=None, **PLAN)
    offer = an_offer(who_agreed(programme), campaign)
    done = at_once("accepts_or_stops", [offer.pk, -offer.pk], tmp_path)
    assert (done["outcomes"], done["exchanges"], done["kept"]) in [
        (["accepted", "withdrew 0"], 1, 0),
        (["offer_withdrawn", "withdrew 1"], 0, 1),
    ]


def test_two_campaigns_cannot_both_use_the_last_ask_of_a_quarter(tmp_path: Path) -> None:
    programme = make_cast().programme
    programme.asks_per_quarter = 1
    programme.save()
    who_agreed(programme)
    campaigns = [a_campaign(programme).pk for _ in range(2)]
    done = at_once("asks_everybody", campaigns, tmp_path)
    assert done["outcomes"] == ["sent 0", "sent 1"]
    assert done["letters"] == 1


def test_a_job_delivered_twice_at_once_prepares_one_wave(tmp_path: Path) -> None:
    send_wave(a_wave(), by=None)
    for offer in Offer.objects.all():
        decline(offer)
    long_ago = timezone.now() - timedelta(hours=1)
    Offer.objects.update(answered_at=long_ago)
    done = at_once("runs_the_job", [0, 0], tmp_path)
    assert done["outcomes"] == ["went on 0", "went on 1"]
    assert done["waves"] == 2
