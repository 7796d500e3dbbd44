"""What became of the offers a person received: for the strategist to read, never counted."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Exchange, Offer
from proche.areas.events.models import Invitation
from proche.areas.matching.models import ShortlistEntry
from proche.areas.people.models import Person
from proche.common.words import month_day

State = Offer.State
ANSWERS: dict[str, str | Promise] = {
    State.SENT: _("waits for an answer"),
    State.ACCEPTED: _("accepted"),
    State.DECLINED: _("declined"),
    State.EXPIRED: _("left without an answer"),
    State.WITHDRAWN: _("withdrawn by the agency"),
}
CAME: dict[str, str | Promise] = {
    Invitation.State.CHECKED_IN: _("came"),
    Invitation.State.NO_SHOW: _("did not come"),
    Invitation.State.CANCELLED: _("cancelled"),
}


def with_past(entries: Iterable[ShortlistEntry], brief: Brief) -> None:
    """Set `past` on each entry: one sentence for each earlier offer, newest first. One query."""
    found = list(entries)
    said = pasts((entry.person_id for entry in found), brief)
    for entry in found:
        entry.past = said.get(entry.person_id, [])  # type: ignore[attr-defined]


def with_earlier_asks(people: Iterable[Person], brief: Brief) -> list[Person]:
    """The same people, each with `past`: what anybody of the team asked them before. One query."""
    found = list(people)
    said = pasts((person.pk for person in found), brief)
    for person in found:
        person.past = said.get(person.pk, [])  # type: ignore[attr-defined]
    return found


def pasts(person_ids: Iterable[int], brief: Brief) -> dict[int, list[str]]:
    ids = list(person_ids)
    offers = (
        Offer.objects.in_programme(brief.brand.programme)
        .filter(person__in=ids, sent_at__isnull=False)
        .exclude(campaign__brief=brief)
        .select_related("campaign__brief__brand", "exchange__invitation", "sent_by")
        .order_by("-sent_at", "-pk")
    )
    said: dict[int, list[str]] = defaultdict(list)
    for offer in offers:
        said[offer.person_id].append(_sentence(offer))
    return said


def _sentence(offer: Offer) -> str:
    parts = [str(ANSWERS[offer.state]), *_outcome(offer)]
    told = {
        "brand": offer.campaign.brief.brand.name,
        "day": month_day(offer.sent_at),
        "what": ", ".join(parts),
        "name": offer.sent_by,
    }
    if offer.sent_by is None:
        sentence = gettext("%(brand)s, %(day)s: %(what)s") % told
    else:
        sentence = gettext("%(brand)s, %(day)s, asked by %(name)s: %(what)s") % told
    return f"{sentence}. “{offer.decline_reason}”" if offer.decline_reason else f"{sentence}."


def _outcome(offer: Offer) -> list[str]:
    exchange: Exchange | None = getattr(offer, "exchange", None)
    if offer.state != State.ACCEPTED or exchange is None:
        return []
    invitation: Invitation | None = getattr(exchange, "invitation", None)
    said = [str(CAME[invitation.state])] if invitation and invitation.state in CAME else []
    if exchange.obligation:
        said.append(gettext("post closed") if exchange.closed_at else gettext("post agreed"))
    if exchange.thanked_at:
        said.append(gettext("thanked"))
    return said
