"""What changed between the verdict in force and the one proposed, in the words of its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from proche.areas.evidence.models import Change, Verdict

Sentence = Mapping[str, str]


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
    before = in_force.reasons + in_force.to_confirm if in_force else []
    after = proposal.reasons + proposal.to_confirm
    return ProposedChange(
        proposal,
        in_force,
        [one for one in after if one not in before] if in_force else proposal.reasons,
        [one for one in before if one["code"] not in {other["code"] for other in after}],
    )
