"""What the member talks about, beside what the brief is about."""

from collections.abc import Iterator

from proche.core import topics
from proche.core.matching.facts import Facts, reason
from proche.core.matching.records import Reason
from proche.core.topics.taxonomy import by_code, inside

MOST_NAMES = 3


def subject(facts: Facts) -> Iterator[Reason]:
    if not facts.has("relevance") or facts.value("relevance") <= 0:
        return
    named = _topics_in_common(facts)
    if named:
        fr = ", ".join(f"{inside(by_code()[code].fr)} ({n} fois)" for code, n in named)
        en = ", ".join(f"{inside(by_code()[code].en)} ({_times(n)})" for code, n in named)
        yield reason("topics", f"Parle de : {fr}.", f"Talks about: {en}.", facts.gain("relevance"))
    elif words := facts.found_words():
        shown = ", ".join(words[:MOST_NAMES])
        yield reason(
            "words",
            f"Emploie les mots du mandat : {shown}.",
            f"Uses the words of the brief: {shown}.",
            facts.gain("relevance"),
        )
    else:
        yield reason(
            "near_topic",
            "Parle d’un sujet voisin de ce mandat.",
            "Talks about a subject close to this brief.",
            facts.gain("relevance"),
        )


def _topics_in_common(facts: Facts) -> list[tuple[str, int]]:
    """The brief's own topics, each with how often it or a narrower one is named."""
    counts = {
        asked: sum(n for code, n in facts.found_topics if asked in (code, *topics.wider(code)))
        for asked in facts.asked_topics
    }
    named = [(code, count) for code, count in counts.items() if count]
    return sorted(named, key=lambda item: -item[1])[:MOST_NAMES]


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def off_subject(facts: Facts) -> Iterator[Reason]:
    if not facts.has("relevance") or facts.value("relevance") > 0:
        return
    if facts.member.text or facts.member.captions or facts.member.hashtags or facts.member.topics:
        yield reason(
            "off_subject",
            "Rien de ce que nous avons lu ne touche ce mandat.",
            "Nothing we have read touches this brief.",
            facts.loss("relevance"),
        )
    else:
        yield reason(
            "nothing_to_read",
            "Aucun texte ni mot-clic à lire.",
            "No text or hashtag to read.",
            facts.loss("relevance"),
        )
