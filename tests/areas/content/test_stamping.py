"""Seals stamped by a third party, where the operator names one."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.utils import timezone

from proche import env
from proche.areas.content.bundle import bundle
from proche.areas.content.proofs import Proof, TimeStamp
from proche.areas.content.proving import forget
from proche.areas.content.stamping import stamp_missing
from proche.areas.content.tasks import stamp
from tests.cast import Cast
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import a_post
from tests.platforms.authority import an_authority, serving, stamped_by


def a_proof(cast: Cast) -> Proof:
    return a_post(received(who_agreed(cast.programme))).proofs.get()


def test_without_a_server_nothing_is_asked(cast: Cast) -> None:
    proof = a_proof(cast)
    stamp(proof.pk)
    assert (stamp_missing(), TimeStamp.objects.count()) == (0, 0)
    with zipfile.ZipFile(io.BytesIO(bundle(proof))) as archive:
        assert "Aucun horodatage" in archive.read("README.txt").decode()


def test_a_seal_is_stamped_once_and_the_zip_is_verified_by_openssl(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    authority, asked = an_authority(tmp_path), []

    def answer(query: bytes) -> bytes:
        asked.append(query)
        return stamped_by(authority, query)

    proof = a_proof(cast)
    with serving(answer) as server:
        settings.TIME_STAMP_URL = server
        stamp(proof.pk)
        stamp(proof.pk)
        assert stamp_missing() == 0
    assert (len(asked), TimeStamp.objects.count()) == (1, 1)
    # Nothing but the seal and a number leaves.
    assert bytes.fromhex(proof.sealed) in asked[0]
    assert len(asked[0]) < 80
    folder = tmp_path / "proof"
    with zipfile.ZipFile(io.BytesIO(bundle(Proof.objects.get()))) as archive:
        archive.extractall(folder)
    assert server in (folder / "README.txt").read_text("utf-8")
    command = ["openssl", "ts", "-verify", "-data", "statement.json", "-in", "statement.tsr"]
    done = subprocess.run(
        [*command, "-CAfile", str(authority / "cert.pem")], cwd=folder, capture_output=True
    )
    assert b"Verification: OK" in done.stdout + done.stderr


def test_a_server_that_fails_is_asked_again_by_the_job_of_the_hour(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    authority = an_authority(tmp_path)
    proof = a_proof(cast)
    with serving(lambda _query: b"") as broken:
        settings.TIME_STAMP_URL = broken
        stamp(proof.pk)
        assert (stamp_missing(), TimeStamp.objects.count()) == (0, 0)
    with serving(lambda query: stamped_by(authority, query)) as server:
        settings.TIME_STAMP_URL = server
        assert stamp_missing() == 1
    assert proof.time_stamp.server == server


def test_the_database_refuses_to_change_or_remove_a_stamp(cast: Cast) -> None:
    """Until its proof is erased: a stamp of another day would say that the seal is older."""
    proof = a_proof(cast)
    TimeStamp.objects.create(proof=proof, at=timezone.now(), server="tsa.example", reply=b"0")
    stamps = TimeStamp.objects.filter(proof=proof)
    other = a_proof(cast)
    changes: tuple[dict[str, Any], ...] = (
        {"at": timezone.now() - timedelta(days=400)},
        {"reply": b"1"},
        {"server": "other.example"},
        {"proof": other},
    )
    acts: list[Callable[[], object]] = [stamps.delete]
    acts += [partial(stamps.update, **change) for change in changes]
    for act in acts:
        with pytest.raises(IntegrityError, match=r"proving\.forget"), transaction.atomic():
            act()
    assert bytes(stamps.get().reply) == b"0"
    forget([proof])
    assert stamps.exists()
    Proof.objects.filter(pk=proof.pk).delete()
    assert not stamps.exists()


@pytest.mark.parametrize("value", ["tsa.example", "ftp://tsa.example", "http://"])
def test_an_address_that_is_not_of_the_web_stops_the_start(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCHE_TSA_URL", value)
    with pytest.raises(ImproperlyConfigured, match="PROCHE_TSA_URL"):
        env.web_address("PROCHE_TSA_URL")
