"""Why a member is ranked where they are, and what speaks against, in words for anyone."""

from proche.core.matching.facts import Facts
from proche.core.matching.records import Reason
from proche.core.matching.wording_history import (
    asked_lately,
    no_wish,
    reliable,
    turn,
    unreliable,
    wish,
)
from proche.core.matching.wording_standing import (
    affinity,
    close,
    language,
    limits,
    names_rival,
    not_close,
    past_rival,
    unproven,
)
from proche.core.matching.wording_subject import off_subject, subject

FOR = (subject, affinity, close, wish, reliable, turn)
AGAINST = (
    off_subject,
    not_close,
    no_wish,
    unreliable,
    asked_lately,
    past_rival,
    names_rival,
    language,
    limits,
    unproven,
)


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """What speaks for the member, most points first."""
    found = [one for step in FOR for one in step(facts)]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def against(facts: Facts) -> tuple[Reason, ...]:
    """What speaks against and what is not known, most points lost first."""
    found = [one for step in AGAINST for one in step(facts)]
    return tuple(sorted(found, key=lambda reason: reason.weight))
