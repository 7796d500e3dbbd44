"""Why a member is ranked where they are, and what speaks against, in words for anyone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from proche.core import topics
from proche.core.matching.parts import MIDDLE
from proche.core.matching.records import Brief, Member, Reason
from proche.core.matching.relevance import TopicCounts
from proche.core.topics.taxonomy import by_code
from proche.core.topics.words import fold

MEASURES = 6
# fewer measures than this say too little about closeness to go without a warning
ENOUGH_MEASURES = 3
VERY_CLOSE = 67
LONG_WAIT_MONTHS = 3
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """One member before one brief: what was found, and the points each part gave of those it
    could give."""

    brief: Brief
    member: Member
    asked_topics: Sequence[str]
    found_topics: TopicCounts
    found_words: Callable[[], Sequence[str]]
    given: frozenset[str]
    points: Mapping[str, float]
    shares: Mapping[str, float]

    def has(self, part: str) -> bool:
        return part in self.points

    def gain(self, part: str) -> float:
        return self.points[part]

    def loss(self, part: str) -> float:
        return self.points[part] - self.shares[part]


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """What speaks for the member, most points first."""
    found = [reason for step in FOR for reason in step(facts)]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def against(facts: Facts) -> tuple[Reason, ...]:
    """What speaks against and what is not known, most points lost first."""
    found = [reason for step in AGAINST for reason in step(facts)]
    return tuple(sorted(found, key=lambda reason: reason.weight))


def _reason(code: str, fr: str, en: str, weight: float = 0.0) -> Reason:
    return Reason(code, fr, en, round(weight, 1))


def _subject(facts: Facts) -> Iterator[Reason]:
    if not facts.has("relevance") or facts.gain("relevance") <= 0:
        return
    named = _topics_in_common(facts)
    if named:
        fr = ", ".join(f"{_inside(by_code()[code].fr)} ({n} fois)" for code, n in named)
        en = ", ".join(f"{_inside(by_code()[code].en)} ({_times(n)})" for code, n in named)
        yield _reason("topics", f"Parle de : {fr}.", f"Talks about: {en}.", facts.gain("relevance"))
    elif words := facts.found_words():
        shown = ", ".join(words[:MOST_NAMES])
        yield _reason(
            "words",
            f"Emploie les mots du mandat : {shown}.",
            f"Uses the words of the brief: {shown}.",
            facts.gain("relevance"),
        )
    else:
        yield _reason(
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


def _inside(name: str) -> str:
    """A topic's name inside a sentence; LGBTQ+ and Québec keep their capitals."""
    first = name.split(" ")[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[0].lower() + name[1:]


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _affinity(facts: Facts) -> Iterator[Reason]:
    if facts.member.mentioned_brand and facts.has("affinity"):
        brand_fr = facts.brief.brand or "la marque"
        brand_en = facts.brief.brand or "the brand"
        yield _reason(
            "unprompted",
            f"A nommé {brand_fr} sans qu’on le demande.",
            f"Named {brand_en} without being asked.",
            facts.gain("affinity"),
        )


def _close(facts: Facts) -> Iterator[Reason]:
    closeness = facts.member.closeness
    if facts.has("closeness") and closeness is not None and closeness >= 100 * MIDDLE:
        very = closeness >= VERY_CLOSE
        yield _reason(
            "close",
            f"{'Très proche' if very else 'Proche'} de sa communauté{_measured(facts)[0]}.",
            f"{'Very close' if very else 'Close'} to their community{_measured(facts)[1]}.",
            facts.gain("closeness"),
        )


def _measured(facts: Facts) -> tuple[str, str]:
    value = f"{facts.member.closeness:.0f}"
    known = facts.member.closeness_measures
    if known is None:
        return f" : {value} sur 100", f": {value} out of 100"
    return (
        f" : {value} sur 100, {known} mesure{'s' if known > 1 else ''} sur {MEASURES}",
        f": {value} out of 100, from {known} of {MEASURES} measures",
    )


def _not_close(facts: Facts) -> Iterator[Reason]:
    if not facts.has("closeness"):
        return
    closeness, known = facts.member.closeness, facts.member.closeness_measures
    if closeness is None:
        yield _reason("closeness_unknown", "Proximité inconnue.", "Closeness unknown.")
    elif closeness < 100 * MIDDLE:
        yield _reason(
            "less_close",
            f"Moins proche de sa communauté que la plupart{_measured(facts)[0]}.",
            f"Less close to their community than most{_measured(facts)[1]}.",
            facts.loss("closeness"),
        )
    elif known is not None and known < ENOUGH_MEASURES:
        yield _reason(
            "few_measures",
            f"Proximité : {known} mesure{'s' if known > 1 else ''} sur {MEASURES}.",
            f"Closeness: {known} of {MEASURES} measures.",
        )


def _wish(facts: Facts) -> Iterator[Reason]:
    if facts.has("wishes") and _wished(facts):
        fr, en = _wish_words(facts.brief)
        yield _reason("wish", f"Aime {fr}.", f"Likes to {en}.", facts.gain("wishes"))


def _no_wish(facts: Facts) -> Iterator[Reason]:
    if not facts.has("wishes") or _wished(facts):
        return
    fr, en = _wish_words(facts.brief)
    if _wished(facts) is None:
        yield _reason(
            "wish_unknown",
            f"N’a pas encore dit si {fr} lui plaît.",
            f"Has not said yet whether they like to {en}.",
        )
    else:
        yield _reason(
            "no_wish", f"N’a pas demandé à {fr}.", f"Has not asked to {en}.", facts.loss("wishes")
        )


def _wished(facts: Facts) -> bool | None:
    member = facts.member
    return member.try_products if facts.brief.format == "product" else member.attend_events


def _wish_words(brief: Brief) -> tuple[str, str]:
    if brief.format == "product":
        return "essayer des produits", "try products"
    return "venir à des événements", "come to events"


def _reliable(facts: Facts) -> Iterator[Reason]:
    posted, owed = facts.member.posted, facts.member.owed
    if facts.has("reliability") and owed and 2 * posted >= owed:
        yield _reason("posted", *_posted(posted, owed), facts.gain("reliability"))


def _unreliable(facts: Facts) -> Iterator[Reason]:
    posted, owed = facts.member.posted, facts.member.owed
    if facts.has("reliability") and owed and 2 * posted < owed:
        yield _reason("not_posted", *_posted(posted, owed), facts.loss("reliability"))


def _posted(posted: int, owed: int) -> tuple[str, str]:
    return (
        f"A publié {posted} fois sur {owed} quand c’était convenu.",
        f"Posted {posted} of {owed} times when it was agreed.",
    )


def _turn(facts: Facts) -> Iterator[Reason]:
    if not facts.has("fairness") or facts.member.asks_this_quarter:
        return
    months = facts.member.months_since_last_ask
    if months is None:
        yield _reason(
            "never_asked",
            "N’a encore jamais reçu de proposition.",
            "Has never received an offer yet.",
            facts.gain("fairness"),
        )
    elif months >= LONG_WAIT_MONTHS:
        yield _reason(
            "waiting",
            f"Attend son tour depuis {months} mois.",
            f"Has been waiting for a turn for {months} months.",
            facts.gain("fairness"),
        )


def _asked_lately(facts: Facts) -> Iterator[Reason]:
    asks, months = facts.member.asks_this_quarter, facts.member.months_since_last_ask
    loss = facts.loss("fairness") if facts.has("fairness") else 0.0
    if asks:
        yield _reason(
            "asked_this_quarter",
            "Une demande déjà ce trimestre."
            if asks == 1
            else f"{asks} demandes déjà ce trimestre.",
            "One ask already this quarter." if asks == 1 else f"{asks} asks already this quarter.",
            loss,
        )
    elif facts.has("fairness") and months is not None and months < LONG_WAIT_MONTHS:
        yield _reason(
            "asked_lately",
            "A reçu une proposition ce mois-ci."
            if months == 0
            else f"A reçu une proposition il y a {months} mois.",
            "Received an offer this month."
            if months == 0
            else f"Received an offer {months} month{'s' if months > 1 else ''} ago.",
            loss,
        )


def _off_subject(facts: Facts) -> Iterator[Reason]:
    if not facts.has("relevance") or facts.gain("relevance") > 0:
        return
    if facts.member.text or facts.member.hashtags or facts.member.topics:
        yield _reason(
            "off_subject",
            "Rien de ce que nous avons lu ne touche ce mandat.",
            "Nothing we have read touches this brief.",
            facts.loss("relevance"),
        )
    else:
        yield _reason(
            "nothing_to_read",
            "Aucun texte ni mot-clic à lire.",
            "No text or hashtag to read.",
            facts.loss("relevance"),
        )


def _language(facts: Facts) -> Iterator[Reason]:
    if facts.brief.languages and "languages" in facts.given and not facts.member.languages:
        yield _reason("language_unknown", "Langue inconnue.", "Language unknown.")


def _past_rival(facts: Facts) -> Iterator[Reason]:
    rivals = {fold(rival) for rival in facts.brief.rivals}
    months = [since for brand, since in facts.member.recent_brands if fold(brand) in rivals]
    if months:
        since = min(months)
        yield _reason(
            "past_rival",
            f"A collaboré avec une marque rivale il y a {since} mois.",
            f"Worked with a rival brand {since} months ago.",
        )


def _unproven(facts: Facts) -> Iterator[Reason]:
    if "followers" in facts.given and facts.member.followers is None:
        yield _reason(
            "followers_unknown", "Nombre d’abonnés inconnu.", "Number of followers unknown."
        )
    elif "proof" in facts.given and facts.member.proof in (None, "", "declared"):
        yield _reason("declared_only", "Chiffres déclarés seulement.", "Declared figures only.")


FOR = (_subject, _affinity, _close, _wish, _reliable, _turn)
AGAINST = (
    _off_subject,
    _not_close,
    _no_wish,
    _unreliable,
    _asked_lately,
    _past_rival,
    _language,
    _unproven,
)
