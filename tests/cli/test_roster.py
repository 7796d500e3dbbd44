"""`proche roster` as scripts call it."""

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from proche.cli import build

AUDIENCE = """account_id,person_key
ana,p1
ana,p2
ana,p3
ana,p3
bob,p3
bob,p4
cleo,p5
"""


def proche(*arguments: object) -> Result:
    words = ["roster", *map(str, arguments)]
    return CliRunner().invoke(build(words), words)


@pytest.fixture
def audience(tmp_path: Path) -> Path:
    path = tmp_path / "audience.csv"
    path.write_text(AUDIENCE, encoding="utf-8")
    return path


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_gives_the_order_the_gains_and_the_proof(audience: Path) -> None:
    assert document(proche(audience, "--size", 2, "--json")) == {
        "chosen": ["ana", "bob"],
        "gains": [3, 1],
        "reach": 4,
        "upper_bound": 4,
        "proven": 1.0,
    }


def test_parquet_with_whole_numbers_gives_the_same_answer(audience: Path) -> None:
    table = pa.table({"account_id": [1, 1, 1, 2, 2, 3], "person_key": [1, 2, 3, 3, 4, 5]})
    pq.write_table(table, audience.with_suffix(".parquet"))
    found = document(proche(audience.with_suffix(".parquet"), "--size", 2, "--json"))
    assert (found["chosen"], found["gains"]) == (["1", "2"], [3, 1])


def test_a_budget_holds(audience: Path) -> None:
    costs = audience.with_name("costs.csv")
    costs.write_text('account_id,cost\nana,100\nbob,"12,5"\ncleo,12.5\n', encoding="utf-8")
    found = document(proche(audience, "--costs", costs, "--budget", 25, "--json"))
    assert (found["chosen"], found["reach"], found["cost"]) == (["bob", "cleo"], 3, 25.0)


def test_caps_hold_from_a_table_or_from_toml(audience: Path) -> None:
    table, toml = audience.with_name("groups.csv"), audience.with_name("caps.toml")
    table.write_text("account_id,group,cap\nana,est,1\nbob,est,1\ncleo,,\n", encoding="utf-8")
    from_table = document(proche(audience, "--size", 2, "--caps", table, "--json"))
    table.write_text("account_id,group\nana,est\nbob,est\n", encoding="utf-8")
    toml.write_text('groups = "groups.csv"\n[caps]\nest = 1\n', encoding="utf-8")
    from_toml = document(proche(audience, "--size", 2, "--caps", toml, "--json"))
    toml.write_text("[caps]\nest = 1\n", encoding="utf-8")
    from_both = document(proche(audience, "--size", 2, "--caps", table, "--caps", toml, "--json"))
    toml.write_text('[caps]\nest = 1\n[groups]\nana = "est"\nbob = "est"\n', encoding="utf-8")
    inside = document(proche(audience, "--size", 2, "--caps", toml, "--json"))
    assert from_table == from_toml == from_both == inside
    assert inside["chosen"] == ["ana", "cleo"]


def test_floors_hold_from_a_table_or_from_toml(audience: Path) -> None:
    table, toml = audience.with_name("groups.csv"), audience.with_name("floors.toml")
    table.write_text("account_id,group,floor\ncleo,nord,1\nbob,est,\n", encoding="utf-8")
    from_table = document(proche(audience, "--size", 2, "--caps", table, "--json"))
    toml.write_text('[floors]\nnord = 1\n[groups]\ncleo = "nord"\n', encoding="utf-8")
    from_toml = document(proche(audience, "--size", 2, "--caps", toml, "--json"))
    assert from_table == from_toml
    assert from_toml["chosen"] == ["ana", "cleo"]


def test_a_floor_that_cannot_be_kept_is_said_with_what_it_lacks(audience: Path) -> None:
    toml = audience.with_name("floors.toml")
    toml.write_text('[floors]\nest = 2\n[groups]\nana = "est"\n', encoding="utf-8")
    result = proche(audience, "--size", 2, "--caps", toml, "--json")
    assert document(result)["lacking"] == {"est": 1}
    assert "est (−1)" in result.stderr


def test_someone_locked_in_is_chosen_and_someone_locked_out_is_not(audience: Path) -> None:
    found = document(
        proche(audience, "--size", 2, "--lock-in", "cleo", "--lock-out", "ana", "--json")
    )
    assert (found["chosen"], found["gains"]) == (["cleo", "bob"], [1, 2])


