"""Posts about an exchange, handed in by the action."""

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
