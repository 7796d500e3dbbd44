"""Jobs of campaigns; each may run twice and does its work once."""

from proche.areas.campaigns import actions
from proche.areas.campaigns.letters import shipped_letter, thanks_letter


def expire_offers() -> int:
    return actions.expire_offers()


def go_on_with_waves() -> int:
    return actions.go_on()


def tell_shipped(parcel_id: int) -> None:
    shipped_letter(parcel_id)


def tell_thanks(exchange_id: int) -> None:
    thanks_letter(exchange_id)
