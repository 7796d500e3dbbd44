"""`proche match` as scripts call it."""

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from proche.cli import build

BRIEF = """
title = "Huile aux bourgeons de sapin"
topics = ["coiffure"]
quantity = 2
[filters]
regions = ["01"]
"""
MEMBERS = """member_id,text,hashtags,region,closeness,proof
camille,Coupe de cheveux et balayage au salon,coiffure,01,82,archive
emma,Hair stylist in Rimouski,hairgoals,01,,declared
gabriel,Ébéniste,bois,01,90,public
loin,Coiffeuse,coiffure,06,70,public
"""


def proche(*arguments: object) -> Result:
    words = ["match", *map(str, arguments)]
    return CliRunner().invoke(build(words), words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "brief.toml").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    return tmp_path


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_ranks_with_reasons_and_counts_who_was_kept_out(folder: Path) -> None:
    found = document(proche(folder / "brief.toml", folder / "members.csv", "--top", 3, "--json"))
    assert [row["member_id"] for row in found["results"]] == ["camille", "emma", "gabriel"]
    assert found["filtered_out"] == {"region": 1}
    first = found["results"][0]["reasons"][0]
    assert first["code"] == "topics"
    assert first["fr"] == "Parle de\u00a0: coiffure (3 fois)."
    assert first["en"] == "Talks about: hair (3 times)."
    assert first["weight"] > 0
    assert found["results"][1]["against"][-1]["fr"] == "Chiffres déclarés seulement."


def test_quantity_of_the_brief_is_the_number_of_rows_unless_told(folder: Path) -> None:
    found = document(proche(folder / "brief.toml", folder / "members.csv", "--json"))
    assert len(found["results"]) == 2


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    once = proche(folder / "brief.toml", folder / "members.csv", "--json").stdout_bytes
    again = proche(folder / "brief.toml", folder / "members.csv", "--json").stdout_bytes
    assert once == again


