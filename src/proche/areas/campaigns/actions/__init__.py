"""What changes a campaign: offers, exchanges, parcels."""

from proche.areas.campaigns.actions.answering import (
    Address,
    accept,
    decline,
    give_up,
    reconsider,
    say_why,
)
from proche.areas.campaigns.actions.asking import (
    SentOffers,
    expire_offers,
    open_campaign,
    remind_offer,
    send_offers,
    take_back_withdrawal,
    withdraw_offer,
)
from proche.areas.campaigns.actions.exchanges import feedback, take_back_thanks, thank
from proche.areas.campaigns.actions.parcels import (
    confirm_receipt,
    give_address,
    mark_lost,
    mark_returned,
    replace_parcel,
    report_broken,
    ship,
    take_back_shipping,
)
from proche.areas.campaigns.actions.sent_briefs import change_sent_brief
from proche.areas.campaigns.clock import start_clock

__all__ = [
    "Address",
    "SentOffers",
    "accept",
    "change_sent_brief",
    "confirm_receipt",
    "decline",
    "expire_offers",
    "feedback",
    "give_address",
    "give_up",
    "mark_lost",
    "mark_returned",
    "open_campaign",
    "reconsider",
    "remind_offer",
    "replace_parcel",
    "report_broken",
    "say_why",
    "send_offers",
    "ship",
    "start_clock",
    "take_back_shipping",
    "take_back_thanks",
    "take_back_withdrawal",
    "thank",
    "withdraw_offer",
]