def test_too_few_accounts_is_said_and_still_answered(audience: Path) -> None:
    result = proche(audience, "--size", 9, "--json")
    assert len(document(result)["chosen"]) == 3
    assert "3 comptes choisis sur 9" in result.stderr


def test_people_read_a_sentence_rounded_down(audience: Path) -> None:
    assert "Au moins 100,0\u00a0% du meilleur possible." in proche(audience, "--size", 2).stdout


def refusal(*arguments: object) -> str:
    result = proche(*arguments, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    return line


BROKEN = {
    "no_key.csv": (b"account_id,person\na,1\n", "person_key"),
    "blank.csv": (b"account_id,person_key\na,1\na,\n", "row 3, column person_key"),
    "empty.csv": (b"", "empty"),
    "cut.csv.gz": (gzip.compress(AUDIENCE.encode() * 400, mtime=0)[:-60], "cut short"),
    "garbage.csv": (bytes(range(256)) * 40_000, "garbage.csv"),
}


@pytest.mark.parametrize(("name", "content", "named"), [(n, *c) for n, c in BROKEN.items()])
def test_an_audience_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_LANG", "en")
    (tmp_path / name).write_bytes(content)
    line = refusal(tmp_path / name, "--size", 2)
    assert line.startswith(name)
    assert named in line


BROKEN_SIDES = {
    ("--costs", "c.csv", "account_id,cost\nana,-1\n"): "row 2, column cost",
    ("--costs", "c.csv", "account_id,cost\nana,1e999\n"): "row 2, column cost",
    ("--costs", "c.csv", "account_id,price\nana,1\n"): "cost",
    ("--caps", "g.csv", "account_id,group\nana,est\n"): "no cap",
    ("--caps", "g.csv", "account_id,group,cap\nana,est,1\nbob,est,2\n"): "row 3, column cap",
    ("--caps", "g.toml", "[caps]\nest = -1\n"): "[caps]",
    ("--caps", "g.toml", "[caps]\nest = 1\n"): "which group",
    ("--caps", "g.toml", '[floors]\nest = "one"\n'): "[floors]",
    ("--caps", "g.toml", "[caps\n"): "TOML",
    ("--caps", "g.toml", 'groups = "none.csv"\n[caps]\nest = 1\n'): "none.csv",
    ("--caps", "g.toml", "groups = 3\n[caps]\nest = 1\n"): "groups",
}


@pytest.mark.parametrize(("side", "named"), BROKEN_SIDES.items())
def test_costs_and_caps_that_cannot_be_followed_are_refused_in_one_line(
    audience: Path, side: tuple[str, str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_LANG", "en")
    option, name, content = side
    audience.with_name(name).write_text(content, encoding="utf-8")
    assert named in refusal(audience, "--size", 2, option, audience.with_name(name))


def test_locking_someone_who_is_not_there_is_refused(audience: Path) -> None:
    assert "zoe" in refusal(audience, "--size", 2, "--lock-in", "zoe")


def test_wrong_usage_is_not_a_refusal(audience: Path) -> None:
    assert proche(audience).exit_code == 2
    assert proche(audience, "--budget", 3).exit_code == 2
    assert proche(audience, "--size", 0).exit_code == 2


@pytest.mark.realdata
@pytest.mark.parametrize("size", [1, 5, 12, 30])
def test_climbers_reach_the_exact_union_and_at_least_that_of_the_largest(
    shared_data: Path, tmp_path: Path, size: int
) -> None:
    likers: dict[str, set[str]] = defaultdict(set)
    path = tmp_path / "audience.csv"
    source = shared_data / "instagram_climbers_2017" / "likers.csv.gz"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file, path.open("w") as out:
        out.write("account_id,person_key\n")
        for row in csv.DictReader(file):
            likers[row["account"]].add(row["liker"])
            out.write(f"{row['account']},{row['liker']}\n")
    found = document(proche(path, "--size", size, "--json"))
    assert len(found["chosen"]) == size
    assert found["reach"] == sum(found["gains"])
    assert found["reach"] == len(set().union(*(likers[name] for name in found["chosen"])))
    largest = sorted(likers, key=lambda name: -len(likers[name]))[:size]
    assert found["reach"] >= len(set().union(*(likers[name] for name in largest)))
    assert found["proven"] >= 0.99
