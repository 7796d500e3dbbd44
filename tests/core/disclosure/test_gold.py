"""The gold answers: 180 invented posts with the verdict the rules give."""

import json
from pathlib import Path
from typing import Any

import pytest

from proche.core.disclosure import check_record

pytestmark = pytest.mark.realdata


def _gold(shared_data: Path) -> list[dict[str, Any]]:
    path = shared_data / "disclosure_gold" / "gold.jsonl"
    if not path.is_file():
        pytest.skip("the gold answers are not beside this checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_gold_post_gets_its_verdict_and_its_rules(shared_data: Path) -> None:
    wrong = []
    for gold in _gold(shared_data):
        found = check_record(gold)
        missed = set(gold["rules"]) - {finding["rule"] for finding in found["findings"]}
        if found["verdict"] != gold["verdict"] or missed:
            wrong.append((gold["id"], gold["verdict"], found["verdict"], sorted(missed)))
    assert wrong == []


def test_the_same_gold_post_gives_the_same_bytes_twice(shared_data: Path) -> None:
    for gold in _gold(shared_data):
        assert json.dumps(check_record(gold)) == json.dumps(check_record(gold))
