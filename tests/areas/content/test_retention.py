"""Those refused, and those of a list who never answered, go when their time is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from django_q.models import Schedule

from proche.areas.accounts.models import Role
from proche.areas.content import retention, tasks
from proche.areas.content.retention import Delays, set_delays, soon
from proche.areas.imports import actions
from proche.areas.imports.models import Basis, ImportBatch, Origin
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.people.notes import write_note
from proche.areas.people.papers import keep_file
from proche.areas.recruitment.actions import ask_review, refuse
from proche.areas.recruitment.marks import left_mark
from proche.areas.recruitment.models import Application, Block
from tests.areas.content.test_leaving import everything_kept
from tests.areas.imports.lists import ANNE, LUC, as_csv, checked, imported, received
from tests.cast import Cast
from tests.factories.people import AccountFactory, PersonFactory, consenting

pytestmark = pytest.mark.django_db
SECRETS = ("Quenneville", "zoelie@example.org", "zoe.coupe", "Percé", "tatouages")


def a_refusal(cast: Cast, *, days_ago: int, **facts: Any) -> Application:
    person = consenting(PersonFactory.create(programme=cast.programme, state="applied", **facts))
    AccountFactory.create(person=person, handle="zoe.coupe")
    application: Application = Application.objects.create(
        person=person, state="received", language="fr", submitted_at=timezone.now()
    )
    refuse(application, "Trop de tatouages.", by=cast.strategist)
    Application.objects.filter(pk=application.pk).update(
        decided_at=timezone.now() - timedelta(days=days_ago)
    )
    application.refresh_from_db()
    return application


def zoelie(cast: Cast, *, days_ago: int) -> Application:
    named = {"given_name": "Zoélie", "family_name": "Quenneville", "city": "Percé"}
    return a_refusal(cast, days_ago=days_ago, email="zoelie@example.org", **named)


def test_a_refused_application_is_erased_after_a_year_and_nothing_is_left_of_it(
    cast: Cast, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    application = zoelie(cast, days_ago=364)
    person = application.person
    write_note(person, "Quenneville rappelle lundi.", by=cast.strategist)
    pdf = b"%PDF-1.4 tatouages de Quenneville %%EOF"
    keep_file(person, pdf, name="Quenneville.pdf", why="tatouages", by=cast.owner)
    deliver_now(Message.objects.get(kind="application_refused").pk)
    assert tasks.erase_in_time() == 0
    assert [secret for secret in SECRETS if secret not in everything_kept()] == []
    Application.objects.update(decided_at=timezone.now() - timedelta(days=365))
    with django_capture_on_commit_callbacks(execute=True):
        assert (tasks.erase_in_time(), tasks.erase_in_time()) == (1, 0)
    kept = everything_kept()
    assert [secret for secret in SECRETS if secret in kept] == []
    # The counts, the mark that keeps a list from bringing them back, and one line stay.
    assert Application.objects.get().state == "refused"
    mark = left_mark(cast.programme, "zoelie@example.org")
    assert Block.objects.filter(programme=cast.programme, trace=mark).count() == 1
    person.refresh_from_db()
    assert list(person.timeline.values_list("verb", flat=True)) == ["erased_in_time"]
    assert retention.erased_so_far(cast.programme) == 1
    # Nobody is written to about it.
    assert [message.subject for message in mailoutbox if "effac" in message.subject] == []
    assert len(mailoutbox) == 1


def test_whoever_asked_for_a_review_is_not_erased(cast: Cast) -> None:
    ask_review(zoelie(cast, days_ago=400), "Regardez encore.")
    assert tasks.erase_in_time() == 0
    assert Person.objects.get().given_name == "Zoélie"


def silent_list(cast: Cast, *, days_ago: int) -> ImportBatch:
    batch = imported(cast, as_csv(ANNE, LUC), basis=Basis.CONSENT, dated_on="2026-01-05")
    came = timezone.now() - timedelta(days=days_ago)
    ImportBatch.objects.update(created_at=came)
    Origin.objects.update(created_at=came)
    actions.destroy_old_files()
    return batch


def test_people_of_a_list_who_never_answered_are_erased_after_six_months(cast: Cast) -> None:
    silent_list(cast, days_ago=183)
    luc = Person.objects.get(email="luc@exemple.ca")
    # Asked a month ago: the months count from there.
    Origin.objects.filter(person=luc).update(invited_at=timezone.now() - timedelta(days=30))
    words = ("anne@exemple.ca", "anne.roy", "boulangère", "Magog")
    assert [word for word in words if word not in everything_kept()] == []
    assert tasks.erase_in_time() == 1
    kept = everything_kept()
    assert [word for word in words if word in kept] == []
    luc.refresh_from_db()
    assert (luc.given_name, luc.state) == ("Luc", "member")
    # A later list does not bring back who was erased.
    assert checked(received(cast, as_csv(ANNE))).foreseen["left_out"] == 1


def test_whoever_said_yes_stays_however_old_the_list_is(cast: Cast) -> None:
    silent_list(cast, days_ago=900)
    anne, luc = Person.objects.order_by("given_name")
    Origin.objects.filter(person=anne).update(confirmed_at=timezone.now())
    consenting(luc, "bank")
    assert tasks.erase_in_time() == 0
    assert set(Person.objects.values_list("state", flat=True)) == {"member"}


def test_the_team_sees_who_goes_within_a_month_and_from_which_day(cast: Cast) -> None:
    Schedule.objects.filter(func=retention.JOB).update(next_run=timezone.now())
    decided = zoelie(cast, days_ago=340).decided_at
    over = timezone.localdate(decided) + timedelta(days=365)
    a_refusal(cast, days_ago=300)
    a_refusal(cast, days_ago=370)
    today = timezone.localdate()
    refused, silent = soon(cast.programme, 50)
    days = [one.on for one in refused.people]
    assert (days, refused.total) == ([today, over], 2)
    assert (silent.people, silent.total) == ([], 0)
    # On an installation that was there before, nobody goes before a month has passed.
    later = timezone.now() + timedelta(days=20)
    Schedule.objects.filter(func=retention.JOB).update(next_run=later)
    [first, second] = soon(cast.programme, 50)[0].people
    assert first.on == timezone.localdate(later)
    assert second.on == over


def test_the_delays_are_those_of_the_programme_and_each_change_is_kept(cast: Cast) -> None:
    zoelie(cast, days_ago=400)
    set_delays(cast.programme, refused=24, silent=3, by=cast.owner)
    assert tasks.erase_in_time() == 0
    silent_list(cast, days_ago=100)
    assert retention.over_with(cast.programme, Delays(12, 6)) == 1
    assert tasks.erase_in_time() == 2
    kept = cast.programme.kept_for.values_list("refused_months", "silent_months", "changed_by")
    assert list(kept) == [(24, 3, cast.owner.pk)]


def test_other_programmes_keep_their_own_delay(cast: Cast) -> None:
    zoelie(cast, days_ago=400)
    elsewhere = Role.objects.get(user=cast.stranger).programme
    set_delays(elsewhere, refused=12, silent=1, by=cast.owner)
    set_delays(cast.programme, refused=36, silent=24, by=cast.owner)
    assert tasks.erase_in_time() == 0


def test_the_job_of_every_hour_is_there_and_begins_in_a_month() -> None:
    job = Schedule.objects.get(func=retention.JOB)
    assert (job.schedule_type, job.repeats) == (Schedule.HOURLY, -1)
    assert job.next_run - timezone.now() > timedelta(days=29)
