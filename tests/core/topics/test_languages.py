"""Languages: the answers of py3langid, many texts at a time."""

import csv
import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from proche.core.topics.languages import PLAUSIBLE, SUREST, tell, tell_languages

TEXTS = {
    "fr": "Une belle journée à la cabane à sucre avec toute la famille",
    "en": "We spent the whole afternoon baking bread with the neighbours",
    "es": "Hoy fuimos al mercado con mis hermanas y compramos muchas flores",
    "pt": "Hoje fomos ao mercado com as minhas irmãs e comprámos muitas flores",
    "it": "Oggi siamo andati al mercato con le mie sorelle e abbiamo comprato fiori",
    "ar": "ذهبنا اليوم إلى السوق مع أخواتي واشترينا الكثير من الزهور",
    "ht": "Jodi a nou te ale nan mache a ak sè m yo epi nou te achte anpil flè",
}


def told(*texts: str) -> dict[int, str]:
    found = tell_languages(pa.record_batch({"account_id": range(len(texts)), "text": texts}))
    return {row["account_id"]: row["language"] for row in found.to_pylist()}


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_heard_in_quebec_is_told(language: str) -> None:
    assert told(TEXTS[language]) == {0: language}


def test_addresses_mentions_and_hashtags_are_not_words() -> None:
    assert told("https://example.com/" + "a" * 60 + " @camille #" + "foret" * 12) == {}


def test_a_text_in_another_writing_is_in_none_of_these_languages() -> None:
    assert told("Сегодня мы были на рынке с моими сёстрами и купили много цветов") == {}


def test_each_answer_goes_to_its_account_whatever_the_order_of_lengths() -> None:
    texts = ["", TEXTS["en"], "oui", TEXTS["fr"] * 3, TEXTS["es"]]
    assert told(*texts) == {1: "en", 3: "fr", 4: "es"}


def test_many_texts_at_once_give_the_answers_of_py3langid() -> None:
    one = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    one.set_languages(PLAUSIBLE)
    texts = [text[:end] for text in TEXTS.values() for end in (1, 8, 20, 60)]
    texts += [" ".join(TEXTS.values()), "12 34", TEXTS["fr"].upper(), "e\u0301te\u0301 " * 9]
    expected = [one.classify(text) for text in texts]
    assert tell(texts) == [name if share >= SUREST else None for name, share in expected]


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("name", "language"),
    [("french", "fr"), ("english", "en"), ("spanish", "es"), ("arabic", "ar")],
)
def test_four_real_messages_are_enough(shared_data: Path, name: str, language: str) -> None:
    path = shared_data / "tweets_multilingual" / f"{name}_val.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        texts = [row["text"][:80] for row in csv.DictReader(stream)]
    fours = [" ".join(texts[start : start + 4]) for start in range(0, len(texts) - 3, 4)]
    found = list(told(*fours).values())
    assert len(found) >= 0.95 * len(fours)
    assert found.count(language) >= 0.99 * len(found)
