"""Cells in doubt are counted and left unknown; asked to be strict, the reading stops at them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from proche.core.evidence import evidence_table, read_mapping
from proche.core.evidence.engines.doubting import same_zone
from proche.core.results import InputRefused
from proche.core.tiers import Qualification, doubts_of, qualify_files, qualify_records
from tests.core.evidence.tables import AS_OF, account

NOW = datetime(2026, 6, 1)  # noqa: DTZ001 - moments of the tables are UTC without a zone
HEADER = "account_id,platform,followers"
POSTS = "post_id,account_id,published_at"
ONE = f"{HEADER}\na,i,10\n"


def qualify_folder(
    folder: Path, mapping: str = "", *, strict: bool = False, **files: Any
) -> Qualification:
    for name, content in files.items():
        if isinstance(content, pa.Table):
            pq.write_table(content, folder / f"{name}.parquet")
        else:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    (folder / "map.toml").write_text(mapping, encoding="utf-8")
    found = read_mapping(folder / "map.toml")
    return qualify_files([folder], latest_possible=NOW, mapping=found, strict=strict)


def values(made: Qualification, measure: str) -> dict[str, float | None]:
    rows = evidence_table(made.evidence).to_pylist()
    return {row["account_id"]: row["value"] for row in rows if row["measure"] == measure}


def doubt(count: int, file: str, row: int, column: str, value: str) -> dict[str, object]:
    return {"count": count, "file": file, "row": row, "column": column, "value": value}


def test_doubts_are_counted_by_table_and_kind_and_show_the_first(tmp_path: Path) -> None:
    accounts = f"{HEADER},following\na,i,10,3\nb,i,-5,-1\nc,i,1e30,2\nd,i,7,-2\n"
    made = qualify_folder(tmp_path, accounts=accounts)
    assert doubts_of(made) == {
        "counts_over_limit_in_accounts": doubt(1, "accounts.csv", 4, "followers", "1e30"),
        "negative_counts_in_accounts": doubt(3, "accounts.csv", 3, "followers", "-5"),
    }
    assert values(made, "followers") == {"a": 10, "b": None, "c": None, "d": 7}
    assert made.evidence.skipped == {}


LIMIT, BEYOND = "counts_over_limit_in_accounts", 10**9 + 1
OVER = {
    "one more than the most": BEYOND,
    "a number of thirty figures": "1e30",
    "one more than a whole number of 64 bits": 9223372036854775808,
    "a number no decimal number holds": "1e400",
    "a number of four hundred figures": "9" * 400,
    "infinity": "inf",
    "a fraction beyond the most": "1000000000.5",
}


@pytest.mark.parametrize("case", OVER)
def test_a_count_over_the_limit_is_unknown_and_counted(case: str, tmp_path: Path) -> None:
    accounts = f"{HEADER}\na,i,10\nb,i,{OVER[case]}\n"
    made = qualify_folder(tmp_path, accounts=accounts)
    assert values(made, "followers") == {"a": 10, "b": None}
    assert [(d.code, d.count, d.row) for d in made.evidence.doubts] == [(LIMIT, 1, 3)]
    with pytest.raises(InputRefused, match=r"accounts.csv, row 3, column followers: “"):
        qualify_folder(tmp_path, accounts=accounts, strict=True)


TYPED = {
    "uint64": pa.array([10, 2**64 - 1], pa.uint64()),
    "int64": pa.array([10, 2**63 - 1], pa.int64()),
    "float32": pa.array([10, 1e30], pa.float32()),
    "float64": pa.array([10, 1e300]),
    "float64 infinite": pa.array([10, float("inf")]),
    "decimal of 128 bits": pa.array([10, Decimal(10**30)], pa.decimal128(38, 0)),
    "decimal with a scale": pa.array([10, Decimal(10**20)], pa.decimal128(38, 10)),
    "text": pa.array(["10", str(2**63)]),
}


@pytest.mark.parametrize("case", TYPED)
def test_a_typed_count_over_the_limit_is_unknown_and_counted(case: str, tmp_path: Path) -> None:
    table = pa.table({"account_id": ["a", "b"], "platform": ["i", "i"], "followers": TYPED[case]})
    made = qualify_folder(tmp_path, accounts=table)
    assert values(made, "followers") == {"a": 10, "b": None}
    assert [(d.code, d.count, d.row) for d in made.evidence.doubts] == [(LIMIT, 1, 2)]


def test_a_hugeint_of_another_program_is_unknown_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "accounts.parquet"
    duckdb.execute(
        "COPY (SELECT * FROM (VALUES ('a', 'i', 10::HUGEINT), ('b', 'i', (1::HUGEINT << 100))) "
        f"AS t(account_id, platform, followers)) TO '{path}'"
    )
    made = qualify_folder(tmp_path)
    assert values(made, "followers") == {"a": 10, "b": None}
    assert [d.code for d in made.evidence.doubts] == [LIMIT]


@pytest.mark.parametrize(
    "typed", [pa.int8(), pa.int64(), pa.float32(), pa.float64(), pa.decimal128(5, 1), pa.string()]
)
def test_a_typed_negative_count_is_unknown_and_counted(typed: Any, tmp_path: Path) -> None:
    given = pa.array([10, -5, None]).cast(pa.decimal128(21, 1) if "dec" in str(typed) else typed)
    names = ["a", "b", "c"]
    table = pa.table({"account_id": names, "platform": ["i"] * 3, "followers": given})
    made = qualify_folder(tmp_path, accounts=table)
    assert values(made, "followers") == {"a": 10, "b": None, "c": None}
    found = [(d.code, d.count, d.row) for d in made.evidence.doubts]
    assert found == [("negative_counts_in_accounts", 1, 2)]
    with pytest.raises(InputRefused, match=r"accounts.parquet, row 2, column followers: “-5"):
        qualify_folder(tmp_path, accounts=table, strict=True)


def test_a_negative_count_hidden_by_another_column_is_no_doubt(tmp_path: Path) -> None:
    posts = f"{POSTS},n,off\n1,a,2026-05-20,4,0\n2,a,2026-05-20,-1,1\n"
    mapping = '[posts]\ncomments = { column = "n", unless = "off" }\n'
    made = qualify_folder(tmp_path, mapping, accounts=ONE, posts=posts, strict=True)
    assert made.evidence.doubts == ()
    assert values(made, "comment_rate") == {"a": 4 / 10}


def test_what_cannot_be_understood_is_refused_in_both_ways(tmp_path: Path) -> None:
    for strict in (False, True):
        with pytest.raises(InputRefused, match="row 3, column followers: “abc”"):
            qualify_folder(tmp_path, accounts=f"{HEADER}\na,i,-1\nb,i,abc\n", strict=strict)


STRAY = "moments_out_of_range_in_posts"
EPOCHS = {
    "before the first": "-5",
    "beyond the calendar": "99999999999999",
    "beyond a whole number": "9223372036854775808",
    "beyond measure": "1e300",
    "infinite": "inf",
}


@pytest.mark.parametrize("case", EPOCHS)
@pytest.mark.parametrize("unit", ["s", "us"])
def test_an_epoch_out_of_range_is_unknown_and_counted(case: str, unit: str, tmp_path: Path) -> None:
    given = EPOCHS[case]
    if (case, unit) == ("beyond the calendar", "us"):
        given += "999999"
    mapping = f'[posts]\npublished_at = {{ column = "t", unit = "{unit}" }}\n'
    posts = f"post_id,account_id,t\n1,a,0\n2,a,{given}\n3,a,nan\n"
    made = qualify_folder(tmp_path, mapping, accounts=ONE, posts=posts)
    assert doubts_of(made) == {STRAY: doubt(1, "posts.csv", 3, "t", given)}
    assert made.evidence.skipped == {"posts_without_date": 3}
    with pytest.raises(InputRefused, match=r"posts\.csv, row 3, column t"):
        qualify_folder(tmp_path, mapping, accounts=ONE, posts=posts, strict=True)


MOMENTS = ["0001-01-01T00:00:00Z", "9999-12-31", "12026-05-01", "300000-01-01", "infinity"]


@pytest.mark.parametrize("given", MOMENTS)
def test_a_moment_out_of_range_is_unknown_and_counted(given: str, tmp_path: Path) -> None:
    posts = f"{POSTS}\n1,a,2026-05-20T00:00:00Z\n2,a,{given}\n"
    made = qualify_folder(tmp_path, accounts=ONE, posts=posts)
    assert doubts_of(made)[STRAY] == doubt(1, "posts.csv", 3, "published_at", given)
    assert made.evidence.skipped == {"posts_without_date": 1}


TYPED_MOMENTS = {
    "days": pa.array([20_600, 10**8], pa.date32()),
    "seconds": pa.array([1779753600, 2**42], pa.timestamp("s")),
    "milliseconds": pa.array([1779753600_000, 2**52], pa.timestamp("ms")),
    "microseconds": pa.array([1779753600_000_000, 2**62], pa.timestamp("us")),
    "microseconds with a zone": pa.array([1779753600_000_000, -5], pa.timestamp("us", "UTC")),
    "nanoseconds": pa.array([1779753600 * 10**9, -5000], pa.timestamp("ns")),
}


@pytest.mark.parametrize("case", TYPED_MOMENTS)
def test_a_typed_moment_out_of_range_is_unknown_and_counted(case: str, tmp_path: Path) -> None:
    posts = pa.table(
        {"post_id": [1, 2], "account_id": ["a", "a"], "published_at": TYPED_MOMENTS[case]}
    )
    made = qualify_folder(tmp_path, accounts=ONE, posts=posts)
    assert [(d.code, d.count, d.row) for d in made.evidence.doubts] == [(STRAY, 1, 2)]
    assert made.evidence.skipped == {"posts_without_date": 1}


def test_a_typed_moment_that_no_engine_holds_refuses_its_file(tmp_path: Path) -> None:
    moments = pa.array([1779753600_000, 2**62], pa.timestamp("ms"))
    posts = pa.table({"post_id": [1, 2], "account_id": ["a", "a"], "published_at": moments})
    with pytest.raises(InputRefused, match=r"posts\.parquet: this is not a readable table"):
        qualify_folder(tmp_path, accounts=ONE, posts=posts)


def test_an_account_seen_at_the_end_of_time_does_not_date_the_others(tmp_path: Path) -> None:
    accounts = f"{HEADER},as_of\na,i,10,2026-05-31\nb,i,20,9999-12-31\n"
    made = qualify_folder(tmp_path, accounts=accounts)
    assert made.evidence.accounts["as_of"].to_pylist() == [date(2026, 5, 31), None]
    assert [d.code for d in made.evidence.doubts] == ["moments_out_of_range_in_accounts"]


def test_a_decimal_id_too_large_to_tell_apart_is_unknown_in_interactions(tmp_path: Path) -> None:
    told = pa.table(
        {
            "actor_id": [2.0, 2.0**53, float("inf")],
            "target_account_id": [1, 1, 1],
            "verb": ["like"] * 3,
            "at": [datetime(2026, 5, 1)] * 3,  # noqa: DTZ001
        }
    )
    accounts = pa.table({"account_id": [1], "platform": ["i"], "followers": [5]})
    made = qualify_folder(tmp_path, accounts=accounts, interactions=told)
    assert [(d.code, d.count, d.row) for d in made.evidence.doubts] == [
        ("ids_over_limit_in_interactions", 2, 2)
    ]
    assert made.evidence.skipped == {"interactions_without_people": 2}


@pytest.mark.parametrize("given", [1e30, 2.0**53, float("inf")])
def test_an_account_whose_own_id_is_too_large_is_refused(given: float, tmp_path: Path) -> None:
    table = pa.table({"account_id": [1.0, given], "platform": ["i", "i"], "followers": [5, 5]})
    with pytest.raises(InputRefused, match=r"row 2, column account_id: “.* a whole-number id"):
        qualify_folder(tmp_path, accounts=table)


MIXED = "mixed_zones_in_posts"


def test_moments_in_mixed_zones_are_counted_against_the_most_common(tmp_path: Path) -> None:
    moments = [
        *("2026-05-20T10:00:00-04:00", "2026-05-20 10:00Z", "2026-05-20T10:00:00.25-0400", ""),
        *("2026-05-20 10:00", "2026-05-20T10:00-04", "2026-05-20 10:00 America/Toronto"),
    ]
    posts = POSTS + "\n" + "".join(f"{n},a,{at}\n" for n, at in enumerate(moments))
    made = qualify_folder(tmp_path, accounts=ONE, posts=posts)
    assert doubts_of(made) == {MIXED: doubt(3, "posts.csv", 3, "published_at", "2026-05-20 10:00Z")}
    with pytest.raises(InputRefused, match=r"row 3, column published_at: .* \(3 rows like this\)"):
        qualify_folder(tmp_path, accounts=ONE, posts=posts, strict=True)


ALIKE = {
    "no zone at all": ["2026-05-20", "2026-05-20 10:00", "2026-5-2 9:00"],
    "one offset": ["2026-05-20T10:00-04", "2026-05-20T10:00:00.5-04:00", "2026-05-20 10:00-0400"],
    "UTC by its names": ["2026-05-20T10:00Z", "2026-05-20T10:00+00:00", "2026-05-20 10:00 UTC"],
    "nothing": ["", "", ""],
}


@pytest.mark.parametrize("case", ALIKE)
def test_moments_in_one_zone_are_no_doubt_however_written(case: str, tmp_path: Path) -> None:
    posts = POSTS + "\n" + "".join(f"{n},a,{at}\n" for n, at in enumerate(ALIKE[case]))
    made = qualify_folder(tmp_path, accounts=ONE, posts=posts, strict=True)
    assert made.evidence.doubts == ()


def test_of_two_zones_as_common_the_first_one_is_the_usual_one(tmp_path: Path) -> None:
    posts = f"{POSTS}\n1,a,2026-05-20T10:00Z\n2,a,2026-05-20T10:00\n"
    made = qualify_folder(tmp_path, accounts=ONE, posts=posts)
    assert doubts_of(made)[MIXED] == doubt(1, "posts.csv", 3, "published_at", "2026-05-20T10:00")


@pytest.mark.parametrize(
    ("written", "zone"),
    [("Z", "+0000"), ("+00", "+0000"), ("-00:00", "+0000"), ("est", "EST")],
)
def test_a_zone_has_one_spelling(written: str, zone: str) -> None:
    assert same_zone(written) == zone


SAME = "conflicting_rows_in_accounts"


def test_of_an_account_given_twice_the_row_seen_last_is_kept(tmp_path: Path) -> None:
    accounts = (
        f"{HEADER},as_of\nb,i,1,2026-05-01\na,i,10,2026-05-01\na,i,30,2026-05-31\n"
        "a,i,20,2026-05-15\na,i,30,2026-05-31\na,i,40,\n"
    )
    made = qualify_folder(tmp_path, accounts=accounts)
    assert values(made, "followers") == {"a": 30, "b": 1}
    assert made.evidence.skipped == {SAME: 3, "duplicate_accounts": 1}
    assert doubts_of(made) == {SAME: doubt(3, "accounts.csv", 3, "account_id", "a")}
    with pytest.raises(InputRefused, match="row 3, column account_id: a appears twice"):
        qualify_folder(tmp_path, accounts=accounts, strict=True)


def test_without_a_date_the_first_row_of_an_account_or_post_is_kept(tmp_path: Path) -> None:
    accounts = f"{HEADER}\na,i,10\na,i,99\n"
    posts = f"{POSTS},comments\n1,a,2026-05-20,4\n1,a,2026-05-20,9\n"
    made = qualify_folder(tmp_path, accounts=accounts, posts=posts)
    assert values(made, "comment_rate") == {"a": 4 / 10}
    assert made.evidence.skipped == {SAME: 1, "conflicting_rows_in_posts": 1}
    assert doubts_of(made)["conflicting_rows_in_posts"] == doubt(1, "posts.csv", 3, "post_id", "1")


def test_rows_that_are_alike_once_read_are_no_doubt(tmp_path: Path) -> None:
    accounts = f"{HEADER},bio\na,i,10,x\na,i,10.0,x\na,I,10,x\n".replace("a,I", "a,i")
    made = qualify_folder(tmp_path, accounts=accounts, strict=True)
    assert (made.evidence.skipped, made.evidence.doubts) == ({"duplicate_accounts": 2}, ())


def test_records_in_doubt_are_qualified_all_the_same() -> None:
    found = qualify_records([account("a", followers=-5), account("b")], as_of=AS_OF)
    assert [(each.account_id, each.verdict.tier) for each in found] == [
        ("a", "undetermined"),
        ("b", "nano"),
    ]
