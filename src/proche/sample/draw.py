"""Chance that falls the same way each time: every part of the sample draws from its own seed,
so that a change in one leaves the others as they were."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from random import Random
from string import ascii_letters, digits
from tomllib import loads
from typing import Any, TypeVar

T = TypeVar("T")
KEY_LETTERS = ascii_letters + digits + "-_"


class Draw(Random):
    def __init__(self, part: str) -> None:
        super().__init__(f"voisines et voisins: {part}")

    def key(self) -> str:
        """The shape of people.models.new_key, drawn."""
        first, *rest = (self.choice(KEY_LETTERS) for _ in range(12))
        return "".join((first if first.isalpha() else "k", *rest))

    def chance(self, share: float) -> bool:
        return self.random() < share

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        return self.choices(items, weights)[0]


@cache
def table(name: str) -> dict[str, Any]:
    return loads(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
