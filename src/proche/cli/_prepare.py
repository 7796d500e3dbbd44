"""What must be true before a page is served: tables, static files, and a sample to look at."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from proche.core.results import InputRefused, Sentence


def ensure_folder() -> None:
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)


def bring_up_to_date() -> None:
    """Applies the migrations. Raises InputRefused when the database cannot be reached."""
    ensure_folder()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as unreachable:
        reason = str(unreachable).strip().splitlines()[0]
        raise InputRefused(
            Sentence(
                "database",
                f"La base de données ne répond pas ({reason})\u00a0: vérifiez DATABASE_URL.",
                f"The database does not answer ({reason}): check DATABASE_URL.",
            )
        ) from unreachable


def is_new_database() -> bool:
    try:
        return not MigrationRecorder(connection).applied_migrations()
    except OperationalError:
        return False  # unreachable, which bring_up_to_date says


def collect_static() -> bool:
    """Lay out the static files under their hashed names, if one changed since the last time."""
    kept = Path(settings.DATA_DIR) / "static.fingerprint"
    fingerprint = _fingerprint()
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if collected.exists() and kept.exists() and kept.read_text() == fingerprint:
        return False
    try:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    except FileNotFoundError as missing:
        raise InputRefused(
            Sentence(
                "assets",
                f"Fichier introuvable\u00a0: {missing.filename}. Lancez make install.",
                f"File not found: {missing.filename}. Run make install.",
            )
        ) from missing
    kept.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    ours = [path for root in settings.STATICFILES_DIRS for path in Path(root).rglob("*")]
    chosen = [
        Path(settings.NODE_MODULES) / folder / file for folder, file, _ in settings.STATIC_PACKAGES
    ]
    lines = [repr(settings.STATIC_PACKAGES)]
    for path in sorted(path for path in ours + chosen if path.is_file()):
        seen = path.stat()
        lines.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def wants_sample(*, new_database: bool) -> bool:
    """Offered once: whoever clears the sample does not find it back at the next start."""
    from proche.areas.accounts.models import User

    return not User.objects.exists() and (new_database or not _offered().exists())


def load_sample() -> None:
    from proche.cli import build

    refused = build(["sample"])(["sample", "load"], standalone_mode=False)
    if not refused:
        _offered().touch()


def _offered() -> Path:
    return Path(settings.DATA_DIR) / "sample.offered"
