"""A break, a return, a copy of one's data, and leaving: what is erased and what stays."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone
from django_q.models import Task

from proche.areas.accounts.models import Role, User
from proche.areas.campaigns.actions import feedback, report_broken
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.campaigns.tasks import tell_shipped
from proche.areas.consent.models import Consent
from proche.areas.content.breaks import come_back, take_break
from proche.areas.content.leaving import erase, erase_those_due, leave, stay
from proche.areas.content.links import departure_of, stay_token
from proche.areas.content.models import Post
from proche.areas.content.own_data import as_table, own_data
from proche.areas.messages.actions import ask_team, deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.actions import change_answers
from proche.areas.people.correcting import correct
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.kept import Departure
from proche.areas.people.looks import looked
from proche.areas.people.merging import merge
from proche.areas.people.models import Account, Person
from proche.areas.people.notes import write_note
from proche.areas.people.papers import keep_file
from proche.areas.recruitment.models import Nomination, Supporter
from proche.common.errors import Refusal
from tests.areas.people.merged import pair_of
from tests.areas.recruitment.conftest import a_call
from tests.cast import Cast, signed_in
from tests.factories.campaigns import an_exchange, an_offer, received, shipped, who_agreed
from tests.factories.content import a_post
from tests.factories.people import PersonFactory

SECRETS = ("Quenneville", "Zoélie", "zoelie@", "zoe.coupe", "tatouages", "Percé", "Migraine")


@pytest.fixture(autouse=True)
def _folders_of_its_own(settings: Any, tmp_path: Path) -> None:
    """What another test left in a file is no leak of this one, whichever runs first."""
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH = tmp_path / "media", tmp_path / "mail"


def somebody(cast: Cast) -> Person:
    cast.programme.asks_per_quarter = 9
    cast.programme.save()
    person = who_agreed(
        cast.programme,
        given_name="Zoélie",
        family_name="Quenneville",
        email="zoelie@example.org",
        city="Percé",
        own_words="Je fais des tatouages.",
    )
    person.accounts.update(handle="zoe.coupe")
    return person


def everything_kept() -> str:
    """Every column of every table, ours or not, and every file and letter: where a leak would show.
    What a library packs (jobs, sessions) is unpacked first."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [str(cell) for row in cursor.fetchall() for cell in row]
    said += [str(session.get_decoded()) for session in Session.objects.all()]
    said += [f"{task.args} {task.result}" for task in Task.objects.all()]
    folders = [Path(settings.MEDIA_ROOT), Path(settings.EMAIL_FILE_PATH)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    said += [path.read_bytes().decode("latin-1") for path in files]
    # In JSON an accent is written by its number.
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), "\n".join(said))


def test_a_break_stops_offers_and_a_return_opens_them_again(cast: Cast) -> None:
    person = somebody(cast)
    take_break(person)
    person.refresh_from_db()
    assert person.state == Person.State.ASLEEP
    come_back(person)
    person.refresh_from_db()
    assert person.state == Person.State.MEMBER
    verbs = person.timeline.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["person_asleep", "person_came_back"]
    assert an_offer(person).person == person


def test_only_a_member_takes_a_break_and_only_a_sleeper_comes_back(cast: Cast) -> None:
    person = somebody(cast)
    with pytest.raises(Refusal):
        come_back(person)
    Person.objects.update(state="applied")
    person.refresh_from_db()
    with pytest.raises(Refusal):
        take_break(person)


def test_the_copy_holds_everything_and_is_plain_json(cast: Cast) -> None:
    person = somebody(cast)
    exchange = shipped(person)
    feedback(exchange, "Migraine.")
    ask_team(person, "Puis-je l’offrir à ma sœur?")
    document = own_data(person)
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False)
    for told in (*SECRETS, "12, rue de la Gare", "ma sœur", "offers", "parcel_shipped"):
        assert told in text
    assert set(document) == {
        "person",
        "accounts",
        "application",
        "import",
        "nomination",
        "consents",
        "evidence",
        "verdicts",
        "shortlists",
        "rankings",
        "choices",
        "roster_terms",
        "offers",
        "exchanges",
        "parcels",
        "invitations",
        "posts",
        "proofs",
        "network_answers",
        "threads",
        "post_images",
        "messages",
        "tags",
        "timeline",
        "merges",
        "resemblances",
        "said",
        "notes",
        "files",
        "looks",
        "breaks",
        "still_true",
        "undeclared_posts",
    }


