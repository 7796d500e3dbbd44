"""How many to ask, as the page says it: never a number without where it comes from."""

from dataclasses import dataclass

from proche.areas.campaigns.acceptance import CHANCE, ENOUGH, Past
from proche.core.acceptance import Acceptance, ToAsk


@dataclass(frozen=True)
class OverAsk:
    """`ask` is None without a past or without a place. `few` and `many`: the yes of as many people
    as there are places; `too_many`: the chance of more yes than places when `ask` are asked."""

    past: Past
    places: int
    known: Acceptance | None
    ask: ToAsk | None
    low: float = 0
    high: float = 0
    few: int = 0
    many: int = 0
    too_many: float = 0
    needed: int = ENOUGH


def over_ask(past: Past, places: int) -> OverAsk:
    known, ask = past.acceptance, past.to_ask(places)
    if known is None or ask is None:
        return OverAsk(past, places, known, None)
    low, high = known.share(chance=CHANCE)
    few, many = known.yes_of(places, chance=CHANCE)
    over = known.chance_of(places + 1, people=ask.people)
    return OverAsk(past, places, known, ask, low, high, few, many, over)
