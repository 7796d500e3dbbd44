"""One message to those whom the law lets be asked, and what their answer does."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from proche.areas.consent.models import Purpose
from proche.areas.imports import invitations
from proche.areas.imports.links import origin_of, token_for
from proche.areas.imports.models import Basis, Origin
from proche.areas.imports.rules import still_holds
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.areas.imports.lists import ANNE, LUC, as_csv, imported, undone
from tests.cast import Cast

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("basis", "dated_on", "holds"),
    [
        (Basis.CONSENT, date(2019, 1, 1), True),
        (Basis.CONSENT, None, False),
        (Basis.RELATION, date(2024, 11, 26), True),
        (Basis.RELATION, date(2024, 11, 25), False),
        (Basis.APPLICATION, date(2026, 5, 28), True),
        (Basis.APPLICATION, date(2026, 5, 27), False),
        (Basis.NONE, date(2026, 11, 1), False),
        (Basis.CONSENT, date(2026, 11, 27), False),
    ],
)
def test_a_basis_lets_ask_for_as_long_as_the_law_says(
    basis: str, dated_on: date | None, holds: bool
) -> None:
    assert still_holds(basis, dated_on, TODAY) is holds


def asked(cast: Cast, *, days: int = 30) -> tuple[int, Origin]:
    day = timezone.localdate() - timedelta(days=days)
    batch = imported(
        cast, as_csv(ANNE, LUC), basis=Basis.RELATION, source="contrat", dated_on=day.isoformat()
    )
    anne = Origin.objects.get(person__email="anne@exemple.ca")
    return batch.pk, anne


def test_the_message_is_sent_once_to_each_however_often_the_job_runs(cast: Cast) -> None:
    batch, _anne = asked(cast)
    for _twice in range(2):
        invitations.invite_some(batch, 0)
    sent = Message.objects.filter(kind="import_invitation")
    assert sorted(sent.values_list("to", flat=True)) == ["anne@exemple.ca", "luc@exemple.ca"]
    deliver_now(sent.get(to="anne@exemple.ca").pk)
    assert "/inscription/liste/" in mail.outbox[0].body
    assert "contrat" in mail.outbox[0].body


def test_nobody_is_asked_without_a_basis_that_still_holds(cast: Cast) -> None:
    batch, anne = asked(cast, days=731)
    invitations.invite_some(batch, 0)
    with pytest.raises(Refusal) as refused:
        invitations.invite(anne)
    assert refused.value.code == "no_basis_to_write"
    assert not Message.objects.exists()
    with pytest.raises(Refusal) as nobody:
        invitations.start_inviting(anne.batch, by=cast.owner)  # type: ignore[arg-type]
    assert nobody.value.code == "nobody_to_ask"


def test_a_yes_gives_consents_an_account_and_a_place_and_the_link_closes(cast: Cast) -> None:
    _batch, anne = asked(cast)
    person = invitations.confirm(
        anne, [Purpose.BANK, Purpose.OFFERS], language="fr", french_shown_at=timezone.now()
    )
    person.refresh_from_db()
    given = set(person.consents.values_list("purpose", flat=True))
    assert given == {Purpose.BANK, Purpose.OFFERS}
    assert person.user is not None
    assert (person.user.email, person.adult) == ("anne@exemple.ca", True)
    assert person.joined_at is not None
    # With an account and its followers, a verdict waits for a person.
    assert person.verdicts.filter(signed_at=None).count() == 1
    with pytest.raises(Refusal) as answered:
        invitations.confirm(anne, [Purpose.BANK], language="fr", french_shown_at=timezone.now())
    assert answered.value.code == "answered"


def test_a_yes_without_the_bank_is_refused(cast: Cast) -> None:
    _batch, anne = asked(cast)
    with pytest.raises(Refusal) as refused:
        invitations.confirm(anne, [Purpose.OFFERS], language="fr", french_shown_at=timezone.now())
    assert refused.value.code == "bank_consent_needed"
    assert not anne.person.consents.exists()


def test_who_was_asked_or_said_yes_stays_when_the_import_is_undone(cast: Cast) -> None:
    _batch, anne = asked(cast)
    invitations.invite(anne)
    assert anne.batch is not None
    undone(cast, anne.batch)
    assert [p.email for p in Person.objects.in_programme(cast.programme)] == ["anne@exemple.ca"]


def test_a_link_that_was_changed_opens_nothing(cast: Cast) -> None:
    _batch, anne = asked(cast)
    token = token_for(anne)
    assert origin_of(token) == anne
    with pytest.raises(Refusal):
        origin_of(token[:-1] + ("a" if token[-1] != "a" else "b"))


def test_somebody_of_a_list_who_signs_up_is_answered_whatever_the_basis(cast: Cast) -> None:
    imported(cast, as_csv(ANNE))
    for _twice in range(2):
        assert invitations.answer_sign_up(cast.programme, "ANNE@exemple.ca")
    assert [m.kind for m in Message.objects.all()] == ["import_sign_up"]
    assert not invitations.answer_sign_up(cast.programme, "luc@exemple.ca")
    origin = Origin.objects.get()
    invitations.confirm(origin, [Purpose.BANK], language="fr", french_shown_at=timezone.now())
    assert not invitations.answer_sign_up(cast.programme, "anne@exemple.ca")
