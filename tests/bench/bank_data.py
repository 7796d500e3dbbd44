"""An invented bank of any size, written in bulk, for the benchmark of its page."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

SEED = 20251126
GIVEN = [
    "Camille",
    "Geneviève",
    "Émilie",
    "Noémie",
    "Josée",
    "Élise",
    "Chloé",
    "Océane",
    "Béatrice",
    "Mélissa",
    "Véronique",
    "Zoé",
    "Anaïs",
    "Maude",
    "Sophie",
    "Julie",
    "Catherine",
    "Isabelle",
    "Nathalie",
    "Stéphanie",
    "Gabriel",
    "Édouard",
    "Loïc",
    "Jérôme",
    "Frédéric",
    "François",
    "Étienne",
    "Sébastien",
    "Benoît",
    "Thomas",
    "Olivier",
    "Mathieu",
    "Samuel",
    "Alexandre",
    "William",
    "Emma",
    "Olivia",
    "Liam",
    "Noah",
    "Charlotte",
    "Alice",
    "Rosalie",
    "Florence",
    "Juliette",
    "Mia",
    "Raphaëlle",
    "Félix",
    "Léo",
    "Arthur",
    "Théo",
]
FAMILY_START = [
    "Trem",
    "Gag",
    "Roy",
    "Cô",
    "Bou",
    "Gau",
    "Mor",
    "Lav",
    "For",
    "Gir",
    "Ouel",
    "Pel",
    "Bel",
    "Lé",
    "Leb",
    "Ber",
    "Poi",
    "Dub",
    "Lam",
    "Ri",
    "Sim",
    "Mar",
    "Cha",
    "Des",
    "Fou",
    "Nad",
    "Her",
    "Ste",
    "Ars",
    "Bu",
]
FAMILY_MIDDLE = ["é", "e", "a", "o", "i", "ou", "an", "on", "er", "el", "ar", "au"]
FAMILY_END = [
    "blay",
    "né",
    "nier",
    "té",
    "card",
    "thier",
    "vesque",
    "tin",
    "court",
    "let",
    "tier",
    "quet",
    "ville",
    "deau",
    "gneau",
]
TRADES = [
    "coiffeuse",
    "barbier",
    "infirmière",
    "boulanger",
    "fleuriste",
    "ébéniste",
    "massothérapeute",
    "esthéticienne",
    "couturière",
    "enseignante",
    "mécanicien",
    "horticultrice",
    "pâtissier",
    "libraire",
    "vétérinaire",
    "physiothérapeute",
    "électricienne",
    "plombier",
    "photographe",
    "comptable",
    "cuisinière",
    "guide",
    "toiletteuse",
    "céramiste",
    "tatoueuse",
    "nutritionniste",
    "éducatrice",
    "paysagiste",
    "opticienne",
    "brasseur",
]
TOWNS = [
    "Montréal",
    "Québec",
    "Laval",
    "Gatineau",
    "Longueuil",
    "Sherbrooke",
    "Saguenay",
    "Lévis",
    "Trois-Rivières",
    "Terrebonne",
    "Rimouski",
    "Gaspé",
    "Sept-Îles",
    "Baie-Comeau",
    "Val-d’Or",
    "Rouyn-Noranda",
    "Amos",
    "Chibougamau",
    "Joliette",
    "Saint-Jérôme",
    "Mont-Tremblant",
    "Drummondville",
    "Victoriaville",
    "Granby",
    "Magog",
    "Matane",
    "Carleton",
    "Rivière-du-Loup",
    "Alma",
    "Roberval",
]
BATCH = 5_000


def fill(members: int) -> Any:
    """The programme, its owner and its members."""
    from django.db import connection, transaction

    from proche.areas.accounts.models import Programme, Role, User

    programme = Programme.objects.create(name="Banc", agency_name="Banc", officer_name="Banc")
    owner = User.objects.create_user("banc@example.org", name="Banc")
    Role.objects.create(user=owner, programme=programme, kind=Role.Kind.OWNER)
    rng = np.random.default_rng(SEED)
    with transaction.atomic():
        for rows in _everything(programme, members, rng):
            batch = list(rows)
            type(batch[0]).objects.bulk_create(batch, batch_size=BATCH)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # As a database that has stood a while: its own cleaning would run beside the questions.
            cursor.execute("VACUUM")
            cursor.execute("CHECKPOINT")
        cursor.execute("ANALYZE")
    return programme, owner


def _everything(programme: Any, members: int, rng: np.random.Generator) -> Iterator[Iterable[Any]]:
    from proche.areas.people.models import Tag

    yield _people(programme, members, rng)
    yield _accounts(members, rng)
    yield _verdicts(members, rng)
    yield _consents(members, rng)
    yield _offers(programme, members, rng)
    tags = [Tag.objects.create(programme=programme, name=f"étiquette {n}") for n in range(12)]
    tagged = Tag.people.through
    chosen = rng.choice(np.arange(1, members + 1), members // 10, replace=False).tolist()
    yield (tagged(tag_id=tags[n % 12].pk, person_id=pk) for n, pk in enumerate(chosen))


def _people(programme: Any, members: int, rng: np.random.Generator) -> Iterator[Any]:
    from django.utils import timezone

    from proche.areas.people.actions import fold, searchable
    from proche.areas.people.models import Person
    from proche.common.regions import REGIONS
    from proche.core.topics import load

    codes = [topic.code for topic in load()]
    # A few topics are everybody's, most are some people's.
    likely = 1 / (np.arange(len(codes)) + 3)
    picked = rng.choice(len(codes), (members, 3), p=likely / likely.sum())
    parts = (GIVEN, FAMILY_START, FAMILY_MIDDLE, FAMILY_END, TRADES, TOWNS, REGIONS)
    drawn = [rng.integers(0, len(part), members).tolist() for part in parts]
    chance = rng.random((members, 5))
    now = timezone.now()
    for n in range(members):
        given, start, middle, end, trade, town, region = (
            part[column[n]] for part, column in zip(parts, drawn, strict=True)
        )
        family = f"{start}{middle}{end}"
        person = Person(
            programme=programme,
            key=f"k{n + 1}",
            given_name=given,
            family_name=family,
            email=f"{fold(given)}.{fold(family)}{n + 1}@example.org",
            language="en" if chance[n, 0] < 0.12 else "fr",
            region=region.code,
            city=town,
            archetype="professional",
            occupation=trade,
            topics=list(dict.fromkeys(codes[i] for i in picked[n])),
            tries_products=bool(chance[n, 1] < 0.8),
            attends_events=bool(chance[n, 2] < 0.5),
            state=Person.State.ASLEEP if chance[n, 3] < 0.02 else Person.State.MEMBER,
            joined_at=now - timedelta(days=float(chance[n, 4] * 900)),
        )
        # The handle of the account made below; the person has no row yet to ask for it.
        person.search_text = f"{searchable(person)} {fold(given)}.{n + 1}"
        person.pk = n + 1
        yield person


def _accounts(members: int, rng: np.random.Generator) -> Iterator[Any]:
    from proche.areas.people.models import Account
    from proche.common.choices import Proof

    followers = rng.integers(120, 5_400, members).tolist()
    proofs = rng.choice(Proof.values, members).tolist()
    for n in range(members):
        yield Account(
            person_id=n + 1,
            platform="instagram",
            handle=f"compte.{n + 1}",
            followers=followers[n] if n % 50 else None,
            proof=proofs[n],
            as_of=date(2026, 6, 1),
        )


def _verdicts(members: int, rng: np.random.Generator) -> Iterator[Any]:
    from django.utils import timezone

    from proche.areas.evidence.models import Verdict

    tiers = rng.choice(["nano", "micro", "undetermined"], members, p=[0.8, 0.08, 0.12]).tolist()
    kinds = rng.choice(["consumer", "professional"], members).tolist()
    closeness = rng.uniform(20, 90, members).round(1).tolist()
    now = timezone.now()
    for n in range(members):
        if n % 14 == 0:
            continue
        yield Verdict(
            person_id=n + 1,
            proposed_tier=tiers[n],
            tier=tiers[n],
            archetype=kinds[n],
            closeness=closeness[n] if n % 9 else None,
            closeness_low=closeness[n] - 8,
            closeness_high=closeness[n] + 8,
            closeness_from=4,
            confidence=0.8,
            thresholds_version="2026.1",
            proposed_at=now,
            signed_at=now,
        )


def _consents(members: int, rng: np.random.Generator) -> Iterator[Any]:
    from django.utils import timezone

    from proche.areas.consent.models import Consent, Purpose
    from proche.areas.consent.queries import text_in_force

    text, now = text_in_force(Purpose.OFFERS), timezone.now()
    for n in np.flatnonzero(rng.random(members) < 0.9).tolist():
        yield Consent(
            person_id=n + 1,
            purpose=Purpose.OFFERS,
            text=text,
            language="fr",
            source=Consent.Source.SIGN_UP,
            french_shown_at=now,
            given_at=now,
        )


def _offers(programme: Any, members: int, rng: np.random.Generator) -> Iterator[Any]:
    from django.utils import timezone

    from proche.areas.brands.models import Brand
    from proche.areas.campaigns.models import Campaign, Offer
    from tests.factories.brands import BriefFactory

    brand = Brand.objects.create(programme=programme, name="Banc")
    now = timezone.now()
    for n in range(6):
        campaign = Campaign.objects.create(brief=BriefFactory.create(brand=brand), opened_at=now)
        for person in np.flatnonzero(rng.random(members) < 0.25).tolist():
            sent = now - timedelta(days=n * 35 + person % 30, minutes=1)
            yield Offer(campaign=campaign, person_id=person + 1, state="declined", sent_at=sent)
