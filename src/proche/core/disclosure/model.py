"""What goes into a disclosure check and what comes out of it."""

from msgspec import Struct

from proche.core.results import Sentence

# From worst to best: the verdict of a post is the worst of its findings.
VERDICTS = (
    "MISSING",
    "MISPLACED",
    "WRONG_KIND",
    "AMBIGUOUS",
    "LANGUAGE",
    "HUMAN",
    "OK_NOTE",
    "OK",
    "NOT_REQUIRED",
)
SEVERITY = {verdict: len(VERDICTS) - rank for rank, verdict in enumerate(VERDICTS)}
JURISDICTIONS = ("CA", "FR", "US", "UK", "DE", "NZ")
KINDS = ("gift", "exchange", "paid", "invitation", "affiliate", "relation", "none")
PERKS = ("travel", "lodging", "meal")


class Value(Struct, frozen=True, gc=False):
    """As fixed as a frozen dataclass and made ten times as fast: a check makes thirty of them.
    They hold no cycle, so that no garbage is looked for among them."""


def field_refused(name: str, fr: str, en: str) -> Sentence:
    return Sentence(
        "bad_field",
        f"Le champ «\u00a0{name}\u00a0» doit être {fr}.",
        f"The field “{name}” must be {en}.",
    )


def unknown_value(name: str, known: tuple[str, ...]) -> Sentence:
    choices = ", ".join(known)
    return field_refused(name, f"l’un de\u00a0: {choices}", f"one of: {choices}")


class Frame(Value, frozen=True):
    """What is written on one story frame, video segment or image."""

    text: str
    seconds: float | None = None
    names_brand: bool = True


class Spoken(Value, frozen=True):
    """One line of the transcript, `at` seconds from the start."""

    at: float
    text: str


class Facts(Value, frozen=True, forbid_unknown_fields=True):
    """What a person or another part knows of the post. None: nobody said, so nothing is judged."""

    earlier_disclosed: bool | None = None
    """An earlier post of the campaign or of the thread discloses."""
    shared: bool | None = None
    """This is a repost, an embed or a link card of another post."""
    hard_to_see: bool | None = None
    """The disclosure is tiny, of the colour of its ground, or outside the safe area."""
    only_in_image: bool | None = None
    """The disclosure is said to be in an image whose text nobody supplied."""
    links_unmarked: bool | None = None
    """Paid links of an article lack rel="sponsored"."""
    retouched: bool | None = None
    ai_figure: bool | None = None
    virtual_endorser: bool | None = None
    for_children: bool | None = None
    never_received: bool | None = None
    """The product was never shipped, or the event never attended."""
    link_ended: bool | None = None


NO_FACTS = Facts()


class Post(Value, frozen=True):
    """A post as supplied. `None` for caption, frames or transcript: nobody supplied it;
    empty: it was looked at and holds nothing."""

    platform: str
    format: str
    caption: str | None
    language: str | None = None
    jurisdiction: str = "CA"
    content_warning: str | None = None
    frames: tuple[Frame, ...] | None = None
    transcript: tuple[Spoken, ...] | None = None
    platform_label: bool = False
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    in_bio_only: bool = False
    facts: Facts = NO_FACTS


class Link(Value, frozen=True, cache_hash=True):
    """The link between the author and the brand, as the exchange knows it."""

    kind: str
    brand_name: str
    brand_aliases: tuple[str, ...] = ()
    obligation: bool = False
    perks: tuple[str, ...] = ()
    required_words: tuple[str, ...] = ()
    """What the brief asks for besides the law."""

    @property
    def owed(self) -> bool:
        """A post is owed, or paid for: a gift or invitation wording alone understates it."""
        return self.obligation or self.kind in ("paid", "exchange")


class Wording(Value, frozen=True):
    title: str
    detail: str

    @property
    def text(self) -> str:
        return f"{self.title} {self.detail}" if self.detail else self.title


Span = tuple[int, int]


class Finding(Value, frozen=True):
    """One rule that applies to the post, in words for its author.

    `where` names the text the spans are offsets of: "caption", "warning", "frame 2",
    "transcript 0"; offsets are Unicode code points of that text as supplied.
    """

    rule: str
    verdict: str
    fr: Wording
    en: Wording
    suggestion_fr: str
    suggestion_en: str
    source: str
    since: str = ""
    where: str = "caption"
    spans: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def span(self) -> Span | None:
        return self.spans[0] if self.spans else None

    def wording(self, language: str) -> Wording:
        return self.en if language.startswith("en") else self.fr

    def suggestion(self, language: str) -> str:
        return self.suggestion_en if language.startswith("en") else self.suggestion_fr


class Check(Value, frozen=True):
    """The worst verdict, every finding (worst first), why a disclosure is due at all, and
    what nobody supplied: no verdict speaks for what is in `not_seen`."""

    verdict: str
    findings: tuple[Finding, ...]
    not_seen: tuple[Sentence, ...] = ()
    because: tuple[Sentence, ...] = ()
    language: str | None = None

    @property
    def is_ok(self) -> bool:
        return self.verdict in ("OK", "OK_NOTE", "NOT_REQUIRED")
