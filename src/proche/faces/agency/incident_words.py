"""An incident in words: each fact with its name, and what each version changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proche.areas.incidents.models import FACTS, IncidentVersion
from proche.common.words import figure
from proche.faces.agency.forms.incidents import label_of


@dataclass(frozen=True)
class Told:
    """One version, with what each fact it changed said before; nothing for the first."""

    version: IncidentVersion
    before: list[tuple[str, str]]


def said(value: Any) -> str:
    if value is None or value == "":
        return _("not known, or none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return figure(value) if isinstance(value, int) else str(value)


def lines_of(version: IncidentVersion) -> list[tuple[str, str]]:
    return [(label_of(name), said(getattr(version, name))) for name in FACTS]


def story_of(versions: Sequence[IncidentVersion]) -> list[Told]:
    """The versions, newest first, each beside the one before it."""
    return [
        Told(version, _changed(version, earlier))
        for version, earlier in zip(versions, [*versions[1:], None], strict=True)
    ]


def _changed(version: IncidentVersion, earlier: IncidentVersion | None) -> list[tuple[str, str]]:
    return [
        (label_of(name), said(getattr(earlier, name)))
        for name in FACTS
        if earlier is not None and getattr(earlier, name) != getattr(version, name)
    ]


def cells_of(version: IncidentVersion) -> list[Any]:
    """For a file: days as 2026-03-04, yes and no in words, figures as figures."""
    return [_cell(getattr(version, name)) for name in FACTS]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.isoformat() if isinstance(value, date) else value
