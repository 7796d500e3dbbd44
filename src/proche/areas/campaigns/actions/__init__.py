"""What changes a campaign: offers, exchanges, parcels."""

from proche.areas.campaigns.actions.answering import (
    Address,
    accept,
    decline,
    give_up,
    note_withdrawal_read,
    reconsider,
    say_why,
)
from proche.areas.campaigns.actions.asking import (
    SentOffers,
    expire_offers,
    open_campaign,
    remind_offer,
    send_offers,
    withdraw_offer,
)
from proche.areas.campaigns.actions.exchanges import feedback, take_back_thanks, thank
from proche.areas.campaigns.actions.going_on import (
    go_on,
    pause_waves,
    resume_waves,
    stop_waves,
)
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
from proche.areas.campaigns.actions.restoring import (
    Restored,
    restore_stopped,
    take_back_withdrawal,
)
from proche.areas.campaigns.actions.sent_briefs import change_sent_brief
from proche.areas.campaigns.actions.waves import (
    ask_now,
    bring_back_to_waves,
    let_go_from_wave,
    plan_waves,
    prepare_wave,
    send_wave,
)
from proche.areas.campaigns.clock import start_clock

__all__ = [
    "Address",
    "Restored",
    "SentOffers",
    "accept",
    "ask_now",
    "bring_back_to_waves",
    "change_sent_brief",
    "confirm_receipt",
    "decline",
    "expire_offers",
    "feedback",
    "give_address",
    "give_up",
    "go_on",
    "let_go_from_wave",
    "mark_lost",
    "mark_returned",
    "note_withdrawal_read",
    "open_campaign",
    "pause_waves",
    "plan_waves",
    "prepare_wave",
    "reconsider",
    "remind_offer",
    "replace_parcel",
    "report_broken",
    "restore_stopped",
    "resume_waves",
    "say_why",
    "send_offers",
    "send_wave",
    "ship",
    "start_clock",
    "stop_waves",
    "take_back_shipping",
    "take_back_thanks",
    "take_back_withdrawal",
    "thank",
    "withdraw_offer",
]