def test_every_table_that_points_at_a_person_was_thought_of() -> None:
    """A new table must be added to the copy and to leaving; then to this list."""
    pointing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model in {Person, Account, Offer, Exchange, Post}
    }
    assert pointing - {"Person_tags", "Tag_people"} == {
        "Account",
        "Application",
        "AudienceSample",
        "Break",
        "Check",
        "Consent",
        "Departure",
        "DuplicatePair",
        "Evidence",
        "Exchange",
        "Factors",
        "Invitation",
        "Look",
        "Merge",
        "Message",
        "ImportedRow",
        "Nomination",
        "Note",
        "Origin",
        "Offer",
        "Parcel",
        "PersonFile",
        "Post",
        "RosterConflict",
        "Proof",
        "ProofImage",
        "Recheck",
        "RosterPlace",
        "RosterTerm",
        "Said",
        "ShortlistEntry",
        "StillTrue",
        "Tag",
        "TimelineEntry",
        "Undeclared",
        "Verdict",
    }


def test_the_copy_holds_nobody_else(cast: Cast) -> None:
    mine, other = somebody(cast), who_agreed(cast.programme, given_name="Marie-Soleil")
    feedback(an_exchange(other), "Secret de Marie-Soleil.")
    text = json.dumps(own_data(mine), cls=DjangoJSONEncoder, ensure_ascii=False)
    assert "Marie-Soleil" not in text
    assert other.email not in text


def test_the_table_has_one_line_for_each_fact(cast: Cast) -> None:
    person = somebody(cast)
    document = own_data(person)
    lines: list[tuple[str, int, str, Any]] = list(as_table(document))
    assert ("person", 1, "given_name", "Zoélie") in lines
    assert len(lines) == sum(len(row) for rows in document.values() for row in rows)


def test_leaving_erases_who_the_person_was_everywhere(cast: Cast) -> None:
    person = somebody(cast)
    user = person.user
    assert user is not None
    user.email, user.name = "zoelie@example.org", "Zoélie Quenneville"
    user.save()
    exchange = received(person, exchange="agreed", obligation=True)
    feedback(exchange, "Migraine.")
    a_post(exchange, caption="Zoélie Quenneville parle de tatouages à Percé.")
    report_broken(shipped(person).parcel, what="Migraine de colis.")
    an_exchange(person)
    ask_team(person, "Zoélie ici, de Percé.")
    assert all(secret in everything_kept() for secret in SECRETS)
    erase(person)
    kept = everything_kept()
    assert [secret for secret in (*SECRETS, "sonner deux fois") if secret in kept] == []


def test_erasing_takes_the_records_merged_with_theirs_and_their_sign_ins(cast: Cast) -> None:
    person = somebody(cast)
    twin = who_agreed(cast.programme, given_name="Zoé", family_name="Quen", email="zq@example.org")
    former = twin.user
    assert former is not None
    merge(pair_of(person, twin), by=cast.owner)
    pair_of(person, who_agreed(cast.programme))
    assert "zq@example.org" in everything_kept()
    [told] = own_data(Person.objects.get(pk=person.pk))["merges"]
    assert (told["given_name"], told["email"]) == ("Zoé", "zq@example.org")
    erase(person)
    assert "zq@example.org" not in everything_kept()
    assert not User.objects.filter(pk=former.pk).exists()
    assert (Merge.objects.count(), DuplicatePair.objects.count()) == (0, 0)


def test_leaving_keeps_the_totals(cast: Cast) -> None:
    person = somebody(cast)
    a_post(received(person))
    an_offer(person)
    erase(person)
    assert (Offer.objects.count(), Exchange.objects.count(), Post.objects.count()) == (2, 1, 1)
    assert set(Offer.objects.values_list("state", flat=True)) == {"accepted", "withdrawn"}
    person.refresh_from_db()
    assert (person.state, person.region, str(person)) == ("left", "01", "Compte effacé")
    assert list(person.timeline.values_list("verb", flat=True)) == ["person_left"]


def test_leaving_stops_what_is_under_way(cast: Cast) -> None:
    person = somebody(cast)
    received(person, exchange="agreed", obligation=True)
    an_exchange(person)
    leave(person)
    assert set(Parcel.objects.values_list("state", flat=True)) == {"received"}
    assert set(Post.objects.values_list("state", flat=True)) == {"waived"}
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_leaving_takes_the_sign_in_away_unless_they_work_here(cast: Cast) -> None:
    person = somebody(cast)
    user = person.user
    assert user is not None
    erase(person)
    assert not User.objects.filter(pk=user.pk).exists()
    colleague = somebody_who_works(cast)
    erase(colleague)
    assert Role.objects.filter(user=cast.assistant).exists()
    assert not Person.objects.filter(user=cast.assistant).exists()


def somebody_who_works(cast: Cast) -> Person:
    person = who_agreed(cast.programme)
    person.user = cast.assistant
    person.save()
    return person


