"""What SQLite leaves of destroyed words in its files.

`secure_delete` (set on every connection) writes zeros over what is changed or deleted in the
database; the write-ahead log still holds the pages as they were, until it is emptied."""

import logging

from django.db import OperationalError, connection

SHORT_WAIT = 300  # milliseconds

log = logging.getLogger(__name__)


def scrub() -> bool:
    """Empty the write-ahead log. False where a reader still needs it: the hourly job tries again.
    PostgreSQL recycles its own log and its vacuum the rows; nothing to do there."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        # Whoever said no waits for this answer: a log in use is left to the hourly job.
        cursor.execute(f"PRAGMA busy_timeout = {SHORT_WAIT}")
        try:
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except OperationalError as locked:
            log.info("the write-ahead log could not be emptied: %s", locked)
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
    return not busy
