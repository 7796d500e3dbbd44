"""`proche qualify` as scripts call it: four files and one document out, or one line and nothing."""

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from proche.cli import build

COMMAND = [sys.executable, "-c", "from proche.cli import main; main()", "qualify"]
HEADER = "account_id,platform,followers\n"
POSTS = "post_id,account_id,published_at,likes,comments\n"
FILES = ["evidence.parquet", "norms.json", "summary.json", "verdicts.parquet"]
MAPPINGS = Path(__file__).resolve().parents[2] / "docs" / "mappings"


def proche(*arguments: object, language: str = "en") -> Result:
    runner = CliRunner(env={"PROCHE_LANG": language, "COLUMNS": "400"})
    return runner.invoke(build(["qualify"]), ["qualify", *map(str, arguments)])


def proche_alone(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, as a script runs it."""
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    rows = "".join(f"a{n},instagram,{n * 40}\n" for n in range(30))
    (folder / "accounts.csv").write_text(HEADER + rows, encoding="utf-8")
    posts = "".join(
        f"p{m},a{n},2026-05-{m + 1:02d} 12:00,{n + m},{m}\n" for n in range(30) for m in range(5)
    )
    with gzip.open(folder / "posts.csv.gz", "wt", encoding="utf-8") as stream:
        stream.write(POSTS + posts)
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def refusal(tmp_path: Path, *arguments: object, language: str = "en") -> str:
    """The one line said; nothing on standard output, nothing written, exit status 1."""
    out = tmp_path / "out"
    run = proche(*arguments, "--out", out, "--json", language=language)
    assert (run.exit_code, run.stdout, out.exists()) == (1, "", False)
    lines = run.stderr.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_one_document_and_four_files_come_out(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = proche(tables, "--out", out, "--json")
    summary = json.loads(run.stdout)
    assert (run.exit_code, run.stderr) == (0, "")
    assert summary["accounts"] == 30
    assert summary["tiers"] == {"nano": 30, "micro": 0, "star": 0, "undetermined": 0}
    assert summary["skipped"] == {}
    assert summary["norms"]["source"] == "computed from these tables"
    assert summary["thresholds"] == "2026.1"
    assert list(written(out)) == FILES
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == summary
    evidence = pq.read_table(out / "evidence.parquet")
    assert evidence.column_names[:9] == [
        *("account_id", "measure", "value", "n", "low", "high"),
        *("percentile", "proof", "as_of"),
    ]
    assert evidence.num_rows == 30 * 13
    verdicts = pq.read_table(out / "verdicts.parquet")
    assert verdicts.column_names[:8] == [
        *("account_id", "tier", "archetype", "closeness"),
        *("authenticity", "confidence", "reasons", "to_confirm"),
    ]


def test_the_same_input_gives_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    runs = [proche_alone(tables, "--out", tmp_path / name, "--json") for name in ("one", "two")]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_rows_in_another_order_or_in_parquet_give_the_same_bytes(
    tables: Path, tmp_path: Path
) -> None:
    proche(tables, "--out", tmp_path / "one")
    header, *rows = (tables / "accounts.csv").read_text(encoding="utf-8").splitlines()
    names = header.split(",")
    rows.reverse()
    columns = zip(*(row.split(",") for row in rows), strict=True)
    table = pa.table(dict(zip(names, map(list, columns), strict=True)))
    pq.write_table(table, tables / "accounts.parquet")
    (tables / "accounts.csv").unlink()
    proche(tables, "--out", tmp_path / "two")
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_files_can_be_named_one_by_one(tables: Path, tmp_path: Path) -> None:
    run = proche(
        tables / "accounts.csv", tables / "posts.csv.gz", "--out", tmp_path / "out", "--json"
    )
    assert json.loads(run.stdout)["known"]["comment_rate"] == 29


def test_people_read_sentences_in_their_language(tables: Path, tmp_path: Path) -> None:
    french = proche(tables, "--out", tmp_path / "out", language="fr_CA.UTF-8")
    assert french.stdout.splitlines() == [
        "Comptes\u00a0: 30 (30 nano, 0 micro, 0 vedette, 0 indéterminé).",
        "Les centiles comparent ces comptes entre eux, par plateforme et taille.",
    ]
    english = proche(tables, "--out", tmp_path / "out")
    assert english.stdout.startswith("Accounts: 30 (30 nano,")


def test_norms_of_one_run_place_a_single_account_in_another(tables: Path, tmp_path: Path) -> None:
    proche(tables, "--out", tmp_path / "many")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "accounts.csv").write_text(HEADER + "a1,instagram,400\n", encoding="utf-8")
    (alone / "posts.csv").write_text(POSTS + "p,a1,2026-05-05,9,9\n", encoding="utf-8")
    norms = tmp_path / "many" / "norms.json"
    proche(alone, "--out", tmp_path / "out", "--norms", norms)
    verdict = pq.read_table(tmp_path / "out" / "verdicts.parquet").to_pylist()[0]
    assert verdict["closeness"] is not None
    assert verdict["closeness_measures"] == 1


def test_what_is_left_out_is_counted(tables: Path, tmp_path: Path) -> None:
    with gzip.open(tables / "posts.csv.gz", "at", encoding="utf-8") as stream:
        stream.write("p0,a0,2026-05-01 12:00,0,0\nx,nobody,2026-05-01,1,1\ny,a1,,1,1\n")
        stream.write("z,a1,2999-01-01,1,1\n")
    (tables / "interactions.csv").write_text(
        "actor_id,target_account_id,verb,at\nz,a1,like,2026-05-01\nz,who,like,2026-05-01\n"
        "z,a1,like,\nz,,like,2026-05-01\nz,a1,like,2999-01-01\n",
        encoding="utf-8",
    )
    run = proche(tables, "--out", tmp_path / "out", "--json")
    assert json.loads(run.stdout)["skipped"] == {
        "duplicate_posts": 1,
        "interactions_after_as_of": 1,
        "interactions_of_unknown_accounts": 1,
        "interactions_without_date": 1,
        "interactions_without_people": 1,
        "posts_after_as_of": 1,
        "posts_of_unknown_accounts": 1,
        "posts_without_date": 1,
    }
    spoken = proche(tables, "--out", tmp_path / "out")
    assert "Left out: 1 posts of accounts that are not in the table." in spoken.stdout


CELLS = {
    "a wrong type": ("b,instagram,many\n", "row 3, column followers: “many”"),
    "an empty id": (",instagram,3\n", "row 3, column account_id: the cell is empty"),
    "a row with a cell too few": ("b,instagram\n", "row 3"),
    "a row with a cell too many": ("b,instagram,3,4\n", "row 3"),
    "a quote never closed": ('"b,instagram,3\n', "row 3"),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_bad_cell_is_refused_by_file_row_and_column(case: str, tmp_path: Path) -> None:
    row, said = CELLS[case]
    file = tmp_path / "accounts.csv"
    file.write_text(HEADER + "a,instagram,12\n" + row, encoding="utf-8")
    assert refusal(tmp_path, file).startswith(f"accounts.csv, {said}")


DOUBTS = {
    "a negative count": ("b,instagram,-5,\n", "negative_counts", "row 3, column followers: “-5”"),
    "a count beyond sense": ("b,instagram,1e30,\n", "counts_over_limit", "row 3, column followers"),
    "one id for two accounts": (
        "a,instagram,13,\n",
        "conflicting_rows",
        "row 3, column account_id",
    ),
    "mixed time zones": (
        "b,instagram,1,2026-05-01T10:00Z\n",
        "mixed_zones",
        "row 3, column created_at: “2026-05-01T10:00Z” is not in the time zone",
    ),
    "a date out of the calendar": (
        "b,instagram,1,9999-12-31\n",
        "moments_out_of_range",
        "row 3, column created_at: “9999-12-31”",
    ),
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_is_in_doubt_is_one_line_and_strict_refuses_it(case: str, tmp_path: Path) -> None:
    row, kind, said = DOUBTS[case]
    file = tmp_path / "accounts.csv"
    head = "account_id,platform,followers,created_at\na,instagram,12,2026-05-01T10:00\n"
    file.write_text(head + row, encoding="utf-8")
    assert refusal(tmp_path, file, "--strict").startswith(f"accounts.csv, {said}")
    run = proche(file, "--out", tmp_path / "out", "--json")
    summary = json.loads(run.stdout)
    doubt = summary["doubts"].pop(f"{kind}_in_accounts")
    assert (doubt["count"], doubt["file"], doubt["row"]) == (1, "accounts.csv", 3)
    assert summary["doubts"] == {}
    # Only a row that is left out is skipped.
    skipped = {"conflicting_rows_in_accounts": 1} if kind == "conflicting_rows" else {}
    assert summary["skipped"] == skipped
    lines = proche(file, "--out", tmp_path / "out").stdout.splitlines()
    assert [line for line in lines if "(first in accounts.csv, row 3, column " in line] == lines[2:]
    assert len(lines) == 3


def test_doubts_are_said_in_french(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(HEADER + "a,instagram,12\nb,instagram,-5\n", encoding="utf-8")
    run = proche(file, "--out", tmp_path / "out", language="fr")
    assert run.stdout.splitlines()[2] == (
        "À vérifier\u00a0: 1 nombres négatifs, pris comme inconnus (premier cas dans accounts.csv, "
        "rangée 3, colonne followers\u00a0: «\u00a0-5\u00a0»)."
    )


def test_interactions_of_unknown_accounts_are_counted_even_where_strict(
    tables: Path, tmp_path: Path
) -> None:
    (tables / "interactions.csv").write_text(
        "actor_id,target_account_id,verb,at\nz,who,like,2026-05-01\n", encoding="utf-8"
    )
    run = proche(tables, "--out", tmp_path / "out", "--json", "--strict")
    assert json.loads(run.stdout)["skipped"] == {"interactions_of_unknown_accounts": 1}


BYTES = {
    "an empty file": (b"", "is empty"),
    "a file with titles only": (HEADER.encode(), "no row under the headers"),
    "ten megabytes of noise": (random.Random(7).randbytes(10 << 20), "not a readable table"),
    "ten megabytes of one letter": (b"a" * (10 << 20), "not a readable table"),
    "a column title twice": (b"account_id,platform,followers,followers\na,i,1,2\n", "twice"),
    "no column of followers": (b"account_id,platform\na,i\n", "row 1: the column followers"),
    "an unknown encoding": ((HEADER + "привет,i,1\n").encode("koi8-r"), "encoding"),
    "zero bytes inside": (HEADER.encode() + b"a\x00,i,1\n", "not a readable table"),
}


@pytest.mark.parametrize("case", BYTES)
def test_a_file_that_is_no_table_is_refused(case: str, tmp_path: Path) -> None:
    content, said = BYTES[case]
    file = tmp_path / "accounts.csv"
    file.write_bytes(content)
    line = refusal(tmp_path, file)
    assert line.startswith("accounts.csv")
    assert said in line


@pytest.mark.parametrize("keep", [0.5, 0.999])
def test_a_truncated_gz_is_refused(keep: float, tmp_path: Path) -> None:
    whole = gzip.compress((HEADER + "".join(f"a{n},i,{n}\n" for n in range(50_000))).encode())
    file = tmp_path / "accounts.csv.gz"
    file.write_bytes(whole[: int(len(whole) * keep)])
    assert "cut short or damaged" in refusal(tmp_path, file)


def test_noise_named_parquet_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "accounts.parquet"
    file.write_bytes(random.Random(7).randbytes(10 << 20))
    assert "not a readable table" in refusal(tmp_path, file)


ENCODINGS = {
    "utf-8-sig": ",",
    "utf-16": ",",
    "utf-16-le-with-mark": ",",
    "cp1252": ";",
    "latin-1": "\t",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_that_is_sure_is_read(encoding: str, tmp_path: Path) -> None:
    text = "account_id,platform,followers,bio\né,instagram,12,Coiffeuse à Lévis\n"
    text = text.replace(",", ENCODINGS[encoding])
    marked = encoding == "utf-16-le-with-mark"
    raw = b"\xff\xfe" + text.encode("utf-16-le") if marked else text.encode(encoding)
    (tmp_path / "accounts.csv").write_bytes(raw)
    run = proche(tmp_path / "accounts.csv", "--out", tmp_path / "out")
    assert run.exit_code == 0
    verdict = pq.read_table(tmp_path / "out" / "verdicts.parquet").to_pylist()[0]
    assert (verdict["account_id"], verdict["archetype"]) == ("é", "professional")


def test_a_refusal_is_in_french_for_those_who_read_french(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(HEADER + "a,instagram,beaucoup\n", encoding="utf-8")
    assert refusal(tmp_path, file, language="fr") == (
        "accounts.csv, rangée 2, colonne followers\u00a0: «\u00a0beaucoup\u00a0» au lieu d’un "
        "nombre entier de 0 à un milliard. Corrigez la valeur ou videz la cellule."
    )


def test_a_mapping_that_names_an_absent_column_is_refused(tables: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('[accounts]\nfollowers = "abonnes"\n', encoding="utf-8")
    line = refusal(tmp_path, tables, "--map", mapping)
    assert line.startswith("accounts.csv, row 1: there is no column abonnes; map.toml gives it")


def test_two_files_for_one_table_are_refused(tables: Path, tmp_path: Path) -> None:
    (tables / "accounts.parquet").write_bytes(b"PAR1")
    assert "two files for the accounts table" in refusal(tmp_path, tables)


def test_a_file_whose_name_says_nothing_is_refused(tables: Path, tmp_path: Path) -> None:
    (tables / "people.csv").write_text(HEADER, encoding="utf-8")
    assert refusal(tmp_path, tables, tables / "people.csv").startswith("people.csv: its name")


def test_a_folder_without_accounts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    assert refusal(tmp_path, tmp_path / "void").startswith("void: no accounts file")


def test_an_output_that_is_a_file_is_refused_and_kept(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    run = proche(tables, "--out", tmp_path / "out", "--json")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith("out: cannot be written to")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_one_line(tables: Path) -> None:
    run = proche(tables, "--out", "/proc/out")
    assert (run.exit_code, run.stdout) == (1, "")
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("out: cannot be written to")


# The command itself, which sends itself SIGKILL when it is about to do one thing for the nth time.
KILLED = """
import os, signal, sys
from proche.cli import main

name, left = sys.argv[1], int(sys.argv[2])
real = getattr(os, name)

def killing(*given, **named):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)

