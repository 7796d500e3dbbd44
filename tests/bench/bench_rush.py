"""An article goes out: 200 readers a second ask for a link, for a minute, on SQLite.

The real server (`proche run`, its defaults) on a folder of its own, behind a proxy that this script
plays: each reader has an address, a connection and a form of their own. Their pages are fetched and
their work is done before the minute begins, as people read before they write; within it every
reader sends the form and opens the page of their link, one in ten presses twice, and visitors go on
opening the call and the front page. Then the server is killed outright and its database is read:
every link given must be there, once. A second, smaller rush is killed half way, with forms on
their way. Server and readers share this machine.
"""

import asyncio
import contextlib
import gzip
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import uvloop

from tests.browser import free_port

CALL = "/appels/rush/"
OPEN_A_CALL = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from proche.areas.accounts.models import Programme
from proche.areas.recruitment.actions import open_call
today = timezone.localdate()
open_call(
    Programme.objects.create(name="Rush", agency_name="Voisine", officer_name="Odile Fortin",
                             officer_email="odile@voisine.example", postal_address="Rimouski"),
    slug="rush", partner_name="Bordée", title_fr="Qui vous donne envie?",
    title_en="Who makes you want to?", text_fr="Une voisine qui trouve tout.",
    text_en="A neighbour who finds everything.", opens_on=today,
    closes_on=today + timedelta(days=9),
)
"""
STARTS_WITHIN = 300
A_SECOND, SECONDS = 200, 60
CUT_A_SECOND, CUT_SECONDS = 100, 10
TWICE_EVERY, VISITS_A_SECOND = 10, 10
AT_ONCE = 24
TICKET = re.compile(rb'name="ticket" value="([^"]+)"')
BITS = re.compile(rb'data-work="(\d+)"')
LINK = re.compile(r"/transmettre/([^/]+)/")


@dataclass(slots=True)
class Reader:
    """One person: their address, and the form they were shown with its work done."""

    address: str
    ticket: str = ""
    bits: int = 0
    work: str = ""


@dataclass(slots=True)
class Tally:
    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unanswered: int = 0
    took: float = 0.0
    used: float = 0.0


def run(a_second: int = A_SECOND, seconds: int = SECONDS) -> list[dict[str, Any]]:
    return [_one(a_second, seconds), _one(CUT_A_SECOND, CUT_SECONDS, cut=True)]


def _one(a_second: int, seconds: int, *, cut: bool = False) -> dict[str, Any]:
    """One rush; `cut` kills the server half way, with forms on their way."""
    readers = [Reader(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(a_second * seconds)]
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="proche-rush-") as folder:
        with _served(folder) as (port, server):
            began = time.perf_counter()
            uvloop.run(_read_pages(port, readers))
            reading = time.perf_counter() - began
            _work(readers)
            used = _processor(server)
            stop = (lambda: _kill(server)) if cut else None
            tally.took = uvloop.run(_rush(port, readers, a_second, tally, stop))
            tally.used = 0.0 if cut else _processor(server) - used
        lost, doubled = _compare(Path(folder) / "data" / "proche.sqlite3", tally.given)
    return _row(readers, tally, reading, lost, doubled, a_second, cut)


@contextmanager
def _served(folder: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The port of a server with one open call, killed outright at the end."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")} | {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": f"{folder}/data",
        "PROCHE_BASE_URL": f"http://127.0.0.1:{port}",
        "PROCHE_BEHIND_PROXY": "1",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "proche", "run", "--no-sample", "--port", str(port)]
    with (Path(folder) / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=log, stderr=log
        )
    try:
        _wait_for(port, server)
        subprocess.run([sys.executable, "-c", OPEN_A_CALL], env=environment, check=True)
        yield port, server
    finally:
        _kill(server)


def _kill(server: "subprocess.Popen[bytes]") -> None:
    """The supervisor, then the server and worker it put in sessions of their own."""
    if server.poll() is not None:
        return
    below = _descendants(server.pid)
    for pid in (server.pid, *below):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    server.wait()


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _processor(server: "subprocess.Popen[bytes]") -> float:
    """Seconds of processor the server and its worker have used so far."""
    ticks = 0
    for pid in _descendants(server.pid):
        with contextlib.suppress(FileNotFoundError):
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not start")


class _Exchange(asyncio.Protocol):
    """One request on a connection of its own, and all that came back. Streams would cost this
    script, which shares the machine with the server, twice as much."""

    def __init__(self, request: bytes) -> None:
        self.request, self.received = request, bytearray()
        self.done: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).write(self.request)

    def data_received(self, data: bytes) -> None:
        self.received += data

    def connection_lost(self, exc: Exception | None) -> None:
        self.done.set_result(b"" if exc else bytes(self.received))


async def _ask(port: int, reader: Reader, path: str, form: dict[str, str] | None = None) -> bytes:
    """The whole answer as it came, head included; empty if there was none."""
    body = urlencode(form).encode() if form is not None else b""
    head = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"X-Forwarded-For: {reader.address}",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]
    if form is not None:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    request = "\r\n".join([*head, "", ""]).encode() + body
    loop = asyncio.get_running_loop()
    _, exchange = await loop.create_connection(lambda: _Exchange(request), "127.0.0.1", port)
    return await exchange.done


async def _read_pages(port: int, readers: Iterable[Reader]) -> None:
    room = asyncio.Semaphore(AT_ONCE)

    async def read(reader: Reader) -> None:
        async with room:
            head, _, page = (await _ask(port, reader, CALL)).partition(b"\r\n\r\n")
        if b"Content-Encoding: gzip" in head:
            page = gzip.decompress(page)
        ticket, bits = TICKET.search(page), BITS.search(page)
        assert ticket, page[:300]
        assert bits, page[:300]
        reader.ticket, reader.bits = ticket[1].decode(), int(bits[1])

    await asyncio.gather(*map(read, readers))


def _work(readers: list[Reader]) -> None:
    with ProcessPoolExecutor() as pool:
        given = [(reader.ticket, reader.bits) for reader in readers]
        for reader, number in zip(readers, pool.map(solved, given, chunksize=200), strict=True):
            reader.work = number


def solved(given: tuple[str, int]) -> str:
    """What nominate.js finds in a browser."""
    ticket, bits = given
    begun, number = sha256(f"{ticket}|".encode()), 0
    while True:
        tried = begun.copy()
        tried.update(b"%d" % number)
        if int.from_bytes(tried.digest()[:4], "big") >> (32 - bits) == 0:
            return str(number)
        number += 1


async def _rush(
    port: int,
    readers: list[Reader],
    a_second: int,
    tally: Tally,
    stop: Callable[[], None] | None = None,
) -> float:
    """Start each reader at their own moment, whatever the others wait: an open loop. `stop` is
    called when half have started."""
    began = time.perf_counter()
    visits = asyncio.ensure_future(_visits(port, tally, began, len(readers) / a_second))
    running = []
    for n, reader in enumerate(readers):
        await asyncio.sleep(max(0.0, began + n / a_second - time.perf_counter()))
        running.append(asyncio.ensure_future(_nominate(port, reader, n, tally)))
        if stop and n == len(readers) // 2:
            stop()
    await asyncio.gather(*running)
    took = time.perf_counter() - began
    await visits
    return took


async def _nominate(port: int, reader: Reader, n: int, tally: Tally) -> None:
    twice = n % TWICE_EVERY == 0
    links = await asyncio.gather(*(_post(port, reader, n, tally) for _ in range(1 + twice)))
    if len({link for link in links if link}) > 1:
        tally.wrong.append("one form gave two links")
    if links[0]:
        await _visit(port, reader, f"{CALL}transmettre/{links[0]}/", tally)


async def _post(port: int, reader: Reader, n: int, tally: Tally) -> str:
    form = {"nominator_name": f"Luc {n}", "ticket": reader.ticket, "work": reader.work}
    began = time.perf_counter()
    try:
        answer = await _ask(port, reader, CALL, form)
    except OSError:
        answer = b""
    if not answer:
        tally.unanswered += 1
        return ""
    tally.posts.append(time.perf_counter() - began)
    link = LINK.search(answer[:2000].decode(errors="replace"))
    if b" 302 " not in answer[:20] or not link:
        tally.wrong.append(answer[:80].decode(errors="replace"))
        return ""
    tally.given.append(link[1])
    return link[1]


async def _visit(port: int, reader: Reader, path: str, tally: Tally) -> None:
    began = time.perf_counter()
    try:
        page = await _ask(port, reader, path)
    except OSError:
        page = b""
    if not page:
        tally.unanswered += 1
        return
    tally.pages.append(time.perf_counter() - began)
    if b" 200 " not in page[:20]:
        tally.wrong.append(page[:80].decode(errors="replace"))


async def _visits(port: int, tally: Tally, began: float, seconds: float) -> None:
    visitor, n = Reader("192.0.2.7"), 0
    while time.perf_counter() - began < seconds:
        await _visit(port, visitor, CALL if n % 2 else "/", tally)
        n += 1
        await asyncio.sleep(max(0.0, began + n / VISITS_A_SECOND - time.perf_counter()))


def _compare(database: Path, given: list[str]) -> tuple[int, int]:
    """Links given that the database does not hold, and rows more than there were forms."""
    with closing(sqlite3.connect(database)) as rows:
        kept = rows.execute("SELECT key, nominator_name FROM recruitment_nomination").fetchall()
    return len(set(given) - {key for key, _ in kept}), len(kept) - len({name for _, name in kept})


def _row(
    readers: list[Reader],
    tally: Tally,
    reading: float,
    lost: int,
    doubled: int,
    a_second: int,
    cut: bool,
) -> dict[str, Any]:
    made = len(set(tally.given))
    whole = cut or (made == len(readers) and not tally.unanswered)
    said = f"{len(readers):,} nominations at {a_second} a second"
    return {
        "name": f"{said}, killed half way" if cut else said,
        "proche_s": tally.took,
        "target": "none lost, none doubled" if cut else "200/s, none lost, none doubled",
        "equal": whole and not (lost or doubled or tally.wrong),
        "links given": made,
        "a second": round(made / tally.took),
        "lost": lost,
        "doubled": doubled,
        "refused": len(tally.wrong),
        "unanswered": tally.unanswered,
        "form p50 ms": _ms(tally.posts, 50),
        "form p95 ms": _ms(tally.posts, 95),
        "pages": len(tally.pages),
        "page p95 ms": _ms(tally.pages, 95),
        "processor ms a reader": round(1000 * tally.used / len(readers), 2),
        "pages read before, /s": round(len(readers) / reading),
    }


def _ms(times: list[float], percent: int) -> float:
    return round(1000 * statistics.quantiles(times, n=100)[percent - 1], 1)
