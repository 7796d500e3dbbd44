"""Given and family names as they are compared: letters only, short forms, parts of double names."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from proche.core.topics.words import fold

SEPARATORS = re.compile(r"[\s\-‐-―/.'’,]+")
# Before a name, never a name: « de la Chevrotière », « van Dyck », « L’Heureux ».
PARTICLES = frozenset(
    "d de des du l la le les van von der den el al ben bin abu da dos di y".split()  # noqa: SIM905
)
SAINT = {"st": "saint", "ste": "sainte"}


@lru_cache(maxsize=1 << 17)
def given_key(name: str) -> str:
    """« Marie-Ève » and « Marie Eve » are marieeve; "" where there is no letter."""
    return "".join(_pieces(name))


@lru_cache(maxsize=1 << 17)
def family_key(name: str) -> str:
    """« St-Pierre » is saintpierre, « L’Heureux » lheureux, « Lévesque » levesque."""
    return "".join(_spelled(name))


@lru_cache(maxsize=1 << 17)
def family_parts(name: str) -> tuple[str, ...]:
    """The names a double name is made of; « Roy-St-Pierre » has roy and saintpierre."""
    found: list[str] = []
    before = ""
    for piece in _spelled(name):
        if piece in PARTICLES or piece in SAINT.values():
            before += piece
        else:
            found.append(before + piece)
            before = ""
    return tuple(dict.fromkeys([*found, *([before] if before else [])]))


@lru_cache(maxsize=1 << 17)
def given_forms(name: str) -> tuple[str, ...]:
    """The full names this one may stand for, its own first: alex gives alexandra, alexandre…"""
    key = given_key(name)
    pieces = _pieces(name)
    initials = "".join(piece[0] for piece in pieces) if len(pieces) == 2 else ""
    forms = [key, *_full_names().get(key, ()), *([initials] if initials else [])]
    return tuple(dict.fromkeys(form for form in forms if form))


@lru_cache(maxsize=1 << 17)
def given_group(name: str) -> str:
    """One word for all names a short form links, to bring records together, never to decide."""
    forms = given_forms(name)
    if not forms:
        return ""
    # « JF » and « Jean-François » meet by their initials.
    if len(_pieces(name)) == 2:
        return forms[-1]
    return _groups().get(forms[0], forms[0])


def _pieces(name: str) -> list[str]:
    pieces = [re.sub(r"[^a-z]", "", piece) for piece in SEPARATORS.split(fold(name))]
    return [piece for piece in pieces if piece]


def _spelled(name: str) -> list[str]:
    return [SAINT.get(piece, piece) for piece in _pieces(name)]


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, list[str]]:
    text = (files(__package__) / "nicknames.toml").read_text(encoding="utf-8")
    return {name: list(forms) for name, forms in tomllib.loads(text).items()}


@lru_cache(maxsize=1)
def _full_names() -> dict[str, tuple[str, ...]]:
    full: dict[str, list[str]] = {}
    for name, forms in _short_forms().items():
        for form in forms:
            full.setdefault(form, []).append(name)
    return {form: tuple(names) for form, names in full.items()}


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    """Connected names share the smallest of them."""
    group: dict[str, str] = {}
    for name, forms in sorted(_short_forms().items()):
        linked = {group.get(word, word) for word in (name, *forms)}
        chosen = min(linked)
        for word, old in list(group.items()):
            if old in linked:
                group[word] = chosen
        for word in (name, *forms, *linked):
            group[word] = chosen
    return group
