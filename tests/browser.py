"""Fixtures for journeys: a real server, a real SMTP server, a real browser."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.checks.machine import chromium

FIRST_ROWS = "_test_serialized_contents"
SERVES_WITHIN = 90.0
# Of a page, in milliseconds, for what it does and what is expected of it: other work may slow it.
PATIENCE = 15_000
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What each page has said against itself so far.
COMPLAINTS: "WeakKeyDictionary[Page, list[str]]" = WeakKeyDictionary()


@dataclass
class Mailbox:
    """What the SMTP server received, oldest first."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        message = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(message, EmailMessage)
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()
        return "250 OK"

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [m for m in self.messages if address.lower() in str(m["To"]).lower()]

    def wait(
        self, address: str, *, subject: str = "", count: int = 1, seconds: float = 30.0
    ) -> EmailMessage:
        """The `count`-th message to `address` about `subject`; fails if none comes."""

        def found() -> list[EmailMessage]:
            return [m for m in self.sent_to(address) if subject in str(m["Subject"])]

        with self._arrived:
            self._arrived.wait_for(lambda: len(found()) >= count, timeout=seconds)
        messages = found()
        subjects = [str(m["Subject"]) for m in self.sent_to(address)]
        assert len(messages) >= count, f"no such mail to {address}; there were {subjects}"
        return messages[count - 1]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    assert body is not None
    return str(body.get_content())


def code_in(message: EmailMessage) -> str:
    """The code to sign in with: it stands alone on its line."""
    found = re.search(r"^\s*([A-Z0-9][A-Z0-9-]{3,11})\s*$", text_of(message), re.MULTILINE)
    assert found, text_of(message)
    return found[1]


def link_in(message: EmailMessage, containing: str = "") -> str:
    links = re.findall(r"https?://[^\s<>\")]+", text_of(message))
    chosen = [link for link in links if containing in link]
    assert chosen, f"no link with {containing!r} in {links}"
    return str(chosen[0])


@dataclass(frozen=True)
class Site:
    """A running Proche with its worker, on a folder of its own."""

    url: str
    mailbox: Mailbox
    environment: dict[str, str]
    log: Path

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `proche` on the same data, as an operator would beside the server."""
        return subprocess.run(
            [sys.executable, "-m", "proche", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def site(mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the sample programme, shared by the journeys of a run."""
    with serve(mailbox, tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture
def empty_site(mailbox: Mailbox, tmp_path: Path) -> Iterator[Site]:
    """Without any account, for one journey."""
    with serve(mailbox, tmp_path, "--no-sample") as served:
        yield served


@contextmanager
def serve(mailbox: Mailbox, folder: Path, *options: str) -> Iterator[Site]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")} | {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": str(folder / "data"),
        "PROCHE_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "PROCHE_BASE_URL": url,
    }
    environment.pop("DATABASE_URL", None)
    log = folder / "log.txt"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "proche", "run", "--port", str(port), *options]
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait_until_ready(url, server, log)
        yield Site(url, mailbox, environment, log)
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SERVES_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    executable = chromium()
    if not executable:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    # Playwright keeps a loop in this thread. Django then refuses the database to a test, and gives
    # it another connection, which must know the first rows as the one before it did.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    first_rows = getattr(connection, FIRST_ROWS, "")
    with sync_playwright() as playwright:
        setattr(connection, FIRST_ROWS, first_rows)
        arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
        launched = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser session on a site, closed at the end of the test."""
    opened: list[BrowserContext] = []

    def open_one(on: Site, **options: Any) -> BrowserContext:
        context = browser.new_context(**{"base_url": on.url, "locale": "fr-CA", **options})
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def new_page_on(open_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens a page that fails its test if a script breaks or the policy refuses something."""
    heard: list[list[str]] = []

    def open_one(on: Site, **options: Any) -> Page:
        page = open_context(on, **options).new_page()
        complaints = COMPLAINTS[page] = []
        heard.append(complaints)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _refused(said) else None)
        return page

    yield open_one
    assert [complaint for complaints in heard for complaint in complaints] == []


def _refused(said: ConsoleMessage) -> bool:
    return "Content Security Policy" in said.text


@pytest.fixture
def new_context(
    open_context: Callable[..., BrowserContext], site: Site
) -> Callable[..., BrowserContext]:
    """One more browser session (another person) on the site with the sample."""
    return partial(open_context, site)


@pytest.fixture
def page(new_page_on: Callable[..., Page], site: Site) -> Page:
    return new_page_on(site)


@contextmanager
def _seen_whole(page: Page) -> Iterator[None]:
    """A window as high as the page: a bar at its foot then covers nothing one could scroll to."""
    usual = page.viewport_size
    if usual is None:
        yield
        return
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": usual["width"], "height": max(usual["height"], height)})
    yield
    page.set_viewport_size(usual)


@pytest.fixture(scope="session")
def page_audit() -> Callable[[Page], list[str]]:
    """What axe finds on a page as it stands, WCAG 2.2 AA and good practice; [] is the only pass."""
    axe = Axe()

    def audit(page: Page) -> list[str]:
        heard = COMPLAINTS.get(page, [])
        before = len(heard)
        with _seen_whole(page):
            found = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        del heard[before:]  # axe itself writes inline styles, which the content policy refuses
        return [
            f"{fault['id']}: {fault['help']} ({node['html'][:160]})"
            for fault in found.response["violations"]
            for node in fault["nodes"]
        ]

    return audit


@pytest.fixture(scope="session")
def screenshot() -> Callable[[Page, str], None]:
    """Keeps a picture for the documentation, when PROCHE_SCREENSHOTS names a folder."""
    folder = os.environ.get("PROCHE_SCREENSHOTS", "")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return take
