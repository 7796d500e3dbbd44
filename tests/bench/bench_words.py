"""How many captions a second are read for their topics, and accounts for their language?

Captions of 20 words (seeded): small words, terms of the taxonomy, and a long tail of words that
are met once or twice, so that what is remembered of a word does not tell the whole story. The
peer of topics is the least that stemming asks for: words split, folded and stemmed in one
language, nothing looked up. The peer of languages is py3langid, one text at a time; the answers
are compared. Seconds are those of one core.
"""

from collections.abc import Callable
from os import times
from typing import Any

import numpy as np
import pyarrow as pa
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from Stemmer import Stemmer

from proche.core import topics
from proche.core.topics.languages import PLAUSIBLE, SUREST, tell
from proche.core.topics.tally import tally
from proche.core.topics.words import stop_words, words

POSTS, ACCOUNTS, WORDS, SEED = 200_000, 10_000, 20, 20261126
BATCH = 1 << 16


def run(posts: int = POSTS, accounts: int = ACCOUNTS) -> list[dict[str, Any]]:
    rng = np.random.default_rng(SEED)
    captions = write(rng, posts)
    tallied_s, tallied = timed(lambda: tally_all(captions))
    stemmed_s, _ = timed(lambda: stem_all(captions))
    texts = [" ".join(captions[start : start + 3])[:320] for start in range(accounts)]
    tell(texts[:1])
    told_s, told = timed(lambda: tell(texts))
    one = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    one.set_languages(PLAUSIBLE)
    each_s, each = timed(lambda: [one.classify(text) for text in texts])
    same = told == [language if share >= SUREST else None for language, share in each]
    spoken = sum(1 for caption in captions[:2000] if topics.find(caption))
    named = tally(batch(captions[:2000]))
    silent = sum(row["uses"] for row in named.to_pylist() if row["topic"] is None)
    return [
        row(f"topics of {posts:,} captions", "split, fold and stem alone", tallied_s, stemmed_s)
        | {
            "target": "≥ 20,000 captions/s",
            "rate": f"{posts / tallied_s:,.0f} captions/s",
            "equal": tallied == posts and spoken + silent == 2000,
        },
        row(f"language of {accounts:,} accounts", "py3langid, one by one", told_s, each_s)
        | {"target": "≥ 2×", "rate": f"{accounts / told_s:,.0f} accounts/s", "equal": same},
    ]


def row(name: str, peer: str, proche_s: float, peer_s: float) -> dict[str, Any]:
    ratio = peer_s / proche_s
    return {"name": name, "proche_s": proche_s, "peer": peer, "peer_s": peer_s, "ratio": ratio}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = times().user
    found = work()
    return times().user - start, found


def write(rng: np.random.Generator, posts: int) -> list[str]:
    small = np.array(sorted(stop_words("fr") | stop_words("en")))
    terms = np.array([term for topic in topics.load() for term in topic.terms_fr + topic.terms_en])
    syllables = np.array(["ba", "cour", "di", "fron", "gué", "lis", "mar", "né", "pol", "tra"])
    shape = (posts, WORDS)
    made = rng.choice(syllables, 300_000)
    for _ in range(3):
        made = np.char.add(made, rng.choice(syllables, 300_000))
    tail = np.minimum(rng.zipf(1.3, shape), len(made)) - 1
    kind = rng.random(shape)
    chosen = np.where(kind < 0.45, rng.choice(small, shape), made[tail])
    chosen = np.where(kind > 0.93, rng.choice(terms, shape), chosen)
    chosen[:, -2:] = np.char.add("#", np.char.replace(chosen[:, -2:].astype(np.str_), " ", ""))
    return [" ".join(line) for line in chosen.tolist()]


def batch(captions: list[str]) -> pa.RecordBatch:
    none = pa.nulls(len(captions), pa.string())
    ids = pa.array(range(len(captions)))
    return pa.record_batch({"account_id": ids, "text": pa.array(captions), "hashtags": none})


def tally_all(captions: list[str]) -> int:
    """How many captions were read: each names a topic or counts as one that names none."""
    found: set[int] = set()
    for start in range(0, len(captions), BATCH):
        part = tally(batch(captions[start : start + BATCH]))
        found.update(start + place for place in part["account_id"].to_pylist())
    return len(found)


def stem_all(captions: list[str]) -> list[list[str]]:
    stemmer = Stemmer("french")
    return [stemmer.stemWords(words(caption)) for caption in captions]
