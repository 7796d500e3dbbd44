"""A record as the model compares it, and the keys that bring two records side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

import pyarrow as pa

from proche.core.identity import addresses, names
from proche.core.identity.records import Record
from proche.core.topics.words import fold

# An address that more people than this use belongs to a household or an agency.
MOST_PEOPLE_PER_MAILBOX = 2
WEAK = "~"
PLACE_WORDS = str.maketrans("", "", " -'’.")

SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("given", pa.string()),
        ("forms", pa.list_(pa.string())),
        ("family", pa.string()),
        ("parts", pa.list_(pa.string())),
        ("email", pa.string()),
        ("local", pa.string()),
        ("own_local", pa.string()),
        ("accounts", pa.list_(pa.string())),
        ("platforms", pa.list_(pa.string())),
        ("stems", pa.list_(pa.string())),
        ("own_stems", pa.list_(pa.string())),
        ("city", pa.string()),
        ("region", pa.string()),
        ("trade", pa.string()),
    ]
)


class Features(NamedTuple):
    """`local` and `stems` say something of their own; `own_…` are but the names again.

    A tuple, for a bank makes a hundred thousand of them at once.
    """

    given: str
    forms: tuple[str, ...]
    group: str
    family: str
    parts: tuple[str, ...]
    email: str
    local: str
    own_local: str
    accounts: tuple[str, ...]
    stems: tuple[str, ...]
    own_stems: tuple[str, ...]
    city: str
    region: str
    trade: str

    @property
    def platforms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(account.partition(":")[0] for account in self.accounts))


def features_of(record: Record) -> Features:
    family = names.family_key(record.family_name)
    parts = names.family_parts(record.family_name)
    forms = names.given_forms(record.given_name)
    own = addresses.longest_first((*forms, family, *parts))
    email = addresses.email_key(record.email)
    local = addresses.local_part(email)
    only_name = addresses.is_only_the_name(addresses.stem(local), names=own)
    accounts = _accounts(record)
    free, name_again = _stems(accounts, own)
    return Features(
        forms[0] if forms else "",
        forms,
        names.given_group(record.given_name),
        family,
        parts,
        email,
        "" if only_name else local,
        local if only_name else "",
        accounts,
        free,
        name_again,
        _place(record.city),
        _word(record.region),
        _word(record.occupation),
    )


def _stems(
    accounts: tuple[str, ...], own: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stems that say something, then those that are the name again."""
    free: list[str] = []
    name_again: list[str] = []
    for account in accounts:
        stem = addresses.stem(account.partition(":")[2])
        if len(stem) >= addresses.SHORTEST_STEM:
            again = addresses.is_only_the_name(stem, names=own)
            kept = name_again if again else free
            if stem not in kept:
                kept.append(stem)
    return tuple(free), tuple(name_again)


@lru_cache(maxsize=1 << 14)
def _place(name: str) -> str:
    return fold(name).translate(PLACE_WORDS).replace("saint", "st")


@lru_cache(maxsize=1 << 14)
def _word(text: str) -> str:
    return fold(text).strip()


def _accounts(record: Record) -> tuple[str, ...]:
    keys = (addresses.account_key(p.platform, p.handle) for p in record.accounts)
    return tuple(dict.fromkeys(key for key in keys if key))


def shared_mailboxes(found: Sequence[Features]) -> frozenset[str]:
    """Addresses used under more given names than one person has: of an agency, of a household."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.email:
            users[one.email].add(one.group)
    return frozenset(m for m, groups in users.items() if len(groups) > MOST_PEOPLE_PER_MAILBOX)


def blocking_keys(one: Features, shared: frozenset[str]) -> list[str]:
    """Records with a key in common are compared; every key is one way to recognise somebody.

    Those that begin with WEAK are shared by many strangers.
    """
    keys = [f"account {account}" for account in one.accounts]
    keys += [f"{WEAK}stem {stem}" for stem in one.stems + one.own_stems]
    if one.email and one.email not in shared:
        keys.append(f"email {one.email}")
        keys.append(f"local {one.local or one.own_local}")
    if one.given and one.family:
        low, high = sorted((one.given, one.family))
        keys.append(f"both {low} {high}")
        keys += [f"name {one.group} {part}" for part in one.parts]
        keys.append(f"{WEAK}rough {one.group[:2]} {consonants(one.family)}")
        if one.city:
            keys.append(f"{WEAK}near {one.family} {one.city} {one.given[0]}")
    if one.group and one.city and one.trade:
        keys.append(f"{WEAK}trade {one.group} {one.city} {one.trade}")
    return keys


@lru_cache(maxsize=1 << 16)
def consonants(name: str) -> str:
    """The first letter and the consonants that follow, doubles once: a rough sound."""
    rest = [c for c in name[1:] if c not in "aeiouyh"]
    kept = [c for i, c in enumerate(rest) if i == 0 or c != rest[i - 1]]
    return name[:1] + "".join(kept)


def table_of(found: Sequence[Features], shared: frozenset[str]) -> pa.Table:
    """One row per record in the order given; `row` counts from 0, empty is null."""
    told = [one if one.email not in shared else _without_mailbox(one) for one in found]
    columns: dict[str, Iterable[object]] = {
        name: [one[place] for one in told] for place, name in enumerate(Features._fields)
    }
    columns["platforms"] = [one.platforms for one in found]
    arrays = [pa.array(range(len(found)), pa.int64())]
    for field in list(SCHEMA)[1:]:
        values = [value or None for value in columns[field.name]]
        arrays.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _without_mailbox(one: Features) -> Features:
    return one._replace(email="", local="", own_local="")


def counts(found: Sequence[Features], column: str) -> Counter[str]:
    counted = Counter(map(attrgetter(column), found))
    del counted[""]
    return counted
