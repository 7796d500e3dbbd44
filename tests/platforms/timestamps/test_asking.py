"""A stamp by a real authority of this machine, made with openssl."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from proche.platforms.timestamps import StampRefused, ask
from tests.platforms.authority import an_authority, run, serving, stamped_by


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority"))


def test_a_stamp_is_kept_and_openssl_verifies_it(authority: Path) -> None:
    data = "Publicité. Produit offert par Sapinelle.".encode()
    with serving(lambda query: stamped_by(authority, query)) as server:
        stamp = ask(server, hashlib.sha256(data).digest())
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    (authority / "data").write_bytes(data)
    (authority / "kept.tsr").write_bytes(stamp.reply)
    verify: list[str | Path] = [
        "openssl",
        "ts",
        "-verify",
        "-in",
        authority / "kept.tsr",
        "-CAfile",
    ]
    good = run(*verify, authority / "cert.pem", "-data", authority / "data")
    assert b"Verification: OK" in good.stdout + good.stderr
    (authority / "data").write_bytes(data + b"!")
    bad = run(*verify, authority / "cert.pem", "-data", authority / "data")
    assert b"Verification: OK" not in bad.stdout + bad.stderr


def test_a_stamp_of_something_else_or_of_another_day_is_refused(authority: Path) -> None:
    first, second = hashlib.sha256(b"one").digest(), hashlib.sha256(b"two").digest()
    with serving(lambda query: stamped_by(authority, query)) as server:
        kept = ask(server, first).reply
    # Played again, it has not the number of this question, whatever it stamps.
    with serving(lambda _query: kept) as server:
        for digest in (first, second):
            with pytest.raises(StampRefused, match="not of what was asked"):
                ask(server, digest)


@pytest.mark.parametrize(
    "reply", [b"", b"0", b"\x30\x05\x30\x03\x02\x01\x02", b"\x30\x80" * 50, b"<html>"]
)
def test_an_answer_that_is_no_stamp_is_refused(reply: bytes) -> None:
    with serving(lambda _query: reply) as server, pytest.raises(StampRefused):
        ask(server, bytes(32))


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(StampRefused, match="could not be reached"):
        ask("http://127.0.0.1:1/", bytes(32), seconds=2)
