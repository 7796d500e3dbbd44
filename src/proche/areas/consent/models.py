"""What a person agreed to: one purpose, one act, the words they read (Law 25, s. 14; CASL)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.people.models import Person
from proche.common.choices import Language


class Purpose(models.TextChoices):
    BANK = "bank", _("Be in the bank")
    OFFERS = "offers", _("Receive offers by email")
    SHORTLISTS = "shortlists", _("Be considered for shortlists")
    BRANDS = "brands", _("Show my given name and region to brands")
    IMAGE = "image", _("Publish my image")
    POSTS = "posts", _("Read my other posts for a link with a brand")
    LIMITS = "limits", _("Keep my allergies, diets and other limits")


# Asked together, on a page of their own; the other one is asked beside the field it is about.
TOGETHER = tuple(purpose for purpose in Purpose if purpose != Purpose.LIMITS)


class ConsentText(models.Model):
    """The exact words of a purpose, in one version; a new wording is a new row."""

    purpose = models.CharField(max_length=12, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    consequence_fr = models.CharField(max_length=300)
    consequence_en = models.CharField(max_length=300)
    since = models.DateField()

    class Meta:
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once")
        ]


class Consent(models.Model):
    """One consent to one purpose, with the text shown; withdrawing keeps the row as proof."""

    class Source(models.TextChoices):
        SIGN_UP = "sign_up", _("at sign-up")
        MEMBER_PAGE = "member_page", _("on the member page")
        SAMPLE = "sample", _("sample")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    source = models.CharField(max_length=12, choices=Source)
    # Charter, s. 55: the French text is shown first; when it was is kept.
    french_shown_at = models.DateTimeField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["purpose", "-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_in_force_once",
            )
        ]
