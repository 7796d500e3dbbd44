"""The rows of the people: members, some asleep, those who applied; their accounts, consents
and applications."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from proche.areas.accounts.models import Programme, User
from proche.areas.consent.models import TOGETHER, Consent, ConsentText, Purpose
from proche.areas.consent.queries import texts_in_force
from proche.areas.people.actions import fold, searchable
from proche.areas.people.kept import Said, StillTrue
from proche.areas.people.models import Account, Person, Tag
from proche.areas.people.said import FACTS
from proche.areas.recruitment.models import Application
from proche.sample.calendar import Calendar
from proche.sample.draw import Draw
from proche.sample.profiles import Profile, profiles

MEMBERS = 500
ASLEEP = 8
# How many applications there are in each state, beyond those of the members.
APPLICATIONS = {
    Application.State.RECEIVED: 9,
    Application.State.UNCONFIRMED: 2,
    Application.State.ASKED: 1,
    Application.State.REFUSED: 4,
    Application.State.REVIEW: 1,
}
LEFT = 1
LIMITS_FR = ("noix", "arachides", "fruits de mer", "parfums", "lait", "gluten", "latex")
# Days ago: whoever signed up before was not asked for a consent to keep their limits.
LIMITS_ASKED = 300
LIMITS_EN = ("nuts", "peanuts", "seafood", "perfumes", "milk", "gluten", "latex")
REFUSED_BRANDS = ("Nordet", "Mi-Brume", "Talle et Fils")
# How many of a hundred members give each consent that may be kept back.
GIVEN = {
    Purpose.OFFERS: 90,
    Purpose.SHORTLISTS: 92,
    Purpose.BRANDS: 80,
    Purpose.IMAGE: 46,
    Purpose.POSTS: 38,
}
TAGS = ("recrue de l’automne", "à appeler", "aime les essais", "bilingue", "soirées")
REFUSALS = (
    "Tous vos comptes sont privés pour l’instant. Écrivez-nous quand l’un d’eux sera public.",
    "Vous dites vouloir vivre de vos réseaux. Notre programme s’adresse à celles et ceux qui "
    "ont une autre vie à côté.",
    "Le compte indiqué n’existe plus. Avec une nouvelle adresse, nous regarderons de nouveau.",
    "Your account has been quiet for two years. Come back when you post again.",
)


@dataclass(frozen=True)
class Made:
    """A person with what the sample knows of them beyond the row."""

    person: Person
    profile: Profile
    accounts: tuple[Account, ...]
    # When they signed up: everything about them comes after.
    since: datetime


def make_people(programme: Programme, calendar: Calendar) -> list[Made]:
    """Members first, the cast at their head; then those asleep, those who applied, who left."""
    draw = Draw("people")
    others = sum(APPLICATIONS.values())
    drawn = list(profiles(extra=ASLEEP + others + LEFT))
    states = [Person.State.MEMBER] * MEMBERS + [Person.State.ASLEEP] * ASLEEP
    states += [_state_of(kind) for kind, n in APPLICATIONS.items() for _ in range(n)]
    states += [Person.State.LEFT] * LEFT
    started = [_since(draw, calendar, kind, n) for n, kind in enumerate(_kinds())]
    # The one refused longest ago nears the end of the year it is kept.
    no = [n for n, kind in enumerate(_kinds()) if kind == Application.State.REFUSED]
    started[min(no, key=lambda n: started[n])] = calendar.at(350, 11, 30)
    people = [
        _person(draw, programme, profile, state, since, asked=since >= calendar.at(LIMITS_ASKED))
        for profile, state, since in zip(drawn, states, started, strict=True)
    ]
    Person.objects.bulk_create(people, batch_size=200)
    for person, since in zip(people, started, strict=True):
        person.created_at = since
    Person.objects.bulk_update(people, ["created_at"], batch_size=200)
    accounts = _accounts(draw, calendar, people, drawn, started)
    Said.objects.bulk_create(
        (
            Said(person=person, fields=FACTS, source=Said.Source.SIGN_UP, at=since)
            for person, since in zip(people, started, strict=True)
            if person.state != Person.State.LEFT
        ),
        batch_size=200,
    )
    _yearly_answers(people, calendar)
    return [
        Made(person, profile, tuple(accounts[person.pk]), since)
        for person, profile, since in zip(people, drawn, started, strict=True)
    ]


def _yearly_answers(people: Sequence[Person], calendar: Calendar) -> None:
    """Whoever joined a year ago was asked since, and said that all is still true; all but one, who
    answered neither the question nor its reminder."""
    answered = [
        StillTrue(
            person=person,
            asked_at=person.joined_at + timedelta(days=365),
            answered_at=person.joined_at + timedelta(days=367),
            answer=StillTrue.Answer.TRUE,
        )
        for person in people
        if person.joined_at
        and person.state == Person.State.MEMBER
        and person.joined_at <= calendar.at(368)
    ]
    silent = min(answered, key=lambda one: one.asked_at)
    silent.asked_at, silent.reminded_at = calendar.at(62), calendar.at(32)
    silent.answered_at, silent.answer = None, ""
    StillTrue.objects.bulk_create(answered, batch_size=200)


def _kinds() -> list[Application.State]:
    """The state of each person's application, in the order of the people."""
    kinds = [Application.State.ACCEPTED] * (MEMBERS + ASLEEP)
    kinds += [kind for kind, n in APPLICATIONS.items() for _ in range(n)]
    return [*kinds, *[Application.State.ACCEPTED] * LEFT]


