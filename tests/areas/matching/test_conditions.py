"""A roster under conditions: by hand, six members and what each brings."""

from dataclasses import replace

import pytest
from django.utils import translation

from proche.areas.brands.models import Brief
from proche.areas.matching.actions import (
    choose_roster,
    compose_roster,
    forget_choices,
    let_go,
    lock_place,
    make_shortlist,
)
from proche.areas.matching.conditions import Conditions, Limit, conditions_of
from proche.areas.matching.history import History
from proche.areas.matching.models import Roster, RosterConflict, RosterTerm, Shortlist
from proche.areas.people.models import Account, Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory
from tests.factories.matching import a_member, a_shortlist, signed_verdict

pytestmark = pytest.mark.django_db

REACHED = {
    "Ana": (range(100), "01", "fr"),
    "Bea": (range(100, 180), "01", "fr"),
    "Cam": (range(200, 260), "01", "en"),
    "Dan": (range(300, 340), "05", "fr"),
    "Eve": (range(400, 420), "05", "en"),
    "Flo": (range(95, 105), "06", "fr"),
}


@pytest.fixture
def brief(cast: Cast) -> Brief:
    found: Brief = BriefFactory.create(
        brand__programme=cast.programme, quantity=3, fair_value_cents=2000
    )
    for name, (reached, region, language) in REACHED.items():
        a_member(
            cast.programme, given_name=name, reached=reached, region=region,
            content_languages=[language],
        )  # fmt: skip
    return found


def pk(name: str) -> int:
    return Person.objects.get(given_name=name).pk


def composed(brief: Brief, **written: object) -> Roster:
    shortlist = Shortlist.objects.filter(brief=brief).first() or a_shortlist(brief)
    conditions = replace(Conditions(size=3, each_cents=2000), **written)  # type: ignore[arg-type]
    return compose_roster(shortlist, conditions, by=None)


def names(roster: Roster) -> set[str]:
    return {place.person.given_name for place in roster.places.select_related("person")}


def test_a_floor_and_a_cap_by_region_hold_and_say_what_they_cost(brief: Brief) -> None:
    limits = (Limit("region", "05", least=2), Limit("region", "01", most=1))
    roster = composed(brief, limits=limits)
    assert (names(roster), roster.reach) == ({"Ana", "Dan", "Eve"}, 160)
    assert (roster.upper_bound, roster.proven) == (160, 1.0)
    assert roster.prices == {
        "with": 160,
        "without": {"limit:region:05": 160, "limit:region:01": 160},
    }
    alone = composed(brief, limits=limits[:1])
    assert alone.prices == {"with": 160, "without": {"limit:region:05": 240}}


def test_a_budget_pays_fair_value_shipping_and_what_is_written_of_somebody(brief: Brief) -> None:
    """Ana asks 50 $, the others cost 25 $: two others reach more than she does alone."""
    written = {"budget_cents": 5000, "shipping_cents": 500, "costs": {pk("Ana"): 5000}}
    roster = composed(brief, **written)
    assert (names(roster), roster.reach) == ({"Bea", "Cam"}, 140)
    assert roster.upper_bound is not None
    assert 140 <= roster.upper_bound <= 160
    assert roster.prices["without"] == {"budget": 240}
    assert conditions_of(roster).spent_on([pk("Bea"), pk("Cam")]) == 5000


def test_newcomers_have_their_share_of_the_seats(brief: Brief) -> None:
    asked = {pk(name): History(months_since_last_ask=9) for name in ("Ana", "Bea", "Cam")}
    make_shortlist(brief, asked, by=None)
    roster = composed(brief, newcomers=60)
    assert names(roster) == {"Ana", "Dan", "Eve"}
    assert roster.prices == {"with": 160, "without": {"newcomers": 240}}


def test_languages_are_bounded_one_by_one(brief: Brief) -> None:
    assert names(composed(brief, limits=(Limit("language", "en", least=2),))) == {
        "Ana",
        "Cam",
        "Eve",
    }
    assert names(composed(brief, limits=(Limit("language", "fr", most=0),))) == {"Cam", "Eve"}


def test_two_people_kept_apart_are_not_chosen_together(brief: Brief) -> None:
    roster = composed(brief, apart=((pk("Bea"), pk("Ana")),))
    assert names(roster) == {"Ana", "Cam", "Dan"}
    assert list(roster.prices["without"].values()) == [240]


def test_somebody_left_out_stays_out_and_somebody_kept_costs_what_they_cost(brief: Brief) -> None:
    roster = composed(brief, kept=(pk("Flo"),), left_out=frozenset({pk("Ana")}))
    assert names(roster) == {"Flo", "Bea", "Cam"}
    assert roster.prices == {
        "with": 145,
        "without": {f"kept:{pk('Flo')}": 180, f"left_out:{pk('Ana')}": 180},
    }
    again = choose_roster(roster.shortlist, by=None, locked_in=[pk("Flo")])
    assert names(again) == {"Flo", "Bea", "Cam"}


