"""Whether a request for a page comes from a browser somebody looks at, as far as it says so."""

import tomllib
from functools import cache
from importlib.resources import files

from django.http import HttpRequest

# A browser that fetches a page before anybody asks for it says so in one of these.
AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


@cache
def known() -> tuple[str, ...]:
    """What the programs of previews.toml say of themselves, in lower case."""
    text = files(__package__).joinpath("previews.toml").read_text("utf-8")
    return tuple(one["says"].lower() for one in tomllib.loads(text)["preview"])


def looked_at(request: HttpRequest) -> bool:
    """False for a request without a body, one made ahead, and one by a program known by its name.
    A scanner that passes for a browser is not told apart."""
    if request.method == "HEAD":
        return False
    if any(word in request.headers.get(name, "") for name in AHEAD for word in ("fetch", "view")):
        return False
    agent = request.headers.get("User-Agent", "").lower()
    return bool(agent) and not any(says in agent for says in known())
