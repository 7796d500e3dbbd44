"""What can be wrong with an installation: one question a function, and nothing is changed."""

import os
import shutil
import smtplib
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from proche.core.results import Sentence

LEAST_FREE = 1024**3
LATE = timedelta(minutes=5)

# What the environment may say; README lists the same names.
VARIABLES = frozenset(
    {
        "DATABASE_URL",
        "PROCHE_BASE_URL",
        "PROCHE_BEHIND_PROXY",
        "PROCHE_DATA_DIR",
        "PROCHE_DEBUG",
        "PROCHE_HOSTS",
        "PROCHE_LANG",
        "PROCHE_LOG_LEVEL",
        "PROCHE_MAIL_FROM",
        "PROCHE_MANIFEST_STATIC",
        "PROCHE_NODE_MODULES",
        "PROCHE_SECRET_KEY",
        "PROCHE_SMTP_URL",
        "PROCHE_SSL_REDIRECT",
        "PROCHE_TSA_URL",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` is ok, note (works, worth knowing) or fault (something will fail)."""

    level: str
    sentence: Sentence


def ok(code: str, fr: str, en: str) -> Finding:
    return Finding("ok", Sentence(code, fr, en))


def note(code: str, fr: str, en: str) -> Finding:
    return Finding("note", Sentence(code, fr, en))


def fault(code: str, fr: str, en: str) -> Finding:
    return Finding("fault", Sentence(code, fr, en))


def examine() -> list[Finding]:
    """Every answer, in a fixed order. A database out of reach ends the questions put to it."""
    findings = [python(), *environment(), folder(), secret_key(), static_files()]
    reached = database()
    kept = migrations() if reached.level == "ok" else ()
    return [*findings, reached, *kept, mail(), address()]


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return ok("python", f"Python {version}.", f"Python {version}.")


def environment() -> Iterator[Finding]:
    for name in sorted(os.environ):
        if name.startswith("PROCHE_") and name not in VARIABLES:
            yield fault(
                "variable",
                f"{name} n’est pas un réglage de Proche\u00a0: vérifiez l’orthographe.",
                f"{name} is not a setting of Proche: check the spelling.",
            )


def folder() -> Finding:
    path = Path(settings.DATA_DIR)
    if not path.is_dir() or not os.access(path, os.W_OK):
        return fault(
            "folder",
            f"Le dossier {path} n’existe pas ou ne peut être écrit\u00a0: voyez PROCHE_DATA_DIR.",
            f"The folder {path} is missing or cannot be written: see PROCHE_DATA_DIR.",
        )
    free = shutil.disk_usage(path).free
    room = f"{free / 1024**3:.1f}"
    if free < LEAST_FREE:
        return fault(
            "disk",
            f"Il reste {room.replace('.', ',')} Gio sur le disque de {path}.",
            f"{room} GiB are left on the disk of {path}.",
        )
    return ok(
        "folder",
        f"Dossier {path}, {room.replace('.', ',')} Gio libres.",
        f"Folder {path}, {room} GiB free.",
    )


def secret_key() -> Finding:
    path = Path(settings.DATA_DIR) / "secret_key"
    if os.environ.get("PROCHE_SECRET_KEY"):
        return ok(
            "secret", "Clé secrète donnée par l’environnement.", "Secret key from the environment."
        )
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return fault(
            "secret",
            f"D’autres comptes peuvent lire {path}\u00a0: chmod 600 {path}.",
            f"Other accounts can read {path}: chmod 600 {path}.",
        )
    return ok("secret", "Clé secrète gardée dans le dossier.", "Secret key kept in the folder.")


def static_files() -> Finding:
    if settings.MANIFEST_STATIC and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return note(
            "static",
            "Les fichiers des pages seront préparés au prochain «\u00a0proche run\u00a0».",
            "The files of the pages will be prepared by the next proche run.",
        )
    return ok("static", "Fichiers des pages prêts.", "Files of the pages ready.")


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        version = ".".join(map(str, connection.get_database_version()))
    except DatabaseError as unreachable:
        reason = (str(unreachable).strip() or "?").splitlines()[0]
        return fault(
            "database",
            f"La base de données ne répond pas ({reason})\u00a0: vérifiez DATABASE_URL.",
            f"The database does not answer ({reason}): check DATABASE_URL.",
        )
    name = connection.display_name
    return ok("database", f"{name} {version} répond.", f"{name} {version} answers.")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield fault(
            "migrations",
            f"{waiting} changements de tables attendent\u00a0: lancez «\u00a0proche run\u00a0».",
            f"{waiting} changes of tables are waiting: run proche run.",
        )
        return
    yield ok("migrations", "Tables à jour.", "Tables up to date.")
    yield from queue()


def queue() -> Iterator[Finding]:
    """A waiting job carries the time it was put in; a taken one, when it is given again."""
    from django_q.models import OrmQ

    late = OrmQ.objects.filter(lock__lt=timezone.now() - LATE).count()
    if late:
        yield fault(
            "worker",
            f"{late} envois attendent depuis plus de 5 minutes\u00a0: le travailleur roule-t-il?",
            f"{late} jobs have waited for more than 5 minutes: is the worker running?",
        )
    else:
        yield ok("worker", "Aucun envoi n’est en retard.", "No job is late.")


def mail() -> Finding:
    kept = settings.EMAIL_FILE_PATH
    if settings.MAIL_STAYS_HERE:
        return note(
            "mail",
            f"Aucun serveur de courriel\u00a0: les messages restent dans {kept}. "
            "Nommez-en un dans PROCHE_SMTP_URL.",
            f"No mail server: messages stay in {kept}. Name one in PROCHE_SMTP_URL.",
        )
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connect = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with connect(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=10) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as unreachable:
        return fault(
            "mail",
            f"Le serveur de courriel {where} ne répond pas ({unreachable}).",
            f"The mail server {where} does not answer ({unreachable}).",
        )
    return ok("mail", f"Le serveur de courriel {where} répond.", f"Mail server {where} answers.")


def address() -> Finding:
    base = settings.BASE_URL
    local = any(name in base for name in ("127.0.0.1", "localhost", "[::1]"))
    if not local and not settings.HTTPS:
        return fault(
            "address",
            f"{base} n’est pas chiffrée\u00a0: servez Proche en https.",
            f"{base} is not encrypted: serve Proche over https.",
        )
    return ok("address", f"Adresse\u00a0: {base}", f"Address: {base}")
