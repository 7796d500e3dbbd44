"""Posts that nobody declared, found by the real signs; two answered, one that waits."""

from collections.abc import Mapping
from datetime import timedelta

from proche.areas.content import undeclared
from proche.areas.content.models import Undeclared
from proche.areas.people.models import Person
from proche.sample.calendar import Calendar
from proche.sample.draw import table


def make_undeclared(cast: Mapping[str, Person], calendar: Calendar) -> None:
    for facts in table("undeclared")["post"]:
        found = undeclared.Found(facts["text"], facts["platform"])
        for row in undeclared.look(cast[facts["who"]], [found]):
            asked = calendar.at(facts["asked"], 18, 5)
            answered = {}
            if facts.get("answer"):
                undeclared.answer(row, facts["answer"], note=facts["note"])
                answered = {"answered_at": asked + timedelta(hours=3)}
            Undeclared.objects.filter(pk=row.pk).update(asked_at=asked, **answered)
