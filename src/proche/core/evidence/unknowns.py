"""Why a measure is unknown: an unknown is always drawn with its reason, never as zero."""

from enum import IntEnum

from proche.core.results import Sentence

# Below these the figure would be noise; see docs/methods.
FEWEST = {
    "returning_share": 3,
    "response_time": 5,
    "topic_focus": 10,
    "bursts": 50,
    "repeated_comments": 10,
}


class Why(IntEnum):
    KNOWN = 0
    NOT_GIVEN = 1
    NOT_KNOWN = 2
    NO_POST = 3
    HIDDEN = 4
    NO_FOLLOWERS = 5
    NO_ACTOR = 6
    NO_COMMENT = 7
    NO_REGION = 8
    TOO_FEW = 9
    NO_SIGNAL = 10

    @property
    def code(self) -> str | None:
        return None if self is Why.KNOWN else self.name.lower()


WHY_UNKNOWN = {
    sentence.code: sentence
    for sentence in (
        Sentence(
            "not_given",
            "Les données reçues n’en parlent pas.",
            "The data received say nothing of it.",
        ),
        Sentence("not_known", "Le nombre n’est pas indiqué.", "The number is not given."),
        Sentence(
            "no_post",
            "Aucune publication reçue pour ce compte.",
            "No post received for this account.",
        ),
        Sentence("hidden", "Ces nombres sont masqués.", "These numbers are hidden."),
        Sentence(
            "no_followers",
            "Le nombre d’abonnés est nul ou inconnu.",
            "The number of followers is zero or unknown.",
        ),
        Sentence(
            "no_actor",
            "Personne n’a réagi dans les données reçues.",
            "Nobody reacted in the data received.",
        ),
        Sentence(
            "no_comment",
            "Aucun commentaire dans les données reçues.",
            "No comment in the data received.",
        ),
        Sentence(
            "no_region",
            "La région du compte ou de son public n’est pas connue.",
            "The region of the account or of its public is not known.",
        ),
        Sentence("too_few", "Trop peu de cas pour le dire.", "Too few cases to tell."),
        Sentence("no_signal", "Aucun signe à examiner.", "No sign to look at."),
    )
}
