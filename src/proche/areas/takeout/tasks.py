"""Jobs of this area; each may run twice and does its work once."""

from proche.areas.takeout import actions


def make(takeout_id: int) -> None:
    actions.make(takeout_id)


def destroy_old_files() -> int:
    return actions.destroy_old_files()
