"""Mapping files: what they may say, and how they are refused."""

from pathlib import Path

import pytest

from proche.core.evidence import read_mapping
from proche.core.evidence.mapping import Source
from proche.core.results import InputRefused

MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings"


def mapping(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_form_of_a_column_is_understood(tmp_path: Path) -> None:
    text = """
    [accounts]
    file = "influencers.csv"
    account_id = { row = true }
    followers = "abonnés"
    platform = { value = "instagram" }
    is_private = { value = false }
    [posts]
    post_id = { columns = ["who", "place"] }
    published_at = { column = "taken_at", unit = "ms" }
    comments = { column = "comment_count", unless = "comments_off" }
    """
    found = read_mapping(mapping(tmp_path, text))
    assert found.tables["accounts"].file == "influencers.csv"
    assert dict(found.tables["accounts"].columns) == {
        "account_id": Source(row=True),
        "followers": Source(("abonnés",)),
        "platform": Source(value="instagram"),
        "is_private": Source(value="false"),
    }
    assert dict(found.tables["posts"].columns) == {
        "post_id": Source(("who", "place")),
        "published_at": Source(("taken_at",), unit="ms"),
        "comments": Source(("comment_count",), unless="comments_off"),
    }


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_can_be_read(path: Path) -> None:
    assert read_mapping(path).tables["accounts"].columns


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[accounts", "not readable TOML"),
        ("[comptes]\n", "comptes does not exist. Possible names: accounts"),
        ('[accounts]\nabonnes = "x"\n', "[accounts] abonnes does not exist"),
        ("[accounts]\nfollowers = 3\n", "[accounts] followers: write"),
        ('[accounts]\nfollowers = { column = "x", unit = "h" }\n', "[accounts] followers: write"),
        ("[accounts]\nfollowers = { columns = [] }\n", "[accounts] followers: write"),
        ("[accounts]\nfile = 3\n", "[accounts] file: write"),
        ("accounts = 3\n", "accounts does not exist"),
    ],
)
def test_a_mapping_that_says_nothing_sure_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_mapping(mapping(tmp_path, text))
    assert refusal.value.sentence.en.startswith("map.toml: ")
    assert said in refusal.value.sentence.en


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="not found"):
        read_mapping(tmp_path / "none.toml")
