"""Results are put in place whole: the real code is killed at every call that changes a folder."""

import fcntl
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proche.core.writing import Fill, write_file, write_folder

NAMES = ("one.bin", "two.bin", "last.json")
# A child that runs the real code, and sends itself SIGKILL at its n-th change of the disk.
CHILD = """
import os, signal, sys
from pathlib import Path
from proche.core.writing import write_file, write_folder

deadly, target, content = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].encode()
changes = 0

def killing(real):
    def call(*given, **named):
        global changes
        changes += 1
        if changes == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call

for name in ("mkdir", "fsync", "replace", "rename", "unlink", "rmdir"):
    setattr(os, name, killing(getattr(os, name)))
if sys.argv[4:]:
    write_file(target, content)
else:
    names = ("one.bin", "two.bin", "last.json")
    write_folder(target, {name: lambda stream: stream.write(content) for name in names})
"""


def files(content: bytes) -> dict[str, Fill]:
    return dict.fromkeys(NAMES, lambda stream: stream.write(content))


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def whole(content: bytes) -> dict[str, bytes]:
    return dict.fromkeys(sorted(NAMES), content)


def killed_at(point: int, target: Path, *kind: str) -> bool:
    child = [sys.executable, "-c", CHILD, str(point), str(target), "new", *kind]
    code = subprocess.run(child, check=False).returncode
    assert code in (0, -9)
    return code == -9


def every_kill(target: Path, *kind: str) -> Iterator[int]:
    point = 1
    while killed_at(point, target, *kind):
        yield point
        point += 1


def test_a_new_folder_is_absent_or_whole_wherever_the_run_is_killed(tmp_path: Path) -> None:
    out, seen = tmp_path / "out", []
    for _ in every_kill(out):
        seen.append(out.exists())
        if out.exists():
            assert read(out) == whole(b"new")
            for path in out.iterdir():
                path.unlink()
            out.rmdir()
    assert set(seen) == {False, True}
    # The last run was not killed: it is there, and what the killed ones left is not.
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_its_voucher_is_of_one_run_wherever_the_next_is_killed(
    tmp_path: Path,
) -> None:
    out, states = tmp_path / "out", set()
    out.mkdir()
    (out / "mine.txt").write_bytes(b"kept")
    write_folder(out, files(b"old"))
    for _ in every_kill(out):
        found = read(out)
        assert found.pop("mine.txt") == b"kept"
        assert set(found) <= set(NAMES)
        if "last.json" in found:
            assert found in (whole(b"old"), whole(b"new"))
        states.add(found.get("last.json"))
        write_folder(out, files(b"old"))
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert states == {b"old", None, b"new"}


def test_a_file_is_the_old_one_or_the_new_one_wherever_the_run_is_killed(tmp_path: Path) -> None:
    path, states = tmp_path / "norms.json", set()
    path.write_bytes(b"old")
    for _ in every_kill(path, "file"):
        states.add(path.read_bytes())
        write_file(path, b"old")
        assert [path.name for path in tmp_path.iterdir()] == ["norms.json"]
    assert states == {b"old", b"new"}
    assert path.read_bytes() == b"new"


def test_what_a_live_run_writes_aside_is_left_alone(tmp_path: Path) -> None:
    aside = tmp_path / ".out.abcdefgh.proche-aside"
    aside.mkdir()
    with open(aside / "alive", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write_folder(tmp_path / "out", files(b"new"))
        assert aside.exists()
    write_folder(tmp_path / "out", files(b"new"))
    assert not aside.exists()


def test_runs_that_end_together_do_not_mix_their_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def write(content: bytes) -> None:
        for _ in range(40):
            write_folder(out, files(content))

    with ThreadPoolExecutor(3) as runs:
        list(runs.map(write, (b"a", b"b", b"c")))
    assert len(set(read(out).values())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_relative_place_and_the_working_folder_itself_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    before = os.stat(".").st_ino
    write_folder(Path("."), files(b"new"))
    write_folder(Path("sub/deeper"), files(b"new"))
    write_file(Path("norms.json"), b"new")
    assert os.stat(here).st_ino == before
    assert read(here / "sub" / "deeper") == whole(b"new")
    assert sorted(path.name for path in here.iterdir()) == sorted([*NAMES, "norms.json", "sub"])
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


@pytest.mark.parametrize("there", [True, False])
def test_links_are_followed_and_stay(there: bool, tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    if there:
        real.mkdir()
    link.symlink_to(real)
    write_folder(link, files(b"new"))
    assert (link.is_symlink(), read(real)) == (True, whole(b"new"))
    (tmp_path / "norms").symlink_to(real / "norms.json")
    write_file(tmp_path / "norms", b"new")
    assert (real / "norms.json").read_bytes() == b"new"
    assert (tmp_path / "norms").is_symlink()


def test_new_files_have_the_rights_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain.txt").touch()
    write_folder(tmp_path / "out", files(b"new"))
    write_file(tmp_path / "norms.json", b"new")

    def rights(name: str) -> int:
        return stat.S_IMODE((tmp_path / name).stat().st_mode)

    assert rights("out") == rights("plain")
    assert rights("out/one.bin") == rights("norms.json") == rights("plain.txt")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe, read_from = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read_from.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"norms")
    reader.join()
    assert (read_from, stat.S_ISFIFO(pipe.stat().st_mode)) == ([b"norms"], True)


def test_a_folder_in_the_way_of_a_file_refuses_before_anything_changes(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", files(b"old"))
    (tmp_path / "out" / "two.bin").unlink()
    (tmp_path / "out" / "two.bin").mkdir()
    with pytest.raises(IsADirectoryError):
        write_folder(tmp_path / "out", files(b"new"))
    assert (tmp_path / "out" / "last.json").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_ones_own_in_a_place_of_others_is_written(tmp_path: Path) -> None:
    place = tmp_path / "place"
    (place / "out").mkdir(parents=True)
    place.chmod(0o555)
    try:
        write_folder(place / "out", files(b"new"))
    finally:
        place.chmod(0o755)
    assert read(place / "out") == whole(b"new")


@pytest.mark.skipif(
    not Path("/dev/shm").is_mount() or not os.access("/dev/shm", os.W_OK),
    reason="no second file system to write to",
)
def test_a_file_system_mounted_at_the_folder_is_written(tmp_path: Path) -> None:
    """Beside the root of a file system is another one, from which nothing can be renamed."""
    names = [f"proche-test-{os.getpid()}-{name}" for name in NAMES]
    try:
        write_folder(Path("/dev/shm"), dict.fromkeys(names, lambda stream: stream.write(b"new")))
        assert [(Path("/dev/shm") / name).read_bytes() for name in names] == [b"new"] * 3
        assert not list(Path("/dev/shm").glob(".*.proche-aside"))
    finally:
        for name in names:
            (Path("/dev/shm") / name).unlink(missing_ok=True)
