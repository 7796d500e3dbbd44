"""What goes into a ranking, and the sentence that comes out; frozen, to be kept with it."""

from dataclasses import asdict, dataclass

DEFAULT_EXCLUSIVITY_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a brand asks and for whom. Anything left empty asks for nothing.

    `topics` holds codes of the taxonomy, names or free words. `format` is "product", "event" or
    "". `asks_per_quarter` is how many asks a member may get in a
    quarter, this one included. `contains` holds codes of limits.toml or free words: what is in the
    product that somebody may be unable to take. `alcohol` says that it is alcohol.
    """

    title: str = ""
    text: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    quantity: int | None = None
    regions: tuple[str, ...] = ()
    min_age: int | None = None
    tiers: tuple[str, ...] = ()
    archetypes: tuple[str, ...] = ()
    min_followers: int | None = None
    max_followers: int | None = None
    brand: str = ""
    categories: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    exclusivity_months: int = DEFAULT_EXCLUSIVITY_MONTHS
    asks_per_quarter: int | None = None
    format: str = ""
    contains: tuple[str, ...] = ()
    alcohol: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What is known of one member; None is unknown, never zero.

    `months_since_last_ask` None means never asked. `age_ok` says that the member is of the age
    the brief asks for; `age` is used where it is given instead. `recent_brands` holds pairs of
    brand and months since. `posted` of `owed` are posts agreed to in the past. `limits` are the
    member's own words on allergies and diets; `limits_known` False says that there are some nobody
    may read before the member agrees. `captions` are posts made for a brand: they say what
    the member can speak of, and nothing of what they like without being asked.
    """

    member_id: str
    text: str = ""
    topics: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    region: str | None = None
    languages: tuple[str, ...] = ()
    followers: int | None = None
    closeness: float | None = None
    closeness_measures: int | None = None
    proof: str | None = None
    tier: str | None = None
    archetype: str | None = None
    try_products: bool | None = None
    attend_events: bool | None = None
    age: int | None = None
    age_ok: bool | None = None
    may_be_shortlisted: bool = False
    asleep: bool = False
    refused_brands: tuple[str, ...] = ()
    refused_categories: tuple[str, ...] = ()
    recent_brands: tuple[tuple[str, int], ...] = ()
    asks_this_quarter: int | None = None
    months_since_last_ask: int | None = None
    mentioned_brand: bool | None = None
    posted: int = 0
    owed: int = 0
    limits: str = ""
    limits_known: bool | None = None
    accepts_alcohol: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts. Only their proportions matter; 0 leaves a part out."""

    relevance: float = 5.0
    affinity: float = 2.0
    closeness: float = 2.0
    wishes: float = 1.5
    reliability: float = 1.5
    fairness: float = 1.5

    def __post_init__(self) -> None:
        if any(not 0 <= weight < float("inf") for weight in asdict(self).values()):
            raise ValueError("weights are numbers of 0 or more")


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why. `weight`: points it gives to a score of 100, or takes from it."""

    code: str
    fr: str
    en: str
    weight: float = 0.0
