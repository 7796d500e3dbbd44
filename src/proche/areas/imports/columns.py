"""What a column of a list may be, and which one its heading makes likely."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from proche.areas.imports.models import Basis
from proche.areas.people.actions import fold
from proche.areas.people.models import Tag
from proche.common.choices import Archetype, Language, Platform


@dataclass(frozen=True, slots=True)
class Column:
    """`words` are headings that mean it, folded, in French and English."""

    code: str
    label: str | Promise
    group: str | Promise
    words: tuple[str, ...] = ()


WHO, WHERE, WHAT, LISTED = _("Who"), _("Where and how"), _("What they do"), _("The list")
NETWORKS = _("Networks")
PLAIN = (
    Column("given_name", _("Given name"), WHO, (
        "prenom", "prenoms", "given name", "given names", "first name", "firstname", "forename",
    )),
    Column("family_name", _("Family name"), WHO, (
        "nom", "nom de famille", "family name", "last name", "lastname", "surname", "noms",
    )),
    Column("full_name", _("Given and family name together"), WHO, (
        "nom complet", "full name", "fullname", "name", "prenom et nom", "nom et prenom",
        "nom prenom", "prenom nom", "influenceur", "influenceuse", "influencer", "createur",
        "creator", "personne", "person", "contact",
    )),
    Column("email", _("Email"), WHO, (
        "courriel", "e mail", "email", "mail", "adresse courriel", "adresse de courriel",
        "adresse electronique", "email address", "e mail address", "adresse email", "adresse mail",
        "mel",
    )),
    Column("language", _("Language"), WHO, (
        "langue", "language", "langue de correspondance", "langue de communication", "lang",
        "preferred language", "langue preferee",
    )),
    Column("region", _("Region"), WHERE, (
        "region", "region administrative", "administrative region", "code de region", "region code",
    )),
    Column("city", _("City or neighbourhood"), WHERE, (
        "ville", "city", "town", "municipalite", "localite", "quartier", "neighbourhood",
        "neighborhood", "ville ou quartier", "city or neighbourhood", "ville quartier", "location",
    )),
    Column("archetype", _("Profile"), WHAT, (
        "profil", "profile", "type", "type de profil", "profile type", "archetype", "categorie",
        "category",
    )),
    Column("occupation", _("Trade"), WHAT, (
        "metier", "trade", "occupation", "profession", "emploi", "job", "job title", "titre",
        "activite",
    )),
    Column("topics", _("Talks about"), WHAT, (
        "sujets", "topics", "parle de", "talks about", "themes", "theme", "thematiques", "niche",
        "interets", "interests", "champs d interet",
    )),
    Column("content_languages", _("Languages of the posts"), WHAT, (
        "langues des publications", "languages of the posts", "langue des publications",
        "post language", "content language", "content languages", "langue du contenu",
    )),
    Column("seeks_living", _("Wants to live from it"), WHAT, (
        "veut en vivre", "wants to live from it", "souhaite en vivre",
    )),
    Column("tries_products", _("Likes to try products"), WHAT, (
        "essaie des produits", "aime essayer des produits", "likes to try products",
        "tries products", "produits", "products",
    )),
    Column("attends_events", _("Likes to be invited to events"), WHAT, (
        "evenements", "events", "aime etre invite a des evenements", "attends events",
        "likes to be invited to events",
    )),
    Column("limits", _("Allergies, diets and limits: kept out, the person is asked"), WHAT, (
        "allergies", "allergie", "allergy", "intolerances", "regime", "regimes", "diet", "diets",
        "regime alimentaire", "restrictions", "restrictions alimentaires", "dietary restrictions",
        "food restrictions", "allergies et regimes", "allergies and diets", "limites", "limits",
        "allergies regimes et autres limites", "allergies diets and other limits",
    )),
    Column("accounts", _("Accounts, as instagram:name; tiktok:name"), NETWORKS, (
        "comptes", "accounts", "reseaux", "reseaux sociaux", "social networks", "social media",
    )),
    Column("followers", _("Followers, of the first account"), NETWORKS, (
        "abonnes", "followers", "nombre d abonnes", "number of followers", "nb abonnes",
        "follower count", "followers count", "fans", "subscribers", "audience",
    )),
    Column("tags", _("Tags"), LISTED, (
        "etiquettes", "etiquette", "tags", "tag", "mots cles", "keywords", "labels",
    )),
    Column("note", _("Notes"), LISTED, (
        "notes", "note", "remarques", "remarque", "commentaires", "commentaire", "comments",
        "comment", "observations",
    )),
    Column("dated_on", _("Date of the consent or relation"), LISTED, (
        "date du consentement", "consent date", "date de consentement", "date d inscription",
        "date of consent", "derniere collaboration", "last collaboration", "date", "consentement",
        "date de la relation", "sign up date", "depuis",
    )),
)  # fmt: skip
OF_NETWORKS = tuple(
    Column(f"{kind}:{platform.value}", words % {"network": platform.label}, NETWORKS)
    for platform in Platform
    for kind, words in (("account", "%(network)s"), ("followers", "%(network)s (followers)"))
)
LONGEST_TAG = Tag._meta.get_field("name").max_length or 40
COLUMNS = {column.code: column for column in (*PLAIN, *OF_NETWORKS)}
MEANS = {word: column.code for column in PLAIN for word in column.words}


def in_both_languages(said: str | Promise) -> set[str]:
    """How we write something ourselves, as `plain_heading` writes it."""
    found = set()
    for code in Language.values:
        with override(code):
            found.add(plain_heading(str(said)))
    return found


@cache
def _means() -> dict[str, str]:
    """What a heading means; our own headings mean themselves, however they are translated."""
    ours = {word: one.code for one in COLUMNS.values() for word in in_both_languages(one.label)}
    return {**ours, **MEANS}


NETWORK_WORDS = {
    **{platform.value: platform.value for platform in Platform},
    "insta": "instagram", "ig": "instagram", "tik tok": "tiktok", "tt": "tiktok", "fb": "facebook",
    "yt": "youtube", "you tube": "youtube", "chaine youtube": "youtube", "twitter": "x",
    "linked in": "linkedin", "blogue": "blog", "site web": "blog", "website": "blog",
    "bsky": "bluesky",
}  # fmt: skip
COUNTED = {"abonnes", "followers", "follower", "fans", "subscribers", "nb", "nombre", "count"}
# What a heading may say beside the name of the network.
BESIDE = {
    "compte", "comptes", "account", "handle", "lien", "link", "url", "profil", "profile", "page",
    "adresse", "nom", "username", "pseudo", "pseudonyme", "de", "du", "d", "sur", "on", "of", "the",
    "identifiant", "channel", "chaine", "user", "name", *COUNTED,
}  # fmt: skip


def plain_heading(text: str) -> str:
    """Without accents, signs and capitals, as `words` are written."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def signature_of(header: Sequence[str]) -> str:
    """The same for two files whose headings say the same, whatever their accents."""
    return sha256("\n".join(plain_heading(text) for text in header).encode()).hexdigest()


