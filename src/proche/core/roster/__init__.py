"""Choose members who reach the most distinct persons, with a proof of how good the choice is."""

from proche.core.roster.audience import Audience
from proche.core.roster.choosing import Roster, choose
from proche.core.roster.problem import Caps

__all__ = ["Audience", "Caps", "Roster", "choose"]
