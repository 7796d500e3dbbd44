"""Jobs of events; each may run twice and does its work once."""

from proche.areas.events.letters import cancelled_letter


def tell_cancelled(invitation_id: int) -> None:
    cancelled_letter(invitation_id)
