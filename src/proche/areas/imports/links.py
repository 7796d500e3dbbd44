"""The link by which an imported person answers: signed, and good while nothing was answered."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from proche.areas.imports.models import Origin
from proche.areas.people.models import Person
from proche.common.errors import Refusal

# A message stays answerable for 60 days at least (CASL, Regulations, s. 2).
LIFETIME = timedelta(days=90)
SALT = "import-answer"


def token_for(origin: Origin) -> str:
    return TimestampSigner(salt=SALT).sign(str(origin.pk)).replace(":", "~")


def origin_of(token: str) -> Origin:
    """Whose link it is. Raises Refusal where it is wrong, too old or already answered."""
    try:
        pk = TimestampSigner(salt=SALT).unsign(token.replace("~", ":"), max_age=LIFETIME)
        origin = Origin.objects.select_related("person__programme").get(pk=pk)
    except (BadSignature, Origin.DoesNotExist) as wrong:
        raise Refusal(_("This link is no longer valid. Write to us."), code="old_link") from wrong
    if origin.person.state != Person.State.MEMBER:
        raise Refusal(_("This link was already answered. Thank you."), code="answered")
    return origin
