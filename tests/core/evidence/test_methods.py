"""Every measure has a page that says how it is counted, in what, and what it cannot tell."""

from pathlib import Path

import pytest

from proche.core.evidence import MEASURES
from proche.core.evidence.authenticity import SIGNALS

PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[3] / "docs" / "methods").glob("*.md")
}
PAGE_OF = {
    "posts_per_week": "activity.md",
    "regularity": "activity.md",
    "engagement_rate": "engagement.md",
    "comment_rate": "engagement.md",
    "reply_rate": "replies.md",
    "response_time": "replies.md",
}


@pytest.mark.parametrize("measure", [measure.name for measure in MEASURES])
def test_a_measure_has_a_page_with_formula_unit_sample_interval_and_limits(measure: str) -> None:
    page = PAGES[PAGE_OF.get(measure, f"{measure}.md")]
    assert f"`{measure}` = " in page or "Score = " in page
    for part in ("**Unit**", "**n**", "nterval", "cannot tell**"):
        assert part in page


def test_every_signal_of_authenticity_is_argued_with_its_points() -> None:
    rows = [line for line in PAGES["authenticity.md"].splitlines() if line.startswith("| ")][1:]
    points = [cell.split("|")[2] for cell in rows]
    most = [max(map(int, each.split(","))) for each in points]
    assert most == [signal.most for signal in SIGNALS]
