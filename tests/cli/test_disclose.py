"""`proche disclose` as scripts call it: line in, line out, and a broken one stops nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from proche.cli import build


def proche(*arguments: object, input: str | bytes = "", language: str = "fr") -> Result:
    words = ["disclose", *map(str, arguments)]
    return CliRunner().invoke(build(words), words, input=input, env={"PROCHE_LANG": language})


def post(id: str, caption: str, **more: Any) -> str:
    document = {
        "id": id,
        "platform": "instagram",
        "format": "post",
        "jurisdiction": "CA",
        "language": "fr",
        "caption": caption,
        "link": {"kind": "gift", "brand": {"name": "Sapinelle", "aliases": ["sapinelle"]}},
    }
    return json.dumps(document | more, ensure_ascii=False)


GOOD = post("a", "#produitreçu Mes pointes.")
BAD = post("b", "Mes pointes @sapinelle")


def documents(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_post_gives_one_line_with_its_findings(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(f"{GOOD}\n\n{BAD}\n", encoding="utf-8")
    result = proche(path, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    good, bad = documents(result)
    assert (good["id"], good["verdict"], good["suggestion"]) == ("a", "OK", "")
    assert (bad["id"], bad["verdict"]) == ("b", "MISSING")
    assert bad["findings"] == [
        {
            "rule": "D-PRES-2",
            "verdict": "MISSING",
            "fr": "Nommer Sapinelle ne dit pas le lien. Une mention, un mot-clic ou un code promo "
            "ne suffit pas. On ne sait pas que c’était un cadeau.",
            "en": "Naming Sapinelle does not state the link. A mention, a hashtag or a promo code "
            "is not enough. People cannot tell it was a gift.",
            "suggestion": "Publicité. Produit offert par Sapinelle. #pub",
            "source": "Ad Standards Canada; FTC",
            "where": "caption",
            "spans": [],
        }
    ]
    assert bad["not_seen"] == ["image"]


def test_standard_input_gives_the_same_bytes_as_a_file_twice(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(f"{GOOD}\n{BAD}\n", encoding="utf-8")
    first = proche(path, "--json").stdout
    assert first == proche(path, "--json").stdout
    assert first == proche("-", "--json", input=path.read_bytes()).stdout
    assert first == proche("--json", input=path.read_bytes()).stdout


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{not json", "This is not readable JSON."),
        ("[1, 2]", "An object is needed."),
        ('{"platform": 3}', "The field “platform” must be text."),
        ('{"id": NaN}', "This is not readable JSON."),
        ("[" * 100_000, "An object is needed."),
        ('{"id": ' + "[" * 100_000, "This is not readable JSON."),
        ('{"id": ' + "9" * 5000 + "}", "This is not readable JSON."),
        (post("c", "x", format="mural"), "The field “format” must be one of: post, carousel,"),
    ],
    ids=lambda text: text[:20],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on(broken: str, said: str) -> None:
    result = proche("--json", input=f"{GOOD}\n{broken}\n{BAD}\n", language="en")
    assert result.exit_code == 1
    assert [document["id"] for document in documents(result)] == ["a", "b"]
    told, count = result.stderr.splitlines()
    assert told.startswith(f"standard input, line 2: {said}")
    assert count == "1 line could not be read."


def test_bytes_of_another_encoding_break_only_their_line() -> None:
    data = f"{GOOD}\n".encode() + '{"id": "é"}\n'.encode("latin-1") + f"{BAD}\n".encode()
    result = proche("--json", input=data)
    assert result.exit_code == 1
    assert len(documents(result)) == 2
    assert "entrée standard, ligne 2" in result.stderr


def test_a_lone_surrogate_in_a_caption_does_not_stop_the_stream() -> None:
    result = proche("--json", input=post("s\ud800", "#pub").replace("\ud800", "\\ud800") + "\n")
    assert (result.exit_code, documents(result)[0]["id"]) == (0, "s\ud800")


def test_a_byte_order_mark_is_read_past() -> None:
    assert proche("--json", input="\ufeff" + GOOD).exit_code == 0


def test_without_json_each_post_gives_a_readable_line_in_the_language_asked() -> None:
    french = proche(input=f"{GOOD}\n{BAD}\n")
    assert french.stdout.splitlines() == [
        "a\tcorrecte",
        "b\tabsente\tNommer Sapinelle ne dit pas le lien. Une mention, un mot-clic ou un code "
        "promo ne suffit pas. On ne sait pas que c’était un cadeau.",
    ]
    english = proche(input=f"{GOOD}\n{BAD}\n", language="en")
    assert english.stdout.splitlines()[0] == "a\tfine"
    assert english.stdout.splitlines()[1].startswith("b\tmissing\tNaming Sapinelle")


def test_an_empty_input_has_nothing_to_say() -> None:
    result = proche("--json", input="")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    result = proche(tmp_path / "nowhere.jsonl", language="en")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "cannot be opened" in result.stderr


def test_ten_megabytes_of_garbage_end_with_a_line_not_a_trace(tmp_path: Path) -> None:
    path = tmp_path / "garbage.bin"
    path.write_bytes(bytes(range(11, 256)) * 43_000)
    result = proche(path, "--json", language="en")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "1 line could not be read."


def test_the_command_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from proche.cli import build; build(['disclose']);"
        "print(sorted({'django', 'duckdb', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_whoever_writes_into_a_pipe_is_answered_before_the_next_line() -> None:
    command = [sys.executable, "-c", "from proche.cli import main; main()", "disclose", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asked:
        assert asked.stdin
        assert asked.stdout
        for line, verdict in ((GOOD, "OK"), (BAD, "MISSING")):
            asked.stdin.write(f"{line}\n".encode())
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["verdict"] == verdict
        asked.stdin.close()
    assert asked.returncode == 0


def test_among_many_lines_each_broken_one_is_told_by_its_number_in_order(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    lines = [post(str(number), "Mes pointes @sapinelle") for number in range(1, 161)]
    for number in (1, 50, 51, 120):
        lines[number - 1] = "{"
    lines[59] = ""
    path.write_text("\n".join(lines), encoding="utf-8")
    result = proche(path, "--json")
    assert result.exit_code == 1
    assert [one["id"] for one in documents(result)] == [
        str(number) for number in range(1, 161) if number not in (1, 50, 51, 60, 120)
    ]
    told = re.findall(r"ligne (\d+)", result.stderr)
    assert told == ["1", "50", "51", "120"]