def _state_of(kind: Application.State) -> Person.State:
    refused = kind == Application.State.REFUSED
    return Person.State.REFUSED if refused else Person.State.APPLIED


def _since(draw: Draw, calendar: Calendar, kind: Application.State, n: int) -> datetime:
    hour, minute = draw.randint(7, 21), draw.randint(0, 59)
    if n == 0:
        return calendar.at(87, 20, 12)
    waiting = {Application.State.RECEIVED, Application.State.UNCONFIRMED}
    if kind in waiting | {Application.State.ASKED}:
        return calendar.at(draw.choice([1, 1, 2, 2, 3, 3, 4, 5]), hour, minute)
    if kind == Application.State.REVIEW:
        return calendar.at(9, hour, minute)
    if kind == Application.State.REFUSED:
        return calendar.at(draw.randint(15, 60), hour, minute)
    # Fewer and fewer came as one goes back.
    return calendar.at(20 + int(draw.betavariate(1.1, 1.6) * 520), hour, minute)


def _person(
    draw: Draw,
    programme: Programme,
    profile: Profile,
    state: Person.State,
    since: datetime,
    *,
    asked: bool,
) -> Person:
    english = profile.language == "en"
    member = state in {Person.State.MEMBER, Person.State.ASLEEP, Person.State.LEFT}
    limits = draw.sample(LIMITS_EN if english else LIMITS_FR, draw.choice([1, 1, 2]))
    both = ["en", "fr"] if english else ["fr", "en"]
    person = Person(
        programme=programme,
        key=draw.key(),
        given_name=profile.given_name,
        family_name=profile.family_name,
        email=profile.email,
        language=profile.language,
        region=profile.region,
        city=profile.town,
        archetype="professional" if profile.professional else "consumer",
        occupation=profile.occupation,
        seeks_living=profile.intent,
        own_words=profile.words,
        topics=list(profile.topics),
        content_languages=both if draw.chance(0.45 if english else 0.16) else both[:1],
        tries_products=draw.chance(0.82),
        attends_events=draw.chance(0.55),
        refused_brands=draw.choice(REFUSED_BRANDS) if draw.chance(0.05) else "",
        limits=", ".join(limits) if draw.chance(0.18) else "",
        accepts_alcohol=draw.chance(0.6),
        adult=True,
        state=state,
        joined_at=since + timedelta(days=2, hours=3) if member else None,
    )
    if not asked or state == Person.State.LEFT:
        person.limits_to_ask = person.limits if state != Person.State.LEFT else ""
        person.limits = ""
    handles = fold(" ".join(channel.handle for channel in profile.channels))
    person.search_text = f"{searchable(person)} {handles}"
    return person


