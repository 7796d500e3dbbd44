"""The steps: each named, each in the portable dialect, each failing by its name."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from proche.core.evidence import steps
from proche.core.evidence.engines.counting import StepFailed, run_steps
from proche.core.evidence.engines.duckdb import session
from proche.core.evidence.steps import STEPS, Step

FOLDER = Path(steps.__file__).parent


def test_every_file_is_a_step_and_every_step_a_file() -> None:
    files = sorted(path.stem for path in FOLDER.glob("*.sql"))
    assert sorted(step.name for step in STEPS) == files


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_is_one_query_that_spark_can_read(step: Step) -> None:
    queries = sqlglot.transpile(
        step.sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE
    )
    assert len(queries) == 1
    assert step.sql.startswith("-- ")


def test_a_step_that_fails_says_its_name_and_shows_its_query() -> None:
    failing = Step("timely_posts")
    with session() as connection, pytest.raises(StepFailed, match="step timely_posts") as failure:
        run_steps(connection, frozenset(), steps=(failing,))
    assert "INNER JOIN accounts" in str(failure.value)
    assert failure.value.__cause__ is not None
