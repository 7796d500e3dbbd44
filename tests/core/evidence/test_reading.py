"""Cells of every kind, from text and from typed Parquet, through mappings."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from proche.core.evidence import evidence_table, read_mapping
from proche.core.results import InputRefused
from proche.core.tiers import Qualification, qualify_files, qualify_records

NOW = datetime(2026, 6, 1)  # noqa: DTZ001 - moments of the tables are UTC without a zone
HEADER = "account_id,platform,followers"


def qualify_folder(folder: Path, mapping: str | None = None, **files: Any) -> Qualification:
    for name, content in files.items():
        if isinstance(content, pa.Table):
            pq.write_table(content, folder / f"{name}.parquet")
        else:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    found = None
    if mapping:
        (folder / "map.toml").write_text(mapping, encoding="utf-8")
        found = read_mapping(folder / "map.toml")
    return qualify_files([folder], latest_possible=NOW, mapping=found)


def values(made: Qualification, measure: str) -> dict[str, float | None]:
    rows = evidence_table(made.evidence).to_pylist()
    return {row["account_id"]: row["value"] for row in rows if row["measure"] == measure}


def test_numbers_as_spreadsheets_and_pandas_write_them(tmp_path: Path) -> None:
    made = qualify_folder(tmp_path, accounts=f"{HEADER}\na,i,12.0\nb,i,nan\nc,i,1e3\nd,i,\n")
    assert values(made, "followers") == {"a": 12, "b": None, "c": 1000, "d": None}


def test_an_exponent_is_refused_where_it_is_no_whole_number(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="row 2, column followers"):
        qualify_folder(tmp_path, accounts=f"{HEADER}\na,i,12.5\n")


def test_a_row_number_counts_quoted_lines_as_one_row(tmp_path: Path) -> None:
    text = f'{HEADER},bio\na,i,1,"two\nlines, quoted"\nb,i,x,\n'
    with pytest.raises(InputRefused, match="row 3, column followers"):
        qualify_folder(tmp_path, accounts=text)


@pytest.mark.parametrize("name", ["rowid", "RowId"])
def test_a_column_may_bear_the_name_that_the_engine_gives_to_its_rows(
    tmp_path: Path, name: str
) -> None:
    made = qualify_folder(tmp_path, accounts=f"{HEADER},{name}\na,i,12,900\nb,i,13,\n")
    assert values(made, "followers") == {"a": 12, "b": 13}
    with pytest.raises(InputRefused, match="row 3, column followers"):
        qualify_folder(tmp_path, accounts=f"{HEADER},{name}\na,i,12,900\nb,i,x,901\n")
    (tmp_path / "accounts.csv").unlink()
    records = [{"account_id": "a", "platform": "i", "followers": "x", name: 7}]
    with pytest.raises(InputRefused, match="row 1, column followers"):
        qualify_records(records, as_of=date(2026, 5, 31))


def test_moments_with_zones_are_brought_to_one(tmp_path: Path) -> None:
    # 23:30 in Montréal on 31 May is already 1 June in UTC, the day after the account was seen.
    posts = (
        "post_id,account_id,published_at,comments\n"
        "1,a,2026-05-31T23:30:00-04:00,1\n2,a,2026-05-31T23:30:00Z,3\n3,a,2026-05-31 23:30,5\n"
    )
    made = qualify_folder(tmp_path, accounts=f"{HEADER},as_of\na,i,10,2026-05-31\n", posts=posts)
    assert values(made, "comment_rate") == {"a": 4 / 10}
    assert made.evidence.skipped == {"posts_after_as_of": 1}


def test_epoch_moments_are_read_by_their_unit_and_zero_is_no_moment(tmp_path: Path) -> None:
    posts = "post_id,account_id,t,comments\n1,a,1777600000,1\n2,a,0,9\n"
    mapping = '[posts]\npublished_at = { column = "t", unit = "s" }\n'
    made = qualify_folder(tmp_path, mapping, accounts=f"{HEADER}\na,i,10\n", posts=posts)
    assert made.evidence.skipped == {"posts_without_date": 1}
    assert evidence_table(made.evidence)["as_of"].to_pylist()[0] == date(2026, 5, 1)


def test_the_last_moment_that_can_be_dates_the_tables(tmp_path: Path) -> None:
    posts = "post_id,account_id,published_at\n1,a,2026-05-20\n2,a,2999-01-01\n"
    made = qualify_folder(tmp_path, accounts=f"{HEADER}\na,i,10\n", posts=posts)
    assert made.evidence.skipped == {"posts_after_as_of": 1}
    assert evidence_table(made.evidence)["as_of"].to_pylist()[0] == date(2026, 5, 20)


def test_a_count_is_unknown_where_another_column_hides_it(tmp_path: Path) -> None:
    posts = (
        "post_id,account_id,published_at,n,off\n"
        "1,a,2026-05-20,4,0\n2,a,2026-05-20,0,1\n3,a,2026-05-20,6,\n"
    )
    mapping = '[posts]\ncomments = { column = "n", unless = "off" }\n'
    made = qualify_folder(tmp_path, mapping, accounts=f"{HEADER}\na,i,10\n", posts=posts)
    assert values(made, "comment_rate") == {"a": 5 / 10}


def test_rows_name_accounts_that_have_no_id(tmp_path: Path) -> None:
    mapping = '[accounts]\naccount_id = { row = true }\nplatform = { value = "tiktok" }\n'
    made = qualify_folder(tmp_path, mapping, accounts="followers\n5\n6\n")
    assert values(made, "followers") == {"2": 5, "3": 6}


def test_typed_parquet_gives_what_text_gives(tmp_path: Path) -> None:
    text, typed = tmp_path / "text", tmp_path / "typed"
    text.mkdir()
    typed.mkdir()
    accounts = "account_id,platform,followers,has_avatar\n1,instagram,100,yes\n2,instagram,,no\n"
    posts = (
        "post_id,account_id,published_at,comments,sponsored,hashtags\n"
        "1,1,2026-05-20 10:00,3,1,#Été #été\n2,1,2026-05-21 10:00,,0,\n"
    )
    told = (
        "actor_id,target_account_id,verb,at,post_id\n"
        "2,1,Comment,2026-05-20 11:00,1\n9,1,like,2026-05-20 11:00,1\n"
    )
    at = datetime(2026, 5, 20, 10, tzinfo=UTC)
    made = qualify_folder(text, accounts=accounts, posts=posts, interactions=told)
    again = qualify_folder(
        typed,
        accounts=pa.table(
            {
                "account_id": [1, 2],
                "platform": ["instagram"] * 2,
                "followers": pa.array([100, None], pa.int32()),
                "has_avatar": [True, False],
            }
        ),
        posts=pa.table(
            {
                "post_id": [1, 2],
                "account_id": [1, 1],
                "published_at": [at, at.replace(day=21)],
                "comments": [3.0, float("nan")],
                "sponsored": [1, 0],
                "hashtags": [["#Été", "#été"], None],
            }
        ),
        interactions=pa.table(
            {
                "actor_id": [2, 9],
                "target_account_id": [1, 1],
                "verb": ["Comment", "like"],
                "at": [at.replace(hour=11)] * 2,
                "post_id": [1, 1],
            }
        ),
    )
    assert evidence_table(made.evidence).equals(evidence_table(again.evidence))


def test_an_unknown_count_of_pandas_may_lie_between_known_ones(tmp_path: Path) -> None:
    counts = [3.0, float("nan"), 5.0]
    table = pa.table({"account_id": [1, 2, 3], "platform": ["i"] * 3, "followers": counts})
    made = qualify_folder(tmp_path, accounts=table)
    assert values(made, "followers") == {"1": 3, "2": None, "3": 5}


def test_ids_that_pandas_turned_into_decimals_still_meet(tmp_path: Path) -> None:
    accounts = "account_id,platform,followers\n1,i,100\n"
    told = pa.table(
        {
            "actor_id": [2, 1],
            "target_account_id": [1, 1],
            "verb": ["reply", "reply"],
            "at": [datetime(2026, 5, 1), datetime(2026, 5, 2)],  # noqa: DTZ001
            "in_reply_to_actor_id": [float("nan"), 2.0],
            "post_id": [7.0, 7.0],
        }
    )
    text = (
        "actor_id,target_account_id,verb,at,in_reply_to_actor_id,post_id\n"
        "2,1,reply,2026-05-01,,7.0\n1,1,reply,2026-05-02,2.0,7.0\n"
    )
    typed = pa.table({"account_id": [1], "platform": ["i"], "followers": [100]})
    for place, (first, second) in enumerate([(typed, told), (accounts, told), (accounts, text)]):
        folder = tmp_path / str(place)
        folder.mkdir()
        made = qualify_folder(folder, accounts=first, interactions=second)
        assert values(made, "reply_rate") == {"1": 1.0}


def test_an_id_with_a_fraction_is_refused(tmp_path: Path) -> None:
    table = pa.table({"account_id": [1.0, 2.5], "platform": ["i", "i"], "followers": [5, 5]})
    with pytest.raises(InputRefused, match=r"row 2, column account_id: “2\.5”"):
        qualify_folder(tmp_path, accounts=table)


def test_records_are_refused_by_table_row_and_column() -> None:
    records = [{"account_id": "a", "platform": "i", "followers": "many"}]
    with pytest.raises(InputRefused, match="accounts, row 1, column followers: “many”"):
        qualify_records(records, as_of=date(2026, 5, 31))


def test_no_record_gives_no_verdict() -> None:
    assert qualify_records([], as_of=date(2026, 5, 31)) == []


def test_a_column_title_cannot_reach_the_queries(tmp_path: Path) -> None:
    nasty = "x\"; DROP TABLE accounts; --'"
    text = f"{HEADER},{nasty.replace(',', '')}\na,i,1,2\n"
    made = qualify_folder(tmp_path, accounts=text)
    assert values(made, "followers") == {"a": 1}
