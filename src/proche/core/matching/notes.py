"""What the members' table does not tell about anyone: said once, above the ranking."""

from proche.core.matching.columns import Columns
from proche.core.matching.parts import WISH
from proche.core.matching.records import Brief
from proche.core.results import Sentence

UNKNOWN_FOR_ALL = {
    "may_be_shortlisted": Sentence(
        "consent_not_given",
        "Le consentement à la présélection n’est pas dans ces données : vérifiez-le avant d’écrire "
        "à quelqu’un.",
        "Consent to be shortlisted is not in this data: check it before you write to anyone.",
    ),
    "closeness": Sentence(
        "closeness_not_given",
        "La proximité n’est connue pour personne : elle ne compte pas ici.",
        "Closeness is known for nobody: it does not count here.",
    ),
    "mentioned_brand": Sentence(
        "affinity_not_given",
        "On ne sait pas qui a déjà nommé la marque : cela ne compte pas ici.",
        "Nobody knows who has named the brand before: it does not count here.",
    ),
    "owed": Sentence(
        "reliability_not_given",
        "Les publications déjà convenues ne sont pas dans ces données : elles ne comptent pas ici.",
        "Posts agreed to before are not in this data: they do not count here.",
    ),
    "months_since_last_ask": Sentence(
        "fairness_not_given",
        "Les propositions passées ne sont pas dans ces données : le tour de chacun ne compte "
        "pas ici.",
        "Past offers are not in this data: taking turns does not count here.",
    ),
    "proof": Sentence(
        "proof_not_given",
        "Le niveau de preuve des chiffres est inconnu.",
        "The level of proof of the figures is unknown.",
    ),
}
WISHES_UNKNOWN = Sentence(
    "wishes_not_given",
    "Les souhaits ne sont connus pour personne : ils ne comptent pas ici.",
    "Wishes are known for nobody: they do not count here.",
)


def notes(brief: Brief, columns: Columns) -> tuple[Sentence, ...]:
    found = [sentence for name, sentence in UNKNOWN_FOR_ALL.items() if not columns.has(name)]
    if brief.format in WISH and not columns.has(WISH[brief.format]):
        found.append(WISHES_UNKNOWN)
    return tuple(found)
