"""`proche run` serves, keeps its worker alive, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import free_port

PATIENCE = 60.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@dataclass
class Running:
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def children(self, containing: str) -> list[int]:
        """Direct children whose command line holds this word."""
        return [
            int(folder.name)
            for folder in Path("/proc").glob("[0-9]*")
            if (read(folder / "stat").rpartition(")")[2].split() or ["", ""])[1]
            == str(self.process.pid)
            and containing in read(folder / "cmdline")
        ]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def says(self, words: str) -> bool:
        return words in self.log.read_text()


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it ended meanwhile


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def start(folder: Path, *arguments: str) -> Running:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": str(folder / "data"),
        "PROCHE_MANIFEST_STATIC": "0",
        "PROCHE_LANG": "en",
    }
    environment.pop("DATABASE_URL", None)
    port, log = free_port(), folder / "log.txt"
    command = [sys.executable, "-m", "proche", "run", "--no-sample", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *arguments], env=environment, stdout=output, stderr=output
        )
    return Running(process, port, log)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = start(tmp_path)
    try:
        until(lambda: started.answers() or started.process.poll() is not None)
        yield started
    finally:
        if started.process.poll() is None:
            started.process.terminate()
        started.process.wait(30)


def test_an_empty_installation_shows_its_first_step_and_stops_when_asked(running: Running) -> None:
    until(lambda: running.says("First step: "))
    assert running.says(f"Proche is ready: http://127.0.0.1:{running.port}")
    children = running.children("")
    assert len(children) == 2
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert not running.answers()


def test_a_killed_worker_is_started_again(running: Running) -> None:
    until(lambda: running.children("qcluster"))
    (before,) = running.children("qcluster")
    os.kill(before, signal.SIGKILL)
    until(lambda: running.children("qcluster") not in ([], [before]))
    assert running.answers()
    assert running.says("The worker stopped")


def test_a_server_that_ends_ends_the_command_with_1(running: Running) -> None:
    (server,) = running.children("gunicorn")
    os.kill(server, signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert running.says("The server stopped")


def test_a_killed_command_leaves_no_server_on_the_port(running: Running) -> None:
    running.process.kill()
    until(lambda: not running.answers())


def test_a_taken_port_is_refused_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start(tmp_path, "--port", str(port))
        assert refused.process.wait(30) == 1
    (line,) = refused.log.read_text().splitlines()
    assert line.startswith(f"Cannot listen on 127.0.0.1, port {port}")
    assert line.endswith("Choose another one with --port.")