def test_people_read_french_unless_their_machine_says_english(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_LANG", "fr")
    french = proche(folder / "brief.toml", folder / "members.csv")
    monkeypatch.setenv("PROCHE_LANG", "en")
    english = proche(folder / "brief.toml", folder / "members.csv")
    assert "Parle de\u00a0: coiffure" in french.stdout
    assert "hors des régions demandées" in french.stdout
    assert "Talks about: hair" in english.stdout


def test_weights_of_the_brief_are_followed_and_words_without_effect_are_said(folder: Path) -> None:
    (folder / "close.toml").write_text(
        'title = "Sapin"\ncolour = "vert"\n[weights]\nrelevance = 0\n', encoding="utf-8"
    )
    result = proche(folder / "close.toml", folder / "members.csv", "--json", "--top", 1)
    assert document(result)["results"][0]["member_id"] == "gabriel"
    assert "colour" in result.stderr


def refusal(folder: Path, brief: str = "brief.toml", members: str = "members.csv") -> str:
    before = sorted(folder.iterdir())
    result = proche(folder / brief, folder / members, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert sorted(folder.iterdir()) == before
    assert result.stderr.endswith("\n")
    [line] = result.stderr.splitlines()
    return line


BROKEN_BRIEFS = {
    'title = "a\n': "line 1",
    "title = 3\n": "title",
    'title = "x"\n[filters]\nregion_codes = ["01"]\n': "region_codes",
    'title = "x"\n[filters]\nmin_age = "18"\n': "min_age",
    'title = "x"\nfilters = 3\n': "filters",
    'title = "x"\n[weights]\ncloseness = "much"\n': "closeness",
    'title = "x"\n[weights]\ncloseness = -1\n': "closeness",
    'title = "x"\n[weights]\nlooks = 1\n': "looks",
    'title = "x"\nmax_age = 9\n': "248",
    'title = "x"\nformat = "parade"\n': "format",
    'title = "x"\ntopics = [1]\n': "topics",
    "quantity = 2\n": "title, text or topics",
}


@pytest.mark.parametrize(("content", "named"), BROKEN_BRIEFS.items())
def test_a_brief_that_cannot_be_followed_is_refused_in_one_line(
    folder: Path, content: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_LANG", "en")
    (folder / "bad.toml").write_text(content, encoding="utf-8")
    line = refusal(folder, brief="bad.toml")
    assert line.startswith("bad.toml")
    assert named in line


def test_a_brief_of_garbage_or_none_at_all_is_refused_in_one_line(folder: Path) -> None:
    (folder / "garbage.toml").write_bytes(bytes(range(256)) * 40_000)
    assert refusal(folder, brief="garbage.toml").startswith("garbage.toml")
    assert "introuvable" in refusal(folder, brief="none.toml")


BROKEN_MEMBERS = {
    "no_id.csv": (b"name,text\na,b\n", "member_id"),
    "number.csv": (b"member_id,closeness\na,50\nb,high\n", "row 3, column closeness"),
    "percent.csv": (b"member_id,closeness\na,150\n", "row 2, column closeness"),
    "count.csv": (b"member_id,followers\na,many\n", "row 2, column followers"),
    "flag.csv": (b"member_id,asleep\na,perhaps\n", "row 2, column asleep"),
    "recent.csv": (b"member_id,recent_brands\na,Rival\n", "row 2, column recent_brands"),
    "blank_id.csv": (b"member_id,text\na,x\n,y\n", "row 3, column member_id"),
    "twice.csv": (b"member_id,text\na,x\na,y\n", "member_id"),
    "empty.csv": (b"", "empty"),
    "header_only.csv": (b"member_id,text\n", "no row"),
    "cut.csv.gz": (gzip.compress(MEMBERS.encode() * 400, mtime=0)[:-60], "cut short"),
    "garbage.csv": (bytes(range(256)) * 40_000, "garbage.csv"),
    "encoding.csv": ("member_id,text\na,привет\n".encode("cp1251"), "encoding"),
    "broken.parquet": (b"PAR1" + b"\x00" * 64, "not a readable table"),
    "quotes.csv": (b'member_id,text\na,"x\nb,y\n', "quotes.csv"),
}


@pytest.mark.parametrize(("name", "content", "named"), [(n, *c) for n, c in BROKEN_MEMBERS.items()])
def test_members_that_cannot_be_read_are_refused_in_one_line(
    folder: Path, name: str, content: bytes, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_LANG", "en")
    (folder / name).write_bytes(content)
    line = refusal(folder, members=name)
    assert line.startswith(name)
    assert named in line


def test_wrong_usage_is_not_a_refusal(folder: Path) -> None:
    assert proche(folder / "brief.toml").exit_code == 2
    assert proche(folder / "brief.toml", folder / "members.csv", "--top", 0).exit_code == 2


@pytest.mark.realdata
def test_climbers_are_ranked_for_a_brief_in_either_language(
    shared_data: Path, tmp_path: Path
) -> None:
    climbers(shared_data, tmp_path / "climbers.csv")
    english = 'title = "Yoga and bouldering weekend"\ntopics = ["yoga", "bouldering"]\n'
    french = 'title = "Fin de semaine de yoga et de bloc"\ntopics = ["yoga", "escalade de bloc"]\n'
    tops = []
    for language, brief in (("en", english), ("fr", french)):
        (tmp_path / f"{language}.toml").write_text(brief, encoding="utf-8")
        found = document(
            proche(tmp_path / f"{language}.toml", tmp_path / "climbers.csv", "--json", "--top", 10)
        )
        assert len(found["results"]) == 10
        for row in found["results"]:
            assert row["reasons"][0]["code"] == "topics"
            assert "yoga" in row["reasons"][0]["fr"] or "bloc" in row["reasons"][0]["fr"]
        tops.append({row["member_id"] for row in found["results"][:5]})
    assert len(tops[0] & tops[1]) >= 3


def climbers(shared_data: Path, target: Path) -> None:
    """Members from hashtags and captions: one row an account, its captions one under the other."""
    source = shared_data / "instagram_climbers_2017"
    captions: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(source / "captions.csv.gz"):
        captions[row["account"]].append(row["caption"])
    hashtags = {
        row["account"]: row["hashtags"] for row in rows_of(source / "account_hashtags.csv.gz")
    }
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["member_id", "text", "hashtags"])
        for account in sorted(captions.keys() | hashtags.keys()):
            writer.writerow([account, "\n".join(captions[account]), hashtags.get(account, "")])


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_brief_shown_in_the_documentation_can_be_followed(folder: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "methods" / "matching.md"
    shown = page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    (folder / "shown.toml").write_text(shown, encoding="utf-8")
    found = document(proche(folder / "shown.toml", folder / "members.csv", "--json"))
    assert found["filtered_out"] == {"age_unknown": 3, "region": 1}
