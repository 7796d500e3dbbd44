"""From probabilities to decisions: sure, to be looked at by a person, or two people.

A pair is sure when the model is nearly certain *and* something that belongs to one human agrees
(an account, a mailbox, a handle of their own, or a rare name with its place or trade and nothing
against it).
Clusters hold only records each of which is sure with every other: no chain of links decides.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from proche.core.identity.comparisons import gamma
from proche.core.identity.records import Decision, Link, Placed, Record, Resolution
from proche.core.identity.scoring import Scored

# Chosen on the invented directory so that automatic merges stay above 99 % right.
SURE = 0.9
WORTH_A_LOOK = 0.05
# The queue is never longer than twice the pairs the model itself expects to be true.
QUEUE_PER_EXPECTED = 2.0

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Signs:
    """What agrees and what speaks against, for each pair.

    `own` is what belongs to one human; `setting` their place or trade, which many share.
    """

    account: Mask
    email: Mask
    own: Mask
    names: Mask
    setting: Mask
    against: Mask


def signs(scored: Scored) -> Signs:
    level = scored.gamma

    def at(comparison: str, *names: str) -> Mask:
        return np.isin(level[comparison], [gamma(comparison, name) for name in names])

    account, email = at("accounts", "same account"), at("email", "same")
    given = at("given", "same", "swapped", "short form", "alike")
    family = at("family", "unknown", "same", "one part", "alike")
    both_moved = at("email", "differs") & at("accounts", "same platform, other handle")
    return Signs(
        account=account,
        email=email,
        own=account | email | at("accounts", "same stem") | at("email", "same local part"),
        names=given & family,
        setting=at("city", "same") | at("trade", "same"),
        against=both_moved | at("city", "differs"),
    )


def sure(scored: Scored) -> Mask:
    seen = signs(scored)
    agree = seen.own | (seen.setting & ~seen.against)
    found: Mask = seen.names & agree & (scored.probability >= SURE)
    return found


def links(records: Sequence[Record], scored: Scored) -> list[Link]:
    """Every pair worth a look or sure, likeliest first, then by record_id."""
    seen, certain = signs(scored), sure(scored)
    kept = np.flatnonzero(certain | (scored.probability >= WORTH_A_LOOK))
    found = [
        _link(records, scored, int(i), sure=bool(certain[i]), keys=_keys(seen, int(i)))
        for i in kept
    ]
    return sorted(found, key=lambda link: (-link.probability, link.left, link.right))


def _link(
    records: Sequence[Record], scored: Scored, i: int, *, sure: bool, keys: tuple[str, ...]
) -> Link:
    left, right = sorted(records[row].record_id for row in (scored.left[i], scored.right[i]))
    return Link(left, right, round(float(scored.probability[i]), 6), sure, keys)


def _keys(seen: Signs, i: int) -> tuple[str, ...]:
    return (*(["account"] if seen.account[i] else []), *(["email"] if seen.email[i] else []))


def decide(records: Sequence[Record], scored: Scored) -> Resolution:
    found = links(records, scored)
    clusters = _clusters([link for link in found if link.sure])
    together = [link for link in found if _same_cluster(clusters, link)]
    apart = [link for link in found if not _same_cluster(clusters, link)]
    length = ceil(QUEUE_PER_EXPECTED * float(scored.probability.sum()))
    queue = apart[:length]
    return Resolution(
        tuple(_placed(records, clusters, together, queue, found)),
        tuple(together),
        tuple(queue),
        len(apart) - len(queue),
    )


def _same_cluster(clusters: dict[str, frozenset[str]], link: Link) -> bool:
    return link.right in clusters.get(link.left, ())


def _clusters(certain: Sequence[Link]) -> dict[str, frozenset[str]]:
    """Likeliest pairs first; two groups join only when each pair across them is sure."""
    known = {(link.left, link.right) for link in certain}
    group: dict[str, frozenset[str]] = {}
    for link in certain:
        left = group.get(link.left, frozenset([link.left]))
        right = group.get(link.right, frozenset([link.right]))
        if left is right:
            continue
        if all((min(a, b), max(a, b)) in known for a in left for b in right):
            joined = left | right
            group.update(dict.fromkeys(joined, joined))
    return group


def _placed(
    records: Sequence[Record],
    clusters: dict[str, frozenset[str]],
    together: Sequence[Link],
    queue: Sequence[Link],
    found: Sequence[Link],
) -> list[Placed]:
    others, asked = _others(queue), dict.fromkeys(queue)
    weakest: dict[str, float] = {}
    for link in together:
        for one in (link.left, link.right):
            weakest[one] = min(weakest.get(one, 1.0), link.probability)
    best: dict[str, float] = {}
    for link in (*asked, *found):
        for one in (link.left, link.right):
            best.setdefault(one, link.probability)
    return [
        _place(r.record_id, clusters, weakest, best, others)
        if r.record_id in best
        else Placed(r.record_id, r.record_id, Decision.SINGLE, 0.0)
        for r in records
    ]


def _place(
    one: str,
    clusters: dict[str, frozenset[str]],
    weakest: dict[str, float],
    best: dict[str, float],
    others: dict[str, list[str]],
) -> Placed:
    cluster = min(clusters.get(one, [one]))
    to_compare = tuple(others.get(one, ()))
    if one in clusters:
        return Placed(one, cluster, Decision.AUTO, weakest[one], to_compare)
    decision = Decision.REVIEW if to_compare else Decision.SINGLE
    return Placed(one, cluster, decision, best.get(one, 0.0), to_compare)


def _others(queue: Sequence[Link]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for link in queue:
        found[link.left].append(link.right)
        found[link.right].append(link.left)
    return found
