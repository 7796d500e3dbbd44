"""What changed between the verdict in force and the one proposed, in the words of its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from proche.areas.evidence.models import Change, Verdict

Sentence = Mapping[str, str]
# Figures that move a little every time; topics need the posts, which are not kept.
MINOR = {"closeness", "topics", "active", "nothing_sponsored", "sometimes_sponsored"}


@dataclass(frozen=True)
class ProposedChange:
    """`now` are the reasons that are new, `gone` those that no longer stand."""

    proposal: Verdict
    in_force: Verdict | None
    now: list[Sentence]
    gone: list[Sentence]

    @property
    def decided_alone(self) -> bool:
        return self.proposal.change == Change.GRADUATION

    @property
    def can_be_kept(self) -> bool:
        return self.in_force is not None and not self.decided_alone


def proposed_change(proposal: Verdict, in_force: Verdict | None) -> ProposedChange:
    after = proposal.reasons + proposal.to_confirm
    if in_force is None:
        return ProposedChange(proposal, None, proposal.reasons, [])
    before = in_force.reasons + in_force.to_confirm
    codes = {one["code"] for one in after}
    return ProposedChange(
        proposal,
        in_force,
        [one for one in after if one not in before and one["code"] not in MINOR],
        [one for one in before if one["code"] not in codes | MINOR],
    )
