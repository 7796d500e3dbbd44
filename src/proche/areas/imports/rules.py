"""Whether an imported person may be written to, once, to ask what they agree to (CASL, s. 10)."""

from datetime import date, timedelta

from proche.areas.imports.models import Basis, Origin
from proche.areas.people.models import Person

# Implied consent: two years after a gift, a contract or a purchase, six months after a request.
# A consent somebody gave does not lapse by itself.
LASTS = {Basis.RELATION: timedelta(days=730), Basis.APPLICATION: timedelta(days=182)}


def still_holds(basis: str, dated_on: date | None, today: date) -> bool:
    """Whether the basis, as declared, lets one message ask for a consent."""
    if basis == Basis.NONE or dated_on is None or dated_on > today:
        return False
    lasts = LASTS.get(Basis(basis))
    return lasts is None or today <= dated_on + lasts


def may_invite(origin: Origin, person: Person, today: date) -> bool:
    """One message, ever: a silence is an answer."""
    return (
        person.state == Person.State.MEMBER
        and origin.invited_at is None
        and origin.confirmed_at is None
        and still_holds(origin.basis, origin.dated_on, today)
    )
