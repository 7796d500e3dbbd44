"""Who said what of a person, and when: one row an act, read again as one line a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from proche.areas.accounts.models import User
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person

# Everything a person is, in the order it is shown; a name among these is a fact.
FACTS = [
    "given_name",
    "family_name",
    "email",
    "language",
    "region",
    "city",
    "archetype",
    "occupation",
    "seeks_living",
    "own_words",
    "topics",
    "content_languages",
    "tries_products",
    "attends_events",
    "refused_brands",
    "limits",
    "accepts_alcohol",
    "adult",
]
ACCOUNT_FACTS = ["handle", "followers"]


@dataclass(frozen=True)
class Fact:
    """One fact with the act that gave it its value; None where nobody noted one.

    `earlier` are the acts before it, newest first, each with the value it gave."""

    name: str
    value: Any
    said: Said | None
    earlier: tuple[tuple[Said | None, Any], ...] = ()
    account: Account | None = None


def note(
    person: Person,
    fields: Iterable[str],
    source: str,
    by: User | None,
    at: datetime,
    *,
    account: Account | None = None,
    before: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Said:
    """Write who gave these facts the values they have now. Call it inside the transaction that
    changed them, with what they were where they may be put back. `source` is one of
    `Said.Source`; an import calls it once a person, with every column it wrote."""
    return Said.objects.create(
        person=person,
        account=account,
        fields=list(fields),
        before=dict(before or {}),
        source=source,
        by=by,
        at=at,
        reason=reason,
    )


def changed_facts(person: Person) -> dict[str, Any]:
    """What the facts set on `person` were in the database, for those that differ."""
    stored: dict[str, Any] = Person.objects.filter(pk=person.pk).values(*FACTS).get()
    return {name: was for name, was in stored.items() if _differ(was, getattr(person, name))}


def _differ(was: Any, now: Any) -> bool:
    """The order of a list says nothing: a form gives its own."""
    if isinstance(was, list) and isinstance(now, list):
        return sorted(was) != sorted(now)
    return bool(was != now)


def facts_said(person: Person) -> list[Fact]:
    """Every fact of the person, then of their accounts: one question to the database."""
    acts = list(person.said.filter(undone_at=None).select_related("by"))
    own = [act for act in acts if act.account_id is None]
    facts = [_fact(name, getattr(person, name), own) for name in FACTS]
    for account in person.accounts.all():
        theirs = [act for act in acts if act.account_id == account.pk]
        facts += [_fact(name, getattr(account, name), theirs, account) for name in ACCOUNT_FACTS]
    return facts


def _fact(name: str, value: Any, acts: list[Said], account: Account | None = None) -> Fact:
    about = [act for act in acts if name in act.fields]
    earlier: list[tuple[Said | None, Any]] = []
    for act, older in zip_longest(about, about[1:]):
        # Beyond a value that was thrown away nothing is known.
        if name not in act.before:
            break
        earlier.append((older, act.before[name]))
    return Fact(name, value, about[0] if about else None, tuple(earlier), account)