def guess(header: Sequence[str]) -> list[str]:
    """A code per column, each code once; "" where the heading says nothing we know."""
    found = [_meaning(plain_heading(text)) for text in header]
    # « Nom » alone holds the whole name.
    if "given_name" not in found and "full_name" not in found and "family_name" in found:
        found[found.index("family_name")] = "full_name"
    if "given_name" in found and "family_name" in found and "full_name" in found:
        found[found.index("full_name")] = ""
    taken: set[str] = set()
    once = []
    for code in found:
        once.append("" if code in taken else code)
        taken.add(code)
    return once


def _meaning(heading: str) -> str:
    if known := _means().get(heading):
        return known
    words = heading.split()
    for name, platform in NETWORK_WORDS.items():
        parts = name.split()
        rest = [word for word in words if word not in parts]
        if len(rest) == len(words) - len(parts) and set(rest) <= BESIDE:
            kind = "followers" if COUNTED & set(rest) else "account"
            return f"{kind}:{platform}"
    return "followers" if COUNTED & set(words) and set(words) <= BESIDE else ""


def heading_row(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Where the headings stand among the first rows: a title may come above them."""
    known = [sum(bool(_meaning(plain_heading(cell))) for cell in cells) for _n, cells in rows]
    best = max(range(len(rows)), key=lambda place: (known[place], -place))
    return best if known[best] >= 2 else 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What is asked beside the columns, for the whole list."""

    basis: str = Basis.NONE
    source: str = ""
    # ISO date, for rows without one of their own.
    dated_on: str = ""
    language: str = Language.FRENCH
    region: str = ""
    archetype: str = Archetype.CONSUMER
    tag: str = ""
    # Of somebody already in the bank: complete what is empty, or leave as it is.
    known: str = "complete"
    # A row with an optional cell that cannot be read: left out, or imported without the cell.
    doubtful: str = "leave_out"

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Choices":
        names = cls.__dataclass_fields__
        return replace(cls(), **{name: kept[name] for name in names if name in kept})

    def kept(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Plan:
    """How each row is read: code → place of the column, and the choices for the whole list."""

    places: dict[str, int]
    choices: Choices = field(default_factory=Choices)

    @classmethod
    def of(cls, mapping: Sequence[str], choices: dict[str, Any]) -> "Plan":
        places = {code: place for place, code in enumerate(mapping) if code in COLUMNS}
        return cls(places, Choices.of(choices))


def lacking(mapping: Sequence[str]) -> Iterator[str | Promise]:
    """The labels of required columns that nothing was chosen for."""
    given = set(mapping)
    if "full_name" not in given:
        for code in ("given_name", "family_name"):
            if code not in given:
                yield COLUMNS[code].label
    if "email" not in given:
        yield COLUMNS["email"].label


def twice(mapping: Sequence[str]) -> list[str | Promise]:
    return [COLUMNS[code].label for code in COLUMNS if mapping.count(code) > 1]
