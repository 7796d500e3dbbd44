"""How much one network and one call may receive: a newsroom behind one address goes through, a
script does not. Only marks that change every day are kept of addresses, and for a day."""

import math
from datetime import datetime, timedelta

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.marks import address_mark
from proche.areas.recruitment.models import Attempt, Call, Nomination
from proche.areas.recruitment.writing import take_attempt
from proche.common.errors import Refusal

WINDOW, KEPT = timedelta(hours=1), timedelta(days=1)
# From one address in an hour: a newsroom or a school; then the few there without JavaScript.
MOST_WORKED, MOST_ASKED = 120, 4
EASIEST, HARDEST = 12, 22
# Messages that a visitor may have sent in an hour from one network, a newsroom's included, and in a
# day to one address, wherever they are asked from.
MOST_LETTERS, MOST_TO_ONE = 40, 3
USUAL_A_MINUTE, USUAL_AN_HOUR = 600, 30
# A count may be this old: under a rush, counting for each nomination would be the rush.
COUNTED_EVERY = 5


def bits_for(call: Call, mark: str) -> int:
    """One bit more (twice the work) each time a call, or an address, doubles its usual pace."""
    now = timezone.now()
    lately = _counted(f"pace:{call.pk}", call, since=now - timedelta(minutes=1))
    here = Attempt.objects.filter(trace=mark, at__gt=now - WINDOW).count()
    more = _doublings(lately, USUAL_A_MINUTE) + 2 * _doublings(here, USUAL_AN_HOUR)
    return min(HARDEST, EASIEST + more)


def _doublings(count: int, usual: int) -> int:
    return max(0, math.ceil(math.log2(count / usual))) if count else 0


def _counted(name: str, call: Call, *, since: datetime | None = None) -> int:
    def count() -> int:
        rows = Nomination.objects.filter(call=call)
        return (rows.filter(created_at__gt=since) if since else rows).count()

    counted: int | None = caches["process"].get_or_set(f"recruitment:{name}", count, COUNTED_EVERY)
    return counted or 0


def take_place(call: Call, mark: str, *, worked: bool) -> None:
    """Count one nomination against both limits. Raises Refusal when either is reached."""
    now = timezone.now()
    if _counted(f"total:{call.pk}", call) >= call.most_nominations:
        raise Refusal(
            _("This call has received all it can hold. Thank you for thinking of somebody."),
            code="call_full",
        )
    most = MOST_WORKED if worked else MOST_ASKED
    if take_attempt(mark, worked=worked, at=now, since=now - WINDOW, most=most):
        return
    if worked:
        said = _("Many nominations just came from your network. Come back in an hour.")
    else:
        said = _(
            "Several people of your network just did this without JavaScript. Turn it on in your "
            "browser, or come back in an hour."
        )
    raise Refusal(said, code="address_limit")


def take_letter(network: str, email: str) -> None:
    """Count one message that a visitor asks for, from a network address to a mailbox. Raises
    Refusal in the same words whichever limit is reached: nobody learns what went to whom."""
    now = timezone.now()
    today = timezone.localdate()
    held = (
        (address_mark(f"letter:{network}", today), WINDOW, MOST_LETTERS),
        (address_mark(f"mailbox:{email.strip().casefold()}", today), KEPT, MOST_TO_ONE),
    )
    for mark, window, most in held:
        if not take_attempt(mark, worked=True, at=now, since=now - window, most=most):
            raise no_more_letters()


def no_more_letters() -> Refusal:
    return Refusal(
        _(
            "No other message can be sent there for now. Look in unwanted mail, or come back "
            "tomorrow: what you typed stays here."
        ),
        code="letter_limit",
        field="email",
    )


def forget_attempts(now: datetime) -> int:
    return Attempt.objects.filter(at__lt=now - KEPT).delete()[0]
