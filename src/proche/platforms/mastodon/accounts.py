"""The figures of an account by GET /api/v1/accounts/lookup (« accounts API methods »
and « Account » in the API documentation of Mastodon), asked of the server it lives on."""

from proche.platforms.interfaces import (
    account_not_seen,
    account_without_figures,
    ask,
    count_in,
    text_in,
)
from proche.platforms.mastodon.addresses import account_of, host_of
from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import AccountSeen, State

STATES = {404: State.NOT_FOUND, 410: State.GONE}


def look_at_account(fetcher: Fetcher, handle: str, *, scheme: str = "https") -> AccountSeen:
    """« name@server ». Never raises for what the server answers."""
    found = account_of(handle)
    if found is None:
        return AccountSeen(State.NOT_SEEN, why="no_account")
    name, server = found
    address = f"{scheme}://{server}/api/v1/accounts/lookup"
    try:
        answer = ask(fetcher, address, hosts=(host_of(handle),), acct=name)
    except NotFetched as refused:
        return account_not_seen(refused)
    if answer.status in {401, 403}:
        return account_without_figures(answer, why="login")
    if answer.status != 200:
        return account_without_figures(answer, STATES.get(answer.status, State.NOT_SEEN))
    if answer.told.get("suspended"):
        return account_without_figures(answer, State.GONE)
    if text_in(answer.told, "acct").casefold() != name.casefold():
        return account_without_figures(answer, why="nothing")
    return AccountSeen(
        State.UP,
        handle=f"{text_in(answer.told, 'acct')}@{server}",
        account_id=text_in(answer.told, "uri") or text_in(answer.told, "id"),
        followers=count_in(answer.told, "followers_count"),
        following=count_in(answer.told, "following_count"),
        posts=count_in(answer.told, "statuses_count"),
        wait=answer.wait,
    )
