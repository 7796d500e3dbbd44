import pytest

from proche.areas.campaigns.actions import change_sent_brief
from proche.areas.campaigns.rules import refusals_for, was_sent
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.campaigns import an_offer, who_agreed

pytestmark = pytest.mark.django_db


def test_a_limit_written_after_the_ranking_still_keeps_the_offer_back(cast: Cast) -> None:
    brief = BriefFactory.create(
        brand__programme=cast.programme, alcohol=True, adults_only=True, contains=["nuts"]
    )
    free = who_agreed(cast.programme, accepts_alcohol=True)
    dry = who_agreed(cast.programme, accepts_alcohol=False)
    allergic = who_agreed(cast.programme, accepts_alcohol=True, limits="Noix de Grenoble")
    unread = who_agreed(cast.programme, accepts_alcohol=True, limits_to_ask="zibeline")
    refused = refusals_for(brief, [free, dry, allergic, unread])
    assert set(refused) == {dry.pk, allergic.pk, unread.pk}
    assert "avant son accord" in str(refused[unread.pk])
    assert "alcool" in str(refused[dry.pk])
    assert "allergie" in str(refused[allergic.pk])
    harmless = BriefFactory.create(brand__programme=cast.programme)
    assert refusals_for(harmless, [allergic, unread]) == {}


def test_a_brief_changes_freely_until_an_offer_is_sent(cast: Cast) -> None:
    offer = an_offer(who_agreed(cast.programme))
    brief = offer.campaign.brief
    type(offer).objects.update(state="draft")
    assert not was_sent(brief)
    assert change_sent_brief(brief, by=None, title_fr="Autre titre").title_fr == "Autre titre"
    type(offer).objects.update(state="declined")
    assert was_sent(brief)
    with pytest.raises(Refusal) as refused:
        change_sent_brief(brief, by=None, gets_fr="Moins.")
    assert refused.value.field == "gets_fr"
    # Given again as it stands, it is no change.
    again = change_sent_brief(brief, by=None, title_fr="Autre titre", quantity=99)
    assert again.quantity == 99
