"""Jobs of this area, every night; each may run twice and does its work once."""

from proche.areas.content import breaks, leaving, undeclared, yearly


def wake() -> int:
    return breaks.wake()


def ask_if_still_true() -> None:
    yearly.remind_those_silent()
    yearly.ask_those_due()


def erase_departed() -> int:
    return leaving.erase_those_due()


def ask_about_undeclared() -> int:
    undeclared.forget_old()
    return undeclared.look_at_handed_in()
