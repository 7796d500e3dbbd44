"""Rules of a programme, version after version; what decided a choice stays with it."""

from dataclasses import asdict
from typing import Any

import pytest

from proche.areas.matching.actions import let_go, make_shortlist, set_rules
from proche.areas.matching.factors import factors_of
from proche.areas.matching.history import History
from proche.areas.matching.models import Factors, RankingRules, Shortlist
from proche.areas.matching.ranking_rules import rules_of
from proche.areas.matching.why import why
from proche.core.matching import Weights
from tests.cast import Cast
from tests.factories.brands import BrandFactory, BriefFactory
from tests.factories.matching import a_member, a_roster, a_shortlist

pytestmark = pytest.mark.django_db


def counts(shortlist: Shortlist) -> dict[str, int]:
    return {reason["code"]: reason["n"] for reason in shortlist.filtered_out}


def test_a_programme_ranks_as_shipped_until_an_owner_sets_it_and_versions_stay(cast: Cast) -> None:
    assert rules_of(cast.programme).weights == Weights()
    assert (rules_of(cast.programme).exclusivity_months, rules_of(cast.programme).version) == (
        3,
        None,
    )
    brief = BriefFactory.create(brand__programme=cast.programme)
    before = a_shortlist(brief)
    for closeness in (9.0, 4.0):
        set_rules(
            cast.programme,
            asdict(Weights()) | {"closeness": closeness},
            by=cast.owner,
            exclusivity_months=6,
            asks_per_quarter=1,
        )
    in_force = rules_of(cast.programme)
    assert (in_force.weights.closeness, in_force.asks_per_quarter) == (4.0, 1)
    assert in_force.version is not None
    assert in_force.version.changed_by == cast.owner
    assert [row.weights["closeness"] for row in RankingRules.objects.all()] == [4.0, 9.0]
    assert Shortlist.objects.get(pk=before.pk).weights["closeness"] == 2.0
    assert a_shortlist(brief).weights["closeness"] == 4.0
    own = make_shortlist(brief, {}, by=None, weights={"fairness": 7})
    assert (own.weights["fairness"], own.weights["closeness"]) == (7, 4.0)


def test_the_months_between_rivals_and_the_ceiling_are_the_programme_s(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme, other_rivals=["@boreale.qc"])
    BrandFactory.create(programme=cast.programme, name="Boréale", aliases=["boreale.qc"])
    brief = BriefFactory.create(brand=brand)
    person = a_member(cast.programme)
    past = {person.pk: History(1, 0, recent_brands=(("Boréale", 5),))}
    assert counts(make_shortlist(brief, past, by=None)) == {}
    set_rules(
        cast.programme, asdict(Weights()), by=cast.owner, exclusivity_months=6, asks_per_quarter=2
    )
    assert counts(make_shortlist(brief, past, by=None)) == {"rival": 1}
    set_rules(
        cast.programme, asdict(Weights()), by=cast.owner, exclusivity_months=0, asks_per_quarter=1
    )
    brief.refresh_from_db()
    assert counts(make_shortlist(brief, past, by=None)) == {"asks": 1}


def test_limits_alcohol_and_refused_kinds_set_people_aside_by_their_own_words(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme, categories=["cider"])
    brief = BriefFactory.create(brand=brand, contains=["sulphites"], alcohol=True)
    willing: dict[str, Any] = {"adult": True, "accepts_alcohol": True}
    a_member(cast.programme, given_name="Ali", **willing)
    a_member(cast.programme, limits="intolérante aux sulfites", **willing)
    a_member(cast.programme, adult=True)
    a_member(cast.programme, refused_brands="cidre", **willing)
    a_member(cast.programme, adult=False, accepts_alcohol=True)
    shortlist = make_shortlist(brief, {}, by=None)
    assert counts(shortlist) == {
        "limits": 1,
        "alcohol": 1,
        "refused_category": 1,
        "age_unknown": 1,
    }
    assert [entry.person.given_name for entry in shortlist.entries.all()] == ["Ali"]


def test_limits_that_may_not_be_read_set_aside_and_unknown_ones_are_said(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, contains=["nuts"])
    a_member(cast.programme, given_name="Ali")
    a_member(cast.programme, given_name="Bao", limits="lait")
    a_member(cast.programme, limits_to_ask="lait")
    shortlist = make_shortlist(brief, {}, by=None)
    assert counts(shortlist) == {"limits_unknown": 1}
    unknown = {
        entry.person.given_name: "limits_unknown" in {one["code"] for one in entry.against}
        for entry in shortlist.entries.all()
    }
    assert unknown == {"Ali": True, "Bao": False}


def test_what_decided_a_choice_stays_whatever_is_ranked_later(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    person = a_member(cast.programme)
    roster = a_roster(brief)
    [entry] = roster.shortlist.entries.all()
    kept = Factors.objects.get()
    assert (kept.person, kept.rank, kept.considered) == (person, 1, 1)
    assert (kept.reasons, kept.parts) == (entry.reasons, entry.parts)
    assert set(entry.parts) == {"relevance", "affinity", "wishes", "reliability", "fairness"}
    person.own_words, person.occupation, person.topics = "Le bois.", "", []
    person.save()
    again = make_shortlist(brief, {}, by=None, weights={"relevance": 0})
    [answer] = why(brief, again, [person], {})
    assert answer.chosen
    assert answer.decided is not None
    assert answer.decided.reasons == kept.reasons
    assert answer.decided.weights["relevance"] == 5.0
    let_go(roster, person, by=None)
    [answer] = why(brief, again, [person], {})
    assert (answer.chosen, answer.decided) == (False, kept)
    assert set(factors_of(brief, [person.pk])) == {person.pk}
