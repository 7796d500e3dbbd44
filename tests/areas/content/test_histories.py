"""What the ranking reads of what somebody posted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proche.areas.content.histories import CAPTIONS, histories
from proche.areas.content.models import Post
from proche.areas.matching.actions import make_shortlist
from proche.areas.people.models import Person
from tests.cast import Cast
from tests.factories.campaigns import a_brief, received, who_agreed
from tests.factories.content import a_post

pytestmark = pytest.mark.django_db


def posts(cast: Cast, *captions: str) -> Person:
    """Somebody whose own words say nothing, and who posted these, the last one last."""
    person = who_agreed(cast.programme, occupation="menuiserie", own_words="", topics=[])
    exchange = received(person, exchange="agreed", obligation=True)
    for n, caption in enumerate(captions):
        a_post(exchange, caption=caption, url=f"https://www.instagram.com/p/{person.pk}x{n}/")
    return person


def test_the_newest_captions_come_with_the_history(cast: Cast) -> None:
    told = [f"Légende {n}" for n in range(CAPTIONS + 2)]
    person, silent = posts(cast, *told), who_agreed(cast.programme)
    with CaptureQueriesContext(connection) as asked:
        found = histories(cast.programme)
    assert found[person.pk].captions == tuple(reversed(told[2:]))
    assert silent.pk not in found
    assert len(asked) == 3


def test_whoever_posted_about_the_subject_is_found_for_it_until_the_caption_is_erased(
    cast: Cast,
) -> None:
    person = posts(cast, "Publicité. Ma nouvelle coupe de cheveux, enfin!")
    brief = a_brief(cast.programme, title_fr="Huile pour les cheveux", topics=["hair"])
    [entry] = make_shortlist(brief, histories(cast.programme), by=None).entries.all()
    assert (entry.person, entry.parts["relevance"] > 0) == (person, True)
    Post.objects.update(caption="")
    [entry] = make_shortlist(brief, histories(cast.programme), by=None).entries.all()
    assert entry.parts["relevance"] == 0
