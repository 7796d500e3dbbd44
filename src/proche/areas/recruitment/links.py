"""Links sent by email: signed, for one purpose, for a time."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.models import Application
from proche.common.errors import Refusal

LIFETIMES = {"confirm": timedelta(days=7), "review": timedelta(days=60)}


def token_for(application: Application, purpose: str) -> str:
    return (
        TimestampSigner(salt=f"application-{purpose}").sign(str(application.pk)).replace(":", "~")
    )


def application_of(token: str, purpose: str) -> Application:
    """The application a link speaks of. Raises Refusal when the link is wrong or too old."""
    signer = TimestampSigner(salt=f"application-{purpose}")
    try:
        pk = signer.unsign(token.replace("~", ":"), max_age=LIFETIMES[purpose])
        found: Application = Application.objects.select_related("person__programme").get(pk=pk)
    except (BadSignature, Application.DoesNotExist) as wrong:
        raise Refusal(
            _("This link is no longer valid. Sign up again, or write to us."), code="old_link"
        ) from wrong
    return found
