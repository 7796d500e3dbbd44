"""What the offers of a programme say of how many to ask: only those that are done answering."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer
from proche.core.acceptance import Acceptance, Asked, ToAsk, learn, to_ask

# Under these, a share would be an anecdote.
ENOUGH = 10
ENOUGH_OF_KIND = 30
# « 8 times in 10 »: the chance that is aimed at, and that every interval shown holds.
CHANCE = 0.8
MOST_ASKED = 400

State = Offer.State
# A yes that came when every place was taken is a yes, unless the place kept for it was let go.
YES = Q(state=State.ACCEPTED) | Q(wanted_at__isnull=False, called_at=None)
ANSWERED = Q(state__in=[State.ACCEPTED, State.DECLINED, State.EXPIRED]) | Q(
    state=State.SENT, wanted_at__isnull=False
)


@dataclass(frozen=True)
class Past:
    """`acceptance` is None while too few answered; `of_kind` where this exchange had enough."""

    acceptance: Acceptance | None
    of_kind: bool
    answered: int

    def to_ask(self, wanted: int) -> ToAsk | None:
        """None without a past, and where nobody is wanted."""
        if self.acceptance is None or wanted < 1:
            return None
        return to_ask(self.acceptance, wanted, chance=CHANCE, most=MOST_ASKED)


def past_of(programme: Programme, kind: str) -> Past:
    """One query. Who accepts answers sooner than who does not, so an offer counts once its last day
    has passed or its whole wave has answered, and never before."""
    done = Q(respond_by__lt=timezone.localdate()) | Q(wave__ended_at__isnull=False)
    rows = (
        Offer.objects.in_programme(programme)
        .filter(done & ANSWERED)
        .order_by()
        .values_list("campaign__brief__exchange", "campaign")
        .annotate(people=Count("pk"), yes=Count("pk", filter=YES))
    )
    campaigns = [(exchange, Asked(people, yes)) for exchange, _pk, people, yes in rows]
    everything = [asked for _exchange, asked in campaigns]
    same = [asked for exchange, asked in campaigns if exchange == kind]
    of_kind = sum(asked.people for asked in same) >= ENOUGH_OF_KIND
    answered = sum(asked.people for asked in everything)
    known = learn(same if of_kind else everything) if answered >= ENOUGH else None
    return Past(known, of_kind, answered)
