"""What a brief must respect before anybody is asked."""

from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.common.choices import ExchangeKind
from proche.common.errors import Refusal

# These exchanges say in their name whether a post is owed; the others leave it to the brief.
OWED_BY_KIND = {ExchangeKind.GIFT: False, ExchangeKind.AGREED: True, ExchangeKind.PAID: True}


def check_brief(brief: Brief) -> None:
    """Raise the first reason why this brief may not be kept."""
    if brief.for_children:
        raise Refusal(
            _(
                "A brief aimed at children under 13 is not possible: the Consumer Protection Act "
                "forbids advertising directed at them (sections 248 and 249)."
            ),
            code="for_children",
            field="for_children",
        )
    if brief.ends_on < brief.starts_on:
        raise Refusal(
            _("The last day comes before the first."), code="ends_before_start", field="ends_on"
        )
    if brief.quantity < 1:
        raise Refusal(_("At least one member is wanted."), code="nobody", field="quantity")
    _check_exchange(brief)


def _check_exchange(brief: Brief) -> None:
    if brief.format == Brief.Format.EVENT and brief.exchange == ExchangeKind.GIFT:
        raise Refusal(
            _("An event is not a gift: choose “invitation”, “agreed” or “paid”."),
            code="event_is_no_gift",
            field="exchange",
        )
    owed = OWED_BY_KIND.get(ExchangeKind(brief.exchange))
    if owed is False and brief.obligation:
        raise Refusal(
            _("A gift leaves the member free. If a post is owed, choose “agreed” or “paid”."),
            code="gift_owes_nothing",
            field="obligation",
        )
    if owed is True and not brief.obligation:
        raise Refusal(
            _("“Agreed” and “paid” mean that a post is owed. Otherwise choose “gift”."),
            code="agreed_owes_a_post",
            field="obligation",
        )