def _accounts(
    draw: Draw,
    calendar: Calendar,
    people: Sequence[Person],
    drawn: Sequence[Profile],
    started: Sequence[datetime],
) -> dict[int, list[Account]]:
    rows: dict[int, list[Account]] = {}
    for person, profile, since in zip(people, drawn, started, strict=True):
        rows[person.pk] = [
            Account(
                person=person,
                platform=channel.platform,
                handle=channel.handle,
                followers=channel.followers,
                following=int(channel.followers * draw.uniform(0.3, 1.3)) + 40,
                posts_total=draw.randint(40, 900),
                bio=profile.bio,
                proof=channel.proof,
                as_of=since.date() + timedelta(days=1),
            )
            for channel in profile.channels
        ]
    Account.objects.bulk_create((row for some in rows.values() for row in some), batch_size=200)
    return rows


def make_consents(everybody: Sequence[Made]) -> None:
    draw, texts = Draw("consents"), texts_in_force()
    rows = []
    for n, made in enumerate(everybody):
        left = made.person.state == Person.State.LEFT
        if made.person.limits:
            rows.append(_consent(made, Purpose.LIMITS, texts[Purpose.LIMITS], None))
        for purpose in TOGETHER:
            given = purpose == Purpose.BANK or draw.randint(1, 100) <= GIVEN[purpose]
            # The cast is asked things in what follows: they agreed to be.
            if not given and not (n < 18 and purpose != Purpose.IMAGE):
                continue
            withdrawn = left or (n > 30 and purpose == Purpose.IMAGE and draw.chance(0.06))
            until = made.since + timedelta(days=17) if withdrawn else None
            rows.append(_consent(made, purpose, texts[purpose], until))
    Consent.objects.bulk_create(rows, batch_size=300)


def _consent(made: Made, purpose: str, text: ConsentText, until: datetime | None) -> Consent:
    return Consent(
        person=made.person,
        purpose=purpose,
        text=text,
        language=made.person.language,
        source=Consent.Source.SAMPLE,
        french_shown_at=made.since - timedelta(minutes=1),
        given_at=made.since,
        withdrawn_at=until,
    )


def make_applications(
    everybody: Sequence[Made], calendar: Calendar, *, deciders: Sequence[User]
) -> None:
    draw, refusals = Draw("applications"), iter([*REFUSALS, REFUSALS[0]])
    rows = [
        _application(draw, made, kind, calendar, draw.choice(deciders), refusals)
        for made, kind in zip(everybody, _kinds(), strict=True)
    ]
    Application.objects.bulk_create(rows, batch_size=200)


def _application(
    draw: Draw,
    made: Made,
    kind: Application.State,
    calendar: Calendar,
    decider: User,
    refusals: Iterator[str],
) -> Application:
    State = Application.State
    row = Application(
        person=made.person, state=kind, language=made.person.language, submitted_at=made.since
    )
    if kind != State.UNCONFIRMED:
        row.email_confirmed_at = made.since + timedelta(minutes=draw.randint(2, 90))
    if kind in {State.ACCEPTED, State.REFUSED, State.REVIEW}:
        row.decided_by, row.decided_at = decider, made.since + timedelta(days=2, hours=3)
    if kind in {State.REFUSED, State.REVIEW}:
        row.refusal_reason = next(refusals)
    if kind == State.REVIEW:
        row.review_asked_at = calendar.at(1, 19, 40)
    return row


def make_tags(programme: Programme, members: Sequence[Made]) -> None:
    draw = Draw("tags")
    for name in TAGS:
        tag = Tag.objects.create(programme=programme, name=name)
        tag.people.add(*(made.person for made in draw.sample(members, draw.randint(6, 28))))
