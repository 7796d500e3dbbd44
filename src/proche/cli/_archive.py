"""One file that holds an installation: its database, its files, its secret key."""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from proche import __version__
from proche.cli import _copies
from proche.core.results import InputRefused, Sentence

FORMAT = 1
LABEL, DATABASE, SECRET, MEDIA = "proche.json", "database", "secret_key", "media"


@dataclass(frozen=True, slots=True)
class Label:
    """What an archive says of itself, read before anything else is believed."""

    format: int
    version: str
    engine: str
    made_at: str
    migrations: list[list[str]]


def write(target: Path, *, now: datetime) -> None:
    """Write the archive next to `target`, readable by its owner alone, then rename it."""
    if target.exists():
        raise InputRefused(
            Sentence(
                "exists",
                f"{target} existe déjà\u00a0: choisissez un autre nom.",
                f"{target} exists already: choose another name.",
            )
        )
    aside = target.with_name(target.name + ".part")
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as name:
        folder = Path(name)
        _copies.take(folder / DATABASE)
        (folder / LABEL).write_text(json.dumps(asdict(_label(now)), indent=2), encoding="utf-8")
        _pack(folder, aside)
    aside.replace(target)


def _label(now: datetime) -> Label:
    applied = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
    return Label(FORMAT, __version__, _copies.engine(), now.isoformat(), applied)


def _pack(folder: Path, aside: Path) -> None:
    data = Path(settings.DATA_DIR)
    try:
        with (
            open(aside, "wb", opener=_private) as file,
            tarfile.open(fileobj=file, mode="w:gz") as tar,
        ):
            for part in (
                folder / LABEL,
                folder / DATABASE,
                data / SECRET,
                Path(settings.MEDIA_ROOT),
            ):
                if part.exists():
                    tar.add(part, arcname=MEDIA if part == Path(settings.MEDIA_ROOT) else part.name)
    except OSError as trouble:
        aside.unlink(missing_ok=True)
        raise InputRefused(
            Sentence(
                "cannot_write",
                f"Impossible d’écrire {aside} ({trouble.strerror}).",
                f"Cannot write {aside} ({trouble.strerror}).",
            )
        ) from trouble


@contextmanager
def opened(source: Path) -> Iterator[Path]:
    """The archive laid out in a folder, whole, checked and understood; else InputRefused."""
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source, "r:gz") as tar:
                _unpack(tar, folder)
            label = Label(**json.loads((folder / LABEL).read_text(encoding="utf-8")))
        except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as damaged:
            raise _unreadable(source) from damaged
        _check(source, label)
        yield folder


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Files only, inside the folder only, for their owner only: an archive may be hostile."""
    for member in tar:
        target = (folder / member.name).resolve()
        content = tar.extractfile(member) if member.isfile() else None
        if content and target.is_relative_to(folder.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, open(target, "wb", opener=_private) as file:
                shutil.copyfileobj(content, file)
        elif not member.isdir():
            raise ValueError(member.name)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _unreadable(source: Path) -> InputRefused:
    return InputRefused(
        Sentence(
            "not_a_backup",
            f"{source} n’est pas une sauvegarde de Proche, ou elle est incomplète. "
            "Rien n’a été changé.",
            f"{source} is not a backup of Proche, or not all of one. Nothing was changed.",
        )
    )


def _check(source: Path, label: Label) -> None:
    known: Any = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    if label.format > FORMAT or any((app, name) not in known for app, name in label.migrations):
        raise InputRefused(
            Sentence(
                "newer",
                f"{source} vient d’un Proche plus récent ({label.version})\u00a0: "
                "mettez celui-ci à jour.",
                f"{source} comes from a newer Proche ({label.version}): update this one.",
            )
        )
    if label.engine != _copies.engine():
        raise InputRefused(
            Sentence(
                "other_engine",
                f"{source} contient une base {label.engine}, cette installation est sur "
                f"{_copies.engine()}\u00a0: voyez DATABASE_URL.",
                f"{source} holds a {label.engine} database, this installation is on "
                f"{_copies.engine()}: see DATABASE_URL.",
            )
        )


def lay_out(folder: Path) -> None:
    """Put the opened archive in place: the database first, since it alone can refuse."""
    _copies.put_back(folder / DATABASE)
    data, media = Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)
    if (folder / SECRET).exists():
        (folder / SECRET).replace(data / SECRET)
    shutil.rmtree(media, ignore_errors=True)
    if (folder / MEDIA).exists():
        (folder / MEDIA).replace(media)
