"""Posts nobody declared: no consent, nothing read; a sign makes a question, and no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proche.areas.consent.actions import give
from proche.areas.consent.models import Consent, Purpose
from proche.areas.content import undeclared
from proche.areas.content.models import Undeclared
from proche.areas.content.tasks import ask_about_undeclared
from proche.areas.content.undeclared import Found
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.accounts import ProgrammeFactory
from tests.factories.brands import BrandFactory
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import a_post

SELLS = "Le masque Lumifeu est à 24,99 $, commandez!"
QUIET = "Mes pointes avec Lumifeu, un dimanche."


def willing(person: Person) -> Person:
    now = timezone.now()
    source = Consent.Source.MEMBER_PAGE
    give(person, [Purpose.POSTS], source=source, language="fr", french_shown_at=now)
    return person


@pytest.fixture
def camille(cast: Cast) -> Person:
    BrandFactory.create(programme=cast.programme, name="Lumifeu", aliases=["@lumifeu"])
    return who_agreed(cast.programme)


def test_without_consent_nothing_is_read_and_nothing_kept(camille: Person) -> None:
    with pytest.raises(Refusal) as refused:
        undeclared.look(camille, [Found(SELLS)])
    assert refused.value.code == "no_consent"
    a_post(received(camille), caption=SELLS)
    assert ask_about_undeclared() == 0
    assert Undeclared.objects.count() == 0


def test_a_sign_makes_one_question_and_a_post_without_one_leaves_no_trace(camille: Person) -> None:
    asked = undeclared.look(willing(camille), [Found(SELLS, "tiktok"), Found(QUIET)])
    assert [(row.brand.name, row.platform, row.answer) for row in asked] == [
        ("Lumifeu", "tiktok", "")
    ]
    assert [sign["code"] for sign in asked[0].signs] == ["sign_price"]
    assert [Undeclared.objects.get()] == asked
    assert camille.timeline.filter(verb="undeclared_asked").count() == 1
    # The same words again, spelled otherwise, are the same post.
    assert undeclared.look(camille, [Found(SELLS.upper())]) == []


def test_a_brand_of_another_programme_is_nothing_to_this_one(cast: Cast, camille: Person) -> None:
    BrandFactory.create(programme=ProgrammeFactory.create(), name="Talle")
    assert undeclared.look(willing(camille), [Found("Talle à 20 $, achetez!")]) == []


def test_a_post_handed_in_is_asked_about_for_the_other_brand_only(camille: Person) -> None:
    exchange = received(willing(camille))
    own = exchange.offer.campaign.brief.brand.name
    a_post(exchange, caption=f"#pub {own} et Lumifeu à 24,99 $, commandez!")
    assert ask_about_undeclared() == 1
    assert Undeclared.objects.get().brand.name == "Lumifeu"
    assert ask_about_undeclared() == 0


def test_the_member_answers_changes_their_mind_until_the_team_has_read(
    cast: Cast, camille: Person
) -> None:
    (row,) = undeclared.look(willing(camille), [Found(SELLS)])
    undeclared.answer(row, "bought", note=" En solde. ")
    said = undeclared.answer(row, "linked")
    assert (said.answer, said.note, said.answered_at is not None) == ("linked", "", True)
    undeclared.close(row, by=cast.strategist)
    with pytest.raises(Refusal) as refused:
        undeclared.answer(row, "bought")
    assert refused.value.code == "closed"
    undeclared.reopen(row)
    assert undeclared.answer(row, "other").answer == "other"
    with pytest.raises(Refusal):
        undeclared.answer(row, "perhaps")


def test_taking_the_consent_back_erases_the_questions_nobody_answered(camille: Person) -> None:
    first, second = undeclared.look(willing(camille), [Found(SELLS), Found(f"{SELLS} Vite!")])
    undeclared.answer(first, "bought")
    undeclared.withdraw(camille, Purpose.POSTS)
    assert list(camille.undeclared.all()) == [first]
    assert not undeclared.may_read(camille)
    assert second.pk


def test_old_questions_are_destroyed(camille: Person) -> None:
    old, closed, kept = undeclared.look(
        willing(camille), [Found(SELLS), Found(f"{SELLS} Un."), Found(f"{SELLS} Deux.")]
    )
    now = timezone.now()
    rows = Undeclared.objects
    rows.filter(pk=old.pk).update(asked_at=now - timedelta(days=91))
    rows.filter(pk=closed.pk).update(answered_at=now, closed_at=now - timedelta(days=731))
    assert undeclared.forget_old() == 2
    assert rows.get() == kept
