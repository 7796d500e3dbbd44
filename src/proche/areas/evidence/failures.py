"""Why a job broke off, in words a team can act on; the log holds the rest."""

from django.db import DatabaseError, OperationalError

from proche.core.results import InputRefused, Sentence

SILENT = Sentence(
    "database_silent",
    "La base de données n’a pas répondu à temps.",
    "The database did not answer in time.",
)
REFUSED = Sentence(
    "database_refused",
    "La base de données a refusé ce qui lui était demandé.",
    "The database refused what it was asked.",
)
MEMORY = Sentence(
    "no_memory",
    "Le serveur n’a pas assez de mémoire libre.",
    "The server does not have enough free memory.",
)
DISK = Sentence(
    "disk",
    "Le serveur n’a pas pu lire ou écrire un fichier : le disque est peut-être plein.",
    "The server could not read or write a file: the disk may be full.",
)
CAUSES = (
    (OperationalError, SILENT),
    (DatabaseError, REFUSED),
    (MemoryError, MEMORY),
    (OSError, DISK),
)


def failure_of(trouble: Exception) -> Sentence:
    if isinstance(trouble, InputRefused):
        return trouble.sentence
    known = (sentence for kind, sentence in CAUSES if isinstance(trouble, kind))
    return next(known, _unexpected(trouble))


def _unexpected(trouble: Exception) -> Sentence:
    """The name to look for in the log; the message itself may quote personal data."""
    name = type(trouble).__name__
    return Sentence(
        "unexpected",
        f"Quelque chose d’imprévu s’est produit. Le journal du serveur dit quoi, sous « {name} ».",
        f"Something unforeseen happened. The server’s log says what, under “{name}”.",
    )
