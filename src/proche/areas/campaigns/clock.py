"""The posting clock: it starts when the parcel is received or the guest comes in, never before.

Posts live in a higher area, which registers here what it does when a clock starts or stops.
"""

from collections.abc import Callable
from datetime import date, timedelta

from proche.areas.campaigns.models import Exchange

WHEN_STARTED: list[Callable[[Exchange], None]] = []
WHEN_STOPPED: list[Callable[[Exchange], None]] = []


def start_clock(exchange: Exchange, *, on: date) -> None:
    """Set the day the post is due, only where something must be posted; a running clock stays."""
    if not exchange.obligation or exchange.post_due_on is not None:
        return
    days = exchange.offer.campaign.brief.brand.programme.posting_days
    exchange.post_due_on = on + timedelta(days=days)
    exchange.save(update_fields=["post_due_on"])
    for react in WHEN_STARTED:
        react(exchange)


def stop_clock(exchange: Exchange) -> None:
    """Nothing can be posted about a thing that came broken."""
    if exchange.post_due_on is None:
        return
    exchange.post_due_on = None
    exchange.save(update_fields=["post_due_on"])
    for react in WHEN_STOPPED:
        react(exchange)
