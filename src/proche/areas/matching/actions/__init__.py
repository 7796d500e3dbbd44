"""What changes a shortlist, a roster or its review."""

from proche.areas.matching.actions.ranking_rules import set_rules
from proche.areas.matching.actions.ranking_run import rank_in_job, start_ranking
from proche.areas.matching.actions.review import (
    answer_review,
    invite_review,
    note_opened,
    reopen_review,
    reply_to_review,
    revoke_review,
)
from proche.areas.matching.actions.roster import (
    add_to_roster,
    bring_back,
    choose_roster,
    compose_roster,
    forget_choices,
    let_go,
    lock_place,
)
from proche.areas.matching.actions.shortlist import make_shortlist

__all__ = [
    "add_to_roster",
    "answer_review",
    "bring_back",
    "choose_roster",
    "compose_roster",
    "forget_choices",
    "invite_review",
    "let_go",
    "lock_place",
    "make_shortlist",
    "note_opened",
    "rank_in_job",
    "reopen_review",
    "reply_to_review",
    "revoke_review",
    "set_rules",
    "start_ranking",
]
