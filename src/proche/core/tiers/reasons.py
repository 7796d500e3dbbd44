"""Why a verdict says what it says, and what is left to ask, in plain French and English."""

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.gathering import Evidence
from proche.core.evidence.intervals import Floats
from proche.core.evidence.measures import CLOSENESS
from proche.core.results import Sentence
from proche.core.tiers.bios import Flags, Lexicon
from proche.core.tiers.facts import MICRO, NANO, STAR, Facts
from proche.core.tiers.lines import Lines
from proche.core.tiers.thresholds import Thresholds
from proche.core.tiers.wording import followers, one_decimal, posts, whole
from proche.core.topics.taxonomy import by_code, inside

Codes = NDArray[np.int64]

SEEKS = Sentence(
    "seeks_living", "Dit chercher à vivre de l’influence.", "Says they want to live from influence."
)
DECLINES = Sentence(
    "does_not_seek_living",
    "Dit ne pas chercher à vivre de l’influence.",
    "Says they do not want to live from influence.",
)
NO_SIGN = Sentence(
    "no_livelihood_sign",
    "Rien dans ce qui est connu ne montre qu’on cherche à vivre de l’influence.",
    "Nothing that is known shows someone who wants to live from influence.",
)
STEADY_NICHE = Sentence(
    "steady_niche",
    "Publie régulièrement, toujours autour des mêmes sujets.",
    "Posts regularly, always around the same topics.",
)
CONSUMER = Sentence(
    "consumer",
    "Aucun métier n’est nommé : profil consommateur.",
    "No trade is named: consumer profile.",
)
BUSINESS = Sentence(
    "business_account",
    "Le compte est un compte d’entreprise.",
    "The account is a business account.",
)
ASK_INTENT = Sentence(
    "ask_intent",
    "Cette personne cherche-t-elle à vivre de l’influence? Demandez-lui.",
    "Does this person want to live from influence? Ask them.",
)
ASK_CONTRADICTION = Sentence(
    "ask_contradiction",
    "Dit ne pas chercher à vivre de l’influence, mais le profil montre le contraire. "
    "Parlez-en avec la personne.",
    "Says they do not want to live from influence, but the profile shows otherwise. "
    "Talk about it with them.",
)
ASK_FOLLOWERS = Sentence(
    "ask_followers",
    "Le nombre d’abonnés n’est pas connu. Demandez une capture d’écran.",
    "The number of followers is not known. Ask for a screenshot.",
)
ASK_ACTIVITY = Sentence(
    "ask_activity",
    "Rien ne dit à quel rythme ce compte publie. Regardez ses dernières publications.",
    "Nothing says how often this account posts. Look at its latest posts.",
)
ASK_QUIET = Sentence(
    "ask_quiet",
    "Peu ou pas de publications ces dernières semaines. Est-ce une pause?",
    "Few posts or none in recent weeks. Is it a pause?",
)
ASK_CLOSENESS = Sentence(
    "ask_closeness",
    "La proximité n’est pas connue : aucune des six mesures n’est disponible.",
    "Closeness is not known: none of the six measures is available.",
)
ASK_PEERS = Sentence(
    "ask_peers",
    "La proximité ne peut pas être située : trop peu de comptes semblables à qui comparer.",
    "Closeness cannot be placed: too few similar accounts to compare with.",
)
ASK_FAR = Sentence(
    "ask_far",
    "La proximité est plus basse que celle des comptes semblables. Lisez quelques échanges.",
    "Closeness is lower than for similar accounts. Read a few exchanges.",
)
ASK_ARCHETYPE = Sentence(
    "ask_archetype",
    "Ce compte accompagne-t-il un métier? Rien ne le dit.",
    "Does this account go with a trade? Nothing says so.",
)
ASK_PRIVATE = Sentence(
    "ask_private",
    "Le compte est privé : ses publications ne peuvent pas être vues de tous.",
    "The account is private: not everyone can see its posts.",
)
ASK_OVER = Sentence(
    "ask_over",
    "Au-dessus du seuil, sans signe clair de métier d’influence. Une personne décide.",
    "Over the ceiling, without a clear sign of an influence trade. A person decides.",
)
LOOK = {
    "follows_many": Sentence(
        "follows_many",
        "Suit beaucoup plus de comptes que le compte n’a d’abonnés. Regardez qui suit ce profil.",
        "Follows far more accounts than follow it. Look at who follows this profile.",
    ),
    "hardly_posts": Sentence(
        "hardly_posts",
        "Presque aucune publication sur ce compte. Regardez depuis quand il existe.",
        "Hardly a post on this account. Look at how long it has existed.",
    ),
    "no_avatar": Sentence(
        "no_avatar", "Le profil n’a pas de photo.", "The profile has no picture."
    ),
    "digits_in_handle": Sentence(
        "digits_in_handle",
        "Le nom du compte contient plusieurs chiffres.",
        "The handle contains several digits.",
    ),
    "empty_bio": Sentence("empty_bio", "La bio est vide.", "The bio is empty."),
    "bursts": Sentence(
        "bursts",
        "Une grande part des abonnés sont arrivés le même jour. "
        "Demandez ce qui s’est passé ce jour-là.",
        "A large share of the followers came on one day. Ask what happened that day.",
    ),
    "repeated_comments": Sentence(
        "repeated_comments",
        "Les mêmes commentaires reviennent mot pour mot. Lisez-en quelques-uns.",
        "The same comments come back word for word. Read a few of them.",
    ),
}


