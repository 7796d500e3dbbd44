"""Jobs of this area; each may run twice and does its work once."""

from proche.areas.evidence.actions import refresh


def refresh_bank(run_id: int) -> None:
    refresh(run_id)
