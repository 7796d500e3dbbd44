"""The other road, closed until a programme accepts its duties: readers name an account, and the
agency invites. One account is one row, however many readers name it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.recruitment.actions.admission import Admitted
from proche.areas.recruitment.actions.nominations import OPEN
from proche.areas.recruitment.limits import take_place
from proche.areas.recruitment.marks import account_mark, plain_handle, refuse_contact
from proche.areas.recruitment.models import Block, Call, HandleDuties, Nomination, Supporter
from proche.common.errors import Refusal

DUTIES_VERSION = 1


@dataclass(frozen=True, slots=True)
class NamedAccount:
    platform: str
    handle: str
    reason: str = ""


def may_ask_handles(call: Call) -> bool:
    return call.asks_handles and HandleDuties.objects.filter(programme=call.programme_id).exists()


@transaction.atomic
def nominate_account(
    call: Call, admitted: Admitted, account: NamedAccount, *, nominator_name: str = ""
) -> bool:
    """Keep the account once and this reader as a supporter. Whoever said no is not written down
    again, and the answer is the same, True: nobody learns here who refused."""
    if not may_ask_handles(call):
        raise Refusal(_("This call keeps no account: pass the link on."), code="no_handles")
    refuse_contact(nominator_name, field="nominator_name")
    refuse_contact(account.reason, field="reason")
    handle = plain_handle(account.platform, account.handle)
    mark = account_mark(call.programme, account.platform, handle)
    if Supporter.objects.filter(key=admitted.key).exists():
        return True
    take_place(call, admitted.mark, worked=admitted.worked)
    if not Block.objects.filter(programme=call.programme_id, trace=mark).exists():
        plain = NamedAccount(account.platform, handle, account.reason.strip())
        _support(_row(call, admitted, plain, mark), admitted, nominator_name.strip())
    return True


def _row(call: Call, admitted: Admitted, account: NamedAccount, mark: str) -> Nomination:
    now = timezone.now()
    wanted = Nomination(
        call=call,
        platform=account.platform,
        handle=account.handle,
        reason=account.reason,
        trace=mark,
        notice_version=admitted.notice_version,
        created_at=now,
        changed_at=now,
    )
    Nomination.objects.bulk_create([wanted], ignore_conflicts=True)
    row: Nomination = Nomination.objects.get(call=call, trace=mark)
    if account.reason and row.state in OPEN and not row.reason:
        Nomination.objects.filter(pk=row.pk, reason="").update(reason=account.reason)
    return row


def _support(nomination: Nomination, admitted: Admitted, name: str) -> None:
    if nomination.state not in OPEN:
        return
    reader = Supporter(
        nomination=nomination, key=admitted.key, name=name, created_at=timezone.now()
    )
    Supporter.objects.bulk_create([reader], ignore_conflicts=True)


def accept_duties(programme: Programme, *, by: User, kept_days: int) -> HandleDuties:
    """Open the road for the calls of a programme: who, when, which duties, for how long."""
    return HandleDuties.objects.update_or_create(
        programme=programme,
        defaults={
            "version": DUTIES_VERSION,
            "kept_days": kept_days,
            "accepted_by": by,
            "accepted_at": timezone.now(),
        },
    )[0]


@transaction.atomic
def give_duties_up(programme: Programme) -> None:
    """Close the road: no call asks for an account any more. Those already named keep their term."""
    HandleDuties.objects.filter(programme=programme).delete()
    Call.objects.filter(programme=programme).update(asks_handles=False)
