"""How many posts a second does `disclose` check on one core?

The posts are the hand-worked ones of the tests, every format and jurisdiction, told of 199 brands
in turn, so that no two are alike; they are read, checked and written as the command does, 50 at
once. The floor is the same lines read and written as JSON by Python's own module. Checked: every
post gets the verdict worked out by hand; whether as fast as promised stands beside. The last row is
the whole command, from its start to its last line, on five times as many posts, in one process.
Seconds are those of one core, so that other work on the machine counts less; its speed differs by
the hour.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from os import times
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from msgspec import to_builtins

from proche.cli.disclose import TOGETHER, as_json, collecting_seldom
from proche.core.disclosure import check_lines
from proche.core.results import InputRefused
from tests.core.disclosure.worked import ALL, Worked

# No two posts alike: the brands and the worked posts have no common divisor.
POSTS, BRANDS = 20_000, 199
# Posts a second.
PROMISED = 20_000
# The command is measured as it is used: on a long file.
LONGER = 5
PROCHE = [sys.executable, "-c", "from proche.cli import main; main()", "disclose", "--json"]
T = TypeVar("T")
FLOOR = "the same lines read and written as JSON, no check"


def run(posts: int = POSTS) -> list[dict[str, Any]]:
    worked = [ALL[number % len(ALL)] for number in range(posts)]
    records = [record(each, number) for number, each in enumerate(worked)]
    lines = [json.dumps(each, ensure_ascii=False).encode() for each in records]
    verdicts = [each.verdict for each in worked]
    proche_s, checked = best_of(lambda: checked_lines(lines))
    floor_s, _ = best_of(lambda: [json.dumps(json.loads(line)) for line in lines])
    long = LONGER * posts
    with TemporaryDirectory(prefix="proche-bench-") as folder:
        command_s, written = check_file(Path(folder), lines * LONGER)
    equal = found(written) == verdicts * LONGER
    return [
        row(f"{posts:,} posts, in memory", proche_s, floor_s, posts, found(checked) == verdicts),
        row(f"{long:,} posts, the command", command_s, LONGER * floor_s, long, equal),
    ]


def row(name: str, proche_s: float, floor_s: float, posts: int, equal: bool) -> dict[str, Any]:
    return {
        "name": name,
        "proche_s": proche_s,
        "peer": FLOOR,
        "peer_s": floor_s,
        "ratio": floor_s / proche_s,
        "target": f"≥ {PROMISED:,} posts/s, every verdict right",
        "equal": equal,
        "reached": posts >= PROMISED * proche_s,
        "rate": f"{posts / proche_s:,.0f} posts/s",
    }


def record(worked: Worked, number: int) -> dict[str, Any]:
    """The JSON Lines shape, with one of many brands in place of the usual one."""
    brand, handle = f"Marque{number % BRANDS}", f"marque{number % BRANDS}"
    post, link = to_builtins(worked.post), worked.link
    kept = {name: value for name, value in post.items() if name != "facts"}
    name = link.brand_name.replace("Sapinelle", brand)
    document = {
        "id": number,
        **kept,
        "link": {
            "kind": link.kind,
            "obligation": link.obligation,
            "perks": link.perks,
            "brand": {
                "name": name,
                "aliases": [alias.replace("sapinelle", handle) for alias in link.brand_aliases],
            },
        },
    }
    text = json.dumps(document).replace("Sapinelle", brand).replace("sapinelle", handle)
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def checked_lines(lines: list[bytes]) -> list[bytes]:
    answers = list[bytes]()
    with collecting_seldom():
        for first in range(0, len(lines), TOGETHER):
            checked = check_lines(lines[first : first + TOGETHER])
            answers += [as_json(one) for one in checked if not isinstance(one, InputRefused)]
    return answers


def check_file(folder: Path, lines: list[bytes], times: int = 3) -> tuple[float, list[bytes]]:
    """Processor seconds of the command alone: writing its input and reading its answer is ours."""
    given, answer = folder / "posts.jsonl", folder / "verdicts.jsonl"
    given.write_bytes(b"\n".join(lines))
    taken = []
    for _ in range(times):
        start = seconds_of_commands()
        with answer.open("wb") as written:
            subprocess.run([*PROCHE, str(given)], stdout=written, check=True)
        taken.append(seconds_of_commands() - start)
    return min(taken), answer.read_bytes().splitlines()


def found(checked: list[bytes]) -> list[str]:
    return [json.loads(line)["verdict"] for line in checked]


def best_of(work: Callable[[], list[T]], times: int = 3) -> tuple[float, list[T]]:
    """The least of a few runs: the machine's other work slows ours too."""
    runs = []
    for _ in range(times):
        start = seconds_of_core()
        result = work()
        runs.append((seconds_of_core() - start, result))
    return min(runs, key=lambda pair: pair[0])


def seconds_of_core() -> float:
    """Processor time of this process."""
    return sum(times()[:2])


def seconds_of_commands() -> float:
    """Processor time of the commands this process has waited for."""
    return sum(times()[2:4])
