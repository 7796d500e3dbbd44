"""What the tests need from the machine, installed where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from ctypes.util import find_library

from tests.checks import postgres

PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def pango() -> bool:
    """What WeasyPrint loads to lay out text; its wheels do not carry it."""
    return all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def install_missing() -> Iterator[str]:
    """Ask apt for what is missing, as root only; says what it did."""
    wanted = [] if chromium() else ["chromium"]
    wanted += ["postgresql"] if postgres.missing() else []
    wanted += [] if pango() else PANGO
    if not wanted:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        yield f"not on this machine, and not mine to install: {', '.join(wanted)}"
        return
    yield f"installing {', '.join(wanted)}"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    for line in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(line, env=environment, capture_output=True, text=True)
        if done.returncode:
            yield f"{' '.join(line)}: {done.stderr.strip()[-300:]}"
