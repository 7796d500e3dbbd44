"""Figures and words as they are printed in the two languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from proche.common.words import age, days_since, figure, money, sentence, share, signed
from proche.core.results import Sentence


@pytest.mark.parametrize(
    ("cents", "fr", "en"),
    [
        (123450, "1 234,50 $", "$1,234.50"),
        (3800, "38 $", "$38"),
        (0, "0 $", "$0"),
        (-505, "−5,05 $", "−$5.05"),
        (None, "inconnu", "unknown"),
    ],
)
def test_money_is_written_as_each_language_writes_it(cents: int | None, fr: str, en: str) -> None:
    with translation.override("fr"):
        assert money(cents) == fr
    with translation.override("en"):
        assert money(cents) == en


def test_a_share_a_figure_and_a_difference_keep_their_sign_and_their_space() -> None:
    with translation.override("fr"):
        assert share(0.031, 1) == "3,1 %"
        assert figure(2310) == "2 310"
        assert signed(9.4) == "+9,4"
        assert signed(-4.0, 0) == "−4"
        assert signed(0, 0) == "0"
    with translation.override("en"):
        assert share(0.44) == "44%"
        assert figure(2310.5, 1) == "2,310.5"


def test_a_figure_is_rounded_never_cut_and_a_rounded_zero_has_no_sign() -> None:
    with translation.override("fr"):
        assert figure(9.38, 1) == "9,4"
        assert signed(-0.96, 1) == "−1,0"
        assert signed(-0.04, 1) == "0,0"
        assert share(0.0448) == "4 %"
        assert share(0.6667, 1) == "66,7 %"


def test_unknown_is_a_word_never_a_zero() -> None:
    with translation.override("fr"):
        assert [share(None), figure(None), signed(None)] == ["inconnu"] * 3


def test_age_counts_local_days() -> None:
    with translation.override("fr"):
        assert age(timezone.now()) == "auj."
        assert age(1) == "1 jour"
        assert age(timezone.localtime() - timedelta(days=9)) == "9 jours"
    with translation.override("en"):
        assert age(9) == "9 days"


def test_an_evening_in_montreal_is_not_yet_tomorrow_in_days_waited() -> None:
    late = datetime(2025, 10, 15, 2, 30, tzinfo=UTC)  # 22 h 30 on October 14 in Montréal
    assert days_since(late) == days_since(timezone.localdate(late))


def test_a_sentence_is_read_from_a_pair_or_from_the_core() -> None:
    both = {"fr": "Dit.", "en": "Said."}
    with translation.override("en-ca"):
        assert sentence(both) == "Said."
        assert sentence(Sentence("said", "Dit.", "Said.")) == "Said."
    with translation.override("fr"):
        assert sentence(both) == "Dit."
