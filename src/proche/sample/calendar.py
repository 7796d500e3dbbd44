"""Every date of the sample, counted from the day it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

THURSDAY = 3


@dataclass(frozen=True)
class Calendar:
    today: date

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """So many days ago at this local time; a negative number lies ahead."""
        return self.on(self.day(ago), hour, minute)

    def on(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def next_thursday(self) -> date:
        ahead = (THURSDAY - self.today.weekday()) % 7 or 7
        return self.today + timedelta(days=ahead)
