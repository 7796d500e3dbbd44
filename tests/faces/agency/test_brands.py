from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proche.areas.brands.models import Brand, Brief, Contact
from proche.areas.campaigns.actions import change_sent_brief
from proche.areas.campaigns.models import Campaign, Offer
from proche.common.errors import Refusal
from tests.cast import Cast, signed_in
from tests.factories.brands import BrandFactory, BriefFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

BRIEF: dict[str, Any] = {
    "format": "product",
    "exchange": "gift",
    "title_fr": "Huile de sapin",
    "title_en": "Fir oil",
    "gets_fr": "Un flacon.",
    "gets_en": "A bottle.",
    "asks_fr": "L’essayer.",
    "asks_en": "Try it.",
    "fair_value": "29.50",
    "quantity": "12",
    "starts_on": "2026-12-03",
    "ends_on": "2026-12-07",
    "topics": "cheveux, Coiffure, balayage doré",
    "regions": ["01", "11"],
    "languages": ["fr"],
}


def test_the_list_opens_on_the_first_brand_to_add(cast: Cast) -> None:
    page = signed_in(cast.strategist).get(reverse("agency:brands")).content.decode()
    assert "Aucune marque encore." in page
    assert reverse("agency:brand_add") in page


def test_brands_are_found_by_name_category_and_title_of_a_brief(cast: Cast) -> None:
    BriefFactory.create(brand__programme=cast.programme, brand__name="Sapinelle")
    BrandFactory.create(programme=cast.programme, name="Four à bois", categories=["bread"])
    client = signed_in(cast.assistant)
    for words, found, absent in (
        ("sapin", "Sapinelle", "Four à bois"),
        ("pain", "Four à bois", "Sapinelle"),
        ("fir bud", "Sapinelle", "Four à bois"),
    ):
        page = client.get(reverse("agency:brands"), {"q": words}).content.decode()
        assert found in page
        assert absent not in page
    nothing = client.get(reverse("agency:brands"), {"q": "zzz"}).content.decode()
    assert "ne répond à ces mots" in nothing


def test_a_brand_is_added_changed_and_given_a_contact(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    facts = {
        "name": "Sapinelle",
        "categories": "coiffure, Soins capillaires",
        "aliases": "@sapinelle, Sapinelle QC",
    }
    client.post(reverse("agency:brand_add"), facts)
    brand = Brand.objects.get()
    assert (brand.programme, brand.aliases) == (cast.programme, ["@sapinelle", "Sapinelle QC"])
    client.post(reverse("agency:brand_change", args=[brand.pk]), facts | {"categories": "Huiles"})
    brand.refresh_from_db()
    assert brand.categories == ["Huiles"]
    contact = {"name": "Mireille Savard", "email": "mireille@sapinelle.example", "language": "en"}
    client.post(reverse("agency:brand_contact", args=[brand.pk]), contact)
    assert Contact.objects.values("name", "email", "language").get() == contact


def test_a_refused_contact_keeps_what_was_typed_beside_the_reason(cast: Cast) -> None:
    contact = ContactFactory.create(brand__programme=cast.programme, email="m@sapinelle.example")
    page = signed_in(cast.strategist).post(
        reverse("agency:brand_contact", args=[contact.brand_id]),
        {"name": "Une autre", "email": "M@sapinelle.example", "language": "fr"},
    )
    assert "déjà celle d’une personne-ressource" in page.content.decode()
    assert 'value="Une autre"' in page.content.decode()


def test_a_brand_twice_is_refused_by_its_field(cast: Cast) -> None:
    BrandFactory.create(programme=cast.programme, name="Sapinelle")
    page = signed_in(cast.strategist).post(reverse("agency:brand_add"), {"name": "sapinelle"})
    assert page.context["form"].errors["name"] == ["Cette marque est déjà dans le programme."]


def test_a_brief_is_written_with_topics_in_the_words_of_the_taxonomy(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    client = signed_in(cast.strategist)
    client.post(reverse("agency:brief_write", args=[brand.pk]), BRIEF)
    brief = Brief.objects.get()
    assert (brief.topics[0], brief.topics[-1]) == ("hair", "balayage doré")
    assert (brief.fair_value_cents, brief.quantity) == (2950, 12)
    assert (brief.starts_on, brief.ends_on) == (date(2026, 12, 3), date(2026, 12, 7))
    assert (brief.regions, brief.languages, brief.obligation) == (["01", "11"], ["fr"], False)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"for_children": "on"}, "for_children", "articles 248 et 249"),
        ({"ends_on": "2026-12-01"}, "ends_on", "avant le premier"),
        ({"obligation": "on"}, "obligation", "laisse le membre libre"),
        ({"format": "event"}, "exchange", "n’est pas un cadeau"),
    ],
)
def test_a_brief_that_may_not_be_sent_is_refused_by_its_field_and_kept_on_screen(
    cast: Cast, changes: dict[str, Any], field: str, words: str
) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    url = reverse("agency:brief_write", args=[brand.pk])
    page = signed_in(cast.strategist).post(url, BRIEF | changes)
    assert words in page.context["form"].errors[field][0]
    assert "Huile de sapin" in page.content.decode()
    assert Brief.objects.count() == 0


