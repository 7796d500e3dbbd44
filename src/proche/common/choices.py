"""Closed lists that several areas share; the words are those of the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class Platform(models.TextChoices):
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    FACEBOOK = "facebook", "Facebook"
    YOUTUBE = "youtube", "YouTube"
    BLUESKY = "bluesky", "Bluesky"
    MASTODON = "mastodon", "Mastodon"
    X = "x", "X"
    LINKEDIN = "linkedin", "LinkedIn"
    BLOG = "blog", _("Blog")


class Proof(models.TextChoices):
    """Weakest first; the order is the ladder shown to the member."""

    DECLARED = "declared", _("declared")
    SCREENSHOT = "screenshot", _("screenshot")
    PUBLIC = "public", _("public")
    ARCHIVE = "archive", _("archive")
    API = "api", _("API")


class Tier(models.TextChoices):
    NANO = "nano", _("nano")
    MICRO = "micro", _("micro")
    STAR = "star", _("star")
    UNDETERMINED = "undetermined", _("undetermined")


class Archetype(models.TextChoices):
    CONSUMER = "consumer", _("consumer")
    PROFESSIONAL = "professional", _("professional")


class ExchangeKind(models.TextChoices):
    GIFT = "gift", _("gift")
    AGREED = "agreed", _("agreed")
    PAID = "paid", _("paid")
    INVITATION = "invitation", _("invitation")
    AFFILIATE = "affiliate", _("affiliate")
