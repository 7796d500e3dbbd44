"""What anybody sees of a post, read by its public address: no key, no sign-in, no cookie."""

from proche.platforms.network import Allowance
from proche.platforms.public_pages.fetching import Fetcher, Limits, on_one_of
from proche.platforms.public_pages.reading import Reader
from proche.platforms.public_pages.sites import SITES, Site
from proche.platforms.seen import Seen, State

__all__ = [
    "SITES",
    "Allowance",
    "Fetcher",
    "Limits",
    "Reader",
    "Seen",
    "Site",
    "State",
    "on_one_of",
]
