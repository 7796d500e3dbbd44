"""The figures of a member's account, asked of its network by one click; the job waits as long as
the network wishes, never the page."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task, schedule

from proche.areas.accounts.models import Programme, User
from proche.areas.consent.models import Purpose
from proche.areas.content import connecting
from proche.areas.content.asking import RESTING, Interfaces
from proche.areas.evidence.actions import Figures, confirm
from proche.areas.people.actions import record
from proche.areas.people.models import Account, Person
from proche.common.choices import Platform
from proche.common.errors import Refusal
from proche.platforms.seen import AccountSeen, State

JOB = "proche.areas.content.tasks.confirm_figures"
TRIES = 3
AGAIN_AFTER = timedelta(minutes=15)
# What a page and a job delivered twice may both write counts once in this time.
ONCE_IN = timedelta(minutes=10)
UNREAD = {
    State.NOT_FOUND: "figures_not_found",
    State.GONE: "figures_not_found",
    State.PRIVATE: "figures_private",
}


def confirmable(person: Person, programme: Programme) -> list[Account]:
    """Their accounts whose network is connected; the accounts are prefetched, and nothing is asked
    of the database for somebody who has none there."""
    there = [a for a in person.accounts.all() if a.platform in connecting.Network.values]
    if not there:
        return []
    connected = set(programme.connections.filter(off_at=None).values_list("network", flat=True))
    return [account for account in there if account.platform in connected]


def ask(account: Account, *, by: User) -> None:
    """Queue the question. Raises Refusal where nothing allows it."""
    _refuse_unless_allowed(account)
    transaction.on_commit(lambda: async_task(JOB, account.pk, by.pk))


def _refuse_unless_allowed(account: Account) -> None:
    person = account.person
    if account.platform not in connecting.in_force(person.programme):
        raise Refusal(
            _("%(network)s is not connected. An owner connects it under Posts, Public reading.")
            % {"network": Platform(account.platform).label},
            code="not_connected",
        )
    if not person.consents.filter(purpose=Purpose.BANK, withdrawn_at=None).exists():
        raise Refusal(
            _("They have not agreed to be in the bank: ask them first."), code="no_consent"
        )


def look(account_id: int, by_id: int, tries: int = 0, interfaces: Interfaces | None = None) -> bool:
    """The job. True where it wrote something; put off for as long as the network wishes."""
    account = (
        Account.objects.select_related("person__programme")
        .exclude(person__state=Person.State.LEFT)
        .filter(pk=account_id)
        .first()
    )
    try:
        if account is None:
            return False
        _refuse_unless_allowed(account)
    except Refusal:
        # Switched off, or the consent taken back, since it was asked.
        return False
    seen = (interfaces or Interfaces()).account(account)
    by = User.objects.filter(pk=by_id).first()
    if seen.state == State.NOT_SEEN and not seen.permanent and tries + 1 < TRIES:
        _again(account_id, by_id, tries, seen)
        return False
    if seen.state != State.UP or seen.followers is None:
        return _not_read(account, seen, by)
    figures = Figures(seen.followers, seen.following, seen.posts)
    return confirm(account, figures, at=timezone.now(), by=by)


def _again(account_id: int, by_id: int, tries: int, seen: AccountSeen) -> None:
    wait = timedelta(seconds=seen.wait) if seen.wait else AGAIN_AFTER
    # While the network rests it was not asked, which counts for nothing.
    tries += seen.why != RESTING
    schedule(JOB, account_id, by_id, tries, next_run=timezone.now() + wait)


@transaction.atomic
def _not_read(account: Account, seen: AccountSeen, by: User | None) -> bool:
    person = Person.objects.select_for_update().get(pk=account.person_id)
    verb = UNREAD.get(seen.state, "figures_not_read")
    lately = person.timeline.filter(verb=verb, at__gte=timezone.now() - ONCE_IN)
    if lately.exists():
        return False
    record(person, verb, by=by, network=Platform(account.platform).label)
    return True
