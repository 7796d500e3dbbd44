"""What the members' table does not tell about anyone: said once, above the ranking."""

from proche.core.matching.columns import Columns
from proche.core.matching.parts import WISH
from proche.core.matching.records import Brief
from proche.core.results import Sentence
from proche.core.topics import named

CONSENT = Sentence(
    "consent_not_given",
    "Le consentement à la présélection n’est pas dans ces données : vérifiez-le avant d’écrire "
    "à quelqu’un.",
    "Consent to be shortlisted is not in this data: check it before you write to anyone.",
)
LANGUAGE = Sentence(
    "languages_not_given",
    "La langue n’est connue pour personne : elle n’a écarté personne.",
    "Language is known for nobody: it has kept nobody out.",
)
NAMES = {
    "mentioned_brand": ("qui a déjà nommé la marque", "who has named the brand before"),
    "closeness": ("la proximité", "closeness"),
    "wishes": ("les souhaits", "wishes"),
    "owed": ("les publications convenues", "posts agreed to"),
    "months_since_last_ask": ("les propositions passées", "past offers"),
}


def notes(brief: Brief, columns: Columns) -> tuple[Sentence, ...]:
    found = []
    if not columns.has("may_be_shortlisted"):
        found.append(CONSENT)
    if brief.languages and not columns.has("languages"):
        found.append(LANGUAGE)
    if missing := _missing(brief, columns):
        fr = ", ".join(NAMES[name][0] for name in missing)
        en = ", ".join(NAMES[name][1] for name in missing)
        found.append(
            Sentence(
                "parts_not_given",
                f"Inconnu pour tout le monde, donc sans effet ici : {fr}.",
                f"Unknown for everyone, so without effect here: {en}.",
            )
        )
    return tuple(found)


def _missing(brief: Brief, columns: Columns) -> list[str]:
    missing = [name for name in NAMES if name != "wishes" and not columns.has(name)]
    if "mentioned_brand" in missing and any(map(named, brief.categories)):
        missing.remove("mentioned_brand")
    if brief.format in WISH and not columns.has(WISH[brief.format]):
        missing.append("wishes")
    return missing
