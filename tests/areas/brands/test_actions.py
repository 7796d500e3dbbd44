from datetime import date
from typing import Any

import pytest

from proche.areas.brands.actions import (
    add_brand,
    add_contact,
    change_brand,
    change_brief,
    write_brief,
)
from proche.areas.brands.models import Brand, Brief, Contact
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BrandFactory, BriefFactory, ContactFactory

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "format": "product",
    "exchange": "gift",
    "obligation": False,
    "title_fr": "Huile de sapin",
    "title_en": "Fir oil",
    "gets_fr": "Un flacon.",
    "gets_en": "A bottle.",
    "asks_fr": "L’essayer.",
    "asks_en": "Try it.",
    "fair_value_cents": 2900,
    "quantity": 12,
    "starts_on": date(2026, 12, 3),
    "ends_on": date(2026, 12, 7),
}


def test_a_brand_is_added_once_whatever_the_capitals(cast: Cast) -> None:
    add_brand(cast.programme, by=cast.strategist, name="Sapinelle")
    with pytest.raises(Refusal) as refused:
        add_brand(cast.programme, by=cast.strategist, name="SAPINELLE")
    assert (refused.value.code, refused.value.field) == ("brand_twice", "name")
    assert [str(brand) for brand in Brand.objects.all()] == ["Sapinelle"]


def test_a_brand_cannot_take_the_name_of_another(cast: Cast) -> None:
    BrandFactory.create(programme=cast.programme, name="Sapinelle")
    other = BrandFactory.create(programme=cast.programme, name="Four à bois")
    with pytest.raises(Refusal):
        change_brand(other, by=cast.strategist, name="sapinelle")
    other.refresh_from_db()
    assert other.name == "Four à bois"


def test_two_programmes_may_work_with_the_same_brand(cast: Cast) -> None:
    BrandFactory.create(name="Sapinelle")
    assert add_brand(cast.programme, by=None, name="Sapinelle").pk


def test_a_contact_is_kept_in_small_letters_and_once() -> None:
    brand = BrandFactory.create()
    add_contact(brand, by=None, name="Mireille", email=" Mireille@Sapinelle.example ")
    assert Contact.objects.get().email == "mireille@sapinelle.example"
    with pytest.raises(Refusal) as refused:
        add_contact(brand, by=None, name="Mireille S.", email="MIREILLE@sapinelle.example")
    assert refused.value.code == "contact_twice"


def test_a_brief_is_kept_as_written() -> None:
    brief = write_brief(BrandFactory.create(), by=None, **FACTS)
    kept = Brief.objects.get(pk=brief.pk)
    assert {name: getattr(kept, name) for name in FACTS} == FACTS


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"for_children": True}, "for_children", "for_children"),
        ({"ends_on": date(2026, 12, 2)}, "ends_before_start", "ends_on"),
        ({"quantity": 0}, "nobody", "quantity"),
        ({"format": "event"}, "event_is_no_gift", "exchange"),
        ({"obligation": True}, "gift_owes_nothing", "obligation"),
        ({"exchange": "agreed"}, "agreed_owes_a_post", "obligation"),
        ({"exchange": "paid"}, "agreed_owes_a_post", "obligation"),
    ],
)
def test_a_brief_that_may_not_be_sent_is_refused_with_its_reason(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        write_brief(BrandFactory.create(), by=None, **(FACTS | changes))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert str(refused.value.sentence)
    assert Brief.objects.count() == 0


@pytest.mark.parametrize("obligation", [True, False])
def test_an_invitation_may_leave_free_or_owe_a_post(obligation: bool) -> None:
    facts = FACTS | {"format": "event", "exchange": "invitation", "obligation": obligation}
    assert write_brief(BrandFactory.create(), by=None, **facts).obligation is obligation


def test_a_refused_change_leaves_the_brief_as_it_was() -> None:
    brief = BriefFactory.create(quantity=12)
    with pytest.raises(Refusal):
        change_brief(brief, by=None, quantity=20, for_children=True)
    brief.refresh_from_db()
    assert (brief.quantity, brief.for_children) == (12, False)
    change_brief(brief, by=None, quantity=20)
    brief.refresh_from_db()
    assert brief.quantity == 20


def test_a_stranger_sees_no_brand_and_no_brief(cast: Cast) -> None:
    BriefFactory.create(brand__programme=cast.programme)
    ContactFactory.create(brand=Brand.objects.get())
    assert list(Brand.objects.for_actor(cast.stranger)) == []
    assert list(Brief.objects.for_actor(cast.stranger)) == []
    assert Brief.objects.for_actor(cast.assistant).count() == 1
