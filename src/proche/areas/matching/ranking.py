"""A brief before the bank: who is set aside, who is ranked, and why, for anybody."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from proche.areas.brands.models import Brief
from proche.areas.consent.models import Purpose
from proche.areas.matching.bank import bank_of, brief_of, member_of
from proche.areas.matching.history import Histories
from proche.areas.matching.ranking_rules import rules_of
from proche.areas.people.models import Person
from proche.core import matching
from proche.core.results import Sentence

NO_OFFERS = Sentence(
    "no_offers",
    "sans consentement aux propositions par courriel",
    "without consent to offers by email",
)
Told = dict[str, Any]
SHIPPED = matching.Weights()
# Called now and then with how many members are read, of how many.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Ground:
    """The bank made ready for one brief."""

    brief: matching.Brief
    pool: matching.Pool
    people: Mapping[int, Person]
    # They cannot be written to, so they are not ranked.
    without_offers: frozenset[int]


def ground_of(brief: Brief, histories: Histories, *, tell: Tell | None = None) -> Ground:
    facts = bank_of(brief.brand.programme, histories)
    open_to = [known for known in facts if Purpose.OFFERS in known.consents]
    members = (member_of(known, brief.brand) for known in open_to)
    told = partial(_tell, tell, len(open_to)) if tell else None
    return Ground(
        brief=brief_of(brief, rules_of(brief.brand.programme)),
        pool=matching.Pool.of(members, tell=told),
        people={known.person.pk: known.person for known in facts},
        without_offers=frozenset(
            known.person.pk for known in facts if Purpose.OFFERS not in known.consents
        ),
    )


def _tell(tell: Tell, total: int, done: int) -> None:
    tell(done, total)


def weights_of(
    kept: Mapping[str, float] | None, *, usual: matching.Weights = SHIPPED
) -> matching.Weights:
    """Weights kept with a shortlist or by a programme; a part they do not name counts as usual."""
    known = asdict(usual)
    return matching.Weights(**{name: (kept or {}).get(name, known[name]) for name in known})


def first_filters(ground: Ground, ranking: matching.Ranking) -> dict[int, str]:
    """The filter that counted, of everybody set aside."""
    first = {int(member_id): kept_by for member_id, kept_by in ranking.filtered.items()}
    return first | dict.fromkeys(ground.without_offers, NO_OFFERS.code)


def counted(ground: Ground, ranking: matching.Ranking) -> list[Told]:
    """How many each filter sets aside, with its words, most first."""
    numbers = Counter(dict(ranking.filtered_out))
    words = {**ranking.sentences, NO_OFFERS.code: NO_OFFERS}
    if ground.without_offers:
        numbers[NO_OFFERS.code] = len(ground.without_offers)
    return [{**told(words[code]), "n": n} for code, n in numbers.most_common()]


def told(sentence: Sentence | matching.Reason) -> Told:
    return {"code": sentence.code, "fr": sentence.fr, "en": sentence.en}


def weighed(reasons: Sequence[matching.Reason]) -> list[Told]:
    return [{**told(reason), "weight": reason.weight} for reason in reasons]
