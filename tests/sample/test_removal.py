"""The sample comes once, alone unless asked, and goes without a trace."""

from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from proche import sample
from proche.areas.accounts.actions import FIRST_START
from proche.areas.accounts.models import User
from proche.areas.consent.models import ConsentText
from proche.core.results import InputRefused
from tests.cast import Cast, signed_in

# Notes that something changed, which every process reads and a nightly job forgets.
NOTES = {"people.BankChange"}


def rows() -> dict[str, int]:
    models = [m for m in apps.get_models() if m._meta.label not in NOTES]
    return {m._meta.label: m._default_manager.count() for m in models}


def load(**how: Any) -> bool:
    return sample.load(timezone.localdate(), **how)


@pytest.mark.django_db
def test_clearing_leaves_every_table_as_it_was() -> None:
    before, texts = rows(), set(ConsentText.objects.values_list("pk", flat=True))
    load()
    assert sample.clear()
    assert rows() == before
    assert set(ConsentText.objects.values_list("pk", flat=True)) == texts
    FIRST_START.check(FIRST_START.token())


@pytest.mark.django_db
def test_no_mail_leaves_and_none_waits(django_capture_on_commit_callbacks: Any) -> None:
    scheduled = Schedule.objects.count()
    with django_capture_on_commit_callbacks() as later:
        load()
    assert later == []
    assert Schedule.objects.count() == scheduled
    assert (OrmQ.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    assert load()
    once = rows()
    assert not load()
    assert rows() == once


@pytest.mark.django_db
def test_clearing_without_a_sample_says_so() -> None:
    assert not sample.clear()


def test_a_real_programme_keeps_the_sample_out_unless_asked(cast: Cast) -> None:
    before = rows()
    with pytest.raises(InputRefused) as refused:
        load()
    assert refused.value.sentence.code == "real_programme"
    assert rows() == before
    assert load(beside=True)
    assert sample.clear()
    assert rows() == before


def test_somebody_who_works_elsewhere_too_keeps_their_account(cast: Cast) -> None:
    load(beside=True)
    programme = sample.sample_programme()
    assert programme is not None
    programme.roles.create(user=cast.assistant, kind="strategist")
    sample.clear()
    assert User.objects.filter(pk=cast.assistant.pk).exists()


@pytest.mark.django_db
def test_an_account_made_for_the_sample_alone_goes_with_it() -> None:
    load()
    programme = sample.sample_programme()
    assert programme is not None
    added = User.objects.create_user("curieuse@ailleurs.example")
    programme.roles.create(user=added, kind="strategist")
    sample.clear()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_owner_removes_it_from_the_workspace_after_a_question() -> None:
    load()
    client = signed_in(User.objects.get(email="maude@voisine.example"))
    assert client.get("/bureau/exemple/retirer/").status_code == 200
    assert sample.sample_programme() is not None
    after = client.post("/bureau/exemple/retirer/", follow=True)
    assert "Le programme d’exemple est retiré." in after.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_assistant_is_told_to_ask_an_owner() -> None:
    load()
    client = signed_in(User.objects.get(email="jeremie@voisine.example"))
    assert client.post("/bureau/exemple/retirer/").status_code != 200
    assert sample.sample_programme() is not None


def test_a_real_programme_has_no_such_page(cast: Cast) -> None:
    assert signed_in(cast.owner).get("/bureau/exemple/retirer/").status_code == 404
