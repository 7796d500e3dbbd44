"""Read a table of people, or refuse it in one line."""

from pathlib import Path
from typing import Any

from proche.core.identity.records import Profile, Record, no_collecting
from proche.core.tables import Column, Table, Type, read_table

TEXTS = ("given_name", "family_name", "email", "city", "region", "occupation")
PEOPLE = Table(
    "people",
    (
        Column("record_id", Type.KEY, required=True, filled=True),
        *(Column(name, Type.TEXT) for name in TEXTS),
        Column("accounts", Type.TEXT),
    ),
    key=("record_id",),
)
ACCOUNTS = ("de « plateforme:nom;plateforme:nom »", "“platform:name;platform:name”")


def read_people(path: Path) -> tuple[Record, ...]:
    """In the order of the file. Raises InputRefused naming the file, the row and the column."""
    read = read_table(path, PEOPLE)
    with no_collecting():
        texts = [read.column(name) for name in TEXTS]
        accounts = read.parsed("accounts", profiles, ACCOUNTS)
        rows = zip(read.column("record_id"), accounts, *texts, strict=True)
        return tuple(_record(str(record_id), cells, of) for record_id, of, *cells in rows)


def profiles(text: str) -> tuple[Profile, ...]:
    """« instagram:ju.roy;tiktok:juroy ». Raises ValueError on a part without its platform."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        platform, colon, handle = part.partition(":")
        if not (colon and platform.strip().isalpha() and handle.strip()):
            raise ValueError(text)
        found.append(Profile(platform.strip(), handle.strip()))
    return tuple(found)


def _record(record_id: str, cells: list[Any], accounts: tuple[Profile, ...] | None) -> Record:
    given, family, email, city, region, occupation = cells
    return Record(
        record_id,
        given or "",
        family or "",
        email or "",
        city or "",
        region or "",
        occupation or "",
        accounts or (),
    )
