"""What is said beside the form before somebody is named (Law 25, s. 8). A wording that was shown
is never changed: another one is another version, and each nomination keeps the one it came with."""

from dataclasses import dataclass

from proche.core.results import Sentence


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of both roads: `link` keeps nothing of the nominee, `handle` keeps an account."""

    version: int
    link: Sentence
    handle: Sentence


NOTICES = (
    Notice(
        1,
        link=Sentence(
            "notice_link",
            "Nous ne gardons rien sur la personne invitée\u00a0: ni nom, ni compte, ni adresse, "
            "tant qu’elle n’a pas elle-même ouvert le lien et dit oui. Votre nom, si vous le "
            "donnez, ne sert qu’à lui dire qui a pensé à elle; il est effacé à sa réponse "
            "négative ou après 30 jours.",
            "We keep nothing about the person you invite: no name, no account, no address, until "
            "they open the link themselves and say yes. Your name, if you give it, only serves to "
            "tell them who thought of them; it is erased if they say no, or after 30 days.",
        ),
        handle=Sentence(
            "notice_handle",
            "Nous gardons le compte nommé, la raison écrite et le jour, le temps d’inviter cette "
            "personne. Elle saura ce que nous gardons, pourquoi, et votre nom si vous le donnez. "
            "Tout est détruit si elle dit non, ou sans réponse à la fin du délai; après un "
            "non, une trace à sens unique empêche de la réinviter.",
            "We keep the account named, the reason written and the day, for as long as it takes to "
            "invite this person. They are told what we keep, why, and your name if you give it. "
            "All of it is destroyed if they say no, or at the end of the time without an answer; "
            "after a no, a one-way trace prevents another invitation.",
        ),
    ),
)
CURRENT = NOTICES[-1]
BY_VERSION = {notice.version: notice for notice in NOTICES}
