"""Topics of many posts at once: the same function for every engine, batch by batch."""

import re

import pyarrow as pa

from proche.core.topics.finding import mentions

TAG = re.compile(r"\w+")


def tally(posts: pa.RecordBatch) -> pa.RecordBatch:
    """`posts` has account_id, text and hashtags, a row a post. The answer has account_id, topic
    and uses: in how many of these posts the account names the topic. Where `topic` is null, in
    how many it names none. One account may come back in the answers of several batches."""
    ids, texts, hashtags = (posts[name] for name in ("account_id", "text", "hashtags"))
    uses: dict[tuple[object, str | None], int] = {}
    for account, text, tags in zip(
        ids.to_pylist(), texts.to_pylist(), hashtags.to_pylist(), strict=True
    ):
        found = mentions(text or "", TAG.findall(tags) if tags else ())
        for code in set(found) or (None,):
            uses[account, code] = uses.get((account, code), 0) + 1
    return pa.record_batch(
        {
            "account_id": pa.array([account for account, _ in uses], ids.type),
            "topic": pa.array([code for _, code in uses], pa.string()),
            "uses": pa.array(list(uses.values()), pa.int64()),
        }
    )
