"""The two roads into the bank: calls for nominations, and applications."""

from pathlib import PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import Person, new_key
from proche.common.choices import Language, Platform


class Call(models.Model):
    """A nomination campaign with a media partner."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="calls")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    partner_name = models.CharField(_("media partner"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    text_fr = models.TextField(_("text in French"), max_length=1200)
    text_en = models.TextField(_("text in English"), max_length=1200)
    criteria_fr = models.TextField(_("who is sought, in French"), max_length=600, blank=True)
    criteria_en = models.TextField(_("who is sought, in English"), max_length=600, blank=True)
    # Written again by recruitment.logos: never the bytes that were sent.
    logo = models.FileField(_("logo of the partner"), upload_to="logos", max_length=120, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    # Origins whose pages may frame the call, as a browser writes them: https://journal.example
    frame_origins = models.JSONField(_("sites that may show the call"), default=list, blank=True)
    most_nominations = models.PositiveIntegerField(
        _("nominations at most"), default=50_000, validators=[MinValueValidator(1)]
    )
    asks_handles = models.BooleanField(_("readers may name an account"), default=False)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="call_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title_fr

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def logo_name(self) -> str:
        """Of the file, without its folder; empty without a logo."""
        return PurePosixPath(self.logo.name or "").name


class HandleDuties(models.Model):
    """Who accepted, for a programme, the duties of keeping the accounts that readers name.
    Without this row no call of the programme may ask for an account."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="handle_duties")
    version = models.PositiveSmallIntegerField()
    kept_days = models.PositiveSmallIntegerField(
        _("days an account is kept without an answer"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField()


class PartnerLink(models.Model):
    """The link by which a media partner reads the counts of a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="partner_links")
    # SHA-256 of the secret in the link: the database alone opens nothing.
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]


class NominationQuerySet(ProgrammeQuerySet):
    programme_path = "call__programme"


class Nomination(models.Model):
    """A name put forward. By default only a link to forward: nothing about the nominee is kept.
    Where a programme took on its duties, an account named by readers: one row an account, and a
    `Supporter` for each reader. On refusal or expiry the words and names of the row are destroyed;
    the count stays."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("expired")

    call = models.ForeignKey(Call, models.CASCADE, related_name="nominations")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    nominator_name = models.CharField(_("your name"), max_length=80, blank=True)
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    handle = models.CharField(max_length=80, blank=True)
    reason = models.CharField(_("why this person"), max_length=200, blank=True)
    # Keyed one-way trace of the account, for one row an account; none on the road of the link.
    trace = models.CharField(max_length=64, null=True, blank=True)
    # Which version of recruitment.notices the reader was shown.
    notice_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    person = models.OneToOneField(
        Person, models.SET_NULL, null=True, blank=True, related_name="nomination"
    )

    objects: ClassVar[NominationQuerySet] = NominationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "trace"], name="nomination_account_once")
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="nomination_counts"),
            # How fast a call receives, and its counts by day.
            models.Index(fields=["call", "created_at"], name="nomination_days"),
        ]


class Supporter(models.Model):
    """One reader who named the account of a nomination; nothing of them but a name they agreed
    to show."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="supporters")
    # Of the form that was sent, so that a form sent twice supports once.
    key = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()


class Attempt(models.Model):
    """One nomination from a network address, for the limits; destroyed after a day. The trace is
    keyed, one-way and different every day."""

    trace = models.CharField(max_length=32)
    with_work = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["trace", "at"], name="attempt_limits")]


class Block(models.Model):
    """A refusal is final: a keyed one-way trace of who must not be invited again."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    trace = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "trace"], name="block_once")]


class ApplicationQuerySet(ProgrammeQuerySet):
    programme_path = "person__programme"


class Application(models.Model):
    """A self sign-up, from the confirmed email to a person's decision."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("email to confirm")
        RECEIVED = "received", pgettext_lazy("application", "received")
        ASKED = "asked", _("question asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        REVIEW = "review", _("review asked")

    class ShowsTrade(models.TextChoices):
        MOSTLY = "mostly", _("Yes, mostly")
        SOMETIMES = "sometimes", _("Sometimes")
        NO = "no", _("No, it is my own life")

    class ShowsClients(models.TextChoices):
        ASKED = "asked", _("Yes, those who agree")
        NEVER = "never", _("No, never")

    class Share(models.TextChoices):
        FINDS = "finds", _("My finds")
        TRIES = "tries", _("What I try, good or not")
        OUTINGS = "outings", _("Outings and places")
        TIPS = "tips", _("Tips and recipes")
        DAYS = "days", _("My days as they are")

    person = models.OneToOneField(Person, models.CASCADE, related_name="application")
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    language = models.CharField(max_length=2, choices=Language)
    submitted_at = models.DateTimeField()
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.TextField(_("reason given to the person"), max_length=600, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)
    # Asked of a professional, for whoever reads the application.
    workplace = models.CharField(_("where they work"), max_length=120, blank=True)
    shows_trade = models.CharField(
        _("the account shows the trade"), max_length=9, choices=ShowsTrade, blank=True
    )
    shows_clients = models.CharField(
        _("clients may be seen"), max_length=5, choices=ShowsClients, blank=True
    )
    # Asked of a consumer: values of Share.
    shares = models.JSONField(_("likes to share"), default=list, blank=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["submitted_at", "id"]

    @property
    def shared(self) -> list[str]:
        """What a consumer likes to share, in words."""
        return [str(self.Share(code).label) for code in self.shares if code in self.Share.values]


class Draft(models.Model):
    """A sign-up put aside: what was typed so far, until it is sent, forgotten or two weeks old.
    The secret of the link that reopens it is only in the message, its address only in `answers`."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    # SHA-256 of the secret in the link: the database alone opens nothing.
    token_hash = models.CharField(max_length=64, unique=True)
    # Keyed and one-way, so that one address is not written to again and again.
    email_mark = models.CharField(max_length=64, db_index=True)
    nomination = models.ForeignKey(
        Nomination, models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=Language)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)


class Preset(models.Model):
    """One version of the words a decision starts from, in both languages. A change is another
    version; the highest one counts, and a removed preset ends with a version that says so."""

    class Kind(models.TextChoices):
        REFUSE = "refuse", _("refusal")
        ASK = "ask", _("question")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="presets")
    kind = models.CharField(max_length=6, choices=Kind)
    code = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField()
    title_fr = models.CharField(_("name in French"), max_length=60)
    title_en = models.CharField(_("name in English"), max_length=60)
    text_fr = models.TextField(_("words in French"), max_length=600)
    text_en = models.TextField(_("words in English"), max_length=600)
    removed = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code", "version"], name="preset_once")
        ]
