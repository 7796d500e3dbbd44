"""`make fuzz`: atheris over each target in turn, ten minutes in all unless told otherwise.

    python -m tests.fuzz [SECONDS] [TARGET…]

Each target runs in a process of its own, which stops at the first input that breaks it and names
the file it kept it in. New inputs are kept in a folder of their own; `--keep` then brings the
smallest ones that reach as much into `corpus/`, where the tests replay them.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
ALL_SECONDS = 600
LONGEST = 4096
KEPT = 15


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
    """The smallest of the inputs that together reach all that was reached."""
    with TemporaryDirectory(prefix="proche-fuzz-kept-") as folder:
        if _run(name, "-merge=1", folder, found, CORPUS / name):
            return
        merged = sorted(Path(folder).iterdir(), key=lambda path: (path.stat().st_size, path.name))
        for path in merged[:KEPT]:
            (CORPUS / name / f"{path.name[:12]}.txt").write_bytes(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
