"""French catalogues: one .po for the whole project, compiled on the machine that reads it."""

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
MAIN = Path(__file__).resolve().parent / "fr" / "LC_MESSAGES" / "django.po"


def catalogues() -> Iterator[Path]:
    """The main catalogue, then those that wait beside new pages to be merged into it."""
    yield MAIN
    yield from sorted(set(PACKAGE.glob("*/**/locale/fr/LC_MESSAGES/django.po")) - {MAIN})


def compile_catalogues() -> int:
    """Compile every .po newer than its .mo; returns how many. No compiled file is committed."""
    stale = [po for po in catalogues() if po.exists() and _is_stale(po)]
    if stale:
        import polib  # only here: most starts find everything compiled

        for po in stale:
            aside = po.with_suffix(f".{os.getpid()}.part")
            polib.pofile(str(po)).save_as_mofile(str(aside))
            aside.replace(po.with_suffix(".mo"))
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
