"""What a rush asks of the database, as plain statements: at 200 readers a second, building each
question with the ORM costs ten times what the database takes to answer it. The same statements on
SQLite and PostgreSQL; those that write belong in one transaction."""

from datetime import datetime
from typing import Any

from django.db import connection

from proche.areas.recruitment.models import Attempt, Nomination

ATTEMPTS, NOMINATIONS = Attempt._meta.db_table, Nomination._meta.db_table
TAKE = f"""
    INSERT INTO {ATTEMPTS} (trace, with_work, at)
    SELECT %s, %s, CAST(%s AS {{moment}})
    WHERE (SELECT count(*) FROM {ATTEMPTS} WHERE trace = %s AND at > %s) < %s
"""  # noqa: S608 (our own table names)
TAKE_SLOWLY = TAKE.replace("trace = %s AND", "trace = %s AND NOT with_work AND", 1)
GIVEN = f"SELECT 1 FROM {NOMINATIONS} WHERE key = %s AND call_id = %s"  # noqa: S608
FORWARDS = f"{GIVEN} AND trace IS NULL AND person_id IS NULL AND state IN ('proposed', 'invited')"
GIVE = f"""
    INSERT INTO {NOMINATIONS} (call_id, key, state, nominator_name, platform, handle, reason,
                               notice_version, created_at, changed_at)
    VALUES (%s, %s, %s, %s, '', '', '', %s, %s, %s) ON CONFLICT (key) DO NOTHING
"""  # noqa: S608


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def take_attempt(mark: str, *, worked: bool, at: datetime, since: datetime, most: int) -> bool:
    """Write one attempt unless `most` were made since then (without work: of those without)."""
    kind = "text" if connection.vendor == "sqlite" else "timestamptz"
    statement = (TAKE if worked else TAKE_SLOWLY).format(moment=kind)
    with connection.cursor() as cursor:
        cursor.execute(statement, [mark, worked, _moment(at), mark, _moment(since), most])
        return bool(cursor.rowcount)


def is_given(call_id: int, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, [key, call_id])
        return cursor.fetchone() is not None


def still_forwards(call_id: int, key: str) -> bool:
    """Whether a link of this call may still be passed on: nobody answered it."""
    with connection.cursor() as cursor:
        cursor.execute(FORWARDS, [key, call_id])
        return cursor.fetchone() is not None


def give(row: Nomination) -> None:
    """Write the row; where the same form came twice together, one stays."""
    at = _moment(row.created_at)
    values = [row.call_id, row.key, row.state, row.nominator_name, row.notice_version, at, at]
    with connection.cursor() as cursor:
        cursor.execute(GIVE, values)
