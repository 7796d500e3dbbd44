"""Verdicts to look at: old and new side by side, one hand each; a stranger sees none of it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.evidence.actions import propose, refresh, sign, start_refresh
from proche.areas.evidence.models import (
    BankNorms,
    Evidence,
    ProgrammeThresholds,
    RefreshRun,
    Verdict,
)
from proche.areas.evidence.queries import to_look_at
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.people import AccountFactory, PersonFactory

PAGE = "/bureau/verdicts/"
# Figures kept of an account cannot show these two.
NEVER_KEPT = ["jours où l’on s’est abonné", "mots des commentaires reçus"]


def member(cast: Cast, name: str = "Aline", *, followers: int = 812) -> Person:
    person: Person = PersonFactory.create(
        programme=cast.programme, seeks_living="no", given_name=name
    )
    AccountFactory.create(person=person, followers=followers)
    verdict = propose(person, as_of=timezone.localdate())
    assert verdict is not None
    sign(verdict, by=cast.strategist)
    return person


def changed(cast: Cast, *names: str) -> list[Verdict]:
    for name in names:
        person = member(cast, name)
        Person.objects.filter(pk=person.pk).update(seeks_living="yes")
    return refreshed(cast)


def grown(cast: Cast, name: str = "Aline") -> Verdict:
    member(cast, name).accounts.update(followers=6200)
    return refreshed(cast)[0]


def refreshed(cast: Cast) -> list[Verdict]:
    refresh(start_refresh(cast.programme, by=cast.strategist).pk)
    return list(to_look_at(cast.programme))


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def read(client: Client, url: str = PAGE) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def test_what_changed_is_shown_old_and_new_with_its_reason(cast: Cast, strategist: Client) -> None:
    changed(cast, "Aline")
    page = read(strategist)
    assert "Aline" in page
    assert "Dit chercher à vivre de l’influence." in page
    assert "Dit ne pas chercher à vivre de l’influence." in page


def test_an_english_reader_reads_english(cast: Cast) -> None:
    changed(cast, "Aline")
    cast.strategist.language = "en"
    cast.strategist.save()
    client = signed_in(cast.strategist)
    client.cookies["django_language"] = "en"
    assert "Says they want to live from influence." in read(client)


def test_ticked_verdicts_are_signed_together(cast: Cast, strategist: Client) -> None:
    waiting = changed(cast, "Aline", "Benoit")
    strategist.post(f"{PAGE}signer/", {"verdict": [v.pk for v in waiting]})
    assert set(Verdict.objects.signed().values_list("tier", flat=True)) == {"micro"}


def test_one_click_keeps_the_verdict_in_force_and_can_be_taken_back(
    cast: Cast, strategist: Client
) -> None:
    (waiting,) = changed(cast, "Aline")
    strategist.post(f"{PAGE}{waiting.pk}/garder/")
    waiting.refresh_from_db()
    assert waiting.kept_by == cast.strategist
    assert Verdict.objects.signed().get().tier == "nano"
    strategist.post(f"{PAGE}{waiting.pk}/reprendre/")
    assert list(to_look_at(cast.programme)) == [waiting]


def test_kinds_filter_the_list_and_its_export(cast: Cast, strategist: Client) -> None:
    changed(cast, "Aline")
    grown(cast, "Zoé")
    evening = datetime(2026, 1, 10, 2, tzinfo=UTC)
    Verdict.objects.filter(signed_at=None).update(proposed_at=evening)
    page = strategist.get(f"{PAGE}?kind=graduation")
    assert [c.proposal.person.given_name for c in page.context["changes"]] == ["Zoé"]
    answer = strategist.get(f"{PAGE}exporter/?kind=tier")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Aline Ouellet"]
    assert rows[1][2:6] == ["nano", "professional", "micro", "professional"]
    assert rows[1][-2] == "2026-01-09"


def test_asking_again_starts_one_run(cast: Cast, strategist: Client) -> None:
    member(cast)
    strategist.post(f"{PAGE}requalifier/")
    strategist.post(f"{PAGE}requalifier/")
    run = RefreshRun.objects.get()
    assert run.started_by == cast.strategist
    page = strategist.get(f"{PAGE}progres/")
    assert (page.status_code, page.has_header("HX-Refresh")) == (200, False)
    refresh(run.pk)
    assert strategist.get(f"{PAGE}progres/")["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "answers",
    [
        {"decision": "stay", "tier": "micro", "archetype": "professional", "reason": "Crée."},
        {"decision": "until", "until": str(timezone.localdate() + timedelta(days=30))},
        {"decision": "leave", "words": "Merci pour tout."},
    ],
    ids=["stay", "until", "leave"],
)
def test_somebody_who_has_grown_is_decided_on(
    cast: Cast, strategist: Client, answers: dict[str, Any]
) -> None:
    waiting = grown(cast)
    assert "Aline a grandi." in read(strategist, f"{PAGE}{waiting.pk}/grandi/")
    strategist.post(f"{PAGE}{waiting.pk}/grandi/", answers)
    person = Person.objects.get(given_name="Aline")
    in_force = Verdict.objects.signed().get()
    ends = {
        "stay": ("micro", "member", 0),
        "until": ("nano", "member", 0),
        "leave": ("undetermined", "asleep", 1),
    }
    letters = Message.objects.filter(kind="graduated").count()
    assert (in_force.tier, person.state, letters) == ends[answers["decision"]]
    assert list(to_look_at(cast.programme)) == []


def test_waiting_without_a_day_says_so_by_the_field(cast: Cast, strategist: Client) -> None:
    waiting = grown(cast)
    page = strategist.post(f"{PAGE}{waiting.pk}/grandi/", {"decision": "until"})
    assert page.context["form"].errors["until"] == ["Dites jusqu’à quand."]


def test_who_has_grown_is_marked_in_the_bank_and_on_their_page(
    cast: Cast, strategist: Client
) -> None:
    grown(cast)
    person = Person.objects.get(given_name="Aline")
    assert "a grandi" in read(strategist, "/bureau/banque/")
    assert "A grandi" in read(strategist, f"/bureau/personnes/{person.key}/")


def test_today_says_how_many_verdicts_wait(cast: Cast, strategist: Client) -> None:
    changed(cast, "Aline", "Benoit")
    assert "2 verdicts à regarder" in read(strategist, "/bureau/")


def test_an_assistant_reads_and_decides_nothing(cast: Cast) -> None:
    (waiting,) = changed(cast, "Aline")
    assistant = signed_in(cast.assistant)
    read(assistant)
    for url in ("signer/", "requalifier/", f"{waiting.pk}/garder/"):
        assert assistant.post(f"{PAGE}{url}", {"verdict": waiting.pk}).status_code == 409
    assert list(to_look_at(cast.programme)) == [waiting]


def test_a_stranger_finds_nothing_here(cast: Cast) -> None:
    waiting = grown(cast)
    stranger = signed_in(cast.stranger)
    assert "Aline" not in read(stranger)
    assert "Aline" not in stranger.get(f"{PAGE}exporter/").content.decode()
    assert stranger.get(f"{PAGE}{waiting.pk}/grandi/").status_code == 404
    assert stranger.post(f"{PAGE}{waiting.pk}/garder/").status_code == 404
    stranger.post(f"{PAGE}signer/", {"verdict": waiting.pk})
    assert list(to_look_at(cast.programme)) == [waiting]


def test_one_row_or_three_ask_as_many_queries(cast: Cast, strategist: Client) -> None:
    changed(cast, "Aline")
    with CaptureQueriesContext(
        connection,
    ) as one:
        read(strategist)
    changed(cast, "Benoit", "Chloé")
    with CaptureQueriesContext(connection) as three:
        read(strategist)
    assert len(one) == len(three)
    assert len(three) <= 15


def test_a_person_page_stays_within_its_queries(cast: Cast, strategist: Client) -> None:
    grown(cast)
    person = Person.objects.get(given_name="Aline")
    with CaptureQueriesContext(connection) as queries:
        read(strategist, f"/bureau/personnes/{person.key}/")
    assert len(queries) <= 15


def test_every_measure_is_explained(strategist: Client) -> None:
    page = read(strategist, "/bureau/mesures/")
    assert 'id="reply_rate"' in page
    assert 'id="authenticity"' in page


def bank_with_replies(cast: Cast) -> Person:
    for place in range(12):
        person = member(cast, f"Membre{place}")
        share = place / 12
        Evidence.objects.filter(person=person, measure="reply_rate").update(
            value=share, n=40, low=max(0.0, share - 0.1), high=min(1.0, share + 0.1), note=""
        )
    refreshed(cast)
    return Person.objects.get(given_name="Membre9")


def test_a_person_is_shown_beside_the_norms_of_the_bank(cast: Cast, strategist: Client) -> None:
    person = bank_with_replies(cast)
    url = f"/bureau/personnes/{person.key}/"
    page = strategist.get(url)
    line = page.context["measures"][0]
    assert line.name == "reply_rate"
    assert line.value == "75\N{NO-BREAK SPACE}%"
    assert line.sample == "40 commentaires"
    assert line.scale.said == "65\N{NO-BREAK SPACE}% à 85\N{NO-BREAK SPACE}%"
    assert line.place.low < line.place.value < line.place.high
    assert "les comptes de cette banque" in page.content.decode()
    assert BankNorms.objects.get().accounts == 12


def test_the_history_says_who_signed_when_and_under_which_rules(
    cast: Cast, strategist: Client
) -> None:
    (waiting,) = changed(cast, "Aline")
    sign(waiting, by=cast.owner)
    page = read(strategist, f"/bureau/personnes/{waiting.person.key}/")
    assert "Odile Fortin" in page
    assert "Maude Gagnon" in page


def test_signs_are_named_and_never_a_number_alone(cast: Cast, strategist: Client) -> None:
    person: Person = PersonFactory.create(programme=cast.programme, seeks_living="no")
    AccountFactory.create(
        person=person, followers=20, following=4000, posts_total=0, handle="ab12345", bio=""
    )
    propose(person, as_of=timezone.localdate())
    page = strategist.get(f"/bureau/personnes/{person.key}/")
    signs = page.context["signs"]
    assert {one["code"] for one in signs.found} >= {"follows_many", "hardly_posts"}
    assert signs.said.startswith("Plusieurs signes, 3 des 3 regardés")
    assert [str(name) for name in signs.unseen] == ["la photo du profil", "bio", *NEVER_KEPT]


def test_nothing_found_says_how_many_signs_were_looked_at(cast: Cast, strategist: Client) -> None:
    person: Person = PersonFactory.create(programme=cast.programme, seeks_living="no")
    AccountFactory.create(
        person=person, followers=812, following=300, posts_total=90, handle="aline", bio="Coiffe."
    )
    propose(person, as_of=timezone.localdate())
    signs = strategist.get(f"/bureau/personnes/{person.key}/").context["signs"]
    assert signs.said == "Rien trouvé parmi les 4 signes regardés."
    assert [str(name) for name in signs.unseen] == ["la photo du profil", *NEVER_KEPT]


def test_confidence_is_a_word_with_what_it_rests_on(cast: Cast, strategist: Client) -> None:
    person = member(cast)
    word, rests = strategist.get(f"/bureau/personnes/{person.key}/").context["confidence"]
    assert word in {"bonne", "moyenne", "faible"}
    share = round(Verdict.objects.get(person=person).confidence * 100)
    assert rests.startswith(f"{share}\N{NO-BREAK SPACE}% de ce qui rend un verdict sûr")


def test_declared_words_are_quoted_as_declared(cast: Cast, strategist: Client) -> None:
    person = member(cast)
    Person.objects.filter(pk=person.pk).update(own_words="Je montre mes coupes.")
    page = read(strategist, f"/bureau/personnes/{person.key}/")
    nbsp = "\N{NO-BREAK SPACE}"
    assert f"Ses mots{nbsp}: «{nbsp}Je montre mes coupes.{nbsp}»" in page
    assert "niveau 1 sur 5" in page.split("Je montre mes coupes.")[1][:400]


def broken_off(cast: Cast) -> RefreshRun:
    """A job that really fails: a threshold is not a number, as after a hand in the database."""
    member(cast)
    ProgrammeThresholds.objects.create(
        programme=cast.programme, values={"active": "souvent"}, changed_at=timezone.now()
    )
    run = start_refresh(cast.programme, by=cast.strategist)
    with pytest.raises(TypeError):
        refresh(run.pk)
    run.refresh_from_db()
    return run


def test_a_run_that_broke_off_says_when_and_why_and_is_tried_again(
    cast: Cast, strategist: Client
) -> None:
    run = broken_off(cast)
    assert (run.finished_at, run.failure["code"]) == (None, "unexpected")
    page = read(strategist)
    assert "Le travail s’est arrêté (" in page
    assert "Quelque chose d’imprévu" in page
    assert "Réessayer" in page
    assert strategist.get(f"{PAGE}progres/")["HX-Refresh"] == "true"
    ProgrammeThresholds.objects.all().delete()
    strategist.post(f"{PAGE}requalifier/")
    page = read(strategist)
    assert "Le travail commence." in page
    assert "arrêté" not in page
    refresh(run.pk)
    run.refresh_from_db()
    assert (run.failed_at, run.finished_at is not None, run.total) == (None, True, 1)


def test_a_run_nothing_is_heard_of_is_offered_again(cast: Cast, strategist: Client) -> None:
    start_refresh(cast.programme, by=cast.strategist)
    assert "Réessayer" not in read(strategist)
    RefreshRun.objects.update(started_at=timezone.now() - timedelta(hours=1))
    page = read(strategist)
    assert "et rien depuis" in page
    assert "Réessayer" in page


def test_today_names_who_has_grown_and_leads_to_the_decision(
    cast: Cast, strategist: Client
) -> None:
    waiting = grown(cast)
    page = read(strategist, "/bureau/")
    nbsp = "\N{NO-BREAK SPACE}"
    assert f"A grandi{nbsp}: 6{nbsp}200 abonnés, plafond de 5{nbsp}000" in page
    assert f"{PAGE}{waiting.pk}/grandi/" in page
    assert "verdict à regarder" not in page


def test_the_page_of_who_has_grown_leads_to_the_three_decisions(
    cast: Cast, strategist: Client
) -> None:
    waiting = grown(cast)
    page = read(strategist, f"/bureau/personnes/{waiting.person.key}/")
    assert f"{PAGE}{waiting.pk}/grandi/" in page
    assert "Signer le verdict" not in page
    # The story speaks the reader's language, not the codes of the rules.
    assert "Un verdict est proposé\N{NO-BREAK SPACE}: à déterminer." in page


def test_who_has_grown_but_waits_is_marked_with_the_day(cast: Cast, strategist: Client) -> None:
    waiting = grown(cast)
    until = timezone.localdate() + timedelta(days=30)
    strategist.post(
        f"{PAGE}{waiting.pk}/grandi/", {"decision": "until", "until": until.isoformat()}
    )
    page = read(strategist, f"/bureau/personnes/{waiting.person.key}/")
    assert "A grandi, reste jusqu’au" in page
    assert "Requalifier pour décider" not in page


def test_who_has_grown_since_the_last_run_can_be_decided_after_the_next(
    cast: Cast, strategist: Client
) -> None:
    person = member(cast)
    person.accounts.update(followers=6200)
    assert "Requalifier pour décider" in read(strategist, f"/bureau/personnes/{person.key}/")
