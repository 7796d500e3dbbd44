"""Jobs of this area; each may run twice and does its work once."""

from proche.areas.messages.actions import deliver_now
from proche.areas.messages.writing import continue_letter


def deliver(message_id: int) -> None:
    deliver_now(message_id)


def send_letter(letter_id: int, start: int) -> None:
    continue_letter(letter_id, start)
