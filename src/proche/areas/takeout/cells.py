"""A value of the database as a cell of a sheet, or as JSON."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext

from proche.areas.takeout.tables import Table
from proche.common.exports import plain_cell
from proche.common.regions import region_name
from proche.common.words import language, sentence
from proche.core.topics import taxonomy

Shown = Callable[[Any], Any]
# A cell of a spreadsheet holds no more characters.
LONGEST = 32_767


def shown_in_sheet(table: Table) -> list[Shown]:
    """For each column, how a value is written: words in the language, nothing that could run."""
    return [_shown(path, table.field(path)) for path in table.columns]


def _shown(path: str, field: "Field[Any, Any] | None") -> Shown:
    if path.endswith(("region", "regions")):
        return _several(lambda code: region_name(code, language()))
    if path.endswith("topics"):
        return _several(_topic)
    labels = {value: str(label) for value, label in (field.flatchoices if field else ())}

    def show(value: Any) -> Any:
        if labels and value in labels:
            return plain_cell(labels[value])
        return _plain(value)

    return show


def _several(name: Callable[[str], str]) -> Shown:
    def show(value: Any) -> str:
        codes = value if isinstance(value, list) else [value or ""]
        return str(plain_cell("; ".join(name(str(code)) for code in codes)))

    return show


def _topic(code: str) -> str:
    topic = taxonomy.by_code().get(code)
    return topic.name(language()) if topic else code


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | dict):
        return plain_cell(_listed(value)[:LONGEST])
    if isinstance(value, str):
        return plain_cell(value[: LONGEST - 1])
    return value


def _listed(value: Any) -> str:
    """Plain words where it is a list of them, or of sentences in two languages."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if (
        isinstance(value, list)
        and value
        and all(isinstance(one, dict) and {"fr", "en"} <= set(one) for one in value)
    ):
        return " ".join(sentence(one) for one in value)
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""


def in_csv(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def in_json(value: Any) -> Any:
    """Codes as the database keeps them; moments with their offset."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
