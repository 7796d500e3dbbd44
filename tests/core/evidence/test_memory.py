"""How much memory a calculation takes: said in words people use, shared out within its bound."""

import pytest

from proche.core.evidence.engines.duckdb import session
from proche.core.evidence.engines.memory import in_bytes, room

GIB = 1 << 30


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("6GiB", 6 * GIB),
        ("6 GiB", 6 * GIB),
        ("1.5gib", 3 * GIB // 2),
        ("500 MB", 500_000_000),
        ("2g", 2_000_000_000),
        ("18.8 GiB", 20_186_346_291),
        ("12", 12),
        ("12 bytes", None),
        ("-6GiB", None),
        ("", None),
        ("6XB", None),
    ],
)
def test_a_size_is_read_with_its_unit(said: str, size: int | None) -> None:
    if size is None:
        with pytest.raises(ValueError, match=f"^{said}$"):
            in_bytes(said)
    else:
        assert abs(in_bytes(said) - size) <= 1


def test_duckdb_and_the_columns_share_what_is_given() -> None:
    with session(10 * GIB) as connection:
        shown = connection.execute("SELECT current_setting('memory_limit')").fetchall()
        assert shown == [("6.0 GiB",)]
        assert room(connection) == 4 * GIB


def test_without_a_bound_less_than_the_memory_there_is_is_taken() -> None:
    with session() as unbound, session(1 << 50) as boundless:
        assert 0 < room(unbound) < room(boundless)
