"""Topics of posts by the batch: the same as one text at a time."""

import pickle

import pyarrow as pa

from proche.core import topics
from proche.core.topics.tally import tally

TEXTS = (
    "Dimanche à la #friperie, puis un café. Then hiking with my dog!",
    "No pain, no gain: that is what they told me",
    "Œuvre d’art au musée 🎨 #PleinAir",
    "",
    "e\u0301te\u0301 au chalet",
    None,
)


def batch(rows: list[tuple[object, str | None, str | None]]) -> pa.RecordBatch:
    ids, texts, tags = zip(*rows, strict=True)
    return pa.record_batch(
        {
            "account_id": ids,
            "text": pa.array(texts, pa.string()),
            "hashtags": pa.array(tags, pa.string()),
        }
    )


def test_a_post_names_the_topics_that_its_text_and_hashtags_name() -> None:
    for text in TEXTS:
        found = tally(batch([(7, text, "cafe #randonnee")]))
        expected = {code for code, _ in topics.find(text or "", ["cafe", "randonnee"])}
        assert set(found["topic"].to_pylist()) == expected >= {"coffee", "hiking"}
        assert set(found["uses"].to_pylist()) == {1}


def test_uses_are_posts_and_a_post_without_topic_counts_as_none() -> None:
    found = tally(
        batch(
            [
                ("a", "Un café, deux cafés", None),
                ("a", "Café!", "zxqv"),
                ("a", "Rien du tout", None),
                ("b", None, "🙂"),
            ]
        )
    )
    rows = {(row["account_id"], row["topic"]): row["uses"] for row in found.to_pylist()}
    assert rows == {("a", "coffee"): 2, ("a", None): 1, ("b", None): 1}


def test_ids_keep_their_type_and_no_row_gives_no_row() -> None:
    numbers = batch([(7, "Café", None)])
    assert tally(numbers).schema.field("account_id").type == pa.int64()
    assert len(tally(numbers.slice(0, 0))) == 0


def test_the_function_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(tally)) is tally
