"""A large bank is ranked in a job: once, whoever asks, and whatever becomes of the job."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.content.leaving import leave
from proche.areas.content.tasks import rank_bank
from proche.areas.evidence.models import RunState
from proche.areas.matching.actions import make_shortlist, rank_in_job, start_ranking
from proche.areas.matching.everybody import everybody
from proche.areas.matching.models import RankingRun, Shortlist
from proche.areas.people.models import Person
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.matching import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def brief(cast: Cast) -> Brief:
    found: Brief = BriefFactory.create(brand__programme=cast.programme)
    for name in ("Camille", "Odile"):
        a_member(cast.programme, given_name=name)
    return found


def standing() -> RunState:
    return RankingRun.objects.get().standing(timezone.now())


def test_the_job_gives_the_shortlist_that_ranking_at_once_would(
    cast: Cast, brief: Brief, django_capture_on_commit_callbacks: Any
) -> None:
    at_once = make_shortlist(brief, {}, by=cast.owner, weights={"closeness": 9})
    told = list(at_once.entries.values_list("person", "rank", "score"))
    with django_capture_on_commit_callbacks(execute=True):
        assert start_ranking(brief, by=cast.strategist, weights={"closeness": 9})
    job = OrmQ.objects.get()
    assert (job.func(), job.args()) == (
        "proche.areas.content.tasks.rank_bank",
        (RankingRun.objects.get().pk,),
    )
    assert standing() == RunState.UNDER_WAY
    rank_bank(RankingRun.objects.get().pk)
    run, found = RankingRun.objects.get(), Shortlist.objects.get()
    assert (run.done, run.total, standing()) == (2, 2, RunState.DONE)
    assert (found.made_by, found.weights) == (cast.strategist, at_once.weights)
    assert found.made_at > run.started_at
    assert list(found.entries.values_list("person", "rank", "score")) == told


def test_two_who_ask_at_once_have_one_job(
    cast: Cast, brief: Brief, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert start_ranking(brief, by=cast.strategist, weights={"closeness": 9})
        assert not start_ranking(brief, by=cast.owner)
    assert OrmQ.objects.count() == 1
    run = RankingRun.objects.get()
    assert (run.started_by, run.weights) == (cast.strategist, {"closeness": 9})
    rank_bank(run.pk)
    made = Shortlist.objects.get().made_at
    # Delivered again, it finds its work done.
    rank_bank(run.pk)
    assert Shortlist.objects.get().made_at == made
    assert start_ranking(brief, by=cast.owner)


def test_a_job_that_breaks_off_leaves_the_shortlist_and_says_so(cast: Cast, brief: Brief) -> None:
    before = make_shortlist(brief, {}, by=cast.owner)
    start_ranking(brief, by=cast.strategist)
    run = RankingRun.objects.get()

    def out_of_memory(_programme: Programme) -> Any:
        raise MemoryError

    with pytest.raises(MemoryError):
        rank_in_job(run.pk, out_of_memory)
    assert standing() == RunState.FAILED
    assert RankingRun.objects.get().failure["code"] == "no_memory"
    assert Shortlist.objects.get().made_at == before.made_at
    # The queue tries again by itself; so may somebody.
    rank_bank(run.pk)
    assert (standing(), RankingRun.objects.get().failure) == (RunState.DONE, {})


def test_a_job_of_which_nothing_is_heard_may_be_asked_for_again(cast: Cast, brief: Brief) -> None:
    start_ranking(brief, by=cast.strategist)
    RankingRun.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    assert standing() == RunState.STALLED
    assert start_ranking(brief, by=cast.owner)
    assert (standing(), RankingRun.objects.get().started_by) == (RunState.UNDER_WAY, cast.owner)


def test_who_leaves_while_the_bank_is_read_is_not_kept(cast: Cast, brief: Brief) -> None:
    start_ranking(brief, by=cast.strategist)
    odile = Person.objects.get(given_name="Odile")

    class Late(dict[int, Any]):
        """Histories are asked for each entry once all are ranked: Odile leaves at the first."""

        def get(self, key: int, default: Any = None) -> Any:
            if Person.objects.filter(pk=odile.pk, state="member").exists() and self.asked:
                leave(odile)
            self.asked = True
            return super().get(key, default)

        asked = False

    late = Late()
    rank_in_job(RankingRun.objects.get().pk, lambda _programme: late)
    shortlist = Shortlist.objects.get()
    known = everybody(shortlist)
    assert known is not None
    assert odile.pk not in known.people
    assert [str(entry.person) for entry in shortlist.entries.all()] == ["Camille Ouellet"]
