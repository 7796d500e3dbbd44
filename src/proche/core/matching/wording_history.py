"""What the member wishes for, has kept and has been asked: wishes, promises, turns."""

from collections.abc import Iterator

from proche.core.matching.facts import Facts, reason
from proche.core.matching.records import Brief, Reason

LONG_WAIT_MONTHS = 3


def wish(facts: Facts) -> Iterator[Reason]:
    if facts.has("wishes") and _wished(facts):
        fr, en = _wish_words(facts.brief)
        yield reason("wish", f"Aime {fr}.", f"Likes to {en}.", facts.gain("wishes"))


def no_wish(facts: Facts) -> Iterator[Reason]:
    if not facts.has("wishes") or _wished(facts):
        return
    fr, en = _wish_words(facts.brief)
    if _wished(facts) is None:
        yield reason(
            "wish_unknown",
            f"N’a pas encore dit si {fr} lui plaît.",
            f"Has not said yet whether they like to {en}.",
        )
    else:
        yield reason(
            "no_wish", f"N’a pas demandé à {fr}.", f"Has not asked to {en}.", facts.loss("wishes")
        )


def _wished(facts: Facts) -> bool | None:
    member = facts.member
    return member.try_products if facts.brief.format == "product" else member.attend_events


def _wish_words(brief: Brief) -> tuple[str, str]:
    if brief.format == "product":
        return "essayer des produits", "try products"
    return "venir à des événements", "come to events"


def reliable(facts: Facts) -> Iterator[Reason]:
    posted, owed = facts.member.posted, facts.member.owed
    if facts.has("reliability") and owed and 2 * posted >= owed:
        yield reason("posted", *_posted(posted, owed), facts.gain("reliability"))


def unreliable(facts: Facts) -> Iterator[Reason]:
    posted, owed = facts.member.posted, facts.member.owed
    if facts.has("reliability") and owed and 2 * posted < owed:
        yield reason("not_posted", *_posted(posted, owed), facts.loss("reliability"))


def _posted(posted: int, owed: int) -> tuple[str, str]:
    return (
        f"A publié {posted} fois sur {owed} quand c’était convenu.",
        f"Posted {posted} of {owed} times when it was agreed.",
    )


def turn(facts: Facts) -> Iterator[Reason]:
    if not facts.has("fairness") or facts.member.asks_this_quarter:
        return
    months = facts.member.months_since_last_ask
    if months is None:
        yield reason(
            "never_asked",
            "N’a encore jamais reçu de proposition.",
            "Has never received an offer yet.",
            facts.gain("fairness"),
        )
    elif months >= LONG_WAIT_MONTHS:
        yield reason(
            "waiting",
            f"Attend son tour depuis {months} mois.",
            f"Has been waiting for a turn for {months} months.",
            facts.gain("fairness"),
        )


def asked_lately(facts: Facts) -> Iterator[Reason]:
    asks, months = facts.member.asks_this_quarter, facts.member.months_since_last_ask
    loss = facts.loss("fairness") if facts.has("fairness") else 0.0
    if asks:
        yield reason(
            "asked_this_quarter",
            "Une demande déjà ce trimestre."
            if asks == 1
            else f"{asks} demandes déjà ce trimestre.",
            "One ask already this quarter." if asks == 1 else f"{asks} asks already this quarter.",
            loss,
        )
    elif facts.has("fairness") and months is not None and months < LONG_WAIT_MONTHS:
        yield reason(
            "asked_lately",
            "A reçu une proposition ce mois-ci."
            if months == 0
            else f"A reçu une proposition il y a {months} mois.",
            "Received an offer this month."
            if months == 0
            else f"Received an offer {months} month{'s' if months > 1 else ''} ago.",
            loss,
        )
