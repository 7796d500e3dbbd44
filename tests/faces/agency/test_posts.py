"""Posts in the workspace: read, approved, corrected, waived, reminded, exported."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import approve
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof
from proche.areas.content.proving import Look, prove
from proche.areas.content.threads import as_kept
from proche.areas.messages.models import Message
from proche.platforms.seen import Later, Rest
from tests.cast import Cast, signed_in
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, a_post, good_caption

VERBS = ["approuver", "rouvrir", "corriger", "dispenser", "relancer"]


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def owed(cast: Cast, name: str = "Camille") -> Exchange:
    person = who_agreed(cast.programme, given_name=name)
    return received(person, exchange="agreed", obligation=True)


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


def page_of(desk: Client, query: str = "") -> str:
    answer = desk.get(f"/bureau/publications/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_what_is_to_check_and_how_many_say_the_link(cast: Cast, desk: Client) -> None:
    assert "il n’y a pas de taux à donner" in page_of(desk)
    approve(a_post(owed(cast)), by=None)
    approve(a_post(owed(cast), caption=BAD), by=None)
    a_post(owed(cast))
    page = page_of(desk)
    assert "Une publication à vérifier." in page
    assert "1 des 2 publications vérifiées disent le lien." in page


def test_a_post_shows_its_caption_what_is_wrong_and_why(cast: Cast, desk: Client) -> None:
    post = a_post(owed(cast), caption=BAD)
    page = desk.get(f"/bureau/publications/{post.pk}/").content.decode()
    for said in ("flagged", "D-WORD-", "L’image reste à vérifier.", "Les règles proposent"):
        assert said in page
    assert "dans les mots que lit le membre\u00a0: Un produit reçu est un lien à dire" in page


def test_a_post_that_cannot_be_seen_says_both_reasons_and_asks_for_a_screenshot(
    cast: Cast, desk: Client
) -> None:
    post = a_post(owed(cast))
    url = f"/bureau/publications/{post.pk}/"
    prove(post, Look(Proof.Who.SERVER, Proof.Found.GONE, reason="not_found", source="api"))
    page = desk.get(url).content.decode()
    for said in (
        "Nous ne voyons pas cette publication.",
        "les deux sont possibles",
        "Demander une",
    ):
        assert said in page
    assert "supprim" not in page
    assert "N’est plus là" not in page.partition("Preuves gardées")[2].partition("</section>")[0]
    page = desk.post(f"{url}capture/", follow=True).content.decode()
    assert "Demandée le" in page
    assert Message.objects.get(kind="screenshot").by == cast.strategist
    # Seen by somebody since: there is nothing to ask any more.
    prove(post, Look(Proof.Who.TEAM, Proof.Found.SAME, text=post.caption, by=cast.strategist))
    page = desk.post(f"{url}capture/", follow=True).content.decode()
    assert "a été vue depuis" in page
    assert "les deux sont possibles" not in page


def test_what_is_said_further_down_a_thread_stands_beside_the_findings(
    cast: Cast, desk: Client
) -> None:
    post = a_post(owed(cast), caption="Mes pointes sont enfin douces.")
    rest = Rest((Later("https://bsky.app/x", None, good_caption(post.exchange)),))
    look = Look(Proof.Who.SERVER, Proof.Found.SAME, post.caption, True, "MISSING", source="api")
    prove(post, look, thread=as_kept(post, rest))
    url = f"/bureau/publications/{post.pk}/"
    page = desk.get(url).content.decode()
    findings, _proofs, kept = page.partition("Preuves gardées")
    assert "Le lien n’est dit que plus bas dans le fil." in findings
    assert "Ce que dit la suite du fil, en une publication" in kept
    assert "dit le lien" in kept
    with CaptureQueriesContext(connection) as asked:
        desk.get(url)
    assert len(asked) <= 15


def test_a_post_is_approved_and_the_toast_opens_it_again(cast: Cast, desk: Client) -> None:
    post = a_post(owed(cast))
    page = desk.post(f"/bureau/publications/{post.pk}/approuver/", follow=True).content.decode()
    assert state_of(post) == "checked"
    assert f"/bureau/publications/{post.pk}/rouvrir/" in page
    desk.post(f"/bureau/publications/{post.pk}/rouvrir/")
    assert state_of(post) == "submitted"


def test_the_correction_proposed_is_the_exact_text_and_leaves_by_mail(
    cast: Cast, desk: Client
) -> None:
    exchange = owed(cast)
    post = a_post(exchange, caption=BAD)
    form = desk.get(f"/bureau/publications/{post.pk}/").context["correction_form"]
    text = form.initial["text"]
    assert text.startswith("Publicité.")
    assert text.endswith(BAD)
    url = f"/bureau/publications/{post.pk}/corriger/"
    assert desk.post(url, {"text": ""}).context["correction_form"].errors.keys() == {"text"}
    desk.post(url, {"text": text})
    message = Message.objects.get(kind="correction")
    assert message.to == exchange.offer.person.email
    assert text in message.body
    assert "Correction demandée" in page_of(desk, "?state=to_correct")


def test_a_post_is_waived_with_a_reason_by_who_decides(cast: Cast, desk: Client) -> None:
    exchange = owed(cast)
    post = Post.objects.get(exchange=exchange)
    url = f"/bureau/publications/{post.pk}/dispenser/"
    assert desk.post(url, {"reason": ""}).context["waiver_form"].errors.keys() == {"reason"}
    signed_in(cast.assistant).post(url, {"reason": "Déménagement."})
    assert state_of(post) == "expected"
    desk.post(url, {"reason": "Déménagement."})
    assert state_of(post) == "waived"
    assert "Déménagement." in page_of(desk, "?state=done")


def test_a_late_post_is_reminded_once(cast: Cast, desk: Client) -> None:
    exchange = owed(cast)
    Exchange.objects.update(post_due_on=timezone.localdate() - timedelta(days=4))
    post = Post.objects.get()
    assert "4 jours" in page_of(desk, "?state=overdue")
    for _ in range(2):
        desk.post(f"/bureau/publications/{post.pk}/relancer/")
    assert Message.objects.filter(kind="post_reminder").count() == 1
    exchange.refresh_from_db()
    assert exchange.reminded_at is not None
    assert "une seule est permise" in page_of(desk, "?state=overdue")


def test_the_campaign_filter_keeps_its_posts_only(cast: Cast, desk: Client) -> None:
    mine = a_post(owed(cast))
    a_post(owed(cast))
    campaign = mine.exchange.offer.campaign_id
    answer = desk.get("/bureau/publications/", {"campaign": str(campaign)})
    assert [row["post"] for row in answer.context["rows"]] == [mine]
    odd = desk.get("/bureau/publications/", {"campaign": "0 OR 1", "state": "nothing"})
    assert (odd.status_code, len(odd.context["rows"])) == (200, 2)


def test_the_export_holds_what_the_page_shows_and_no_formula(cast: Cast, desk: Client) -> None:
    a_post(owed(cast, "Bao"), caption="=HYPERLINK(1) #collab")
    approve(a_post(owed(cast, "Chantal")), by=None)
    answer = desk.get("/bureau/publications/exporter/?state=to_check")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Membre", "Bao Ouellet"]
    assert rows[1][-1] == "'=HYPERLINK(1) #collab"


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_finds_no_post(cast: Cast, verb: str) -> None:
    post = a_post(owed(cast, "Bao"))
    stranger = signed_in(cast.stranger)
    url = f"/bureau/publications/{post.pk}/"
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}{verb}/", {"text": "x", "reason": "x"}).status_code == 404
    for page in ("", "exporter/", "?state=done"):
        assert "Bao Ouellet" not in stranger.get(f"/bureau/publications/{page}").content.decode()
    assert state_of(post) == "submitted"


@pytest.mark.parametrize("verb", VERBS)
def test_reading_an_address_changes_nothing(cast: Cast, desk: Client, verb: str) -> None:
    post = a_post(owed(cast))
    assert desk.get(f"/bureau/publications/{post.pk}/{verb}/").status_code == 405
    assert state_of(post) == "submitted"


@pytest.mark.parametrize("tab", ["to_check", "expected", "done"])
def test_three_posts_ask_the_same_queries_as_one(cast: Cast, desk: Client, tab: str) -> None:
    def one() -> None:
        exchange = owed(cast)
        if tab != "expected":
            post = a_post(exchange, caption=good_caption(exchange))
            if tab == "done":
                approve(post, by=cast.owner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(desk, f"?state={tab}")
        return len(captured)

    one()
    first = queries()
    one()
    one()
    assert queries() == first
    assert first <= 15


def test_the_page_reads_in_english(cast: Cast, desk: Client) -> None:
    a_post(owed(cast), caption=BAD)
    desk.cookies["django_language"] = "en"
    page = page_of(desk)
    assert "One post to check." in page
    assert "no rate to give" in page
