"""`proche disclose`: JSON Lines of posts in, verdicts out, one line each."""

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.json import Encoder

from proche.cli.output import language, refusing, say
from proche.core.disclosure import check_lines
from proche.core.results import InputRefused, Sentence

_WORDS = {
    "MISSING": ("absente", "missing"),
    "MISPLACED": ("mal placée", "misplaced"),
    "WRONG_KIND": ("en dit trop peu", "says too little"),
    "AMBIGUOUS": ("pas claire", "unclear"),
    "LANGUAGE": ("dans l’autre langue", "in the other language"),
    "HUMAN": ("à regarder par une personne", "for a person to look at"),
    "OK_NOTE": ("correcte, avec un conseil", "fine, with advice"),
    "OK": ("correcte", "fine"),
    "NOT_REQUIRED": ("rien à déclarer", "nothing to disclose"),
}


# Built once: a new encoder for each line costs as much as the line.
_encode = Encoder().encode
_encode_slowly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COLLECT_AFTER = 50_000
# Bytes read at once of a file, and lines checked together: more of them are no faster.
_READ, TOGETHER = 1 << 20, 50
_SILENT = ("OK", "NOT_REQUIRED")


def register(app: typer.Typer) -> None:
    app.command()(disclose)


@refusing
def disclose(
    file: Annotated[
        str, typer.Argument(help="JSON Lines; - : entrée standard / standard input")
    ] = "-",
    json_lines: Annotated[bool, typer.Option("--json", help="JSON Lines")] = False,
) -> None:
    """Vérifier la divulgation de publications. / Check the disclosure of posts.

    proche disclose posts.jsonl --json > verdicts.jsonl
    """
    with collecting_seldom():
        broken = _check_lines(file, json_lines=json_lines)
    if broken:
        say(_some_broken(broken))
        raise typer.Exit(1)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """A tenth of the time went to looking for garbage among all that was ever imported."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _check_lines(file: str, *, json_lines: bool) -> int:
    """How many lines could not be read."""
    name = "-" if file == "-" else Path(file).name
    # Whoever writes into a pipe may wait for each answer before the next line.
    together = 1 if file == "-" else TOGETHER
    broken = 0
    for first, lines in _parts(_lines(file), together):
        numbered = [(number, line) for number, line in enumerate(lines, first) if line.strip()]
        checked = check_lines([line for _, line in numbered])
        answers = list[bytes]()
        for (number, _), answer in zip(numbered, checked, strict=True):
            if isinstance(answer, InputRefused):
                broken += 1
                say(_at_line(name, number, answer.sentence))
            else:
                answers.append(as_json(answer) if json_lines else _as_text(answer, number))
        sys.stdout.buffer.write(b"".join(answers))
        sys.stdout.buffer.flush()
    return broken


def _parts(lines: Iterator[bytes], together: int) -> Iterator[tuple[int, list[bytes]]]:
    """Some lines at once, with the number of the first."""
    first = 1
    while part := list(islice(lines, together)):
        yield first, part
        first += len(part)


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(file).open("rb", buffering=_READ) as opened:
            yield from opened
    except OSError as error:
        raise InputRefused(_unreadable(file)) from error


def as_json(checked: dict[str, Any]) -> bytes:
    try:
        return _encode(checked) + b"\n"
    except UnicodeEncodeError:
        return _line(_encode_slowly(checked))


def _as_text(checked: dict[str, Any], number: int) -> bytes:
    tongue = language()
    verdict = _WORDS[checked["verdict"]][tongue == "en"]
    told = [found[tongue] for found in checked["findings"] if found["verdict"] not in _SILENT]
    post = number if checked["id"] is None else checked["id"]
    return _line(f"{post}\t{verdict}\t{' '.join(told)}".rstrip())


def _line(text: str) -> bytes:
    # A lone surrogate is written as its JSON escape rather than stopping the stream.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _at_line(name: str, number: int, sentence: Sentence) -> Sentence:
    shown = Sentence("where", "entrée standard", "standard input") if name == "-" else None
    fr, en = (shown.fr, shown.en) if shown else (name, name)
    return Sentence(
        sentence.code,
        f"{fr}, ligne {number}\u00a0: {sentence.fr} Corrigez-la; les autres sont lues.",
        f"{en}, line {number}: {sentence.en} Fix it; the others are read.",
    )


def _some_broken(count: int) -> Sentence:
    if count == 1:
        return Sentence("broken_lines", "1 ligne n’a pas pu être lue.", "1 line could not be read.")
    return Sentence(
        "broken_lines",
        f"{count} lignes n’ont pas pu être lues.",
        f"{count} lines could not be read.",
    )


def _unreadable(file: str) -> Sentence:
    return Sentence(
        "unreadable",
        f"{file}\u00a0: ce fichier ne peut pas être ouvert. Vérifiez son nom et vos droits.",
        f"{file}: this file cannot be opened. Check its name and your rights to it.",
    )
