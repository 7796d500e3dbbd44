"""Jobs of this area, every hour or night; each may run twice and does its work once."""

from proche.areas.content import (
    breaks,
    figures,
    images,
    leaving,
    proving,
    rechecking,
    retention,
    stamping,
    undeclared,
    yearly,
)
from proche.areas.content.histories import histories
from proche.areas.content.proofs import Proof
from proche.areas.matching.actions import rank_in_job


def rank_bank(run_id: int) -> None:
    """What happened with each person is read here, above the area that ranks them."""
    rank_in_job(run_id, histories)


def wake() -> int:
    return breaks.wake()


def ask_if_still_true() -> None:
    yearly.remind_those_silent()
    yearly.ask_those_due()


def erase_departed() -> int:
    return leaving.erase_those_due()


def erase_in_time() -> int:
    return retention.erase_in_time()


def ask_about_undeclared() -> int:
    undeclared.forget_old()
    return undeclared.look_at_handed_in()


def look_again() -> int:
    """Every hour: the public pages that are due, then the stamps that are missing."""
    seen = rechecking.look_again()
    stamping.stamp_missing()
    return seen


def stamp(proof_id: int) -> None:
    proof = Proof.objects.filter(pk=proof_id).first()
    if proof is not None:
        stamping.stamp(proof)


def forget_old_proof() -> int:
    return images.forget_unfinished() + proving.forget_old()


def confirm_figures(account_id: int, by_id: int, tries: int = 0) -> None:
    figures.look(account_id, by_id, tries)
