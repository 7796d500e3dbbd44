"""From the briefs to the exchanges: rosters first, campaigns on them, then what is still chosen."""

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.histories import histories
from proche.areas.matching.models import BrandReview
from proche.areas.people.models import Person
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Step, Walkers, make_campaign, paths
from proche.sample.choices import Answer, choose, let_one_go, show, under_conditions
from proche.sample.events import make_event
from proche.sample.networks import make_connections
from proche.sample.posts import make_posts

State = BrandReview.State
CAMPAIGNS = ("mask", "preserves", "evening")
QUESTION = (
    "Deux questions : est-ce que la troisième personne cuisine chez elle, et peut-on voir "
    "quelqu’un du Lac-Saint-Jean?"
)
ASKED = "Est-ce que quelqu’un a les cheveux bouclés?"
REPLY = "Oui, la deuxième et la quatrième en parlent souvent."


def walk(
    programme: Programme,
    briefs: dict[str, Brief],
    cast: dict[str, Person],
    calendar: Calendar,
    *,
    by: User,
) -> list[Step]:
    walkers, steps = Walkers(cast), list[Step]()
    for name in CAMPAIGNS:
        steps += _campaign(name, briefs[name], walkers, calendar, by)
    _still_choosing(programme, briefs, calendar, by)
    make_connections(programme, calendar, by=by)
    return steps


def _campaign(
    name: str, brief: Brief, walkers: Walkers, calendar: Calendar, by: User
) -> list[Step]:
    ways = paths(name)
    opened = max(path.asked or 0 for path in ways)
    keep = [walkers.cast[path.who] for path in ways if path.who]
    roster = choose(
        brief,
        {},
        at=calendar.at(opened + 2, 15),
        by=by,
        seats=sum(path.count for path in ways if not path.who),
        keep=keep,
        leave=walkers.taken(keep),
    )
    people = [place.person for place in roster.places.select_related("person")]
    steps = make_campaign(name, brief, people, walkers, calendar, by)
    show(roster, Answer(State.APPROVED, opened + 2, opened + 1), calendar, by=by)
    make_posts(steps, calendar, by=by)
    if brief.format == Brief.Format.EVENT:
        make_event(steps[0].offer.campaign, steps, calendar)
    return steps


def _still_choosing(
    programme: Programme, briefs: dict[str, Brief], calendar: Calendar, by: User
) -> None:
    """A roster the brand looks at, one it asked about, one that nobody showed yet."""
    known = histories(programme, today=calendar.today)
    oil = choose(briefs["oil"], known, at=calendar.at(3, 10), by=by)
    show(oil, Answer(State.WAITING, shown=2, asked=ASKED, reply=REPLY), calendar, by=by)
    holidays = choose(briefs["holidays"], known, at=calendar.at(5, 10), by=by)
    show(holidays, Answer(State.QUESTIONED, 4, 1, QUESTION), calendar, by=by)
    scarf = choose(briefs["scarf"], known, at=calendar.at(1, 16), by=by)
    under_conditions(scarf, at=calendar.at(1, 16), by=by)
    let_one_go(scarf, at=calendar.at(1, 16, 20), by=by)
