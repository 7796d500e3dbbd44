"""Two records made one, in a ranking kept from before: one person, at the better place."""

import pytest
from django.urls import reverse

from proche.areas.brands.models import Brief
from proche.areas.content.leaving import leave
from proche.areas.content.own_data import own_data
from proche.areas.matching.actions import make_shortlist
from proche.areas.matching.everybody import Everybody, everybody, standing_then
from proche.areas.matching.models import EveryPart, Shortlist, ShortlistEntry
from proche.areas.people.duplicates import Merge
from proche.areas.people.merging import in_order, merge, undo
from proche.areas.people.models import Person
from tests.areas.people.merged import pair_of
from tests.cast import Cast, signed_in
from tests.factories.brands import BriefFactory
from tests.factories.matching import a_member, signed_verdict

pytestmark = pytest.mark.django_db
WEIGHTS = ("relevance", "affinity", "wishes", "reliability", "fairness")
CLOSER = {**dict.fromkeys(WEIGHTS, "0"), "closeness": "10"}
CLOSENESS = {"Ana": 20, "Luc": 40, "Zoé": 60, "Ève": 80}


@pytest.fixture
def brief(cast: Cast) -> Brief:
    found: Brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    return found


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    """Ranked Ève, Zoé, Luc, Ana: Ana, the oldest record, is kept where she is merged."""
    found = {}
    for name, closeness in CLOSENESS.items():
        found[name] = a_member(cast.programme, given_name=name)
        signed_verdict(found[name], closeness=closeness)
    return found


def one(people: dict[str, Person], first: str, second: str) -> Merge:
    return merge(pair_of(people[first], people[second]), by=None)


def ranked(brief: Brief) -> list[str]:
    entries = ShortlistEntry.objects.filter(shortlist__brief=brief).select_related("person")
    return [entry.person.given_name for entry in entries.order_by("rank")]


def known(shortlist: Shortlist) -> Everybody:
    found = everybody(shortlist)
    assert found is not None
    return found


def names(shortlist: Shortlist) -> list[str]:
    return [Person.objects.get(pk=number).given_name for number in known(shortlist).people.tolist()]


def test_the_person_they_became_is_shown_once_at_the_better_place(
    cast: Cast, brief: Brief, people: dict[str, Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    assert ranked(brief) == names(shortlist) == ["Ève", "Zoé", "Luc", "Ana"]
    assert in_order(people["Ana"], people["Zoé"])[0] == people["Ana"]
    before = list(ShortlistEntry.objects.order_by("pk").values())
    its = ShortlistEntry.objects.get(person=people["Zoé"])
    done = one(people, "Ana", "Zoé")
    assert ranked(brief) == names(shortlist) == ["Ève", "Ana", "Luc"]
    own = ShortlistEntry.objects.get(person=people["Ana"])
    assert (own.rank, own.score, own.reasons) == (2, its.score, its.reasons)
    assert known(shortlist).parts.values.shape[1] == 3
    url = reverse("agency:what_if", args=[brief.pk])
    page = signed_in(cast.strategist).post(url, CLOSER)
    assert [row.name.split()[0] for row in page.context["supposed"].rows] == ["Ève", "Ana", "Luc"]
    undo(done, by=cast.owner)
    assert ranked(brief) == names(shortlist) == ["Ève", "Zoé", "Luc", "Ana"]
    assert list(ShortlistEntry.objects.order_by("pk").values()) == before


def test_records_merged_one_after_the_other_are_the_last_of_them(
    cast: Cast, brief: Brief, people: dict[str, Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    first = one(people, "Luc", "Ève")
    assert names(shortlist) == ["Luc", "Zoé", "Ana"]
    second = one(people, "Ana", "Luc")
    assert ranked(brief) == names(shortlist) == ["Ana", "Zoé"]
    undo(second, by=cast.owner)
    assert names(shortlist) == ["Luc", "Zoé", "Ana"]
    undo(first, by=cast.owner)
    assert names(shortlist) == ["Ève", "Zoé", "Luc", "Ana"]


def test_a_merge_is_undone_after_the_bank_was_ranked_again(
    cast: Cast, brief: Brief, people: dict[str, Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    done = one(people, "Ana", "Zoé")
    make_shortlist(brief, {}, by=None)
    undo(done, by=cast.owner)
    assert len(ranked(brief)) == 3
    make_shortlist(brief, {}, by=None)
    assert ranked(brief) == names(shortlist) == ["Ève", "Zoé", "Luc", "Ana"]


def test_who_was_set_aside_and_ranked_is_ranked_and_who_leaves_goes_with_both(
    cast: Cast, brief: Brief, people: dict[str, Person]
) -> None:
    Person.objects.filter(pk=people["Zoé"].pk).update(refused_brands=brief.brand.name)
    Person.objects.filter(pk=people["Ève"].pk).update(state="asleep")
    make_shortlist(brief, {}, by=None)
    one(people, "Ana", "Zoé")
    shortlist = Shortlist.objects.get()
    then = standing_then(shortlist)
    assert then is not None
    assert names(shortlist) == ["Luc", "Ana"]
    assert then.aside.people.tolist() == [people["Ève"].pk]
    ana = Person.objects.get(pk=people["Ana"].pk)
    assert [told.get("rank") for told in own_data(ana)["rankings"]] == [2, None]
    leave(ana)
    row = EveryPart.objects.get()
    gone = {people["Ana"].pk, people["Zoé"].pk}
    shown = standing_then(Shortlist.objects.get())
    assert shown is not None
    kept = {*shown.everybody.people.tolist(), *shown.aside.people.tolist()}
    assert kept == {people["Luc"].pk, people["Ève"].pk}
    assert gone.isdisjoint(kept)
    assert len(row.aside_codes) == 2
