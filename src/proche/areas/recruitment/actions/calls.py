"""Opening and changing a call, and the link by which its media partner reads the counts."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.recruitment.logos import Logo, put_logo
from proche.areas.recruitment.marks import link_mark
from proche.areas.recruitment.models import Call, HandleDuties, PartnerLink
from proche.common.errors import Refusal

LINK_DAYS = 90


def open_call(programme: Programme, *, logo: Logo | None = None, **words: Any) -> Call:
    return _kept(Call(programme=programme), words, logo)


def change_call(call: Call, *, logo: Logo | None = None, **words: Any) -> Call:
    """The same with a call that exists; the logo stays unless another one comes."""
    return _kept(call, words, logo)


def _kept(call: Call, words: dict[str, Any], logo: Logo | None) -> Call:
    for name, value in words.items():
        setattr(call, name, value)
    if call.asks_handles and not HandleDuties.objects.filter(programme=call.programme_id).exists():
        raise Refusal(
            _("Accept the duties of keeping accounts first: they are listed on their own page."),
            code="duties_first",
            field="asks_handles",
        )
    try:
        with transaction.atomic():
            if logo is not None:
                put_logo(call, logo)
            call.save()
    except IntegrityError as taken:
        raise Refusal(
            _("Another call already has this address. Choose another one."),
            code="slug_taken",
            field="slug",
        ) from taken
    return call


@transaction.atomic
def renew_partner_link(call: Call, *, by: User) -> str:
    """The secret of a new link, said once; an earlier link stops working."""
    revoke_partner_link(call)
    token, now = token_urlsafe(32), timezone.now()
    PartnerLink.objects.create(
        call=call,
        token_hash=link_mark(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=LINK_DAYS),
    )
    return token


def revoke_partner_link(call: Call) -> int:
    now = timezone.now()
    return PartnerLink.objects.filter(call=call, revoked_at=None).update(revoked_at=now)