def test_a_message_still_queued_when_the_person_leaves_goes_nowhere(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = somebody(cast)
    exchange = shipped(person)
    queued = Message.objects.get(person=person, kind="offer").pk
    erase(person)
    deliver_now(queued)
    tell_shipped(exchange.parcel.pk)
    assert (mailoutbox, Message.objects.filter(person=person).count()) == ([], 0)


def test_two_people_may_leave_the_same_programme(cast: Cast) -> None:
    first, second = somebody(cast), who_agreed(cast.programme)
    erase(first)
    erase(second)
    assert Person.objects.filter(state="left").count() == 2


def kept_beside(person: Person, cast: Cast) -> None:
    """A row of every kind that speaks of the person, each with words that would betray them."""
    person.city = "Percé-sur-Mer"
    change_answers(person)
    correct(person, "city", "Percé", reason="Quenneville l’a dit.", by=cast.strategist)
    write_note(person, "Zoélie rappelle lundi.", by=cast.strategist)
    pdf = b"%PDF-1.4 tatouages de Quenneville %%EOF"
    keep_file(person, pdf, name="Quenneville.pdf", why="Zoélie l’envoie", by=cast.owner)
    looked(person, by=cast.strategist)
    person.refresh_from_db()
    call = a_call(cast)
    named = Nomination.objects.create(
        call=call,
        person=person,
        state="accepted",
        handle="zoe.coupe",
        reason="Zoélie est drôle",
        trace="t",
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )
    Supporter.objects.create(
        nomination=named, key="k", name="Tante de Zoélie", created_at=timezone.now()
    )


def test_a_departure_hides_at_once_and_is_erased_by_the_night_of_its_day(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "proche.common.mail.FolderBackend"
    person = somebody(cast)
    user = person.user
    assert user is not None
    User.objects.filter(pk=user.pk).update(email="zoelie@example.org", name="Zoélie Quenneville")
    signed_in(user)
    session = Session.objects.get()
    session.session_data = SessionStore().encode(
        {**session.get_decoded(), "by": "zoelie@example.org"}
    )
    session.save()
    kept_beside(person, cast)
    a_post(received(person), caption="Zoélie Quenneville parle de tatouages.")
    Task.objects.create(
        id="f",
        name="f",
        func="proche.areas.messages.tasks.deliver",
        args=(person.messages.values_list("pk", flat=True)[0],),
        result="refused: zoelie@example.org",
        started=timezone.now(),
        stopped=timezone.now(),
        success=False,
    )
    departure = leave(person)
    deliver_now(Message.objects.get(kind="left").pk)
    assert [one for one in SECRETS if one != "Migraine" and one not in everything_kept()] == []
    person.refresh_from_db()
    assert (str(person), person.email) == ("Compte effacé", f"{person.key}@left.invalid")
    assert erase_those_due() == 0
    Departure.objects.update(erase_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_those_due() == 1
    kept = everything_kept()
    assert [secret for secret in (*SECRETS, "Tante de", "drôle") if secret in kept] == []
    assert not User.objects.filter(pk=user.pk).exists()
    assert (Offer.objects.count(), Exchange.objects.count(), Post.objects.count()) == (1, 1, 1)
    assert departure.erase_on - timezone.localdate() < timedelta(days=30)


def test_who_changes_their_mind_has_everything_back(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = somebody(cast)
    kept_beside(person, cast)
    before = own_data(person)
    departure = leave(person)
    told = Message.objects.get(kind="left")
    deliver_now(told.pk)
    assert mailoutbox[-1].to == ["zoelie@example.org"]
    link = next(word for word in mailoutbox[-1].body.split() if "/moi/rester/" in word)
    token = link.rstrip("/").rsplit("/", 1)[1]
    # The link is nowhere but with its holder.
    told.refresh_from_db()
    assert token not in told.body
    stay(departure_of(token))
    person.refresh_from_db()
    after = own_data(person)
    assert person.user is not None
    assert person.user.is_active
    same = set(before) - {"offers", "messages", "timeline"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    with pytest.raises(Refusal):
        departure_of(stay_token(departure))


def test_who_signed_up_again_is_not_doubled(cast: Cast) -> None:
    person = somebody(cast)
    departure = leave(person)
    PersonFactory.create(programme=cast.programme, email="ZOELIE@example.org")
    with pytest.raises(Refusal) as refused:
        stay(departure)
    assert refused.value.code == "signed_up_again"
    person.refresh_from_db()
    assert person.state == Person.State.LEFT


def test_who_leaves_while_signed_in_elsewhere_is_signed_out_there(cast: Cast) -> None:
    person = somebody(cast)
    assert person.user is not None
    elsewhere = signed_in(person.user)
    assert elsewhere.get("/moi/").status_code == 200
    leave(person)
    assert elsewhere.get("/moi/").status_code == 302
