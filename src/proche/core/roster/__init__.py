"""Choose members who reach the most distinct persons, with a proof of how good the choice is."""

from proche.core.roster.audience import Audience
from proche.core.roster.choosing import Roster, Terms, attainable, choose
from proche.core.roster.estimated import Sized, estimated
from proche.core.roster.problem import Caps
from proche.core.roster.spread import Links, Spread, furthest

__all__ = [
    "Audience",
    "Caps",
    "Links",
    "Roster",
    "Sized",
    "Spread",
    "Terms",
    "attainable",
    "choose",
    "estimated",
    "furthest",
]