setattr(os, name, killing)
sys.argv = ["proche", *sys.argv[3:]]
main()
"""
MOMENTS = {
    "while the second file is written aside": ("fsync", 2, True),
    "before anything is put in place": ("replace", 1, True),
    "before the first file is put in place": ("replace", 2, False),
    "before the last file is put in place": ("replace", 5, False),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_leaves_the_results_before_or_none_that_pass_for_whole(
    moment: str, tables: Path, tmp_path: Path
) -> None:
    call, time, untouched = MOMENTS[moment]
    out = tmp_path / "out"
    assert proche(tables, "--out", out).exit_code == 0
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    before = written(out)
    (tables / "accounts.csv").write_text(HEADER + "a1,instagram,12\n", encoding="utf-8")
    command = [sys.executable, "-c", KILLED, call, str(time), "qualify", str(tables)]
    killed = subprocess.run([*command, "--out", str(out)], capture_output=True, check=False)
    assert killed.returncode == -9
    found = written(out)
    assert set(found) <= set(before)
    assert found["mine.txt"] == b"kept"
    assert (found == before) == untouched
    assert ("summary.json" in found) == untouched
    assert proche(tables, "--out", out).exit_code == 0
    assert list(written(out)) == sorted([*FILES, "mine.txt"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tables"]
    assert proche(tables, "--out", tmp_path / "again").exit_code == 0
    assert {**written(tmp_path / "again"), "mine.txt": b"kept"} == written(out)


def test_a_run_killed_before_its_end_leaves_no_folder(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", KILLED, "rename", "1", "qualify", str(tables)]
    killed = subprocess.run([*command, "--out", str(out)], capture_output=True, check=False)
    assert (killed.returncode, out.exists()) == (-9, False)
    assert proche(tables, "--out", out).exit_code == 0
    assert list(written(out)) == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tables"]


def test_a_refusal_leaves_earlier_results_as_they_were(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    proche(tables, "--out", out)
    before = written(out)
    (tables / "accounts.csv").write_text(HEADER + "a,instagram,x\n", encoding="utf-8")
    assert proche(tables, "--out", out).exit_code == 1
    assert written(out) == before


def test_another_engine_is_wrong_usage(tables: Path, tmp_path: Path) -> None:
    run = proche(tables, "--out", tmp_path / "out", "--engine", "abacus")
    assert run.exit_code == 2
    assert "duckdb" in run.stderr


def test_own_thresholds_move_the_ceiling(tables: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('version = "mine 1"\n[size]\nceiling = 400\n', encoding="utf-8")
    run = proche(tables, "--out", tmp_path / "out", "--json", "--thresholds", own)
    summary = json.loads(run.stdout)
    assert summary["thresholds"] == "mine 1"
    assert summary["tiers"]["nano"] == 10
    own.write_text('version = "mine 2"\n[size]\nplafond = 400\n', encoding="utf-8")
    assert "[size] plafond" in proche(tables, "--out", tmp_path / "out", "--thresholds", own).stderr


def qualify_real(name: str, shared_data: Path, out: Path) -> tuple[dict[str, Any], list[Any]]:
    run = proche(shared_data / name, "--map", MAPPINGS / f"{name}.toml", "--out", out, "--json")
    assert run.exit_code == 0, run.stderr
    return json.loads(run.stdout), pq.read_table(out / "verdicts.parquet").to_pylist()


@pytest.mark.realdata
def test_real_accounts_under_the_ceiling_are_nano_or_micro_with_a_sign(
    shared_data: Path, tmp_path: Path
) -> None:
    summary, verdicts = qualify_real("instagram_nano_posts", shared_data, tmp_path / "out")
    evidence = pq.read_table(tmp_path / "out" / "evidence.parquet").to_pylist()
    followers = {e["account_id"]: e["value"] for e in evidence if e["measure"] == "followers"}
    under = [v for v in verdicts if followers[v["account_id"]] < 5000]
    over = [v for v in verdicts if followers[v["account_id"]] >= 5000]
    assert (summary["accounts"], len(under), len(over)) == (700, 698, 2)
    assert all(v["tier"] == "nano" for v in under)
    assert all("ask_intent" in codes(v["to_confirm"]) for v in under)
    assert all(v["tier"] != "nano" for v in over)


@pytest.mark.realdata
def test_no_real_creator_is_nano(shared_data: Path, tmp_path: Path) -> None:
    summary, verdicts = qualify_real("instagram_creators_2017", shared_data, tmp_path / "out")
    assert summary["accounts"] == len(verdicts) == 973
    assert summary["tiers"]["nano"] == 0
    assert summary["tiers"]["micro"] + summary["tiers"]["star"] > 300


@pytest.mark.realdata
def test_real_accounts_give_the_same_bytes_twice(shared_data: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        qualify_real("instagram_nano_posts", shared_data, tmp_path / name)
    assert written(tmp_path / "one") == written(tmp_path / "two")


def codes(sentences: list[dict[str, str]]) -> list[str]:
    return [sentence["code"] for sentence in sentences]


@pytest.mark.parametrize("size", ["much", "-6GiB", "512MiB"])
def test_a_memory_that_is_no_size_or_too_small_is_a_wrong_usage(
    tables: Path, tmp_path: Path, size: str
) -> None:
    run = proche(tables, "--out", tmp_path / "out", "--memory", size)
    assert (run.exit_code, run.stdout) == (2, "")
    assert "--memory 6GiB" in run.stderr


def test_the_results_are_the_same_whatever_the_memory(tables: Path, tmp_path: Path) -> None:
    ways = {"all": (), "some": ("--memory", "1.5GiB")}
    for name, options in ways.items():
        assert proche(tables, "--out", tmp_path / name, *options).exit_code == 0
    assert written(tmp_path / "all") == written(tmp_path / "some")
