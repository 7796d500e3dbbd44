"""Small tables worked by hand, and how tests ask for one measure of one account."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from proche.core.evidence import Measurement, Norms
from proche.core.tiers import Qualified, qualify_records

AS_OF = date(2026, 5, 31)
# Moments of the tables are UTC; these have no zone, like most exports.
NOON = datetime(2026, 5, 31, 12)  # noqa: DTZ001
MAY = datetime(2026, 5, 1)  # noqa: DTZ001
Record = Mapping[str, object]
Tables = tuple[Sequence[Record], Sequence[Record], Sequence[Record]]
# Where the tables that tests qualify are noted, for another engine to count them again.
noted: ContextVar[list[Tables] | None] = ContextVar("noted", default=None)


def account(account_id: object = "camille", **others: object) -> dict[str, object]:
    return {"account_id": account_id, "platform": "instagram", "followers": 1000, **others}


def post(
    number: int, *, days_ago: int = 0, account_id: str = "camille", **others: object
) -> Record:
    at = NOON - timedelta(days=days_ago)
    return {"post_id": f"p{number}", "account_id": account_id, "published_at": at, **others}


def act(actor: str, verb: str, *, on: str = "camille", **others: object) -> Record:
    """One interaction; `hours` after the first of May, 2026."""
    hours = others.pop("hours", 0)
    assert isinstance(hours, int | float)
    at = MAY + timedelta(hours=hours)
    return {"actor_id": actor, "target_account_id": on, "verb": verb, "at": at, **others}


def qualified(
    accounts: Sequence[Record] | None = None,
    posts: Sequence[Record] = (),
    interactions: Sequence[Record] = (),
    norms: Norms | None = None,
) -> dict[str, Qualified]:
    if (notes := noted.get()) is not None:
        notes.append((accounts or [account()], posts, interactions))
    found = qualify_records(accounts or [account()], posts, interactions, as_of=AS_OF, norms=norms)
    return {each.account_id: each for each in found}


def measured(
    measure: str,
    accounts: Sequence[Record] | None = None,
    posts: Sequence[Record] = (),
    interactions: Sequence[Record] = (),
    account_id: str = "camille",
) -> Measurement:
    found = qualified(accounts, posts, interactions)[account_id]
    return next(each for each in found.measurements if each.measure == measure)
