"""The figures of an account by app.bsky.actor.getProfile (lexicons app.bsky.actor.getProfile and
app.bsky.actor.defs#profileViewDetailed)."""

from collections.abc import Mapping
from typing import Any

from proche.platforms.bluesky.addresses import HANDLE, host_of
from proche.platforms.interfaces import (
    account_not_seen,
    account_without_figures,
    ask,
    count_in,
    objects_in,
    text_in,
)
from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import AccountSeen, State

# The account is suspended, or was closed for a while by its owner.
LIMITED = {"AccountTakedown", "AccountDeactivated"}
UNKNOWN = "InvalidRequest"
# A self-label by which somebody asks to be shown to those who signed in only. The interface answers
# all the same, and leaves it to whoever asks to do as they wish.
SIGN_IN = "!no-unauthenticated"


def look_at_account(fetcher: Fetcher, base: str, handle: str) -> AccountSeen:
    """Never raises for what the network answers."""
    if not HANDLE.fullmatch(handle):
        return AccountSeen(State.NOT_SEEN, why="no_account")
    address = f"{base}/xrpc/app.bsky.actor.getProfile"
    try:
        answer = ask(fetcher, address, hosts=(host_of(base),), actor=handle)
    except NotFetched as refused:
        return account_not_seen(refused)
    if answer.error in LIMITED:
        return account_without_figures(answer, State.GONE)
    if answer.status == 400 and answer.error == UNKNOWN:
        return account_without_figures(answer, State.NOT_FOUND)
    if answer.status != 200:
        return account_without_figures(answer)
    if asked_to_sign_in(answer.told):
        return account_without_figures(answer, State.PRIVATE)
    if text_in(answer.told, "handle").casefold() != handle.casefold():
        return account_without_figures(answer, why="nothing")
    return AccountSeen(
        State.UP,
        handle=text_in(answer.told, "handle"),
        account_id=text_in(answer.told, "did"),
        followers=count_in(answer.told, "followersCount"),
        following=count_in(answer.told, "followsCount"),
        posts=count_in(answer.told, "postsCount"),
        wait=answer.wait,
    )


def asked_to_sign_in(author: Mapping[str, Any]) -> bool:
    return any(
        label.get("val") == SIGN_IN and not label.get("neg")
        for label in objects_in(author, "labels")
    )
