"""Reads used by several faces."""

from typing import Any

from proche.areas.accounts.models import Programme, Role


def programme_of(user: Any) -> Programme | None:
    """The programme a member of the team works in; None for anybody else."""
    if not user.is_authenticated:
        return None
    role = Role.objects.filter(user=user).select_related("programme").order_by("given_at").first()
    return role.programme if role else None


def open_programme() -> Programme | None:
    """The programme that sign-up feeds: the first real one, else the sample."""
    return Programme.objects.order_by("is_sample", "id").first()
