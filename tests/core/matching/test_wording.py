from typing import Any

import pytest

from proche.core.matching import Brief, Match, rank
from proche.core.matching.records import Reason
from tests.core.matching.members import member

PRODUCT = Brief(
    title="Huile pour les cheveux",
    topics=("coiffure",),
    brand="Sapinelle",
    rivals=("Épinelle",),
    format="product",
    languages=("fr",),
)
KIND = Brief(title="Shampoing", categories=("hair",), brand="Sapinelle")
EVENT = Brief(title="Soirée au salon", topics=("hair",), format="event")


def match_of(brief: Brief = PRODUCT, **changes: Any) -> Match:
    return rank(brief, [member(**changes)], top=1).results[0]


FOR: list[tuple[Brief, dict[str, Any], str]] = [
    (PRODUCT, {}, "Parle de : coiffure (1 fois)."),
    (PRODUCT, {"mentioned_brand": True}, "A nommé Sapinelle sans qu’on le demande."),
    (EVENT, {"mentioned_brand": True}, "A nommé la marque sans qu’on le demande."),
    (
        PRODUCT,
        {"closeness": 82.4},
        "Très proche de sa communauté : 82 sur 100, 4 mesures sur 6.",
    ),
    (
        PRODUCT,
        {"closeness": 55.0, "closeness_measures": None},
        "Proche de sa communauté : 55 sur 100.",
    ),
    (PRODUCT, {}, "Aime essayer des produits."),
    (EVENT, {}, "Aime venir à des événements."),
    (PRODUCT, {"posted": 3, "owed": 4}, "A publié 3 fois sur 4 quand c’était convenu."),
    (PRODUCT, {}, "N’a encore jamais reçu de proposition."),
    (PRODUCT, {"months_since_last_ask": 7}, "Attend son tour depuis 7 mois."),
    (
        KIND,
        {"text": "Le balayage, ma passion", "mentioned_brand": False},
        "Parle de ce genre de produit sans qu’on le demande : coiffure.",
    ),
    (
        PRODUCT,
        {"text": "Mon huile maison, je la fais pour ma grand-mère", "topics": ()},
        "Emploie les mots du mandat : huile.",
    ),
    (PRODUCT, {"text": "Soins de la peau"}, "Parle d’un sujet voisin de ce mandat."),
]
AGAINST: list[tuple[Brief, dict[str, Any], str]] = [
    (
        PRODUCT,
        {"text": "Pêche à la mouche"},
        "Rien de ce que nous avons lu ne touche ce mandat.",
    ),
    (PRODUCT, {"text": ""}, "Aucun texte ni mot-clic à lire."),
    (
        PRODUCT,
        {"closeness": 31.0},
        "Moins proche de sa communauté que la plupart : 31 sur 100, 4 mesures sur 6.",
    ),
    (PRODUCT, {"closeness_measures": 2}, "Proximité : 2 mesures sur 6."),
    (PRODUCT, {"closeness_measures": 1}, "Proximité : 1 mesure sur 6."),
    (PRODUCT, {"try_products": False}, "N’a pas demandé à essayer des produits."),
    (EVENT, {"attend_events": False}, "N’a pas demandé à venir à des événements."),
    (PRODUCT, {"posted": 1, "owed": 4}, "A publié 1 fois sur 4 quand c’était convenu."),
    (PRODUCT, {"asks_this_quarter": 1}, "Une demande déjà ce trimestre."),
    (PRODUCT, {"asks_this_quarter": 3}, "3 demandes déjà ce trimestre."),
    (PRODUCT, {"months_since_last_ask": 0}, "A reçu une proposition ce mois-ci."),
    (PRODUCT, {"months_since_last_ask": 2}, "A reçu une proposition il y a 2 mois."),
    (
        PRODUCT,
        {"recent_brands": (("Épinelle", 5),)},
        "A collaboré avec une marque rivale il y a 5 mois.",
    ),
    (
        PRODUCT,
        {"text": "J’ai adoré l’huile d’épinelle!"},
        "Nomme une marque rivale dans ses propres mots : Épinelle.",
    ),
    (PRODUCT, {"proof": "declared"}, "Chiffres déclarés seulement."),
    (PRODUCT, {"proof": None, "followers": None}, "Nombre d’abonnés inconnu."),
    (PRODUCT, {"languages": ()}, "Langue inconnue."),
]


@pytest.mark.parametrize(("brief", "changes", "sentence"), FOR)
def test_what_speaks_for_a_member_is_said_in_plain_words(
    brief: Brief, changes: dict[str, Any], sentence: str
) -> None:
    match = match_of(brief, **changes)
    [found] = [reason for reason in match.reasons if said(reason) == sentence]
    assert found.weight > 0
    assert found.en


@pytest.mark.parametrize(("brief", "changes", "sentence"), AGAINST)
def test_what_speaks_against_is_said_as_plainly(
    brief: Brief, changes: dict[str, Any], sentence: str
) -> None:
    match = match_of(brief, **changes)
    [found] = [reason for reason in match.against if said(reason) == sentence]
    assert found.weight <= 0
    assert found.en


def test_unknown_is_said_when_others_are_known() -> None:
    known, unknown = member("a"), member("b", closeness=None, try_products=None, proof="declared")
    [_, match] = rank(PRODUCT, [known, unknown], top=2).results
    assert {said(reason) for reason in match.against} == {
        "Proximité inconnue.",
        "N’a pas encore dit si essayer des produits lui plaît.",
        "Chiffres déclarés seulement.",
    }


def test_reasons_come_with_the_heaviest_first() -> None:
    match = match_of(mentioned_brand=True, months_since_last_ask=2, asks_this_quarter=1)
    gained = [reason.weight for reason in match.reasons]
    lost = [reason.weight for reason in match.against]
    assert gained == sorted(gained, reverse=True)
    assert lost == sorted(lost)


def test_english_says_the_same_things() -> None:
    match = match_of(
        mentioned_brand=True,
        closeness=82.0,
        posted=3,
        owed=4,
        proof="declared",
        months_since_last_ask=1,
    )
    assert [reason.en for reason in (*match.reasons, *match.against)] == [
        "Talks about: hair (once).",
        "Named Sapinelle without being asked.",
        "Very close to their community: 82 out of 100, from 4 of 6 measures.",
        "Likes to try products.",
        "Posted 3 of 4 times when it was agreed.",
        "Received an offer 1 month ago.",
        "Declared figures only.",
    ]


def said(reason: Reason) -> str:
    return reason.fr.replace("\u00a0", " ")
