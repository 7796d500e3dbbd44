"""Bluesky by its public AppView: what anybody may ask, without a key or an account."""

from proche.platforms.bluesky.accounts import look_at_account
from proche.platforms.bluesky.addresses import PUBLIC, host_of
from proche.platforms.bluesky.posts import look_at_post, read
from proche.platforms.bluesky.threads import look_at_rest

__all__ = ["PUBLIC", "host_of", "look_at_account", "look_at_post", "look_at_rest", "read"]
