"""The words that let a pattern be tried may never keep it from being found."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.disclosure.platforms import read_toml

ENTRIES: list[dict[str, Any]] = read_toml("lexicon.toml")["entry"]
SEARCHED = [entry for entry in ENTRIES if {"phrases", "headings"} & entry.keys()]


def pattern(sources: list[str]) -> re.Pattern[str]:
    filled = "|".join(sources).replace("{X}", "sapinelle").replace("{E}", "(?:es?|s)?")
    # What must not follow is for the search; here nothing follows.
    return re.compile(rf"(?:{re.sub(r'[(][?]![^)]*[)]', '', filled)})", re.ASCII)


@pytest.mark.parametrize("entry", SEARCHED, ids=lambda entry: entry["id"])
@settings(max_examples=100)
@given(data=st.data())
def test_whatever_a_pattern_finds_holds_a_word_that_lets_it_be_tried(
    entry: dict[str, Any], data: st.DataObject
) -> None:
    for kind in {"phrases", "headings"} & entry.keys():
        found = data.draw(st.from_regex(pattern(entry[kind]), fullmatch=True))
        words = set(re.findall(r"[^\W_]+", found))
        assert words & set(entry["on"])
        if kind == "phrases" and "beside" in entry:
            assert words & set(entry["beside"])
