"""Opening the installation, and giving people a place in the team."""

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, Role, User
from proche.common.errors import Refusal


class FirstStart:
    """The one-time link of an installation without any account; void once somebody has one."""

    purpose = "first-start"

    def token(self) -> str:
        return Signer(salt=self.purpose).signature(self.purpose).replace(":", "")

    def check(self, token: str) -> None:
        """Raises BadSignature if the link is wrong, or if the installation is open already."""
        if User.objects.exists() or not constant_time_compare(token, self.token()):
            raise BadSignature


FIRST_START = FirstStart()


@transaction.atomic
def open_installation(
    *, name: str, email: str, agency_name: str, programme_name: str, postal_address: str
) -> User:
    """Make the first programme and its owner, who is also in charge of personal information
    until somebody else is named (Law 25, s. 3.1: the highest authority by default)."""
    if User.objects.exists():
        raise Refusal(
            _("This installation already has an owner. Sign in instead."), code="already_open"
        )
    owner = User.objects.create_user(email, name=name)
    programme = Programme.objects.create(
        name=programme_name,
        agency_name=agency_name,
        officer_name=name,
        officer_email=owner.email,
        postal_address=postal_address,
    )
    Role.objects.create(user=owner, programme=programme, kind=Role.Kind.OWNER)
    return owner


def open_account(email: str, *, name: str, language: str, is_sample: bool = False) -> User:
    """The account of this address, made where there is none: one address is one account."""
    known = User.objects.filter(email__iexact=email).first()
    return known or User.objects.create_user(
        email, name=name, language=language, is_sample=is_sample
    )


@transaction.atomic
def add_to_team(programme: Programme, *, name: str, email: str, kind: str) -> Role:
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    try:
        with transaction.atomic():
            return Role.objects.create(user=user, programme=programme, kind=kind)
    except IntegrityError as twice:
        raise Refusal(
            _("This person is already in the team."), code="already_in_team", field="email"
        ) from twice


@transaction.atomic
def remove_from_team(role: Role) -> None:
    owners = Role.objects.select_for_update().filter(programme=role.programme, kind=Role.Kind.OWNER)
    if role.kind == Role.Kind.OWNER and owners.count() == 1:
        raise Refusal(_("A programme keeps at least one owner."), code="last_owner")
    role.delete()
