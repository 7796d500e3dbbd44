"""`make bench`: every bench_*.py, its peer on the same input, equal answers; docs/benchmarks.md.

`python -m tests.bench roster qualify` runs those alone and renews their sections; `--large` gives
the benchmarks that have a larger case (LARGE) that one, in a section of its own.
"""

import gc
import os
import platform
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from inspect import getdoc
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
SHOWN = ["name", "proche_s", "peer", "peer_s", "ratio", "target", "equal"]
HEADINGS = {
    "name": "What",
    "proche_s": "Proche",
    "peer": "Peer",
    "peer_s": "Peer takes",
    "ratio": "Peer ÷ Proche",
    "target": "Promised",
    "equal": "Checked",
}
PACKAGES = ["duckdb", "numpy", "scipy", "pandas", "pyarrow", "django"]
Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    large, names = "--large" in arguments, [a for a in arguments if a != "--large"]
    found = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    if set(names) - set(found):
        print(f"benchmarks: {', '.join(found)}")
        return 2
    ran = {
        f"{name}, the large case" if large else name: _run(name, large)
        for name in found
        if not names or name in names
    }
    rows = [row for _, rows in ran.values() for row in rows]
    wrong = sum(row.get("equal") is False for row in rows)
    failed = wrong + sum(row.get("reached") is False for row in rows)
    # What fell short is written as such; what was answered wrongly never is.
    if not wrong:
        _renew({name: page for name, (page, _) in ran.items()})
        print(f"written: docs/{PAGE.name}")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _run(name: str, large: bool) -> tuple[str, list[Row]]:
    print(f"── {name}", flush=True)
    module = import_module(f"tests.bench.bench_{name}")
    gc.collect()
    began = time.perf_counter()
    rows: list[Row] = module.run(*(getattr(module, "LARGE", ()) if large else ()))
    seconds = time.perf_counter() - began
    print(f"{_table(rows)}\n{seconds:.0f} s\n", flush=True)
    return _section(module, rows), rows


def _section(module: ModuleType, rows: list[Row]) -> str:
    return f"{getdoc(module) or ''}\n\n{_table(rows)}\n"


def _renew(pages: dict[str, str]) -> None:
    """Those sections of the page, in the order of their names; the others stay as they are."""
    kept = PAGE.read_text(encoding="utf-8").split("\n## ")[1:] if PAGE.exists() else []
    sections = dict(section.split("\n\n", 1) for section in kept) | pages
    told = [f"## {name}\n\n{sections[name].strip()}\n" for name in sorted(sections)]
    PAGE.write_text("\n".join([_opening(), *told]), encoding="utf-8")


def _table(rows: list[Row]) -> str:
    extra = dict.fromkeys(key for row in rows for key in row if key not in SHOWN)
    columns = [*SHOWN, *extra]
    lines = [
        [HEADINGS.get(column, column.replace("_", " ")) for column in columns],
        ["---"] * len(columns),
        *([_cell(column, row.get(column)) for column in columns] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    if column in {"proche_s", "peer_s"}:
        return _seconds(float(value))
    if column == "ratio" and not isinstance(value, str):
        return f"{value:.0f}×" if value >= 100 else f"{value:.2g}×"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _seconds(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.0f} ns"


def _opening() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`. Each row runs Proche and a peer on the same input in the same "
        "run, so that the ratio means more than the seconds. “Checked” says that the answers were "
        "compared and agree. Whether the ratio reaches what was promised is there to be seen: a "
        "busy machine, or a smaller case than the promise speaks of, may fall short of it.\n\n"
        f"Machine: {os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.machine()}. "
        f"Python {platform.python_version()}, {versions}.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
