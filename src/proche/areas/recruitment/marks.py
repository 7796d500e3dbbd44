"""Keyed one-way marks: they recognize an account or an address again, and give back neither.

HMAC-SHA-256 under a key drawn from the secret key. They are pseudonyms, not anonymous data: whoever
holds the secret key can test a guess."""

import re
from datetime import date
from hashlib import sha256

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.common.choices import Platform
from proche.common.errors import Refusal

ADDRESS_OF_A_PAGE = re.compile(
    r"^(?:https?://)?(?:www\.|m\.)?[\w-]+(?:\.[\w-]+)+/(?:in/|c/)?@?", re.I
)
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?:\d[\s().-]*){7,}")


def _keyed(purpose: str, text: str) -> str:
    return salted_hmac(f"proche.recruitment.{purpose}", text, algorithm="sha256").hexdigest()


def account_mark(programme: Programme, platform: str, handle: str) -> str:
    """Of an account, once written as `plain_handle` writes it."""
    return _keyed("account", f"{programme.pk}:{platform}:{handle}")


def left_mark(programme: Programme, email: str) -> str:
    """Of somebody who left or refused: a list that names them again must not bring them back."""
    return _keyed("left", f"{programme.pk}:{email.strip().lower()}")


def address_mark(address: str, day: date) -> str:
    """Of a network address for one day: tomorrow's cannot be told to be the same reader's."""
    return _keyed("address", f"{day}:{address}")[:32]


def email_mark(programme: Programme, email: str) -> str:
    """Of a mailbox, to know it again without keeping its address."""
    return _keyed("email", f"{programme.pk}:{email.strip().casefold()}")


def form_key(nonce: str) -> str:
    """The key of what a form gives: the same form sent twice gives the same link."""
    return _keyed("form", nonce)[:16]


def link_mark(token: str) -> str:
    """What is kept of the secret of a link, which is long enough to need no key."""
    return sha256(token.encode()).hexdigest()


def plain_handle(platform: str, typed: str) -> str:
    """`https://www.instagram.com/Camille/?hl=fr` and `@camille` are both `camille`. Raises Refusal
    where it is no account, or where it is the address or the telephone of somebody."""
    text = typed.strip()
    if platform != Platform.BLOG:
        text = ADDRESS_OF_A_PAGE.sub("", text, count=1)
        text = re.split(r"[/?#]", text)[0]
    text = re.sub(r"^(?:https?://)?@?", "", text).rstrip("/").casefold()
    elsewhere = platform == Platform.MASTODON and MAILBOX.fullmatch(text)
    if not elsewhere:
        refuse_contact(text, field="handle")
    if not re.fullmatch(r"[^\s<>\"'@]{1,80}(?:@[\w.-]+)?", text):
        raise Refusal(
            _("Write the name of the account as it stands on the platform, without spaces."),
            code="no_handle",
            field="handle",
        )
    return text


def refuse_contact(text: str, *, field: str) -> None:
    """No email and no telephone of a third person, whatever the field."""
    if MAILBOX.search(text) or TELEPHONE.search(text):
        raise Refusal(
            _("No email address and no telephone number, please: take it out of this field."),
            code="contact_given",
            field=field,
        )
