"""Changing a brief: freely until its first offer is sent, then only what members did not read."""

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.actions import change_brief
from proche.areas.brands.actions.briefs import BriefFacts
from proche.areas.brands.models import Brief
from proche.areas.campaigns.rules import MAY_STILL_CHANGE, was_sent
from proche.common.errors import Refusal


@transaction.atomic
def change_sent_brief(brief: Brief, *, by: User | None, **facts: Unpack[BriefFacts]) -> Brief:
    """`change_brief`, which refuses to change what somebody was asked with."""
    locked: Brief = Brief.objects.select_for_update().get(pk=brief.pk)
    if was_sent(locked):
        for name, value in facts.items():
            if name not in MAY_STILL_CHANGE and getattr(locked, name) != value:
                raise Refusal(
                    _(
                        "Members were asked with these words: they stay as they were read. "
                        "For other words, write a new brief from this one."
                    ),
                    code="already_asked",
                    field=name,
                )
        last = facts.get("ends_on")
        if last is not None and last < locked.ends_on:
            raise Refusal(
                _("Members were told a later last day: it may only be moved further away."),
                code="ends_sooner",
                field="ends_on",
            )
    return change_brief(locked, by=by, **facts)
