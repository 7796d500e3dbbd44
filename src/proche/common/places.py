"""Cities, boroughs and neighbourhoods of Québec by region, to suggest while somebody types."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("places.toml")


@cache
def places() -> dict[str, tuple[str, ...]]:
    """The names of each region, by its code, as people write them."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: tuple(names) for code, names in found.items()}
