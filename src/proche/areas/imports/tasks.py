"""Jobs of this area; each may run twice and does its work once."""

from proche.areas.imports import actions, invitations, running


def go_on(batch_id: int) -> None:
    running.go_on(batch_id)


def invite(batch_id: int, after: int) -> None:
    invitations.invite_some(batch_id, after)


def destroy_old_files() -> int:
    return actions.destroy_old_files()
