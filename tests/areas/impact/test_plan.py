from datetime import date

import pytest

from proche.areas.impact.actions import change_study, enter_results, freeze_plan, plan_study
from proche.areas.impact.models import Study
from proche.areas.impact.queries import campaign_facts, labels_of
from proche.common.errors import Refusal
from proche.core.impact import Labels, Words
from tests.cast import Cast
from tests.factories.campaigns import a_campaign, received, who_agreed
from tests.factories.content import a_post
from tests.factories.impact import SYRUP, a_brand, a_study, facts, measured, table

pytestmark = pytest.mark.django_db


def test_a_plan_keeps_its_words_in_both_languages(cast: Cast) -> None:
    study = plan_study(a_brand(cast.programme), facts(units_per_arm=30), by=cast.strategist)
    study.refresh_from_db()
    assert labels_of(study) == SYRUP
    assert (study.title_en, study.units_per_arm) == ("Sparkling syrup", 30)


def test_empty_words_are_said_in_general_ones() -> None:
    bare = Study(unit_fr="boutique", unit_en="shop", outcome_fr="", outcome_en="")
    labels = labels_of(bare)
    assert labels.units == Words("boutique", "shop")
    assert (labels.verb, labels.outcome) == (Labels().verb, Labels().outcome)


def test_a_frozen_plan_says_who_and_when_and_no_longer_moves(cast: Cast) -> None:
    study = a_study(cast.programme)
    freeze_plan(study, by=cast.strategist)
    study.refresh_from_db()
    assert study.planned_by == cast.strategist
    assert study.planned_at is not None
    with pytest.raises(Refusal) as twice:
        freeze_plan(study, by=None)
    with pytest.raises(Refusal) as moved:
        _move(study)
    assert (twice.value.code, moved.value.code) == ("plan_frozen", "plan_frozen")
    # Its words may still be corrected.
    change_study(study, facts(title=Words("Sirop", "Syrup")), by=None)
    study.refresh_from_db()
    assert (study.title_fr, study.starts_on) == ("Sirop", date(2025, 8, 14))


def _move(study: Study) -> None:
    change_study(study, facts(starts_on=date(2025, 9, 1)), by=None)


def test_a_plan_without_a_first_day_does_not_freeze(cast: Cast) -> None:
    with pytest.raises(Refusal) as caught:
        freeze_plan(a_study(cast.programme, starts_on=None), by=None)
    assert (caught.value.code, caught.value.field) == ("no_first_day", "starts_on")


def test_a_plan_frozen_after_the_results_would_prove_nothing(cast: Cast) -> None:
    with pytest.raises(Refusal) as caught:
        freeze_plan(measured(cast.programme), by=None)
    assert caught.value.code == "results_in"


def test_promises_do_not_follow_the_results(cast: Cast) -> None:
    study = a_study(cast.programme)
    enter_results(study, table(), by=None)
    with pytest.raises(Refusal) as caught:
        _move(study)
    assert caught.value.code == "plan_frozen"


def test_a_campaign_of_another_brand_is_refused(cast: Cast) -> None:
    campaign = a_campaign(cast.programme)
    with pytest.raises(Refusal) as caught:
        plan_study(a_brand(cast.programme), facts(), campaign=campaign, by=None)
    assert (caught.value.code, caught.value.field) == ("other_brand", "campaign")


def test_the_campaign_counts_its_people_gifts_and_posts(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), obligation=True)
    campaign = exchange.offer.campaign
    study = plan_study(campaign.brief.brand, facts(), campaign=campaign, by=None)
    assert campaign_facts(study) == {"people": 1, "gifts": 2900, "handed_in": 0, "settled": 0}
    a_post(exchange)
    assert campaign_facts(study)["handed_in"] == 1
    assert campaign_facts(a_study(cast.programme)) == {}
