"""Adding and changing brands, with their logo and their rivals."""

from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.models import Brand
from proche.areas.recruitment.logos import Logo, put_logo
from proche.common.errors import Refusal


class BrandFacts(TypedDict, total=False):
    name: str
    aliases: list[str]
    categories: list[str]
    rivals: list[Brand]
    other_rivals: list[str]
    regions: list[str]
    languages: list[str]
    values_fr: str
    values_en: str
    never_beside: str
    website: str
    logo: Logo
    without_logo: bool


def add_brand(programme: Programme, *, by: User | None, **facts: Unpack[BrandFacts]) -> Brand:
    """Raises Refusal where the programme has a brand of this name already."""
    return _kept(Brand(programme=programme), facts)


def change_brand(brand: Brand, *, by: User | None, **facts: Unpack[BrandFacts]) -> Brand:
    """What is not given stays; the logo stays unless another one comes or it is taken away."""
    return _kept(brand, facts)


def _kept(brand: Brand, facts: BrandFacts) -> Brand:
    special = {"rivals", "logo", "without_logo"}
    for name, value in facts.items():
        if name not in special:
            setattr(brand, name, value)
    try:
        with transaction.atomic():
            if "logo" in facts:
                put_logo(brand, facts["logo"])
            elif facts.get("without_logo"):
                put_logo(brand, None)
            brand.save()
            if "rivals" in facts:
                _set_rivals(brand, facts["rivals"])
    except IntegrityError as twice:
        raise Refusal(
            _("This brand is already in the programme."), code="brand_twice", field="name"
        ) from twice
    return brand


def _set_rivals(brand: Brand, rivals: list[Brand]) -> None:
    """Of the same programme only: what another programme does is nobody's business here."""
    ours = [r for r in rivals if r.programme_id == brand.programme_id and r.pk != brand.pk]
    brand.rivals.set(ours)
