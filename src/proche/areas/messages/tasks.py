"""Jobs of this area; each may run twice and does its work once."""

from proche.areas.messages.actions import deliver_now


def deliver(message_id: int) -> None:
    deliver_now(message_id)
