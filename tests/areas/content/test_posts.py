"""The post: read by the rules, decided by a person, asked again, waived, reopened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content import queries
from proche.areas.content.actions import (
    approve,
    ask_correction,
    corrected_text,
    pre_check,
    remind_post,
    reopen,
    submit,
    waive,
)
from proche.areas.content.models import Check, Post
from proche.areas.content.queries import DisclosureRate
from proche.areas.content.rules import link_of, rules_version
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from proche.core.disclosure import to_fix
from tests.cast import Cast
from tests.factories.campaigns import an_exchange, received, who_agreed
from tests.factories.content import BAD, URL, a_draft, a_post, good_caption

State = Post.State


def owed(cast: Cast) -> Exchange:
    return received(who_agreed(cast.programme), exchange="agreed", obligation=True)


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


@pytest.mark.parametrize(
    ("exchange", "link"),
    [
        ("gift", "gift"),
        ("agreed", "exchange"),
        ("paid", "paid"),
        ("invitation", "invitation"),
        ("affiliate", "affiliate"),
    ],
)
@pytest.mark.parametrize("obligation", [True, False])
def test_the_exchange_says_which_link_is_to_disclose(
    cast: Cast, exchange: str, link: str, obligation: bool
) -> None:
    made = an_exchange(who_agreed(cast.programme), exchange=exchange, obligation=obligation)
    brand = made.offer.campaign.brief.brand
    brand.aliases = ["@sapinelle"]
    found = link_of(made)
    assert (found.kind, found.obligation, found.brand_name, found.brand_aliases) == (
        link,
        obligation,
        brand.name,
        ("@sapinelle",),
    )


def test_checking_a_draft_keeps_nothing(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme))
    bad = pre_check(exchange, a_draft(BAD))
    assert not bad.is_ok
    assert to_fix(bad)[0].suggestion("fr").startswith("Publicité. Produit offert par")
    assert (Post.objects.count(), Check.objects.count()) == (0, 0)


def test_the_words_suggested_are_accepted_by_the_same_rules(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme))
    good = pre_check(exchange, a_draft(good_caption(exchange)))
    assert good.is_ok


def test_a_post_about_a_thing_never_sent_is_for_a_person_to_look_at(cast: Cast) -> None:
    exchange = an_exchange(who_agreed(cast.programme))
    check = pre_check(exchange, a_draft(good_caption(exchange)))
    assert check.verdict == "HUMAN"


def test_handing_in_fills_the_expected_post_and_keeps_the_reading(cast: Cast) -> None:
    exchange = owed(cast)
    expected = Post.objects.get()
    post = a_post(exchange, caption=BAD)
    assert (post.pk, post.state, post.url) == (expected.pk, State.SUBMITTED, URL)
    check = Check.objects.get()
    assert (check.caption, check.rules_version) == (BAD, rules_version())
    assert check.findings[0]["title_fr"]
    assert check.findings[0]["title_en"]


def test_a_post_nobody_asked_for_is_welcome(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), obligation=False)
    assert a_post(exchange).state == State.SUBMITTED
    assert Post.objects.count() == 1


def test_the_same_address_handed_in_twice_is_one_post(cast: Cast) -> None:
    exchange = owed(cast)
    first = a_post(exchange, caption=BAD)
    assert a_post(exchange).pk == first.pk
    assert Post.objects.count() == 1
    assert Check.objects.count() == 2


def test_a_person_approves_a_post_and_may_open_it_again(cast: Cast) -> None:
    post = a_post(owed(cast))
    approve(post, by=cast.assistant)
    checked = fresh(post)
    assert (checked.state, checked.closed_by) == (State.CHECKED, cast.assistant)
    assert checked.exchange.closed_at == checked.closed_at
    with pytest.raises(Refusal) as refused:
        approve(post, by=cast.assistant)
    assert refused.value.code == "post_checked"
    reopen(post, by=cast.assistant)
    again = fresh(post)
    assert (again.state, again.closed_at, again.exchange.closed_at) == (State.SUBMITTED, None, None)


def test_a_correction_is_asked_with_the_exact_text_and_then_fixed(cast: Cast) -> None:
    exchange = owed(cast)
    post = a_post(exchange, caption=BAD)
    text = corrected_text(post)
    assert text.endswith(BAD)
    ask_correction(post, text=text, by=cast.strategist)
    asked = fresh(post)
    assert (asked.state, asked.correction_asked_at is not None) == (State.CHECKED, True)
    assert list(queries.to_correct(Post.objects.all())) == [asked]
    assert text in Message.objects.get(kind="correction").body
    corrected = a_post(exchange, caption=text)
    assert (corrected.pk, corrected.state, corrected.correction_asked_at) == (
        post.pk,
        State.SUBMITTED,
        None,
    )
    approve(corrected, by=cast.strategist)
    assert fresh(post).state == State.FIXED


def test_the_text_of_the_correction_passes_the_rules_that_asked_for_it(cast: Cast) -> None:
    exchange = owed(cast)
    post = a_post(exchange, caption=BAD)
    check = pre_check(exchange, a_draft(corrected_text(post)))
    assert check.is_ok


def test_a_post_is_waived_with_a_reason_and_the_waiver_can_be_undone(cast: Cast) -> None:
    exchange = owed(cast)
    post = Post.objects.get()
    waive(post, reason=" Déménagement. ", by=cast.strategist)
    waived = fresh(post)
    assert (waived.state, waived.waiver_reason) == (State.WAIVED, "Déménagement.")
    story = exchange.offer.person.timeline.get(verb="post_waived")
    assert story.details["reason"] == "Déménagement."
    reopen(post, by=cast.strategist)
    assert (fresh(post).state, fresh(post).waiver_reason) == (State.EXPECTED, "")


def test_a_post_is_late_the_day_after_its_last_day(cast: Cast) -> None:
    exchange = owed(cast)
    assert exchange.post_due_on is not None
    posts = Post.objects.all()
    assert list(queries.overdue(posts, today=exchange.post_due_on)) == []
    after = exchange.post_due_on + timedelta(days=1)
    assert list(queries.overdue(posts, today=after)) == [Post.objects.get()]


def test_one_reminder_about_a_post_and_no_more(cast: Cast) -> None:
    exchange = owed(cast)
    remind_post(exchange, by=cast.assistant)
    with pytest.raises(Refusal) as refused:
        remind_post(exchange, by=cast.assistant)
    assert refused.value.code == "reminded_once"
    assert Message.objects.filter(kind="post_reminder").count() == 1


def test_nobody_is_reminded_of_a_post_that_is_not_owed(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme), obligation=False)
    with pytest.raises(Refusal) as refused:
        remind_post(exchange, by=cast.assistant)
    assert refused.value.code == "nothing_expected"
    assert Message.objects.filter(kind="post_reminder").count() == 0


def test_the_rate_counts_checked_posts_by_their_last_reading(cast: Cast) -> None:
    assert queries.disclosure_rate(cast.programme) == DisclosureRate(0, 0)
    good, bad, fixed, waiting = (owed(cast) for _ in range(4))
    approve(a_post(good), by=None)
    approve(a_post(bad, caption=BAD), by=None)
    a_post(fixed, caption=BAD)
    approve(a_post(fixed), by=None)
    a_post(waiting)
    assert queries.disclosure_rate(cast.programme) == DisclosureRate(saying=2, checked=3)


def test_every_tab_counts_its_posts(cast: Cast) -> None:
    late, to_check, to_correct, done = (owed(cast) for _ in range(4))
    Exchange.objects.filter(pk=late.pk).update(post_due_on=timezone.localdate() - timedelta(days=1))
    a_post(to_check)
    ask_correction(a_post(to_correct, caption=BAD), text="Publicité.", by=None)
    approve(a_post(done), by=None)
    assert queries.counts(cast.programme, today=timezone.localdate()) == {
        "to_check": 1,
        "to_correct": 1,
        "expected": 1,
        "overdue": 1,
        "done": 1,
    }


def test_a_caption_in_english_is_read_in_english(cast: Cast) -> None:
    exchange = received(who_agreed(cast.programme))
    caption = f"Ad. Product gifted by {exchange.offer.campaign.brief.brand.name}. #ad\n\nSoft hair."
    post = submit(exchange, a_draft(caption, language="en"), url=URL)
    assert post.checks.get().verdict in {"OK", "OK_NOTE"}


SAID = "Publicité. Produit offert par"


@pytest.mark.parametrize(
    ("format", "told", "verdict"),
    [
        ("story", {}, "HUMAN"),
        ("story", {"on_screen": "{said}"}, "OK"),
        ("story", {"on_screen": "{said}\nBonjour"}, "MISSING"),
        ("reel", {}, "HUMAN"),
        ("reel", {"on_screen": "{said}"}, "OK_NOTE"),
        ("reel", {"on_screen": "{said}", "said": "{said}"}, "OK"),
    ],
)
def test_stories_and_videos_are_read_by_what_the_member_tells_of_them(
    cast: Cast, format: str, told: dict[str, str], verdict: str
) -> None:
    exchange = received(who_agreed(cast.programme))
    said = f"{SAID} {exchange.offer.campaign.brief.brand.name}."
    words = {name: text.format(said=said) for name, text in told.items()}
    draft = a_draft(good_caption(exchange), format=format, **words)
    assert pre_check(exchange, draft).verdict == verdict
    post = submit(exchange, draft, url=URL)
    assert (post.on_screen, post.said) == (words.get("on_screen", ""), words.get("said", ""))
    assert post.checks.get().verdict == verdict
