"""The evening of next Thursday and its guests."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from proche.areas.campaigns.models import Campaign
from proche.areas.events.models import Event, Invitation
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Step
from proche.sample.draw import Draw

State = Invitation.State


def make_event(campaign: Campaign, steps: Iterable[Step], calendar: Calendar) -> Event:
    guests = list(steps)
    seated = sum(step.path.guest in {State.ACCEPTED, State.CONFIRMED} for step in guests)
    starts = calendar.on(calendar.next_thursday(), 17, 30)
    event = Event.objects.create(
        campaign=campaign,
        title_fr="Soirée Petit-Matin",
        title_en="Petit-Matin evening",
        place="L’Atelier du quai (lieu inventé)",
        address="3, quai de l’Exemple, Trois-Rivières",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        seats=seated,
    )
    draw = Draw("guests")
    Invitation.objects.bulk_create(
        Invitation(
            event=event,
            person=step.person,
            exchange=step.exchange,
            key=draw.key(),
            state=step.path.guest,
            changed_at=_changed(step, calendar),
        )
        for step in guests
    )
    return event


def _changed(step: Step, calendar: Calendar) -> datetime:
    path = step.path
    if path.guest == State.CONFIRMED:
        return calendar.at(2, 12, 15)
    if path.guest == State.CANCELLED:
        return calendar.at(1, 20, 5)
    answered = step.offer.answered_at
    return answered or calendar.at(path.asked or 0, 10, 5)
