"""A stamp by a real authority of this machine, made with openssl."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from proche.platforms.timestamps import StampRefused, ask

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


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, a certificate for stamping, and a configuration."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    made = run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-config", folder / "tsa.cnf", "-keyout", folder / "key.pem", "-out", folder / "cert.pem",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[bytes], bytes]], str]]:
    """Serve an authority that answers a query with what it is told to."""
    running: list[ThreadingHTTPServer] = []

    def start(reply: Callable[[bytes], bytes]) -> str:
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
        running.append(server)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def stamped_by(folder: Path, query: bytes) -> bytes:
    (folder / "q.tsq").write_bytes(query)
    done = run(
        "openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "q.tsq",
        "-signer", folder / "cert.pem", "-inkey", folder / "key.pem", "-out", folder / "r.tsr",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "r.tsr").read_bytes()


def test_a_stamp_is_kept_and_openssl_verifies_it(
    authority: Path, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    data = "Publicité. Produit offert par Sapinelle.".encode()
    server = serve(lambda query: stamped_by(authority, query))
    stamp = ask(server, hashlib.sha256(data).digest())
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    (authority / "data").write_bytes(data)
    (authority / "kept.tsr").write_bytes(stamp.reply)
    verify = ["openssl", "ts", "-verify", "-in", authority / "kept.tsr", "-CAfile"]
    good = run(*verify, authority / "cert.pem", "-data", authority / "data")
    assert b"Verification: OK" in good.stdout + good.stderr
    (authority / "data").write_bytes(data + b"!")
    bad = run(*verify, authority / "cert.pem", "-data", authority / "data")
    assert b"Verification: OK" not in bad.stdout + bad.stderr


def test_a_stamp_of_something_else_or_of_another_day_is_refused(
    authority: Path, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    first, second = hashlib.sha256(b"one").digest(), hashlib.sha256(b"two").digest()
    kept = ask(serve(lambda query: stamped_by(authority, query)), first).reply
    # Played again, it has not the number of this question, whatever it stamps.
    for digest in (first, second):
        with pytest.raises(StampRefused, match="not of what was asked"):
            ask(serve(lambda _query: kept), digest)


@pytest.mark.parametrize(
    "reply", [b"", b"0", b"\x30\x05\x30\x03\x02\x01\x02", b"\x30\x80" * 50, b"<html>"]
)
def test_an_answer_that_is_no_stamp_is_refused(
    reply: bytes, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    with pytest.raises(StampRefused):
        ask(serve(lambda _query: reply), bytes(32))


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(StampRefused, match="could not be reached"):
        ask("http://127.0.0.1:1/", bytes(32), seconds=2)
