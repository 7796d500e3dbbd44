"""What every command shares: the language of its lines, its refusals, its one JSON document."""

import json
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import typer
from rich.console import Console

from proche.core.results import InputRefused, Sentence

P = ParamSpec("P")
R = TypeVar("R")

progress = Console(stderr=True, highlight=False)


def language() -> str:
    """French unless the environment asks for English (PROCHE_LANG, then LC_ALL, then LANG)."""
    for name in ("PROCHE_LANG", "LC_ALL", "LANG"):
        value = os.environ.get(name, "")
        if value and not value.startswith(("C", "POSIX")):
            return "en" if value.startswith("en") else "fr"
    return "fr"


def say(sentence: Sentence) -> None:
    """Print one sentence for a human on standard error, in the language of the environment."""
    progress.print(sentence.in_language(language()), soft_wrap=True, markup=False)


def print_json(document: Any) -> None:
    """Print one JSON document on standard output; keys keep the order they were given in."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def refusing(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a refusal of the core into one readable line and exit status 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except InputRefused as refusal:
            say(refusal.sentence)
            raise typer.Exit(1) from refusal

    return wrapped
