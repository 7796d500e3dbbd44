"""Results: read whole or refused whole, measured, kept so that the entry can be undone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.impact.models import Observation, Result, SetAside, Study
from proche.areas.impact.queries import as_core, labels_of
from proche.areas.impact.rules import result_of
from proche.common.errors import Refusal
from proche.core import impact as core
from proche.core.impact.document import as_document, both
from proche.core.results import InputRefused, Sentence

# Problems that say the periods are missing; with dates and a first day they can be worked out.
ABOUT_PERIODS = {"missing_period", "not_a_period"}
# Measured and kept while somebody waits: a year of weeks for a thousand stores fits.
MOST_ROWS = 60_000
LONGEST_UNIT, LONGEST_ARM = 80, 30
ROW = ("unit", "arm", "period", "on", "outcome", "exposure", "cost")


class ResultsRefused(Refusal):
    """The table could not be read; each problem names its row and column."""

    def __init__(self, problems: Sequence[core.Problem], *, more: bool) -> None:
        super().__init__(
            _("Nothing was kept: the table has something to fix."), code="results_refused"
        )
        self.problems = tuple(problems)
        self.more = more


def enter_results(study: Study, content: bytes, *, name: str = "", by: User | None) -> Result:
    """Measure a results table (the bytes of a file, or of a table typed by hand).

    Raises ResultsRefused with every problem, and keeps what stood before, when one row is wrong.
    """
    # Read and measured before anything is locked: a large table takes a second or two.
    observations = read(content, name, study.starts_on)
    figures = measure(observations, labels_of(study))
    return _keep(study, observations, figures, name=name, by=by)


def read(content: bytes, name: str, start: date | None) -> tuple[core.Observation, ...]:
    """With periods written in the table they are taken as they are; otherwise the first day of
    the campaign tells before from after."""
    reading = core.read_results(content, name=name)
    codes = {problem.what.code for problem in reading.problems}
    if start is not None and codes & ABOUT_PERIODS:
        dated = core.read_results(content, name=name, start=start)
        # A slip in a column of periods must not be told as a column of wrong dates.
        no_column = "missing_period" in codes
        reading = dated if no_column or len(dated.problems) < len(reading.problems) else reading
    problems = reading.problems or tuple(_too_much(reading.observations))
    if problems:
        raise ResultsRefused(problems, more=reading.more)
    return reading.observations


def _too_much(observations: Sequence[core.Observation]) -> Iterable[core.Problem]:
    """Names are kept whole: two long ones cut at the same place would become one unit."""
    if len(observations) > MOST_ROWS:
        what = Sentence(
            "too_many_rows",
            f"plus de {MOST_ROWS // 1000}\u00a0000 lignes. "
            "Gardez une ligne par unité et par semaine.",
            f"over {MOST_ROWS // 1000},000 rows. Keep one row per unit and week.",
        )
        yield core.Problem(what)
    longest = {"unit": LONGEST_UNIT, "arm": LONGEST_ARM}
    for column, most in longest.items():
        if any(len(getattr(row, column)) > most for row in observations):
            what = Sentence(
                "too_long",
                f"un nom dépasse {most} caractères. Raccourcissez-le.",
                f"a name is over {most} characters. Shorten it.",
            )
            yield core.Problem(what, None, column)


def measure(observations: Iterable[core.Observation], labels: core.Labels) -> dict[str, Any]:
    try:
        impact = core.analyse(observations, labels=labels)
    except InputRefused as refused:
        raise ResultsRefused([core.Problem(refused.sentence)], more=False) from refused
    told = impact.ratio_sentence
    return {
        **as_document(impact),
        "lead": both(impact.lead),
        "ratio_sentence": both(told) if told else None,
        "conclusive": impact.enough and any(lift.clear for lift in impact.arms),
    }


@transaction.atomic
def _keep(
    study: Study,
    observations: Iterable[core.Observation],
    figures: dict[str, Any],
    *,
    name: str,
    by: User | None,
) -> Result:
    current = _locked(study)
    _set_aside(current)
    rows = [_row(current, observation) for observation in observations]
    stamp = {"entered_by": by, "entered_at": timezone.now(), "file_name": name[:200]}
    return _replace(current, rows, figures, stamp)


@transaction.atomic
def swap_back(study: Study, *, by: User | None) -> Result | None:
    """Undo of `enter_results`: what stood before stands again. A second call undoes the undo.

    None where nothing stood before.
    """
    current = _locked(study)
    aside = SetAside.objects.filter(study=current).first()
    if aside is None:
        raise Refusal(_("There are no earlier results to go back to."), code="nothing_aside")
    earlier = aside.content
    _set_aside(current)
    if earlier is None:
        current.observations.all().delete()
        Result.objects.filter(study=current).delete()
        return None
    rows = [_revived(current, row) for row in earlier["observations"]]
    figures = measure(as_core(rows), labels_of(current))
    stamp = {
        "entered_by": User.objects.filter(pk=earlier["entered_by"]).first(),
        "entered_at": parse_datetime(earlier["entered_at"]),
        "file_name": earlier["file_name"],
    }
    return _replace(current, rows, figures, stamp)


def recompute(study: Study) -> None:
    """Write the sentences again after the study's words changed."""
    result = Result.objects.filter(study=study).first()
    if result is not None:
        figures = measure(as_core(study.observations.all()), labels_of(study))
        Result.objects.filter(pk=result.pk).update(figures=figures)


def _locked(study: Study) -> Study:
    current: Study = Study.objects.select_for_update().get(pk=study.pk)
    return current


def _set_aside(study: Study) -> None:
    result = result_of(study)
    content = None
    if result is not None:
        content = {
            "entered_by": result.entered_by_id,
            "entered_at": result.entered_at.isoformat(),
            "file_name": result.file_name,
            "observations": [_plain(row) for row in study.observations.values_list(*ROW)],
        }
    SetAside.objects.update_or_create(study=study, defaults={"content": content})


def _plain(row: tuple[Any, ...]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def _revived(study: Study, row: list[Any]) -> Observation:
    values = dict(zip(ROW, row, strict=True))
    values["on"] = parse_date(values["on"]) if values["on"] else None
    return Observation(study=study, **values)


def _row(study: Study, observation: core.Observation) -> Observation:
    return Observation(
        study=study,
        unit=observation.unit,
        arm=observation.arm,
        period=observation.period,
        on=observation.when,
        outcome=observation.outcome,
        exposure=observation.exposure,
        cost=observation.cost,
    )


def _replace(
    study: Study, rows: list[Observation], figures: dict[str, Any], stamp: dict[str, Any]
) -> Result:
    study.observations.all().delete()
    Observation.objects.bulk_create(rows, batch_size=500)
    result, _created = Result.objects.update_or_create(
        study=study,
        defaults={**stamp, "figures": figures, "conclusive": figures["conclusive"]},
    )
    return result
