"""A small site on this machine, which answers as it is told and counts who came."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from proche.platforms.network import Allowance
from proche.platforms.public_pages import Fetcher, Limits, Reader, Site


@dataclass
class Answer:
    body: bytes | Iterable[bytes] = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0


@dataclass
class SmallSite:
    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowance(self) -> Allowance:
        return frozenset({("127.0.0.1", self.port)})

    def reader(self, **site: Any) -> Reader:
        """One that may reach this site, as the home of posts of a blog."""
        known = Site(hosts=("127.0.0.1",), images=("127.0.0.1",), **site)
        fetcher = Fetcher(allowed=self.allowance, limits=Limits(2.0, 2.0, 5.0, 300_000))
        return Reader(fetcher, {"blog": known})


@contextmanager
def small_site() -> Iterator[SmallSite]:
    site = SmallSite(0)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            answer = site.pages.get(self.path.partition("?")[0], Answer(status=404))
            self.send_response(answer.status)
            for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            body = [answer.body] if isinstance(answer.body, bytes) else answer.body
            try:
                for piece in body:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(answer.pause)
            except OSError:
                pass  # whoever asked had enough

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(text: str, **more: str) -> Answer:
    """A page whose head describes one post."""
    named = {"og:description": text, **more}
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in named.items())
    return Answer(f"<!doctype html><html><head>{head}</head><body>…</body></html>".encode())
