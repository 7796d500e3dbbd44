"""Why a roster cannot be composed under its conditions, and what would have to give."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.matching.composing import Board
from proche.areas.matching.conditions import Conditions, Limit
from proche.areas.matching.wording import asked_of, floor_words, group_name
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.common.words import money
from proche.core.roster.feasible import Loosening


def refuse_at_once(conditions: Conditions) -> None:
    """What can be seen without looking at anybody: raises Refusal."""
    for limit in conditions.limits:
        if limit.most is not None and (limit.least or 0) > limit.most:
            raise _upside_down(limit)
    for pair in conditions.apart:
        if {*pair} <= {*conditions.kept}:
            raise _kept_and_apart(pair)


def _upside_down(limit: Limit) -> Refusal:
    shown = {"group": group_name(limit.by, limit.group), "least": limit.least, "most": limit.most}
    return Refusal(
        _(
            "%(group)s: at least %(least)s is more than at most %(most)s. Lower the first number "
            "or raise the second."
        )
        % shown,
        code="limit_upside_down",
    )


def _kept_and_apart(pair: tuple[int, int]) -> Refusal:
    names = dict(Person.objects.in_bulk(pair).items())
    shown = {"first": str(names[pair[0]]), "second": str(names[pair[1]])}
    return Refusal(
        _(
            "%(first)s and %(second)s both keep their seat, and are not to be together. Free one "
            "seat, or let them be together."
        )
        % shown,
        code="kept_and_apart",
    )


def nobody_fits(board: Board, conditions: Conditions) -> Refusal:
    """Nobody is left at all, or the budget does not pay for one person."""
    open_to = [one.person_id for one in board.everybody if one.person_id not in conditions.left_out]
    cheapest = min((conditions.cost_of(person_id) for person_id in open_to), default=0)
    if conditions.budget_cents is not None and cheapest > conditions.budget_cents:
        return Refusal(
            _("The budget does not pay for one person: the least costs %(money)s. Raise it.")
            % {"money": money(cheapest)},
            code="budget_too_small",
            field="budget",
        )
    return Refusal(
        _("Nobody is left to choose from: widen the brief, then rank again."),
        code="nobody_to_choose",
    )


def unmet(conditions: Conditions, lacking: list[tuple[str, int]], found: Loosening) -> Refusal:
    """Which floors cannot be kept together with the rest, and everything that alone would do."""
    missing = Counter(dict(lacking))
    floors = ", ".join(floor_words(conditions, key) for key in missing)
    lowered = ", ".join(
        floor_words(conditions, key, asked_of(conditions, key) - n) for key, n in missing.items()
    )
    ways = [_("ask for %(floors)s") % {"floors": lowered}, *_other_ways(conditions, found)]
    said = _("These conditions cannot all hold together: %(floors)s. What would do: %(ways)s.")
    return Refusal(said % {"floors": floors, "ways": _either(ways)}, code="floors_unmet")


def _other_ways(conditions: Conditions, found: Loosening) -> list[str]:
    ways = []
    if found.seats is not None:
        n = found.seats + len(conditions.kept)
        ways.append(ngettext("choose %(n)s person", "choose %(n)s people", n) % {"n": n})
    if found.budget is not None:
        cents = round(found.budget) + conditions.spent_on(conditions.kept)
        ways.append(_("a budget of %(money)s") % {"money": money(cents)})
    if found.without_caps and any(limit.most is not None for limit in conditions.limits):
        ways.append(_("higher numbers under “at most”"))
    if found.without_apart:
        ways.append(_("let the people you keep apart be together"))
    return ways


def _either(ways: list[str]) -> str:
    if len(ways) == 1:
        return ways[0]
    return _("%(some)s, or %(last)s") % {"some": ", ".join(ways[:-1]), "last": ways[-1]}
