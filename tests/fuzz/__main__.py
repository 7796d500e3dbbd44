"""`make fuzz`: atheris over each target in turn, ten minutes in all unless told otherwise.

    python -m tests.fuzz [SECONDS] [TARGET…]

Each target runs in a process of its own, which stops at the first input that breaks it and names
the file it kept it in. With `--keep`, the fewest inputs that reach every line reached go into
`corpus/`, where the tests replay them.
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
ALL_SECONDS = 600
LONGEST = 4096
LEAST = 8


def main(arguments: list[str]) -> int:
    keep = "--keep" in arguments
    asked = [one for one in arguments if one in TARGETS] or list(TARGETS)
    seconds = next((int(one) for one in arguments if one.isdigit()), ALL_SECONDS)
    failed = 0
    for name in asked:
        with TemporaryDirectory(prefix=f"proche-fuzz-{name}-") as folder:
            found = Path(folder)
            print(f"{name}: {seconds // len(asked)} s", flush=True)
            failed += _run(name, f"-max_total_time={seconds // len(asked)}", found, CORPUS / name)
            if keep and not failed:
                _keep(name, found)
    return 1 if failed else 0


def _run(name: str, *options: object) -> int:
    """0 where nothing broke. The input that broke it is written where one stands."""
    words = [sys.executable, "-m", "tests.fuzz.atheris_target", name, f"-max_len={LONGEST}"]
    return subprocess.run([*words, *map(str, options)], check=False).returncode


def _keep(name: str, found: Path) -> None:
    """The fewest inputs, small ones first, that together reach every line that any reached."""
    inputs = sorted({path.read_bytes() for path in (*found.iterdir(), *(CORPUS / name).iterdir())})
    reached = {data: _lines_reached(name, data) for data in inputs}
    wanted = set().union(*reached.values())
    shutil.rmtree(CORPUS / name)
    (CORPUS / name).mkdir()
    kept: list[bytes] = []
    while wanted or len(kept) < min(LEAST, len(inputs)):
        left = [data for data in inputs if data not in kept]
        best = max(left, key=lambda data: (len(reached[data] & wanted), -len(data), data))
        wanted -= reached[best]
        kept.append(best)
        (CORPUS / name / f"{sha256(best).hexdigest()[:12]}.txt").write_bytes(best)


def _lines_reached(name: str, data: bytes) -> set[tuple[str, int]]:
    reached: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if "proche" not in frame.f_code.co_filename:
            return None
        reached.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        TARGETS[name](data)
    finally:
        sys.settrace(None)
    return reached


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
