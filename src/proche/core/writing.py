"""Write aside, then put in place: a run killed at any moment leaves nothing half written.

Everything is written to a hidden folder beside its place, on the same file system, and forced to
disk before any name changes. A killed run leaves at most that folder, which the next run with
the same name removes; a lock held by a run that still lives keeps its own from being removed.

A new folder then appears by one rename. Into a folder that exists, which may hold files of
others and be somebody's working folder, no system moves several files at once; so the last of
the files vouches for the rest: it goes first and comes last, and a folder that has it is whole
and of one run.
"""

import errno
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

ENDING = ".proche-aside"
LONGEST_NAME = 60
NOT_BESIDE = frozenset({errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS})

Fill = Callable[[BinaryIO], object]


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, following links. Raises OSError, and then `path` is as before."""
    if path.exists() and not path.is_file():
        # A pipe or a device is written to; putting a file in its place would destroy it.
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    with _aside(target.parent, target.name) as aside:
        _write(aside / target.name, lambda stream: stream.write(content))
        os.replace(aside / target.name, target)
    _sync(target.parent)


def write_folder(folder: Path, files: Mapping[str, Fill]) -> None:
    """Put `files`, by name, into `folder`, made if need be; the last one vouches for the others.

    Files of other names are left alone. Raises OSError.
    """
    target = Path(os.path.realpath(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write_folder(target, files, target.parent)
    except OSError as cause:
        # A volume mounted there, or one's own folder in a place of others: aside is then inside.
        if cause.errno not in NOT_BESIDE or not target.is_dir():
            raise
        _write_folder(target, files, target)


def _write_folder(target: Path, files: Mapping[str, Fill], place: Path) -> None:
    with _aside(place, target.name) as aside:
        fresh = aside / "files"
        fresh.mkdir()
        for name, fill in files.items():
            _write(fresh / name, fill)
        _sync(fresh)
        if target.exists():
            with _alone(place, target.name):
                _put_in(target, fresh, list(files))
        else:
            os.rename(fresh, target)
        _sync(target.parent)


def _put_in(target: Path, fresh: Path, names: list[str]) -> None:
    voucher = names[-1]
    for name in names:
        if (target / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target / name))
    with suppress(FileNotFoundError):
        os.replace(target / voucher, fresh.parent / "before")
    for name in names:
        os.replace(fresh / name, target / name)
    _sync(target)


@contextmanager
def _aside(place: Path, name: str) -> Iterator[Path]:
    start = f".{name[:LONGEST_NAME]}."
    with _alone(place, name):
        for left in place.glob(f"{glob.escape(start)}*{ENDING}"):
            _remove_left(left)
        folder = Path(tempfile.mkdtemp(prefix=start, suffix=ENDING, dir=place))
        alive = open(folder / "alive", "wb")  # noqa: SIM115 - closed below, or by the system
        with suppress(OSError):
            fcntl.flock(alive, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        alive.close()


def _remove_left(folder: Path) -> None:
    with suppress(OSError):
        if (folder / "alive").exists():
            with open(folder / "alive", "wb") as alive:
                fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)


@contextmanager
def _alone(place: Path, name: str) -> Iterator[None]:
    """Runs that begin or end together do so one after the other.

    Never by a lock on a folder: whoever runs the command under `flock FOLDER` holds that one.
    """
    path = place / f".{name[:LONGEST_NAME]}.proche-lock"
    while True:
        with open(path, "wb") as lock:
            # Some network file systems have no locks; there, two runs at once are not kept apart.
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            if not _still_there(path, lock):
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _still_there(path: Path, lock: BinaryIO) -> bool:
    """False where the one who held the lock before removed its file."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _write(path: Path, fill: Fill) -> None:
    with path.open("wb") as stream:
        fill(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # What cannot be forced to disk there is still written.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
