"""The words of each hard filter, in the order in which they count."""

from proche.core.results import Sentence

# what the screen says under "filtered out before the ranking", after the number of members
SENTENCES = {
    sentence.code: sentence
    for sentence in (
        Sentence(
            "no_consent",
            "sans consentement à la présélection",
            "without consent to be shortlisted",
        ),
        Sentence("asleep", "en pause", "on a break"),
        Sentence("region", "hors des régions demandées", "outside the regions asked for"),
        Sentence("region_unknown", "de région inconnue", "of unknown region"),
        Sentence("language", "dans une autre langue", "in another language"),
        Sentence("age", "n’ont pas l’âge demandé", "not of the age asked for"),
        Sentence("age_unknown", "n’ont pas confirmé leur âge", "have not confirmed their age"),
        Sentence("tier", "d’un autre palier", "of another tier"),
        Sentence("tier_unknown", "de palier à confirmer", "of a tier still to confirm"),
        Sentence("archetype", "d’un autre profil", "of another profile"),
        Sentence("archetype_unknown", "de profil inconnu", "of unknown profile"),
        Sentence(
            "followers", "hors du nombre d’abonnés demandé", "outside the followers asked for"
        ),
        Sentence(
            "followers_unknown",
            "dont le nombre d’abonnés est inconnu",
            "whose number of followers is unknown",
        ),
        Sentence("refused_brand", "refusent cette marque", "refuse this brand"),
        Sentence("refused_category", "refusent ce genre de produit", "refuse this kind of product"),
        Sentence(
            "limits",
            "ne peuvent prendre ce produit (allergie, régime, autre limite)",
            "cannot take this product (allergy, diet or another limit)",
        ),
        Sentence(
            "limits_unknown",
            "ont écrit une limite que nous ne pouvons lire avant leur accord",
            "wrote of a limit that we may not read before they agree",
        ),
        Sentence(
            "alcohol", "n’ont pas dit accepter l’alcool", "have not said that they accept alcohol"
        ),
        Sentence("rival", "liés à une marque rivale", "linked to a rival brand"),
        Sentence(
            "asks",
            "ont déjà leurs demandes de ce trimestre",
            "already have their asks of this quarter",
        ),
    )
}
CODES = tuple(SENTENCES)
