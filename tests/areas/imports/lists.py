"""Lists of an agency, by hand, and what their imports go through."""

import csv
import io
from typing import Any

from proche.areas.imports import actions, running
from proche.areas.imports.columns import Choices
from proche.areas.imports.models import ImportBatch
from tests.cast import Cast

HEADER = [
    "Prénom", "Nom", "Courriel", "Région", "Ville", "Instagram", "Abonnés", "Métier", "Étiquettes",
]  # fmt: skip
ANNE = ["Anne", "Roy", "anne@exemple.ca", "Estrie", "Magog", "@anne.roy", "4,2 k", "boulangère",
        "VIP"]  # fmt: skip
LUC = ["Luc", "Côté", "luc@exemple.ca", "06", "", "", "", "", ""]


def as_csv(*rows: list[str], separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerows([HEADER, *rows])
    return held.getvalue().encode(encoding)


def received(cast: Cast, data: bytes, name: str = "liste.csv") -> ImportBatch:
    return actions.receive(cast.programme, name, data, by=cast.strategist)


def run(batch: ImportBatch) -> ImportBatch:
    """The job, in as many steps as it takes."""
    running.go_on(batch.pk)
    batch.refresh_from_db()
    return batch


def checked(batch: ImportBatch, **choices: Any) -> ImportBatch:
    asked = Choices.of(batch.choices | {"tag": ""} | choices)
    actions.start_check(batch, batch.mapping, asked)
    return run(batch)


def imported(cast: Cast, data: bytes, **choices: Any) -> ImportBatch:
    batch = checked(received(cast, data), **choices)
    actions.start_import(batch, by=cast.strategist)
    return run(batch)


def undone(cast: Cast, batch: ImportBatch) -> ImportBatch:
    actions.start_undo(batch, by=cast.owner)
    return run(batch)
