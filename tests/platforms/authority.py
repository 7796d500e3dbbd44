"""A time-stamp authority of this machine, made with openssl, and a server that speaks for it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

CONFIG = """
[req]
distinguished_name = dn
prompt = no
x509_extensions = ext
[dn]
CN = Sample time
[ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], capture_output=True)


def an_authority(folder: Path) -> Path:
    """The folder, with a key, a certificate for stamping, and a configuration."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine")
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    made = run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-config", folder / "tsa.cnf", "-keyout", folder / "key.pem", "-out", folder / "cert.pem",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return folder


def stamped_by(folder: Path, query: bytes) -> bytes:
    (folder / "q.tsq").write_bytes(query)
    done = run(
        "openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "q.tsq",
        "-signer", folder / "cert.pem", "-inkey", folder / "key.pem", "-out", folder / "r.tsr",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "r.tsr").read_bytes()


@contextmanager
def serving(reply: Callable[[bytes], bytes]) -> Iterator[str]:
    """The address of a server that answers a query with what it is told to; empty: it fails."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if answer else 500)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
