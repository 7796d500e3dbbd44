"""The inputs a fuzzer kept, replayed; and the same targets under hypothesis."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.cli.disclose import as_json
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
PIECES = (
    *(
        "#pub",
        "#ad",
        "Publicité.",
        "Sapinelle",
        "@sapinelle",
        "merci ",
        "pas ",
        "en échange de ce ",
    ),
    *(
        "\n",
        "\n\n",
        "\0",
        "\u200b",
        "ﬁ",
        "İ",
        "ß",
        "\ue000",
        "_",
        "#Sapinelle_Ambassadrice",
        "https://x",
    ),
    *(
        "00:00:02,000 --> 00:00:05,000\n",
        "WEBVTT\n",
        "{",
        "}",
        '"caption":',
        "null",
        "1e999",
        "\\ud800",
    ),
)
bytes_met = st.one_of(
    st.binary(max_size=200),
    st.tuples(
        st.binary(max_size=8),
        st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=12).map("".join),
    ).map(lambda pair: pair[0] + pair[1].encode("utf-8", "surrogatepass")),
)


@pytest.mark.parametrize("name", TARGETS)
def test_every_input_kept_by_the_fuzzer_is_answered_or_refused(name: str) -> None:
    kept = sorted((CORPUS / name).iterdir())
    assert len(kept) >= 5
    for path in kept:
        TARGETS[name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@given(data=bytes_met)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_answered_or_refused(name: str, data: bytes) -> None:
    TARGETS[name](data)


ids = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)


@given(id=ids, caption=st.text())
@settings(max_examples=150, deadline=None)
def test_a_line_reads_back_as_what_python_would_write(id: Any, caption: str) -> None:
    checked = {"id": id, "verdict": "OK", "findings": [{"fr": caption, "spans": ((0, 3),)}]}
    written = json.dumps(checked, ensure_ascii=False, separators=(",", ":"))
    line = as_json(checked)
    assert line.count(b"\n") == line.endswith(b"\n") == 1
    assert json.loads(line) == json.loads(written)
