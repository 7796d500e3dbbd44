"""Posts about an exchange, handed in by the action."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

from django.db import connection

from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import Draft, submit
from proche.areas.content.models import Post

BAD = "Mes pointes sont ENFIN douces!! Merci @sapinelle pour le masque. #collab #cheveux #rimouski"
URL = "https://www.instagram.com/p/abc123/"


def good_caption(exchange: Exchange) -> str:
    brand = exchange.offer.campaign.brief.brand.name
    return f"Publicité. Produit offert par {brand}. #pub\n\nMes pointes sont enfin douces."


def a_draft(caption: str, **facts: str) -> Draft:
    return Draft(
        **{"platform": "instagram", "format": "post", "language": "fr", **facts}, caption=caption
    )


def a_post(exchange: Exchange, *, caption: str = "", url: str = URL) -> Post:
    return submit(exchange, a_draft(caption or good_caption(exchange)), url=url)


@contextmanager
def guards_lifted() -> Iterator[None]:
    """As somebody may who owns the database: the triggers that keep a proof as it was are gone."""
    names = (
        "0010_keep_proof_as_it_was",
        "0012_keep_answers_as_they_came",
        "0014_keep_threads_and_time_stamps_as_they_came",
    )
    guards = [import_module(f"proche.areas.content.migrations.{name}") for name in names]
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        for guard in guards:
            guard.lift(None, editor)
        yield
        for guard in guards:
            guard.lay(None, editor)