def explain(
    evidence: Evidence,
    facts: Facts,
    tier: Codes,
    archetype: Codes,
    thresholds: Thresholds,
    lexicon: Lexicon,
) -> Lines:
    lines = Lines(len(tier))
    ceiling = whole(thresholds.ceiling)
    lines.write(facts.under, lambda n: _under(n, ceiling), facts.followers)
    lines.write(facts.over, lambda n: _over(n, ceiling), facts.followers)
    lines.add(facts.seeks, SEEKS)
    lines.add(facts.declines, DECLINES)
    lines.add(facts.silent & (facts.points == 0) & (tier == NANO), NO_SIGN)
    for sign in lexicon.livelihood:
        lines.add(facts.said.livelihood[sign.name], sign.sentence)
    _posts(lines, evidence, facts, thresholds)
    _topics(lines, evidence, facts)
    _closeness(lines, evidence)
    named = facts.said.trade >= 0
    trades = lexicon.trades
    lines.write(
        named,
        lambda place: Sentence(
            "trade",
            f"Un métier est nommé : {trades[place].fr}.",
            f"A trade is named: {trades[place].en}.",
        ),
        facts.said.trade,
    )
    lines.add(~named & (evidence.numbers["is_business"] == 1), BUSINESS)
    lines.add(archetype == 0, CONSUMER)
    return lines


def _under(number: float, ceiling: tuple[str, str]) -> Sentence:
    fr, en = followers(number)
    return Sentence(
        "under_ceiling",
        f"{fr} : sous le seuil de {ceiling[0]} du programme.",
        f"{en}: under the programme’s ceiling of {ceiling[1]}.",
    )


def _over(number: float, ceiling: tuple[str, str]) -> Sentence:
    fr, en = followers(number)
    return Sentence(
        "over_ceiling",
        f"{fr} : au seuil de {ceiling[0]} du programme ou au-dessus.",
        f"{en}: at or over the programme’s ceiling of {ceiling[1]}.",
    )


def _posts(lines: Lines, evidence: Evidence, facts: Facts, thresholds: Thresholds) -> None:
    numbers, pace = evidence.numbers, evidence.estimates["posts_per_week"]
    judged = evidence.estimates["sponsored_share"].known
    lines.write(
        judged, _sponsored, numbers["sponsored_posts"], numbers["judged_posts"], facts.sponsored
    )
    active = pace.known & (pace.value >= thresholds.active)
    lines.write(active, _pace, np.round(pace.value, 1))


def _sponsored(part: float, total: float, many: bool) -> Sentence:
    total_fr, total_en = whole(total)
    if part == 0:
        return Sentence(
            "nothing_sponsored",
            f"Aucune publication commanditée sur {total_fr}.",
            f"No sponsored post out of {total_en}.",
        )
    verb_fr, verb_en = (
        "est commanditée" if part == 1 else "sont commanditées",
        "is sponsored" if part == 1 else "are sponsored",
    )
    return Sentence(
        "often_sponsored" if many else "sometimes_sponsored",
        f"{posts(part)[0]} sur {total_fr} {verb_fr}.",
        f"{whole(part)[1]} of {posts(total)[1]} {verb_en}.",
    )


