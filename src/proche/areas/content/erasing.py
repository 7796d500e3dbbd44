"""Every row, file, letter and session that speaks of a person, destroyed.

It stands here because it must know every area that keeps something of a person."""

from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django_q.models import Failure

from proche.areas.accounts.models import Role, User
from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.content.images import destroy
from proche.areas.content.models import Check, Post
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import forget
from proche.areas.imports.models import ImportedRow, Origin
from proche.areas.matching.actions import forget_choices
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application, Nomination, Supporter


def erase_what_was_written(person: Person, *, email: str) -> None:
    """Call it inside the transaction that erases; files go once it is done."""
    _blank_the_exchanges(person)
    Application.objects.filter(person=person).update(
        refusal_reason="", workplace="", shows_trade="", shows_clients="", shares=[]
    )
    Supporter.objects.filter(nomination__person=person).update(name="")
    Nomination.objects.filter(person=person).update(
        nominator_name="", platform="", handle="", reason="", trace=None, person=None
    )
    Origin.objects.filter(person=person).update(note="")
    ImportedRow.objects.filter(person=person).delete()
    forget_choices(person)
    _forget_failed_deliveries(person, email)
    _destroy_files(person, email)
    for rows in (
        person.messages,
        person.timeline,
        person.said,
        person.notes,
        person.files,
        person.looks,
        person.breaks,
        person.still_true,
        person.undeclared,
        person.evidence,
        person.verdicts,
        person.factors,
        person.accounts,
        # A merge keeps what it would need to be undone: the other record whole.
        person.merges,
        person.pairs_as_first,
        person.pairs_as_second,
    ):
        rows.all().delete()
    person.tags.clear()


def _blank_the_exchanges(person: Person) -> None:
    person.offers.update(decline_reason="")
    Exchange.objects.filter(offer__person=person).update(feedback="")
    Parcel.objects.filter(exchange__offer__person=person).update(
        street="", town="", postal_code="", note="", tracking="", problem=""
    )
    Post.objects.filter(exchange__offer__person=person).update(
        url="", caption="", on_screen="", said="", waiver_reason=""
    )
    Check.objects.filter(post__exchange__offer__person=person).update(caption="", findings=[])
    forget(list(Proof.objects.filter(post__exchange__offer__person=person)))
    destroy(list(ProofImage.objects.filter(exchange__offer__person=person)))


def _forget_failed_deliveries(person: Person, email: str) -> None:
    """A mail server that refuses an address names it, and the queue keeps what it said, even of a
    letter that is gone."""
    letters = set(person.messages.values_list("pk", flat=True))
    for failure in Failure.objects.filter(func="proche.areas.messages.tasks.deliver"):
        named = email.lower() in str(failure.result).lower()
        if named or letters & set(failure.args or ()):
            failure.delete()


def _destroy_files(person: Person, email: str) -> None:
    stored = [paper.stored for paper in person.files.all()]

    def destroy() -> None:
        for one in stored:
            one.storage.delete(one.name)
        _empty_mail_folder(email)

    transaction.on_commit(destroy)


def _empty_mail_folder(email: str) -> None:
    """Where no mail server is named, letters lie in a folder: those to this address go."""
    if not settings.MAIL_STAYS_HERE:
        return
    wanted = email.lower().encode()
    for letter in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if wanted in letter.read_bytes().lower():
            letter.unlink(missing_ok=True)


def forget_sign_in(user_id: int) -> None:
    """The account and its sessions, which hold the address it signed in with; somebody who also
    works in the team keeps both, for that work only."""
    if Role.objects.filter(user=user_id).exists():
        return
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user_id):
            session.delete()
    User.objects.filter(pk=user_id).delete()
