"""Every rule on invented posts, worked out by hand."""

import pytest

from proche.core.disclosure import check
from tests.core.disclosure.worked import ALL, Worked


@pytest.mark.parametrize("worked", ALL, ids=lambda w: f"{w.place}: {w.caption}"[:60])
def test_a_worked_post_gets_its_verdict_and_its_rules(worked: Worked) -> None:
    result = check(worked.post, worked.link)
    rules = {finding.rule for finding in result.findings}
    assert (result.verdict, set(worked.rules) - rules) == (worked.verdict, set())