def test_the_conditions_are_kept_with_the_roster(brief: Brief) -> None:
    written = Conditions(
        size=2,
        budget_cents=9000,
        each_cents=2500,
        shipping_cents=300,
        newcomers=50,
        limits=(Limit("archetype", "professional", least=1, most=2),),
        costs={pk("Eve"): 100},
        kept=(pk("Dan"),),
        left_out=frozenset({pk("Cam")}),
        apart=((pk("Ana"), pk("Bea")),),
    )
    roster = compose_roster(a_shortlist(brief), written, by=None)
    assert conditions_of(Roster.objects.get(pk=roster.pk)) == written


def test_what_the_brief_says_is_followed_when_it_changes(brief: Brief) -> None:
    roster = composed(brief)
    Brief.objects.filter(pk=brief.pk).update(quantity=4, fair_value_cents=3000)
    now = conditions_of(Roster.objects.get(pk=roster.pk))
    assert (now.size, now.each_cents) == (4, 3000)


@pytest.mark.parametrize(
    ("limits", "more", "said"),
    [
        (
            (Limit("region", "05", least=3),),
            {},
            "at least 3 (Eastern Townships). What would do: ask for at least 2 (Eastern",
        ),
        (
            (Limit("region", "05", least=2), Limit("region", "01", least=2)),
            {},
            "or choose 4 people.",
        ),
        ((Limit("region", "05", least=2),), {"budget_cents": 3000}, "or a budget of $40."),
        (
            (Limit("language", "en", least=2), Limit("region", "05", most=0)),
            {},
            "or higher numbers under “at most”.",
        ),
        ((Limit("region", "05", least=3, most=1),), {}, "Lower the first number"),
    ],
)
def test_conditions_that_cannot_all_hold_say_which_and_what_would_do(
    brief: Brief, limits: tuple[Limit, ...], more: dict[str, int], said: str
) -> None:
    with translation.override("en"), pytest.raises(Refusal) as refused:
        composed(brief, limits=limits, **more)
    assert said in str(refused.value.sentence)
    assert Roster.objects.count() == 0


def test_keeping_two_who_are_kept_apart_is_refused_by_their_names(brief: Brief) -> None:
    both = (pk("Ana"), pk("Bea"))
    with pytest.raises(Refusal) as refused:
        composed(brief, kept=both, apart=(both,))
    assert "Ana Ouellet et Bea Ouellet" in str(refused.value.sentence)


def test_a_budget_that_pays_for_nobody_is_refused_with_the_least_cost(brief: Brief) -> None:
    with pytest.raises(Refusal) as refused:
        composed(brief, budget_cents=1000)
    assert (refused.value.code, "20\u00a0$" in str(refused.value.sentence)) == (
        "budget_too_small",
        True,
    )


def test_seats_given_by_hand_say_what_they_no_longer_keep(brief: Brief) -> None:
    roster = composed(brief, limits=(Limit("region", "05", least=2),))
    let_go(roster, Person.objects.get(given_name="Eve"), by=None)
    roster.refresh_from_db()
    assert (roster.broken, roster.reach, roster.upper_bound) == (["limit:region:05"], 140, 180)
    lock_place(roster, Person.objects.get(given_name="Dan"), locked=True, by=None)
    roster.refresh_from_db()
    assert roster.upper_bound == 140


def test_leaving_somebody_out_frees_their_seat_and_says_the_cost(brief: Brief) -> None:
    roster = composed(brief)
    let_go(roster, Person.objects.get(given_name="Ana"), by=None)
    roster.refresh_from_db()
    assert (names(roster), roster.reach) == ({"Bea", "Cam"}, 140)
    assert roster.prices == {"with": 140, "without": {f"left_out:{pk('Ana')}": 180}}


def test_without_known_publics_sizes_weighted_by_closeness_are_counted(
    cast: Cast, brief: Brief
) -> None:
    """1,000 followers at closeness 80 are 800 people; two who share region and topic overlap."""
    Person.objects.all().delete()
    for name, followers, region in (("Un", 1000, "01"), ("Deux", 990, "01"), ("Loin", 700, "09")):
        person = a_member(cast.programme, given_name=name, region=region)
        person.accounts.update(followers=followers)
        signed_verdict(person, closeness=80)
    roster = composed(brief, size=2)
    assert (roster.method, names(roster)) == ("estimate", {"Un", "Loin"})
    assert (roster.reach, roster.upper_bound, roster.proven) == (1360, 1360, 1.0)
    Account.objects.update(followers=None)
    assert composed(brief, size=2).method == "rank"


def test_somebody_who_leaves_is_named_by_no_condition(brief: Brief) -> None:
    composed(brief, left_out=frozenset({pk("Ana")}), apart=((pk("Bea"), pk("Ana")),))
    forget_choices(Person.objects.get(given_name="Ana"))
    assert (RosterTerm.objects.count(), RosterConflict.objects.count()) == (0, 0)
