from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from proche.areas.brands.actions import (
    add_brand,
    add_contact,
    change_brand,
    change_contact,
    put_contact_back,
    put_draft_back,
    remove_contact,
    remove_draft,
    save_draft,
    write_brief,
)
from proche.areas.brands.models import Brand, Brief, BriefDraft, Contact
from proche.areas.brands.tasks import forget_removed
from proche.areas.matching.actions import invite_review
from proche.areas.matching.models import BrandReview
from proche.areas.matching.rules import is_open
from proche.areas.recruitment.logos import drawn_again
from proche.common.errors import Refusal
from tests.areas.brands.test_actions import FACTS
from tests.cast import Cast
from tests.factories.brands import BrandFactory, BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_roster

pytestmark = pytest.mark.django_db


def a_review(cast: Cast) -> BrandReview:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    a_member(cast.programme)
    return invite_review(a_roster(brief), ContactFactory.create(brand=brief.brand), by=None)


def test_the_links_of_a_contact_close_with_them_and_open_with_the_undo(cast: Cast) -> None:
    review = a_review(cast)
    remove_contact(review.contact, by=cast.strategist)
    review = BrandReview.objects.select_related("contact").get()
    assert (is_open(review), review.contact.removed_by) == (False, cast.strategist)
    with pytest.raises(Refusal) as refused:
        invite_review(review.roster, review.contact, by=None)
    assert refused.value.code == "contact_removed"
    put_contact_back(review.contact, by=cast.strategist)
    assert is_open(BrandReview.objects.select_related("contact").get())


def test_a_contact_changes_and_an_address_serves_one_at_a_time() -> None:
    brand = BrandFactory.create()
    first = add_contact(brand, by=None, name="Mireille", email="m@sapinelle.example")
    other = add_contact(brand, by=None, name="Paul", email="p@sapinelle.example")
    change_contact(first, by=None, name="Mireille S.", email="M@sapinelle.example", language="en")
    with pytest.raises(Refusal) as twice:
        change_contact(other, by=None, name="Paul", email="m@sapinelle.example", language="fr")
    assert twice.value.code == "contact_twice"
    remove_contact(first, by=None)
    change_contact(other, by=None, name="Paul", email="m@sapinelle.example", language="fr")
    with pytest.raises(Refusal):
        put_contact_back(first, by=None)
    told = Contact.objects.order_by("pk").values_list("name", "email", "language")
    assert list(told) == [
        ("Mireille S.", "m@sapinelle.example", "en"),
        ("Paul", "m@sapinelle.example", "fr"),
    ]


def test_what_was_removed_goes_after_a_month_and_the_answers_stay_without_a_name(
    cast: Cast,
) -> None:
    review, lone = a_review(cast), ContactFactory.create()
    draft = save_draft(lone.brand, {"title_fr": ["Tuque"]}, by=None)
    for contact in (review.contact, lone):
        remove_contact(contact, by=None)
    remove_draft(draft, by=None)
    forget_removed()
    assert (Contact.objects.count(), BriefDraft.objects.count()) == (2, 1)
    long_ago = timezone.now() - timedelta(days=31)
    Contact.objects.update(removed_at=long_ago)
    BriefDraft.objects.update(removed_at=long_ago)
    forget_removed()
    forget_removed()
    assert [(c.pk, c.name, c.email) for c in Contact.objects.all()] == [(review.contact_id, "", "")]
    assert (BrandReview.objects.count(), BriefDraft.objects.count()) == (1, 0)


def test_a_draft_keeps_what_was_typed_until_its_brief_is_written(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    typed = {"quantity": ["une quinzaine?"], "regions": ["01", "11"], "title_en": ["A\0 tuque"]}
    draft = save_draft(brand, typed, by=cast.strategist)
    kept = BriefDraft.objects.get()
    assert kept.typed == typed | {"title_en": ["A tuque"]}
    assert (kept.title, kept.saved_by) == ("A tuque", cast.strategist)
    remove_draft(draft, by=None)
    assert not BriefDraft.objects.current().exists()
    put_draft_back(draft, by=None)
    with pytest.raises(Refusal):
        write_brief(brand, by=None, draft=draft, **(FACTS | {"for_children": True}))
    assert BriefDraft.objects.current().count() == 1
    write_brief(brand, by=None, draft=draft, **FACTS)
    assert (BriefDraft.objects.count(), Brief.objects.count()) == (0, 1)


def test_alcohol_is_for_adults_whatever_box_was_forgotten() -> None:
    brief = write_brief(BrandFactory.create(), by=None, **(FACTS | {"alcohol": True}))
    assert Brief.objects.get(pk=brief.pk).adults_only


def test_rivals_go_both_ways_and_stay_in_the_programme(cast: Cast) -> None:
    other = BrandFactory.create(programme=cast.programme, name="Boréale")
    elsewhere = BrandFactory.create(name="Ailleurs")
    brand = add_brand(cast.programme, by=None, name="Sapinelle", rivals=[other, elsewhere])
    assert list(brand.rivals.all()) == [other]
    assert list(other.rivals.all()) == [brand]
    change_brand(other, by=None, rivals=[])
    assert list(brand.rivals.all()) == []


def test_a_logo_is_replaced_and_taken_away_with_its_file(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        brand = add_brand(cast.programme, by=None, name="Sapinelle", logo=drawn_again(picture()))
    first = brand.logo.name
    assert (brand.logo_width, brand.logo_height) == (300, 100)
    assert Image.open(ContentFile(default_storage.open(first).read())).size == (300, 100)
    with django_capture_on_commit_callbacks(execute=True):
        change_brand(brand, by=None, logo=drawn_again(picture()))
    assert not default_storage.exists(first)
    second = brand.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        change_brand(brand, by=None, name="Sapinelle", without_logo=True)
    assert not default_storage.exists(second)
    kept = Brand.objects.get()
    assert (kept.logo.name, kept.logo_width, kept.logo_name) == ("", 0, "")


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 100), "white").save(out, "PNG")
    return out.getvalue()
