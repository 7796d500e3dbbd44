"""The list of the sites that may be read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Site:
    hosts: tuple[str, ...] = ()
    anywhere: bool = False
    oembed: str = ""
    text: str = ""
    noise: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def _site(table: Mapping[str, Any]) -> Site:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    return Site(**told)


def _read() -> dict[str, Site]:
    text = files(__package__).joinpath("sites.toml").read_text("utf-8")
    return {platform: _site(table) for platform, table in tomllib.loads(text).items()}


SITES: Mapping[str, Site] = _read()
