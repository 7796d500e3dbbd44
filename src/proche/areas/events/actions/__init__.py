"""What changes an event: planned, guests seated, let in, marked absent."""

from proche.areas.events.actions.door import check_in, mark_no_shows, take_back_check_in
from proche.areas.events.actions.guests import cancel, confirm, invite, reinstate, take_back_confirm
from proche.areas.events.actions.planning import Facts, change_event, plan_event

__all__ = [
    "Facts",
    "cancel",
    "change_event",
    "check_in",
    "confirm",
    "invite",
    "mark_no_shows",
    "plan_event",
    "reinstate",
    "take_back_check_in",
    "take_back_confirm",
]
