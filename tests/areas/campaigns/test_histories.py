from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proche.areas.campaigns.histories import histories
from proche.areas.campaigns.models import Campaign, Exchange, Offer
from proche.areas.matching.history import History
from proche.areas.people.models import Person
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def asked(person: Person, campaign: Campaign, day: str, state: str = "declined") -> Offer:
    at = datetime.fromisoformat(day).replace(hour=17, tzinfo=UTC)
    return Offer.objects.create(campaign=campaign, person=person, state=state, sent_at=at)


def agreed(offer: Offer, *, obligation: bool, due: str = "", closed: bool = False) -> Exchange:
    assert offer.sent_at is not None
    return Exchange.objects.create(
        offer=offer,
        kind="agreed" if obligation else "gift",
        obligation=obligation,
        fair_value_cents=2900,
        agreed_at=offer.sent_at,
        post_due_on=date.fromisoformat(due) if due else None,
        closed_at=offer.sent_at if closed else None,
    )


def campaign_of(cast: Cast, brand: str) -> Campaign:
    brief = BriefFactory.create(brand__programme=cast.programme, brand__name=brand)
    return Campaign.objects.create(brief=brief, opened_at=datetime(2026, 1, 5, tzinfo=UTC))


def test_asks_of_the_quarter_the_last_ask_and_brands_are_counted(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    sapinelle, four = campaign_of(cast, "Sapinelle"), campaign_of(cast, "Four à bois")
    agreed(asked(person, sapinelle, "2026-03-10", "accepted"), obligation=False)
    asked(person, four, "2026-10-05")
    assert histories(cast.programme, today=TODAY) == {
        person.pk: History(
            asks_this_quarter=1, months_since_last_ask=1, recent_brands=(("Sapinelle", 8),)
        )
    }


def test_an_evening_here_is_not_the_day_after(cast: Cast) -> None:
    """Ten at night on October 23 is October 24 in UTC: 31 days are a month, 30 are not yet."""
    person = PersonFactory.create(programme=cast.programme)
    offer = asked(person, campaign_of(cast, "Sapinelle"), "2026-10-01", "accepted")
    agreed(offer, obligation=False)
    evening = datetime(2026, 10, 24, 2, tzinfo=UTC)
    Offer.objects.update(sent_at=evening)
    Exchange.objects.update(agreed_at=evening)
    told = histories(cast.programme, today=TODAY)[person.pk]
    assert (told.months_since_last_ask, told.recent_brands) == (1, (("Sapinelle", 1),))


def test_a_post_counts_as_owed_once_its_day_has_come(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    kept, late, later, free = (campaign_of(cast, name) for name in "ABCD")
    day = "2026-06-02"
    agreed(asked(person, kept, day, "accepted"), obligation=True, due="2026-07-01", closed=True)
    agreed(asked(person, late, day, "accepted"), obligation=True, due="2026-11-01")
    agreed(asked(person, later, day, "accepted"), obligation=True, due="2026-12-01")
    agreed(asked(person, free, day, "accepted"), obligation=False)
    told = histories(cast.programme, today=TODAY)[person.pk]
    assert (told.owed, told.posted) == (2, 1)


def test_a_draft_and_another_programme_leave_no_history(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    Offer.objects.create(campaign=campaign_of(cast, "Sapinelle"), person=person)
    elsewhere = BriefFactory.create()
    asked(
        PersonFactory.create(programme=elsewhere.brand.programme),
        Campaign.objects.create(brief=elsewhere, opened_at=datetime(2026, 1, 5, tzinfo=UTC)),
        "2026-11-02",
    )
    assert histories(cast.programme, today=TODAY) == {}


def test_two_queries_whatever_the_number_of_people(cast: Cast) -> None:
    campaign = campaign_of(cast, "Sapinelle")
    for _ in range(3):
        asked(PersonFactory.create(programme=cast.programme), campaign, "2026-11-02")
    with CaptureQueriesContext(connection) as queries:
        histories(cast.programme, today=TODAY)
    assert len(queries) == 2
