from typing import Any

import pytest

from proche.areas.impact.actions import ResultsRefused, change_study, enter_results, swap_back
from proche.areas.impact.models import Observation, Result, Study
from proche.common.errors import Refusal
from proche.core.impact import Words
from tests.cast import Cast
from tests.factories.impact import UNCLEAR, a_study, dated_table, facts, measured, table

pytestmark = pytest.mark.django_db


def figures(study: Study) -> dict[str, Any]:
    kept: dict[str, Any] = Result.objects.get(study=study).figures
    return kept


def test_results_are_measured_as_worked_by_hand(cast: Cast) -> None:
    result = enter_results(a_study(cast.programme), table(), name="v.csv", by=cast.strategist)
    nano, star = result.figures["arms"]["nano"], result.figures["arms"]["star"]
    assert (nano["lift"], star["lift"]) == (10, 5)
    assert (round(nano["low"], 3), round(nano["high"], 3)) == (9.001, 10.999)
    assert result.figures["ratio"]["set"] == "bounded"
    assert result.figures["ratio"]["estimate"] == 2
    assert result.conclusive
    assert (result.file_name, result.entered_by) == ("v.csv", cast.strategist)
    # 200 $ over four stores that each sold 10 more in one week.
    assert result.figures["costs"]["nano"]["per_extra"] == 5


def test_the_opening_sentence_speaks_with_the_words_of_the_study(cast: Cast) -> None:
    assert figures(measured(cast.programme))["lead"] == {
        "fr": "Là où nos membres ont parlé du sirop, chaque magasin a vendu 10,0 bouteilles de "
        "plus par semaine. Là où la vedette en a parlé, 5,0 de plus.",
        "en": "Where our members talked about the syrup, each store sold 10.0 more bottles per "
        "week. Where the star did, 5.0 more.",
    }


def test_two_stores_a_group_are_not_enough_for_a_ratio(cast: Cast) -> None:
    study = measured(cast.programme, table(UNCLEAR))
    assert not study.result.conclusive
    assert study.result.figures["ratio"]["estimate"] is None
    assert study.result.figures["arms"]["nano"]["lift"] == 4


def test_without_periods_the_first_day_tells_before_from_after(cast: Cast) -> None:
    study = measured(cast.programme, dated_table())
    assert study.result.figures["arms"]["nano"]["lift"] == 10
    periods = study.observations.values_list("on", "period").order_by("on").distinct()
    assert [(str(day), period) for day, period in periods] == [
        ("2025-07-31", "pre"),
        ("2025-08-07", "pre"),
        ("2025-08-14", "post"),
        ("2025-08-21", "post"),
    ]


def test_dates_without_a_first_day_are_refused(cast: Cast) -> None:
    study = a_study(cast.programme, starts_on=None)
    with pytest.raises(ResultsRefused) as refused:
        enter_results(study, dated_table(), by=None)
    assert [problem.what.code for problem in refused.value.problems] == ["missing_period"]


def test_one_wrong_row_keeps_nothing_and_leaves_what_stood_before(cast: Cast) -> None:
    study = measured(cast.programme)
    before = figures(study)
    wrong = table(UNCLEAR).replace(b"control 1,control,post,42", b"control 1,control,post,beaucoup")
    with pytest.raises(ResultsRefused) as refused:
        enter_results(study, wrong, by=None)
    problem = refused.value.problems[0]
    assert (problem.row, problem.column, problem.what.code) == (5, "outcome", "not_a_number")
    assert figures(study) == before
    assert study.observations.count() == 24


def test_a_slip_among_periods_is_not_told_as_a_wrong_date(cast: Cast) -> None:
    wrong = table(UNCLEAR).replace(b"nano 0,nano,pre", b"nano 0,nano,avril")
    with pytest.raises(ResultsRefused) as refused:
        enter_results(a_study(cast.programme), wrong, by=None)
    assert [(p.row, p.what.code) for p in refused.value.problems] == [(6, "not_a_period")]


def test_a_wrong_date_is_told_as_one_where_only_dates_are_given(cast: Cast) -> None:
    wrong = dated_table().replace(b"nano 0,nano,2025-07-31", b"nano 0,nano,hier")
    with pytest.raises(ResultsRefused) as refused:
        enter_results(a_study(cast.programme), wrong, by=None)
    assert [p.what.code for p in refused.value.problems] == ["not_a_date"]


def test_more_rows_than_a_page_can_measure_are_refused(cast: Cast) -> None:
    rows = (f"s{number},nano,post,1" for number in range(60_001))
    content = "\n".join(["unit,arm,period,outcome", *rows]).encode()
    with pytest.raises(ResultsRefused) as refused:
        enter_results(a_study(cast.programme), content, by=None)
    assert [p.what.code for p in refused.value.problems] == ["too_many_rows"]


def test_names_that_would_be_cut_are_refused(cast: Cast) -> None:
    long = table().replace(b"star 0,", b"s" * 81 + b",")
    with pytest.raises(ResultsRefused) as refused:
        enter_results(a_study(cast.programme), long, by=None)
    assert refused.value.problems[0].what.code == "too_long"


def test_the_undo_brings_the_earlier_results_back_and_can_itself_be_undone(cast: Cast) -> None:
    study = measured(cast.programme)
    first = figures(study)
    enter_results(study, table(UNCLEAR), name="autre.csv", by=cast.strategist)
    second = figures(study)
    assert first != second

    back = swap_back(study, by=None)
    assert back is not None
    assert (back.figures, back.file_name, back.conclusive) == (first, "ventes.csv", True)
    assert study.observations.count() == 24

    swap_back(study, by=None)
    again = Result.objects.get(study=study)
    assert (again.figures, again.entered_by) == (second, cast.strategist)
    assert study.observations.count() == 12


def test_the_undo_of_a_first_entry_leaves_nothing_and_can_be_undone(cast: Cast) -> None:
    study = measured(cast.programme)
    assert swap_back(study, by=None) is None
    assert not Result.objects.exists()
    assert not Observation.objects.exists()
    swap_back(study, by=None)
    assert Result.objects.get().figures["arms"]["nano"]["lift"] == 10


def test_dates_survive_the_undo(cast: Cast) -> None:
    study = measured(cast.programme, dated_table())
    enter_results(study, table(), by=None)
    swap_back(study, by=None)
    assert {str(row.on) for row in study.observations.all()} == {
        "2025-07-31",
        "2025-08-07",
        "2025-08-14",
        "2025-08-21",
    }


def test_there_is_nothing_to_undo_before_the_first_results(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        swap_back(a_study(cast.programme), by=None)
    assert refused.value.code == "nothing_aside"


def test_new_words_are_written_into_the_sentences_of_the_results(cast: Cast) -> None:
    study = measured(cast.programme)
    title = Words("Sirop d’hiver", "Winter syrup")
    change_study(study, facts(title=title, labels=facts().labels), by=None)
    study.refresh_from_db()
    assert study.title_fr == "Sirop d’hiver"
    assert "parlé du sirop" in figures(study)["lead"]["fr"]
