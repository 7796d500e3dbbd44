"""Who speaks for a brand: added, changed, removed and put back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand, Contact
from proche.common.errors import Refusal


@transaction.atomic
def add_contact(
    brand: Brand, *, by: User | None, name: str, email: str, language: str = "fr"
) -> Contact:
    """Raises Refusal where this address is a contact of the brand already."""
    email = _free(brand, email)
    return brand.contacts.create(name=name, email=email, language=language)


@transaction.atomic
def change_contact(
    contact: Contact, *, by: User | None, name: str, email: str, language: str
) -> Contact:
    """The links sent before keep working: they belong to the contact, not to the address."""
    contact.email = _free(contact.brand, email, but=contact)
    contact.name, contact.language = name, language
    contact.save(update_fields=["name", "email", "language"])
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: User | None) -> None:
    """Their links stop opening at once; an undo opens them again."""
    Contact.objects.filter(pk=contact.pk, removed_at=None).update(
        removed_at=timezone.now(), removed_by=by
    )


@transaction.atomic
def put_contact_back(contact: Contact, *, by: User | None) -> None:
    """Raises Refusal where somebody took the address meanwhile."""
    _free(contact.brand, contact.email, but=contact)
    Contact.objects.filter(pk=contact.pk).update(removed_at=None, removed_by=None)


def _free(brand: Brand, email: str, *, but: Contact | None = None) -> str:
    """The address in small letters; the brand is locked, so that it is given once."""
    Brand.objects.select_for_update().get(pk=brand.pk)
    wanted = email.strip().lower()
    others = brand.contacts.current().filter(email__iexact=wanted)
    if others.exclude(pk=but.pk if but else None).exists():
        raise Refusal(
            _("This address is already a contact of the brand."),
            code="contact_twice",
            field="email",
        )
    return wanted
