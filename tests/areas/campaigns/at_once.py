"""Acts of several people at the same moment, each in a thread with a connection of its own.

On PostgreSQL in this process. SQLite keeps the tests in memory, where threads share one lock: there
the database is copied to a file and the acts run on it, under the settings of an installation.
"""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections

PROJECT = Path(__file__).resolve().parents[3]
START = "import django; django.setup(); from tests.areas.campaigns.at_once import main; main()"


def accepts(offer: int) -> str:
    from proche.areas.campaigns.actions import accept
    from proche.areas.campaigns.models import Offer
    from tests.factories.campaigns import HOME

    accept(Offer.objects.get(pk=offer), address=HOME)
    return "accepted"


def sends_wave(wave: int) -> str:
    from proche.areas.campaigns.actions import send_wave
    from proche.areas.campaigns.models import Wave

    return f"sent {len(send_wave(Wave.objects.get(pk=wave), by=None).sent)}"


def asks_everybody(campaign: int) -> str:
    from proche.areas.campaigns.actions import send_offers
    from proche.areas.campaigns.models import Campaign
    from proche.areas.people.models import Person

    done = send_offers(Campaign.objects.get(pk=campaign), Person.objects.order_by("pk"), by=None)
    return f"sent {len(done.sent)}"


def accepts_or_stops(row: int) -> str:
    """An offer is accepted; of the same with a minus, the campaign is stopped."""
    from proche.areas.campaigns.actions import stop_waves
    from proche.areas.campaigns.models import Offer

    if row > 0:
        return accepts(row)
    campaign = Offer.objects.get(pk=-row).campaign
    return f"withdrew {stop_waves(campaign, by=None, withdraw=True)}"


def runs_the_job(_nothing: int) -> str:
    from proche.areas.campaigns.tasks import go_on_with_waves

    return f"went on {go_on_with_waves()}"


ACTS: dict[str, Callable[[int], str]] = {
    act.__name__: act
    for act in (accepts, accepts_or_stops, sends_wave, asks_everybody, runs_the_job)
}


def at_once(act: str, rows: list[int], folder: Path) -> dict[str, Any]:
    """What each act gave or was refused with, sorted, and how many rows there are afterwards."""
    if connection.vendor == "postgresql":
        return _together(act, rows)
    connection.ensure_connection()
    with sqlite3.connect(folder / "proche.sqlite3") as copy:
        connection.connection.backup(copy)
        # As an installation leaves it: two who turn it on at once would not wait for each other.
        copy.execute("PRAGMA journal_mode=WAL")
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told |= {"DJANGO_SETTINGS_MODULE": "proche.settings", "PROCHE_DATA_DIR": str(folder)}
    command = [sys.executable, "-c", START, act, json.dumps(rows)]
    done = subprocess.run(
        command, cwd=PROJECT, env=told, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    print(json.dumps(_together(sys.argv[1], json.loads(sys.argv[2]))))


def _together(act: str, rows: list[int]) -> dict[str, Any]:
    from proche.areas.campaigns.models import Exchange, Offer, Wave
    from proche.areas.messages.models import Message
    from proche.common.errors import Refusal

    ready, outcomes = threading.Barrier(len(rows)), []

    def run(row: int) -> None:
        ready.wait()
        try:
            outcomes.append(ACTS[act](row))
        except Refusal as refused:
            outcomes.append(refused.code)
        except Exception as broken:  # said by the outcomes, where a test compares them
            outcomes.append(repr(broken))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "outcomes": sorted(outcomes),
        "exchanges": Exchange.objects.count(),
        "offers": Offer.objects.filter(sent_at__isnull=False).count(),
        "in_line": Offer.objects.filter(wanted_at__isnull=False).count(),
        "kept": Offer.objects.filter(state="withdrawn", meanwhile="yes").count(),
        "letters": Message.objects.filter(kind="offer").count(),
        "waves": Wave.objects.count(),
    }
