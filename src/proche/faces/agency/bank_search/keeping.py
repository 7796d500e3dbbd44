"""One bank in memory for each programme and process, never older than the last write.

Triggers note every change of the tables below, whoever makes it, in the transaction that makes
it. Before each question a process reads what was noted since it last looked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.db import connection, transaction

from proche.areas.accounts.models import Programme
from proche.areas.people.bank import BankChange
from proche.faces.agency.bank_search.bank import MOST_RECENT, Bank

LOG = BankChange._meta.db_table
# Table, and the column that holds the person.
WATCHED = (
    ("people_person", "id"),
    ("people_account", "person_id"),
    ("people_tag_people", "person_id"),
    ("consent_consent", "person_id"),
    ("evidence_verdict", "person_id"),
    ("campaigns_offer", "person_id"),
)
# One person changed makes several notes.
MOST_NOTES = 10 * MOST_RECENT


@dataclass(frozen=True)
class Position:
    """How far the notes were read: the last one, and on PostgreSQL the oldest transaction that
    was still open then, with the notes already seen from there on."""

    last: tuple[int, int] | None
    oldest_open: int = 0
    seen: frozenset[int] = frozenset()


@dataclass
class _Shelf:
    lock: Lock = field(default_factory=Lock)
    bank: Bank | None = None
    position: Position = Position(None)


_shelves: dict[tuple[str, int], _Shelf] = {}


def bank_of(programme: Programme) -> Bank:
    """The bank as the database holds it now.

    Inside a transaction it is read whole and not kept: what is there may yet be taken back."""
    if connection.in_atomic_block:
        return Bank.whole(programme)
    name = str(connection.settings_dict["NAME"])
    shelf = _shelves.setdefault((name, programme.pk), _Shelf())
    with shelf.lock:
        shelf.bank, shelf.position = _current(programme, shelf)
        return shelf.bank


def _current(programme: Programme, shelf: _Shelf) -> tuple[Bank, Position]:
    if shelf.bank is not None and shelf.position.last is not None:
        notes = _notes_since(shelf.position)
        # Where the last note read is no longer there, this is another database, or notes were
        # thrown away since. Where there are too many, reading everybody costs less.
        there = shelf.position.last in {(note[0], note[1]) for note in notes}
        if there and len(notes) <= MOST_NOTES:
            return _followed(programme, shelf.bank, shelf.position, notes)
    # The notes first: what changes meanwhile is read twice rather than missed.
    last = _last_note()
    if shelf.bank is not None and last is None and shelf.position.last is None:
        return shelf.bank, shelf.position
    position = Position((last[0], last[1]), last[3]) if last else Position(None)
    return Bank.whole(programme), position


def _followed(
    programme: Programme, bank: Bank, position: Position, notes: list[tuple[int, ...]]
) -> tuple[Bank, Position]:
    known = position.seen | {position.last[0] if position.last else 0}
    changed = sorted({note[2] for note in notes if note[0] not in known})
    newest = notes[-1]
    after = Position((newest[0], newest[1]), newest[3], frozenset(note[0] for note in notes))
    return (bank.after(programme, changed) if changed else bank), after


def _notes_since(position: Position) -> list[tuple[int, ...]]:
    """Identifier, mark, person and oldest open transaction of each note, oldest first."""
    assert position.last
    if connection.vendor == "postgresql":
        where, values = "xact >= %s OR id = %s", [position.oldest_open, position.last[0]]
    else:
        where, values = "id >= %s", [position.last[0]]
    return _notes(f"WHERE {where} ORDER BY id LIMIT {MOST_NOTES + 1}", values)


def _last_note() -> tuple[int, ...] | None:
    return next(iter(_notes("ORDER BY id DESC LIMIT 1", [])), None)


def _notes(rest: str, values: list[int]) -> list[tuple[int, ...]]:
    opened = "0"
    if connection.vendor == "postgresql":
        opened = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, mark, person_id, {opened} FROM {LOG} {rest}", values)  # noqa: S608
        rows: list[tuple[int, ...]] = cursor.fetchall()
    return rows


def watch(**_sent: Any) -> None:
    """Lay the triggers, after every migration: rebuilding a table on SQLite takes them off it."""
    there = set(connection.introspection.table_names())
    if LOG not in there:
        return
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, statement in statements:
            if table in there:
                cursor.execute(statement)


def _sqlite() -> Iterable[tuple[str, str]]:
    for table, column in WATCHED:
        for act, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            name = f"bank_{table}_{act.lower()}"
            moved = f"{_note(f'OLD.{column}')} WHERE OLD.{column} <> NEW.{column};"
            yield table, f"DROP TRIGGER IF EXISTS {name}"
            yield (
                table,
                (
                    f"CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN "
                    f"{_note(f'{row}.{column}')}; {moved if act == 'UPDATE' else ''} END"
                ),
            )


def _note(person: str) -> str:
    return f"INSERT INTO {LOG} (person_id, mark, xact) SELECT {person}, random(), 0"


FUNCTION = f"""
CREATE OR REPLACE FUNCTION proche_bank_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people bigint[] := '{{}}';
BEGIN
  IF TG_OP <> 'INSERT' THEN
    people := array_append(people, (to_jsonb(OLD) ->> TG_ARGV[0])::bigint);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    people := array_append(people, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint);
  END IF;
  INSERT INTO {LOG} (person_id, mark, xact)
    SELECT person, (random() * 9e15)::bigint, pg_current_xact_id()::text::bigint
    FROM (SELECT DISTINCT unnest(people) AS person) AS changed;
  RETURN NULL;
END $$
"""  # noqa: S608 (our own names)


def _postgresql() -> Iterable[tuple[str, str]]:
    yield LOG, FUNCTION
    for table, column in WATCHED:
        when = f"AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
        call = f"EXECUTE FUNCTION proche_bank_changed('{column}')"
        yield table, f"CREATE OR REPLACE TRIGGER bank_{table} {when} {call}"
