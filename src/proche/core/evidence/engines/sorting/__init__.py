"""The steps about people, by sorting whole columns instead of hashing rows.

The SQL steps are the definition; this gives the same rows several times faster where a table
of interactions is large and fits in memory (tests hold the two together on random networks).
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from proche.core.evidence.engines.sorting.acts import FOLLOW, Acts
from proche.core.evidence.engines.sorting.contacts import count_contacts
from proche.core.evidence.engines.sorting.replies import count_replies

# Each replaced step and the steps that only lead to it.
REPLACED = frozenset(
    {
        *("contacts", "reciprocity", "posts_acted_on", "frequent", "returning_actors"),
        *("places", "locality"),
        *("received_comments", "answers", "replies", "reply_rate", "response_time"),
    }
)


def count_people(acts: Acts) -> Mapping[str, pa.Table]:
    """The tables that the steps of the same names would give."""
    with ThreadPoolExecutor(2) as pool:
        contacts = pool.submit(count_contacts, acts)
        return {**_no_follow(acts), **count_replies(acts), **contacts.result()}


def _no_follow(acts: Acts) -> Mapping[str, pa.Table]:
    """Without any follow its step has no row, and need not look for one."""
    if (acts.verb == FOLLOW).any():
        return {}
    counts = ("follows", "busiest_follows", "busiest_moments", "follow_days")
    none = pa.array([], pa.int64())
    return {"bursts": pa.table({"account_id": acts.ids[:0], **dict.fromkeys(counts, none)})}


def count_strangers(acts: Acts) -> int:
    """Interactions of which neither the actor nor the target is a known account."""
    known = np.zeros(acts.people, dtype=np.bool_)
    known[acts.accounts] = True
    return int((~known[acts.actor] & ~known[acts.target]).sum())
