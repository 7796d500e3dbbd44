"""E-mail addresses and handles as they are compared, and what in them is only the name."""

import re
from functools import lru_cache

from proche.core.topics.words import fold

DOTLESS = {"gmail.com", "googlemail.com"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
NOT_ALNUM = re.compile(r"[^a-z0-9]+")
NOT_LETTERS = re.compile(r"[^a-z]+")
# What people add to a name when the name is taken; says nothing of who they are.
SHORTEST_STEM = 5
FILLERS = ("officiel", "official", "real", "mtl", "qc", "canada", "xo")
FILLER = re.compile(f"(?<=[a-z]{{5}})(?:{'|'.join(FILLERS)})+$")
PROFILE_PATHS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.)?[a-z]+\.(?:com|ca|net|tv|social)/(?:@|user/|c/)?"
)


@lru_cache(maxsize=1 << 17)
def email_key(text: str) -> str:
    """One form for each mailbox: case, +words, and the dots Gmail ignores are dropped.

    "" for what is not an address.
    """
    address = text.strip().casefold()
    if not EMAIL.fullmatch(address):
        return ""
    local, _, host = address.rpartition("@")
    local = local.partition("+")[0]
    if host in DOTLESS:
        local, host = local.replace(".", ""), "gmail.com"
    return f"{local}@{host}" if local else ""


def local_part(email: str) -> str:
    """What stands before @, without punctuation: what somebody keeps when changing provider."""
    local = fold(email.partition("@")[0])
    return local if local.isascii() and local.isalnum() else NOT_ALNUM.sub("", local)


@lru_cache(maxsize=1 << 17)
def handle_key(text: str) -> str:
    """The handle alone, small letters: « https://instagram.com/Ju.Roy/ » is ju.roy."""
    handle = text.strip().casefold()
    if "/" in handle:
        handle = PROFILE_PATHS.sub("", handle)
    return handle.lstrip("@").split("?")[0].strip("/ ")


def account_key(platform: str, handle: str) -> str:
    name, place = handle_key(handle), platform.strip().casefold()
    return f"{place}:{name}" if name and place else ""


def stem(word: str) -> str:
    """The letters of a handle or local part without digits, dots and fillers at its end."""
    letters = fold(word)
    if not (letters.isascii() and letters.isalpha()):
        letters = NOT_LETTERS.sub("", letters)
    return FILLER.sub("", letters) if letters.endswith(FILLERS) else letters


def longest_first(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as `is_only_the_name` takes them: three letters or more, the longest first."""
    return tuple(sorted({name for name in names if len(name) > 2}, key=lambda n: (-len(n), n)))


def is_only_the_name(letters: str, *, names: tuple[str, ...]) -> bool:
    """Whether nothing but the person's own names and an initial or two is in these letters.

    Two namesakes both write jroy, julie.roy or royjulie; such agreement is that of the names.
    """
    rest = letters
    for name in names:
        if len(rest) <= 2:
            return True
        if name in rest:
            rest = rest.replace(name, "", 1)
    return len(rest) <= 2
