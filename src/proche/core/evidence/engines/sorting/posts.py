"""On how many of its posts each account was acted on by others."""

import numpy as np

from proche.core.evidence.engines.sorting.acts import CODE_BITS, Accounts, Codes, Flags, Whole


class PostsActedOn:
    """Nearly every post has one account, kept in a table by post; further ones are listed."""

    def __init__(self) -> None:
        self._account = np.full(1 << 16, -1, dtype=np.int32)
        self._further: list[Whole] = [np.zeros(0, dtype=np.int64)]

    def take(self, accounts: Codes, posts: Codes, counts: Flags) -> None:
        """Rows that count have an account and a post."""
        self._make_room(int(posts.max(initial=0)) + 1)
        at = posts.astype(np.int64)
        other = np.flatnonzero(counts & (self._account.take(at, mode="clip") != accounts))
        accounts, posts = accounts[other], posts[other]
        new = self._account[posts] < 0
        self._account[posts[new]] = accounts[new]
        further = self._account[posts] != accounts
        if further.any():
            keys = (accounts[further].astype(np.int64) << CODE_BITS) | posts[further]
            self._further.append(np.unique(keys))

    def _make_room(self, posts: int) -> None:
        if (more := posts - len(self._account)) > 0:
            more = max(more, len(self._account))
            self._account = np.concatenate([self._account, np.full(more, -1, dtype=np.int32)])

    def count(self, accounts: Accounts) -> Whole:
        further = np.unique(np.concatenate(self._further)) >> CODE_BITS
        codes = np.concatenate([self._account[self._account >= 0], further])
        return accounts.tally(accounts.places(codes))
