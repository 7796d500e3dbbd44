"""The waves of a campaign, read back from the days its offers left."""

from collections.abc import Sequence

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.sample.calendar import Calendar


def make_waves(
    campaign: Campaign,
    asked: Sequence[tuple[int | None, Offer]],
    calendar: Calendar,
    by: User,
) -> None:
    """An offer belongs to the wave that was out on its day; each gives a week to answer, and the
    last is still out where somebody has not answered."""
    days = campaign.brief.brand.programme.answer_days
    waves: list[tuple[int, Wave]] = []
    for ago, offer in sorted(
        ((ago, offer) for ago, offer in asked if ago is not None), key=lambda one: -one[0]
    ):
        if not waves or ago <= waves[-1][0] - days:
            waves.append((ago, _wave(campaign, len(waves) + 1, ago, days, calendar, by)))
        offer.wave = waves[-1][1]
    last = waves[-1][1]
    if any(o.wave == last and o.state == Offer.State.SENT for _ago, o in asked):
        last.ended_at = None
        last.save(update_fields=["ended_at"])
    WavePlan.objects.create(
        campaign=campaign,
        size=20,
        answer_days=days,
        limit=WavePlan.Limit.LIKELY,
        from_reserve=True,
        set_at=campaign.opened_at,
        set_by=by,
    )


def _wave(
    campaign: Campaign, number: int, ago: int, days: int, calendar: Calendar, by: User
) -> Wave:
    # The database holds one open wave at a time: the caller opens the last one again.
    wave: Wave = Wave.objects.create(
        campaign=campaign,
        number=number,
        made_at=calendar.at(ago, 10),
        made_by=by,
        sent_at=calendar.at(ago, 10, 5),
        sent_by=by,
        respond_by=calendar.day(ago - days),
        ended_at=calendar.at(max(0, ago - days), 0, 10),
    )
    return wave
