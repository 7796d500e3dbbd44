"""Mastodon by the interface of the server an account lives on: what it gives without a token."""

from proche.platforms.mastodon.accounts import look_at_account
from proche.platforms.mastodon.addresses import host_of
from proche.platforms.mastodon.posts import look_at_post, read
from proche.platforms.mastodon.threads import look_at_rest

__all__ = ["host_of", "look_at_account", "look_at_post", "look_at_rest", "read"]
