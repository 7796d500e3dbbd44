"""Every message of the code and the templates, found by parsing and never by running."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# How many leading arguments of each call are text: (context?, plural?).
CALLS = {
    "_": (False, False),
    "gettext": (False, False),
    "gettext_lazy": (False, False),
    "gettext_noop": (False, False),
    "ngettext": (False, True),
    "ngettext_lazy": (False, True),
    "pgettext": (True, False),
    "pgettext_lazy": (True, False),
    "npgettext": (True, True),
    "npgettext_lazy": (True, True),
}
IN_TEMPLATE = re.compile(r"(?<![\w.])(?:n?p?gettext|_)\(")
F_STRING = "is an f-string: it cannot be translated"
TEMPLATES = {".html", ".txt", ".xml", ".ics"}


@dataclass(frozen=True, slots=True)
class Message:
    path: Path
    line: int
    singular: str
    plural: str | None = None
    context: str | None = None
    broken: str = ""

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular


def extract(paths: Iterable[Path]) -> Iterator[Message]:
    for root in paths:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield from _from_tree(path, ast.parse(path.read_text(encoding="utf-8")))
            elif path.suffix in TEMPLATES and "templates" in path.parts:
                yield from _from_template(path)


def _from_tree(path: Path, tree: ast.AST, line: int = 0) -> Iterator[Message]:
    for node in ast.walk(tree):
        name = _name(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in CALLS:
            message = _from_call(path, node, *CALLS[name], line=line or node.lineno)
            if message:
                yield message


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _from_call(
    path: Path, call: ast.Call, context: bool, plural: bool, line: int
) -> Message | None:
    wanted = call.args[: 1 + context + plural]
    if any(isinstance(argument, ast.JoinedStr) for argument in wanted):
        return Message(
            path, line, ast.unparse(call), broken="is an f-string: it cannot be translated"
        )
    texts = [a.value for a in wanted if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(texts) != 1 + context + plural:
        return None  # a variable: its text is marked where it is written
    return Message(
        path,
        line,
        texts[1 if context else 0],
        texts[-1] if plural else None,
        texts[0] if context else None,
    )


def _from_template(path: Path) -> Iterator[Message]:
    """Django turns a template into calls with everything else blanked; each call is then parsed."""
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in IN_TEMPLATE.finditer(source):
        call = _call_at(source, match.start(), match.end())
        if call:
            yield from _from_tree(path, call, line=source.count("\n", 0, match.start()) + 1)


def _call_at(source: str, start: int, inside: int) -> ast.AST | None:
    end = inside
    while (end := source.find(")", end) + 1) > 0:
        try:
            return ast.parse(source[start:end])
        except SyntaxError:
            continue
    return None
