"""Typed readers of the environment. A wrong value stops the start with its name, never later."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
SMTP_PORTS = {"smtp": 25, "smtps": 465}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def web_address(name: str) -> str:
    """An http(s) address, or nothing."""
    value = text(name)
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise ImproperlyConfigured(f"{name}={value!r}: write https://…")
    return value


def names(name: str, default: str) -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str, file: Path) -> str:
    """The secret of the environment, else one made once and kept in `file`, owner-readable."""
    value = text(name)
    if value and len(value) < 32:
        raise ImproperlyConfigured(f"{name} is too short: at least 32 characters.")
    if value:
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_once(file, os.urandom(48).hex())
    return file.read_text().strip()


def _write_once(file: Path, value: str) -> None:
    """Link a complete file into place: two processes starting together agree on one secret."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(value)
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def database(name: str, sqlite_file: Path) -> dict[str, object]:
    """SQLite in WAL with IMMEDIATE transactions, or PostgreSQL given as a URL."""
    url = urlsplit(text(name))
    if not url.scheme:
        return _sqlite(sqlite_file)
    if url.scheme == "sqlite":
        return _sqlite(Path(unquote(url.path)))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name}: {url.scheme}:// is unknown; use postgresql:// or sqlite:///."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        # A socket folder is written ?host=/run/postgresql, as libpq does.
        "HOST": url.hostname or parse_qs(url.query).get("host", [""])[0],
        "PORT": str(url.port or ""),
        # Without health checks a restarted server answers 500 until every dead connection is met.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Opening a connection costs more than most questions; each thread keeps its own a while.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            # What is erased is written over, not only forgotten.
            "PRAGMA secure_delete=ON;",
        },
    }


def smtp(name: str) -> dict[str, object]:
    """Mail settings of `smtp://user:password@host:587?tls=starttls`, or smtps://; {} if unset."""
    url = urlsplit(text(name))
    if not url.scheme:
        return {}
    if url.scheme not in SMTP_PORTS or not url.hostname:
        raise ImproperlyConfigured(f"{name}: write smtp://user:password@host:587?tls=starttls.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or SMTP_PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(url.query).get("tls") == ["starttls"],
        "EMAIL_TIMEOUT": 20,
    }
