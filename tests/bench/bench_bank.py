"""Ask the page of a bank of 100,000 members 120 different questions, whole page and facets.

A question is a request through the WSGI handler by somebody signed in: words (accents, slips,
pieces of an address), facets, an order, a page. Each is asked twice, in another order the second
time; seconds are the median, and p95 is what is promised. The peer counts and finds the same
people by joins and aggregates, one question at a time in the same database, without drawing any
page; it is asked 24 of the questions, and what both count, the total and every line of every
facet, is compared. The third figure is the time this process worked, so that other work on the
machine counts less; on SQLite it holds all there is. A slip is put to the peer corrected, for it
forgives none. The last row of each database asks again right after somebody else changed a member,
which must show.
"""

import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

MEMBERS, PEER_QUESTIONS, WRITES = 100_000, 24, 24
PROMISED_MS = 150
Row = dict[str, Any]


def run(members: int = MEMBERS) -> list[Row]:
    rows = []
    for name, database in _databases():
        with database as url, tempfile.TemporaryDirectory(prefix="proche-bench-") as folder:
            # A process of its own: Django keeps one set of settings for the life of a process.
            environment = {
                **os.environ,
                "PROCHE_DATA_DIR": folder,
                "DATABASE_URL": url or f"sqlite:///{folder}/bench.sqlite3",
                "DJANGO_SETTINGS_MODULE": "proche.settings",
            }
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.bench_bank", name, str(members)],
                env=environment,
                stdout=subprocess.PIPE,
                check=True,
                text=True,
            )
            rows += json.loads(done.stdout)
    return rows


def _databases() -> Iterator[tuple[str, Any]]:
    from tests.checks import postgres

    @contextmanager
    def sqlite() -> Iterator[str]:
        yield ""

    @contextmanager
    def postgresql() -> Iterator[str]:
        import psycopg

        with postgres.throw_away_cluster() as url:
            with psycopg.connect(url.replace("/proche?", "/postgres?"), autocommit=True) as made:
                made.execute("CREATE DATABASE proche")
            yield url

    yield "SQLite", sqlite()
    if not postgres.missing():
        yield "PostgreSQL", postgresql()


def measure(name: str, members: int) -> list[Row]:
    import django
    from django.core.management import call_command

    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    from proche.locale import compile_catalogues
    from tests.bench.bank_data import fill
    from tests.bench.bank_peer import questions

    setup_test_environment()
    compile_catalogues()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    programme, owner = fill(members)
    client = Client()
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    began = perf_counter()
    page = client.get("/bureau/banque/")
    first = perf_counter() - began
    assert page.status_code == 200
    asked = questions()
    row = _asked(client, programme, asked, name) | {
        "name": f"{name}, {members:,} members, {len(asked)} questions",
        "first_reading_s": round(first, 2),
        "first_load_kB": _weight(client),
    }
    return [row, _after_writes(client, programme, asked, name)]


def _asked(client: Any, programme: Any, asked: list[str], name: str) -> Row:
    from tests.bench.bank_peer import Peer

    seconds, work = [], []
    for order in (asked, asked[::-1]):
        for question in order:
            began, busy = perf_counter(), process_time()
            page = client.get(f"/bureau/banque/?{question or 'view='}")
            seconds.append(perf_counter() - began)
            work.append(process_time() - busy)
            assert page.status_code == 200, question
    peer, equal = [], True
    for question in asked[:: max(1, len(asked) // PEER_QUESTIONS)]:
        began = perf_counter()
        theirs = Peer(programme, question).answer()
        peer.append(perf_counter() - began)
        ours = _ours(programme, question)
        # The peer counts two of the topics: an aggregate takes so many expressions.
        ours["topic"] = {code: ours["topic"].get(code, 0) for code in theirs["topic"]}
        if ours != theirs:
            print(f"{name}: not the same counts for {question!r}", file=sys.stderr)
        equal = equal and ours == theirs
    return _row(seconds, peer, equal) | {"p95_of_one_core_ms": _p95(work)}


def _row(seconds: list[float], peer: list[float], equal: bool) -> Row:
    middle, theirs = statistics.median(seconds), statistics.median(peer)
    return {
        "proche_s": middle,
        "peer": "live joins and aggregates, no page drawn",
        "peer_s": theirs,
        "ratio": theirs / middle,
        "target": f"p95 ≤ {PROMISED_MS} ms",
        "equal": equal,
        "p95_ms": _p95(seconds),
        "peer_p95_ms": _p95(peer),
    }


def _p95(seconds: list[float]) -> int:
    return round(1000 * sorted(seconds)[int(0.95 * len(seconds))])


def _ours(programme: Any, question: str) -> dict[str, Any]:
    from django.http import QueryDict

    from proche.faces.agency.bank_search import BankSearch

    search = BankSearch(programme, QueryDict(question))
    return {"found": len(search.people), **search.counts()}


def _after_writes(client: Any, programme: Any, asked: list[str], name: str) -> Row:
    """Somebody changes between two questions; the page must count them already."""
    from proche.areas.people.models import Person
    from tests.bench.bank_peer import Peer

    seconds, seen = [], True
    moved = Person.objects.in_programme(programme).members().order_by("-pk")[:WRITES]
    for n, person in enumerate(moved, start=1):
        Person.objects.filter(pk=person.pk).update(search_text="zzyzx")
        began = perf_counter()
        page = client.get("/bureau/banque/?q=zzyzx")
        seconds.append(perf_counter() - began)
        seen = seen and page.context["page"].paginator.count == n
    began = perf_counter()
    Peer(programme, "q=zzyzx").answer()
    return {"name": f"{name}, right after each of {WRITES} changes"} | _row(
        seconds, [perf_counter() - began], seen
    )


def _weight(client: Any) -> int:
    """What a first visit loads, compressed, in kB: the page, and every file it or its styles
    name."""
    page = client.get("/bureau/banque/", headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.content).decode()
    waiting = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    total, seen = len(page.content), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        body = _static(name)
        total += len(body if name.endswith(".woff2") else gzip.compress(body))
        if name.endswith(".css"):
            folder = Path(name).parent
            found = re.findall(r"url\([\"']?([^\"')]+)", body.decode())
            there = {os.path.normpath(folder / one) for one in found if not one.startswith("data:")}
            waiting |= there - seen
    return round(total / 1000)


def _static(name: str) -> bytes:
    from django.conf import settings

    return (settings.STATIC_ROOT / name.removeprefix("/static/")).read_bytes()


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
