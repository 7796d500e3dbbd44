"""The call with the magazine Bordée and its nominations, in every state."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from proche.areas.accounts.models import Programme
from proche.areas.recruitment.actions import open_call
from proche.areas.recruitment.models import Call, Nomination
from proche.sample.calendar import Calendar
from proche.sample.draw import Draw
from proche.sample.people import Made

State = Nomination.State
OPENED = 100
COUNTS = {State.PROPOSED: 14, State.INVITED: 11, State.REFUSED: 6, State.EXPIRED: 9}
ACCEPTED = 20
NOMINATORS = ("Mireille", "Un ami du gym", "Ta cousine Jo", "Sarah", "L’équipe du salon", "Papa")


def make_call(programme: Programme, members: Sequence[Made], calendar: Calendar) -> Call:
    call = open_call(
        programme,
        slug="les-mains-d-ici",
        partner_name="Bordée",
        title_fr="Les mains d’ici",
        title_en="Hands from here",
        text_fr="Le magazine Bordée et l’agence Voisine cherchent des gens qui aiment leur métier "
        "ou leurs découvertes, et que leur entourage écoute. Vous pensez à quelqu’un?",
        text_en="Bordée magazine and the Voisine agency are looking for people who love their "
        "trade or their finds, and whom people around them listen to. Does somebody come to mind?",
        opens_on=calendar.day(OPENED),
        closes_on=calendar.day(-24),
    )
    Call.objects.filter(pk=call.pk).update(created_at=calendar.at(OPENED + 7))
    draw = Draw("nominations")
    Nomination.objects.bulk_create(
        [*_open(draw, call, calendar), *_joined(draw, call, members, calendar)]
    )
    return call


def _open(draw: Draw, call: Call, calendar: Calendar) -> Iterator[Nomination]:
    for state, count in COUNTS.items():
        for _ in range(count):
            expired = state == State.EXPIRED
            ago = draw.randint(34, 92) if expired else draw.randint(2, 27)
            created = calendar.at(ago, draw.randint(8, 21), draw.randint(0, 59))
            waited = {State.PROPOSED: 0, State.EXPIRED: 30}.get(state, 1)
            yield Nomination(
                call=call,
                key=draw.key(),
                state=state,
                # What a refused or expired nomination held is destroyed.
                nominator_name=draw.choice(NOMINATORS) if state in _KEPT else "",
                created_at=created,
                changed_at=created + timedelta(days=waited),
            )


_KEPT = {State.PROPOSED, State.INVITED}


def _joined(
    draw: Draw, call: Call, members: Sequence[Made], calendar: Calendar
) -> Iterator[Nomination]:
    """Those who came by a link of the call are members today."""
    since_opening = [made for made in members if made.since > calendar.at(OPENED - 5)]
    for made in since_opening[:ACCEPTED]:
        yield Nomination(
            call=call,
            key=draw.key(),
            state=State.ACCEPTED,
            nominator_name=draw.choice(NOMINATORS),
            created_at=made.since - timedelta(days=draw.randint(1, 4)),
            changed_at=made.since + timedelta(days=2, hours=3),
            person=made.person,
        )
