"""Who answers whom in a real network, against a count made another way."""

import gzip
from pathlib import Path

import pytest

from proche.core.tiers import qualify_records
from tests.core.evidence.tables import AS_OF


@pytest.mark.realdata
def test_real_replies_give_the_reciprocity_counted_another_way(shared_data: Path) -> None:
    with gzip.open(shared_data / "graph_higgs_reply" / "edges.txt.gz", "rt") as stream:
        edges = {(a, b) for a, b, _ in map(str.split, stream) if a != b}
    received: dict[str, set[str]] = {}
    for actor, target in edges:
        received.setdefault(target, set()).add(actor)
    told = [
        {"actor_id": a, "target_account_id": b, "verb": "reply", "at": "2012-07-04"}
        for a, b in sorted(edges)
    ]
    accounts = [
        {"account_id": name, "platform": "x", "followers": None} for name in sorted(received)
    ]
    found = qualify_records(accounts, (), told, as_of=AS_OF)
    assert len(found) == len(received) > 10_000
    for each in found:
        people = received[each.account_id]
        back = sum((each.account_id, person) in edges for person in people)
        facts = {m.measure: (m.value, m.n) for m in each.measurements}
        assert facts["reciprocity"] == (back / len(people), len(people))
        assert facts["reply_rate"] == (back / len(people), len(people))
