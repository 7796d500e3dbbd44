"""Who may sign in, to which programme, as what."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.common.choices import Language


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in, by a code sent to this address; there are no passwords."""

    # Stored in lower case, so that one address is one account.
    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Programme(models.Model):
    """One bank with its rules and its team; an installation serves one agency."""

    name = models.CharField(_("programme name"), max_length=120)
    agency_name = models.CharField(_("agency name"), max_length=120)
    # Law 25, s. 3.1: the person in charge is named to everyone whose data is held.
    officer_name = models.CharField(_("person in charge of personal information"), max_length=120)
    officer_email = models.EmailField(_("email of the person in charge"))
    # Anti-spam law: every message carries a postal address.
    postal_address = models.CharField(_("postal address"), max_length=250)
    follower_ceiling = models.PositiveIntegerField(_("follower ceiling"), default=5000)
    asks_per_quarter = models.PositiveSmallIntegerField(
        _("offers per member and quarter"), default=2
    )
    answer_days = models.PositiveSmallIntegerField(_("days to answer an offer"), default=7)
    posting_days = models.PositiveSmallIntegerField(_("days to post after receipt"), default=14)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=18)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a user may do in a programme. Members and brand contacts have no role row:
    a member is a person with a user, a brand contact holds a link."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        STRATEGIST = "strategist", _("strategist")
        ASSISTANT = "assistant", _("assistant")
        DOOR = "door", _("door staff")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=Kind)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "programme"], name="one_role_each")]


class ProgrammeQuerySet(models.QuerySet[Any]):
    """Rows of a programme; `programme_path` says how to reach it from the row."""

    programme_path: ClassVar[str] = "programme"

    def in_programme(self, programme: Programme) -> Self:
        return self.filter(**{self.programme_path: programme})

    def for_actor(self, user: Any) -> Self:
        """What this user may see as staff; nothing for a stranger, a member or door staff."""
        if not user.is_authenticated:
            return self.none()
        desk = [Role.Kind.OWNER, Role.Kind.STRATEGIST, Role.Kind.ASSISTANT]
        mine = Role.objects.filter(user=user, kind__in=desk).values("programme")
        return self.filter(**{f"{self.programme_path}__in": mine})
