"""The language of texts: py3langid (Lui and Baldwin 2012, langid.py), among plausible languages.

The identifier reads bytes one by one; here many texts are read side by side, a byte of each at a
time, which gives the same answers a hundred times faster.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The languages of most public posts of Québec, and those in Latin letters that would else be
# taken for one of them.
PLAUSIBLE = (
    *("fr", "en", "es", "pt", "it", "ar", "ht"),
    *("de", "id", "nl", "pl", "ro", "tl", "tr", "vi"),
)
FEWEST_LETTERS = 40
SUREST = 0.9
ROWS = 1 << 12

NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|[#@＃＠][\w.-]*")
LETTERS = re.compile(r"[^\W\d_]")
# Latin and Arabic letters: a text in others is in none of these languages.
THEIRS = re.compile("[A-Za-zÀ-ɏ\u0600-\u06ff]")

Whole = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """From state and byte to state, from state to feature (-1 for none), from feature to the
    weight it gives each language."""

    rows: Whole
    following: NDArray[np.unsignedinteger]
    features: Whole
    weights: Floats
    priors: Floats
    languages: tuple[str, ...]


@cache
def _model() -> Model:
    made = LanguageIdentifier.from_model_file(MODEL_FILE)
    made.set_languages(PLAUSIBLE)
    return Model(
        np.asarray(made.tk_row, dtype=np.int64) << 8,
        np.asarray(made.tk_nextmove),
        np.asarray(made.tk_output, dtype=np.int64),
        np.asarray(made.nb_ptc, dtype=np.float32),
        np.asarray(made.nb_pc, dtype=np.float32),
        tuple(made.nb_classes),
    )


def tell_languages(accounts: pa.RecordBatch) -> pa.RecordBatch:
    """`accounts` has account_id and text, a row an account; the answer has account_id and
    language (ISO 639-1), only the accounts whose language can be told."""
    texts = [_plain(text) for text in accounts["text"].to_pylist()]
    enough = [place for place, text in enumerate(texts) if text]
    told = tell([texts[place] for place in enough])
    kept = [(place, language) for place, language in zip(enough, told, strict=True) if language]
    return pa.record_batch(
        {
            "account_id": accounts["account_id"].take(pa.array([p for p, _ in kept], pa.int64())),
            "language": pa.array([language for _, language in kept], pa.string()),
        }
    )


def _plain(text: str) -> str:
    """The words of a text; nothing where letters are too few or of another writing."""
    plain = NOT_WORDS.sub(" ", text)
    letters = len(LETTERS.findall(plain))
    theirs = len(THEIRS.findall(plain))
    return plain if theirs >= max(FEWEST_LETTERS, letters / 2) else ""


def tell(texts: Sequence[str]) -> list[str | None]:
    """The language of each text, or None where no language is at least SUREST."""
    found: list[str | None] = []
    for start in range(0, len(texts), ROWS):
        found += _tell([_encoded(text) for text in texts[start : start + ROWS]])
    return found


def _encoded(text: str) -> bytes:
    text = text.lower() if text.isupper() else text
    return normalize("NFC", text).encode("utf-8", errors="replace")


def _tell(texts: list[bytes]) -> list[str | None]:
    model = _model()
    # The longest first, so that the texts still read at any place are the first so many.
    order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
    lengths = np.array([len(texts[place]) for place in order])
    scores = _scores(model, [texts[place] for place in order], lengths)
    # As py3langid: the root of the length keeps probabilities alike for short and long texts.
    scores /= np.sqrt(np.maximum(lengths, 1))[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    told: list[str | None] = [None] * len(texts)
    for place, best, share in zip(order, shares.argmax(axis=1), shares.max(axis=1), strict=True):
        told[place] = model.languages[best] if share >= SUREST else None
    return told


def _scores(model: Model, texts: list[bytes], lengths: Whole) -> NDArray[np.float64]:
    """Naive Bayes: the weights of each feature seen, by the logarithm of its times."""
    found = _features(model, texts, lengths)
    met = np.arange(len(texts))[:, None] * len(model.weights) + found
    keys, counts = np.unique(met[found >= 0], return_counts=True)
    text, feature = np.divmod(keys, len(model.weights))
    given = np.log1p(counts)[:, None] * model.weights[feature]
    scores = np.tile(model.priors.astype(np.float64), (len(texts), 1))
    if len(keys):
        first = np.flatnonzero(np.diff(text, prepend=-1))
        scores[text[first]] += np.add.reduceat(given, first, axis=0)
    return scores


def _features(model: Model, texts: list[bytes], lengths: Whole) -> NDArray[np.int32]:
    """The feature met at each byte of each text, or -1, walking all texts side by side."""
    longest = int(lengths.max())
    joined = b"".join(text.ljust(longest, b"\0") for text in texts)
    letters = np.frombuffer(joined, dtype=np.uint8).reshape(len(texts), longest)
    found = np.full((longest, len(texts)), -1, dtype=np.int32)
    state = np.zeros(len(texts), dtype=np.int64)
    still_read = np.searchsorted(-lengths, -np.arange(longest), side="left")
    for place, until in enumerate(still_read):
        met = model.rows[state[:until]] + letters[:until, place]
        state = model.following[met].astype(np.int64)
        found[place, :until] = model.features[state]
    return found.T