def _pace(value: float) -> Sentence:
    fr, en = one_decimal(value)
    times = "time" if value == 1 else "times"
    return Sentence(
        "active",
        f"Publie environ {fr} fois par semaine.",
        f"Posts about {en} {times} a week.",
    )


def _topics(lines: Lines, evidence: Evidence, facts: Facts) -> None:
    lines.add(facts.niche, STEADY_NICHE)
    codes = np.array([" ".join(found[:3]) for found in topics_of(evidence)], dtype=np.str_)
    read = evidence.numbers["texts"]
    named = read - evidence.numbers["posts_without_topic"]
    lines.write(codes != "", _named_topics, codes, named, read)


def _named_topics(codes: str, named: float, read: float) -> Sentence:
    found = [by_code()[code] for code in codes.split()]
    fr = ", ".join(inside(topic.fr) for topic in found)
    en = ", ".join(inside(topic.en) for topic in found)
    return Sentence(
        "topics",
        f"Parle surtout de\u00a0: {fr} (un sujet dans {posts(named)[0]} sur {whole(read)[0]}).",
        f"Talks mostly about: {en} (a topic in {whole(named)[1]} of {posts(read)[1]}).",
    )


def topics_of(evidence: Evidence) -> list[tuple[str, ...]]:
    """The codes of the topics most posted about, five at most."""
    found: dict[str, list[str]] = {}
    ids, codes = (evidence.topics[name].to_pylist() for name in ("account_id", "topic"))
    for account_id, code in zip(ids, codes, strict=True):
        found.setdefault(str(account_id), []).append(code)
    return [tuple(found.get(account_id, ())) for account_id in evidence.ids]


def _closeness(lines: Lines, evidence: Evidence) -> None:
    closeness = evidence.closeness
    lines.write(
        closeness.measures > 0,
        lambda value, known: Sentence(
            "closeness",
            f"Proximité de {value:.0f} sur 100, à partir de {known} "
            f"mesure{'s' if known > 1 else ''} sur {closeness.possible}.",
            f"Closeness of {value:.0f} out of 100, from {known} of {closeness.possible} measures.",
        ),
        np.round(closeness.value),
        closeness.measures,
    )


def leave_to_confirm(
    evidence: Evidence,
    facts: Facts,
    tier: Codes,
    archetype: Codes,
    thresholds: Thresholds,
    lexicon: Lexicon,
) -> Lines:
    lines = Lines(len(tier))
    lines.add(np.isnan(facts.followers), ASK_FOLLOWERS)
    lines.add(facts.silent, ASK_INTENT)
    lines.add(facts.declines & facts.livelihood, ASK_CONTRADICTION)
    lines.add(facts.over & ~np.isin(tier, (MICRO, STAR)), ASK_OVER)
    lines.add(facts.said.booking, lexicon.booking_sentence)
    lines.add(archetype < 0, ASK_ARCHETYPE)
    lines.add(evidence.numbers["is_private"] == 1, ASK_PRIVATE)
    pace = evidence.estimates["posts_per_week"]
    lines.add(~pace.known, ASK_ACTIVITY)
    lines.add(pace.known & (pace.value < thresholds.quiet), ASK_QUIET)
    closeness = evidence.closeness
    measured = np.any([evidence.estimates[m.name].known for m in CLOSENESS], axis=0)
    lines.add((closeness.measures == 0) & ~measured, ASK_CLOSENESS)
    lines.add((closeness.measures == 0) & measured, ASK_PEERS)
    lines.add(closeness.high < thresholds.far, ASK_FAR)
    _authenticity(lines, evidence, thresholds)
    return lines


def _authenticity(lines: Lines, evidence: Evidence, thresholds: Thresholds) -> None:
    found = evidence.authenticity
    asked: Flags = (found.value <= thresholds.ask) & (found.signals >= thresholds.signals)
    for name, sentence in LOOK.items():
        points: Floats = found.points[name]
        lines.add(asked & (points > 0), sentence)
