"""The sites that may show a call in a frame: origins as browsers write them, nothing wider."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from proche.common.errors import Refusal

MOST = 5
HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+"
)
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def origin(typed: str) -> str:
    """`HTTPS://Journal.example/` is `https://journal.example`. Raises Refusal for anything that
    would let more than one site in, or a page that travels in the clear."""
    try:
        url = urlsplit(typed.strip())
        host, port = _host(url.netloc), url.port
    except (ValueError, UnicodeError) as wrong:
        raise _refused(typed) from wrong
    local = host in LOOPBACK
    if url.path.strip("/") or url.query or url.fragment or "@" in url.netloc:
        raise _refused(typed)
    if not (local or HOST.fullmatch(host)) or url.scheme not in (
        {"https", "http"} if local else {"https"}
    ):
        raise _refused(typed)
    usual = {"https": 443, "http": 80}[url.scheme]
    return f"{url.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _host(netloc: str) -> str:
    name = re.sub(r":\d+$", "", netloc.lower())
    return name if name in LOOPBACK else name.encode("idna").decode()


def origins(text: str) -> list[str]:
    """One a line, each once."""
    found = list(dict.fromkeys(origin(line) for line in text.split() if line))
    if len(found) > MOST:
        raise Refusal(
            _("Five sites at most may show a call."), code="many_origins", field="frame_origins"
        )
    return found


def _refused(typed: str) -> Refusal:
    return Refusal(
        _("%(typed)s is not the address of one site: write https:// and its name, nothing after.")
        % {"typed": typed.strip()[:80]},
        code="no_origin",
        field="frame_origins",
    )