def test_a_brief_is_changed_from_the_form_that_shows_it(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    client = signed_in(cast.strategist)
    url = reverse("agency:brief_change", args=[brief.pk])
    shown = client.get(url).content.decode()
    assert 'value="29.00"' in shown
    assert brief.starts_on.isoformat() in shown
    client.post(url, BRIEF)
    brief.refresh_from_db()
    assert (brief.title_fr, brief.fair_value_cents) == ("Huile de sapin", 2950)


def test_a_brief_members_were_asked_with_cannot_change_under_them(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    campaign = Campaign.objects.create(brief=brief, opened_at=brief.created_at)
    Offer.objects.create(campaign=campaign, person=PersonFactory.create(programme=cast.programme))
    url = reverse("agency:brief_change", args=[brief.pk])
    client = signed_in(cast.strategist)
    # A draft of an offer was read by nobody.
    assert "Huile aux bourgeons" in client.get(url).context["form"]["title_fr"].value()
    Offer.objects.update(state="sent", sent_at=brief.created_at)
    page = client.get(url)
    assert set(page.context["form"].fields) == {
        "quantity", "ends_on", "budget", "topics", "regions", "languages", "archetypes",
        "contains", "contains_more",
    }  # fmt: skip
    assert "Écrire un nouveau mandat" in page.content.decode()
    later = (brief.ends_on + timedelta(days=5)).isoformat()
    client.post(url, BRIEF | {"quantity": "20", "ends_on": later})
    brief.refresh_from_db()
    assert (brief.title_fr, brief.quantity) == ("Huile aux bourgeons de sapin", 20)
    assert brief.ends_on.isoformat() == later
    refused = client.post(url, {"quantity": "20", "ends_on": brief.starts_on.isoformat()})
    assert "seulement être repoussé" in refused.context["form"].errors["ends_on"][0]
    with pytest.raises(Refusal) as words:
        change_sent_brief(brief, by=None, title_fr="Autre chose")
    assert (words.value.code, words.value.field) == ("already_asked", "title_fr")


def test_a_stranger_gets_404_on_every_page_of_the_brand(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    client = signed_in(cast.stranger)
    for name in ("brand", "brand_change", "brand_contact", "brief_write"):
        assert client.get(reverse(f"agency:{name}", args=[brief.brand_id])).status_code == 404
    for name in ("brief", "brief_change", "shortlist", "aside", "why_not", "show_brand", "ask"):
        assert client.get(reverse(f"agency:{name}", args=[brief.pk])).status_code == 404
    for name in ("rank", "compose"):
        assert client.post(reverse(f"agency:{name}", args=[brief.pk])).status_code == 404
    assert "Sapinelle" not in client.get(reverse("agency:brands")).content.decode()


def test_as_many_queries_for_one_brand_as_for_three(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            BriefFactory.create(brand__programme=cast.programme)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("agency:brands"))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15
