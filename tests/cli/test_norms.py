"""`proche norms build`: one file that `proche qualify --norms` reads, or one line and nothing."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from proche.cli import build
from proche.core.evidence import Norms


def proche(noun: str, *arguments: object, language: str = "en") -> Result:
    runner = CliRunner(env={"PROCHE_LANG": language, "COLUMNS": "400"})
    return runner.invoke(build([noun]), [noun, *map(str, arguments)])


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Thirty accounts with two posts each, the later ones commented more."""
    folder = tmp_path / "tables"
    folder.mkdir()
    accounts = "".join(f"a{n:02},instagram,{1000 + n},2026-05-01\n" for n in range(30))
    posts = "".join(
        f"p{n}{k},a{n:02},2026-04-{10 + k},{20 + n},{n}\n" for n in range(30) for k in range(2)
    )
    (folder / "accounts.csv").write_text("account_id,platform,followers,as_of\n" + accounts)
    header = "post_id,account_id,published_at,likes,comments\n"
    (folder / "posts.csv").write_text(header + posts)
    return folder


def test_norms_carry_their_source_date_and_groups(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "norms.json"
    done = proche("norms", "build", tables, "--out", out, "--source", "Suivi 2026", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    norms = Norms.from_json(out.read_text())
    assert (norms.source, norms.as_of) == ("Suivi 2026", "2026-05-01")
    assert (said["accounts"], said["groups"]) == (30, len(norms.groups))
    # 1,000 to 2,500 followers is one band; it and the whole platform are two groups a measure.
    comments = [group for group in norms.groups if group.measure == "comment_rate"]
    assert [(group.band, group.accounts) for group in comments] == [(-1, 30), (1000, 30)]


def test_the_same_tables_give_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        proche("norms", "build", tables, "--out", tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_qualify_places_a_single_account_by_them(tables: Path, tmp_path: Path) -> None:
    norms, one = tmp_path / "norms.json", tmp_path / "one"
    proche("norms", "build", tables, "--out", norms, "--source", "Suivi 2026")
    one.mkdir()
    for name in ("accounts", "posts"):
        lines = (tables / f"{name}.csv").read_text().splitlines()
        kept = [line for line in lines[1:] if "a29" in line]
        (one / f"{name}.csv").write_text("\n".join([lines[0], *kept]) + "\n")
    done = proche("qualify", one, "--out", tmp_path / "out", "--norms", norms, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["norms"]["source"] == "Suivi 2026"


def test_too_few_accounts_say_what_is_needed_and_write_nothing(tmp_path: Path) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("account_id,platform,followers\na1,instagram,900\n")
    out = tmp_path / "norms.json"
    done = proche("norms", "build", table, "--out", out, language="fr")
    assert done.exit_code == 1
    assert "il en faut cinq" in done.stderr
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_one_line(tables: Path, tmp_path: Path) -> None:
    done = proche("norms", "build", tables, "--out", tmp_path / "absent" / "norms.json")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.output


def test_what_is_in_doubt_is_told_and_strict_refuses_it(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "norms.json"
    with (tables / "posts.csv").open("a") as stream:
        stream.write("x,a00,2026-04-10,-4,1\ny,a00,2026-04-10,-4,1\n")
    strict = proche("norms", "build", tables, "--out", out, "--strict")
    assert (strict.exit_code, out.exists()) == (1, False)
    assert strict.stderr.startswith("posts.csv, row 62, column likes: “-4”")
    told = proche("norms", "build", tables, "--out", out)
    assert told.stdout.splitlines() == [
        "To check: 2 negative counts, taken as unknown "
        "(first in posts.csv, row 62, column likes: “-4”)."
    ]
    document = json.loads(proche("norms", "build", tables, "--out", out, "--json").stdout)
    assert document["doubts"]["negative_counts_in_posts"]["count"] == 2


def test_norms_that_are_written_leave_nothing_beside_them(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "norms.json").write_text("before")
    done = proche("norms", "build", tables, "--out", tmp_path / "norms.json")
    assert done.exit_code == 0
    assert Norms.from_json((tmp_path / "norms.json").read_text()).as_of == "2026-05-01"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["norms.json", "tables"]
