"""The server and the worker, kept alive together and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from proche.cli.output import say
from proche.core.results import Sentence

GRACE_SECONDS = 15.0
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process in a session of its own, so that its own children end with it."""

    name: Sentence
    command: Sequence[str]
    essential: bool
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    falls: int = 0
    start_again_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
        self.started_at = time.monotonic()

    def signal_group(self, number: int) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def _end_with_parent() -> None:
    """A supervisor killed outright leaves no server behind on the port (Linux, prctl(2))."""
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def supervise(children: Sequence[Child], when_started: Callable[[], None]) -> int:
    """Run until SIGINT or SIGTERM (0), or until an essential child ends (1)."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        for child in children:
            child.start()
        threading.Thread(target=when_started, daemon=True).start()
        while not stop.wait(0.3):
            fallen = next((c for c in children if c.essential and _has_ended(c)), None)
            if fallen:
                say(_ended(fallen))
                return 1
            for child in children:
                _keep_alive(child)
        return 0
    finally:
        _stop(children)


def _has_ended(child: Child) -> bool:
    return child.process is not None and child.process.poll() is not None


def _keep_alive(child: Child) -> None:
    """Start a fallen child again, at once the first time, then after longer and longer pauses."""
    if _has_ended(child):
        say(_ended(child))
        child.signal_group(signal.SIGKILL)  # what it left running would take its place
        lived = time.monotonic() - child.started_at
        child.falls = 0 if lived > LONGEST_PAUSE else child.falls + 1
        pause = 0.0 if child.falls < 2 else min(LONGEST_PAUSE, 2.0**child.falls)
        child.start_again_at, child.process = time.monotonic() + pause, None
    if child.process is None and time.monotonic() >= child.start_again_at:
        child.start()


def _ended(child: Child) -> Sentence:
    code = child.process.returncode if child.process else 0
    return Sentence(
        "child_ended",
        f"{child.name.fr} s’est arrêté (code {code}).",
        f"{child.name.en} stopped (code {code}).",
    )


def _stop(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process and not _has_ended(child)]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
    for child in children:
        child.signal_group(signal.SIGKILL)
