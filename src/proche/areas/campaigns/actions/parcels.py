"""The parcel: prepared, shipped, received; or lost, broken, replaced."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.models import Schedule

from proche.areas.accounts.models import User
from proche.areas.campaigns import rules
from proche.areas.campaigns.actions.answering import Address
from proche.areas.campaigns.clock import start_clock, stop_clock
from proche.areas.campaigns.letters import write_to
from proche.areas.campaigns.models import Parcel
from proche.areas.campaigns.queries import parcels_with_people
from proche.areas.people.actions import record
from proche.common.errors import Refusal

State = Parcel.State
# The mail leaves after the toast has gone, so that « undo » takes back what nobody was told.
TELL_AFTER = timedelta(seconds=30)


@transaction.atomic
def ship(parcel: Parcel, *, tracking: str = "", by: User | None) -> None:
    current = _in(parcel, rules.SHIPPABLE, _("This parcel was already shipped."))
    if not current.street:
        raise Refusal(
            _("The address is still awaited: this person will give it on their page."),
            code="address_missing",
        )
    current.state = State.SHIPPED
    current.tracking = tracking.strip()
    current.shipped_at = timezone.now()
    current.save(update_fields=["state", "tracking", "shipped_at"])
    _tell(current, "parcel_shipped", by)
    tell_later("proche.areas.campaigns.tasks.tell_shipped", current.pk)


def tell_later(task: str, pk: int) -> None:
    Schedule.objects.create(
        func=task,
        args=f"({pk},)",
        schedule_type=Schedule.ONCE,
        repeats=-1,
        next_run=timezone.now() + TELL_AFTER,
    )


@transaction.atomic
def take_back_shipping(parcel: Parcel, *, by: User | None) -> None:
    """Undo of `ship`: the parcel is to prepare again, and the mail does not leave."""
    current = _in(parcel, {State.SHIPPED}, _("This parcel is no longer on its way."))
    current.state = State.TO_PREPARE
    current.tracking = ""
    current.shipped_at = None
    current.save(update_fields=["state", "tracking", "shipped_at"])
    _tell(current, "parcel_not_shipped", by)


@transaction.atomic
def mark_lost(parcel: Parcel, *, by: User | None) -> None:
    current = _in(parcel, rules.LOSABLE, _("Only a parcel on its way can be lost."))
    _move(current, State.LOST, "parcel_lost", by)


@transaction.atomic
def mark_returned(parcel: Parcel, *, by: User | None) -> None:
    """The parcel came back to the sender."""
    current = _in(
        parcel,
        {State.SHIPPED, State.LOST, State.BROKEN},
        _("Only a parcel that left can come back."),
    )
    _move(current, State.RETURNED, "parcel_returned", by)


@transaction.atomic
def confirm_receipt(parcel: Parcel, *, by: User | None = None) -> None:
    """The member has it: the address is erased, and the posting clock starts if one is due."""
    current = _in(parcel, rules.RECEIVABLE, _("This parcel was already confirmed."))
    current.state = State.RECEIVED
    current.received_at = timezone.now()
    current.problem = ""
    current.street = current.town = current.postal_code = current.note = ""
    current.save()
    start_clock(current.exchange, on=timezone.localdate())
    _tell(current, "parcel_received", by)


@transaction.atomic
def report_broken(parcel: Parcel, *, what: str, by: User | None = None) -> None:
    """The member says what is wrong; nothing is due about a thing that came broken."""
    current = _in(
        parcel, rules.BREAKABLE, _("Only a parcel that was shipped can be reported broken.")
    )
    current.problem = what.strip()
    stop_clock(current.exchange)
    _move(current, State.BROKEN, "parcel_broken", by)


@transaction.atomic
def replace_parcel(parcel: Parcel, *, by: User | None) -> None:
    """Prepare another one. Where the address was erased, the member is asked for it again."""
    current = _in(parcel, rules.REPLACEABLE, _("Only a lost or broken parcel can be replaced."))
    current.tracking = ""
    current.shipped_at = current.received_at = current.prepared_at = None
    _move(current, State.TO_PREPARE, "parcel_replaced", by)
    write_to(current.exchange, "parcel_replaced", f"{current.pk}:{timezone.now().isoformat()}")


@transaction.atomic
def give_address(parcel: Parcel, address: Address) -> None:
    """Give or correct the address while the parcel has not left."""
    current = _in(
        parcel, {State.TO_PREPARE}, _("The parcel has left: the address can no longer change.")
    )
    current.street, current.town = address.street, address.town
    current.postal_code, current.note = address.postal_code, address.note
    current.save()
    _tell(current, "address_given", None)


def _in(parcel: Parcel, states: Collection[str], otherwise: str | Promise) -> Parcel:
    """The row as it is now, locked; refused in any other state."""
    rows = parcels_with_people(Parcel.objects.select_for_update(of=("self",)))
    current = rows.get(pk=parcel.pk)
    if current.state not in states:
        raise Refusal(otherwise, code=f"parcel_{current.state}")
    return current


def _move(parcel: Parcel, state: Parcel.State, verb: str, by: User | None) -> None:
    parcel.state = state
    parcel.save()
    _tell(parcel, verb, by)


def _tell(parcel: Parcel, verb: str, by: User | None) -> None:
    offer = parcel.exchange.offer
    brief = offer.campaign.brief
    record(offer.person, verb, by=by, brand=brief.brand.name, campaign=brief.title_fr)
