"""`proche run`: everything Proche needs to serve, in one command."""

import contextlib
import http.client
import os
import socket
import sys
import time
from typing import Annotated

import typer

from proche.cli.output import refusing, say
from proche.core.results import InputRefused, Sentence

STARTS_WITHIN = 60.0


def register(app: typer.Typer) -> None:
    app.command("run")(refusing(run))


def run(
    host: Annotated[
        str, typer.Option(help="Adresse d’écoute. / Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port.")] = 8000,
    sample: Annotated[
        bool, typer.Option(help="Charger l’exemple si la base est vide. / Sample if empty.")
    ] = True,
    worker: Annotated[
        bool, typer.Option(help="Traiter les envois. / Process what is sent.")
    ] = True,
) -> None:
    """Sert Proche avec son travailleur. / Serve Proche with its worker.

    Exemple / example: proche run --port 8080 --no-sample
    """
    _refuse_taken(host, port)
    os.environ.setdefault("PROCHE_BASE_URL", f"http://{_reachable(host)}:{port}")
    from proche.cli._django import set_up

    set_up()
    _prepare(sample=sample)
    from proche.cli._supervisor import Child, supervise

    children = [Child(Sentence("server", "Le serveur", "The server"), _server(host, port), True)]
    if worker:
        children.append(
            Child(Sentence("worker", "Le travailleur", "The worker"), _python("qcluster"), False)
        )
    greeting = _greeting()
    code = supervise(children, lambda: _greet_when_ready(host, port, greeting))
    raise typer.Exit(code)


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as taken:
        raise InputRefused(
            Sentence(
                "port",
                f"Impossible d’écouter sur {host}, port {port} ({taken.strerror}). "
                "Choisissez-en un autre avec --port.",
                f"Cannot listen on {host}, port {port} ({taken.strerror}). "
                "Choose another one with --port.",
            )
        ) from taken


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104


def _prepare(*, sample: bool) -> None:
    from proche.cli import _prepare

    new = _prepare.is_new_database()
    _prepare.bring_up_to_date()
    _prepare.collect_static()
    if sample and _prepare.wants_sample(new_database=new):
        _prepare.load_sample()


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "django", *arguments]


def _server(host: str, port: int) -> list[str]:
    """Two processes with threads, where there are two processors: drawing pages, not writing, is
    what readers wait for, and SQLite queues the writes of both. WEB_CONCURRENCY changes it."""
    listen = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = ["--bind", listen, "--worker-class", "gthread", "--threads", "8", "--timeout", "60"]
    if "WEB_CONCURRENCY" not in os.environ:
        options += ["--workers", str(min(2, os.cpu_count() or 1))]
    quiet = ["--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
    # A heartbeat on a disk that is busy looks like a worker that hangs.
    beat = ["--worker-tmp-dir", "/dev/shm"] if os.path.isdir("/dev/shm") else []  # noqa: S108
    return [sys.executable, "-m", "gunicorn", *options, *quiet, *beat, "proche.wsgi:application"]


def _greeting() -> list[Sentence]:
    """Where to go, and with which address to sign in."""
    from django.conf import settings

    base = settings.BASE_URL
    lines = [Sentence("address", f"Proche est prêt\u00a0: {base}", f"Proche is ready: {base}")]
    lines.append(_way_in(base))
    if settings.MAIL_STAYS_HERE:
        lines.append(
            Sentence(
                "mail",
                "Aucun serveur de courriel n’est nommé\u00a0: les messages, codes compris, "
                "s’affichent ici.",
                "No mail server is named: messages, codes included, are shown here.",
            )
        )
    return lines


def _way_in(base: str) -> Sentence:
    from proche.areas.accounts.actions import FIRST_START
    from proche.areas.accounts.models import Role, User
    from proche.areas.people.models import Person

    if not User.objects.exists():
        link = f"{base}/premier-pas/{FIRST_START.token()}/"
        return Sentence("first_start", f"Premier pas\u00a0: {link}", f"First step: {link}")
    owner = Role.objects.filter(kind=Role.Kind.OWNER, programme__is_sample=True).first()
    if owner is None:
        way = f"{base}/connexion/"
        return Sentence("sign_in", f"Pour entrer\u00a0: {way}", f"To sign in: {way}")
    member = Person.objects.members().filter(programme=owner.programme, user__isnull=False).first()
    fr = f", comme membre avec {member.email}" if member else ""
    en = f", as a member with {member.email}" if member else ""
    return Sentence(
        "sample",
        f"Programme d’exemple\u00a0: entrez comme stratège avec {owner.user.email}{fr}.",
        f"Sample programme: sign in as a strategist with {owner.user.email}{en}.",
    )


def _greet_when_ready(host: str, port: int, lines: list[Sentence]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            link = http.client.HTTPConnection(_reachable(host), port, timeout=5)
            link.request("GET", "/livez")
            link.getresponse()
            link.close()
            for line in lines:
                say(line)
            return
        time.sleep(0.2)
