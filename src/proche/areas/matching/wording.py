"""The conditions of a roster in words, the same on its page and in what is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.matching.conditions import Conditions
from proche.common.choices import Archetype, Language
from proche.common.regions import region_name
from proche.common.words import language, money, share


def group_name(by: str, group: str) -> str:
    """A region, a language or a profile by its name, as inside a sentence."""
    if by == "region":
        return region_name(group, language()) if group else _("no region")
    if by == "language":
        return str(Language(group).label)
    return str(Archetype(group).label)


def floor_words(conditions: Conditions, key: str, n: int | None = None) -> str:
    """« au moins 4 (Estrie) »; `n` in place of the number asked."""
    asked = conditions.least_newcomers if n is None else n
    if key == "newcomers":
        said = ngettext("at least %(n)s newcomer", "at least %(n)s newcomers", asked)
        return said % {"n": asked}
    _kind, by, group = key.split(":", 2)
    if n is None:
        found = next(limit for limit in conditions.limits if limit.key == key)
        asked = found.least or 0
    return _("at least %(n)s (%(group)s)") % {"n": asked, "group": group_name(by, group)}


def asked_of(conditions: Conditions, key: str) -> int:
    if key == "newcomers":
        return conditions.least_newcomers
    return next(limit.least or 0 for limit in conditions.limits if limit.key == key)


def condition_words(conditions: Conditions, key: str, names: Mapping[int, str]) -> str:
    """One condition as a line of the price list: “Keeping Camille”, “At least 4 (Estrie)”."""
    kind, _rest, rest = key.partition(":")
    if kind == "kept":
        return _("Keeping %(name)s") % {"name": _named(names, rest)}
    if kind == "left_out":
        return _("Leaving out %(name)s") % {"name": _named(names, rest)}
    if kind == "apart":
        first, second = (_named(names, one) for one in rest.split(":"))
        return _("%(first)s and %(second)s not together") % {"first": first, "second": second}
    if kind == "budget":
        return _("A budget of %(money)s") % {"money": money(conditions.budget_cents)}
    if kind == "newcomers":
        return _("%(share)s of newcomers") % {"share": share(conditions.newcomers / 100)}
    return _limit_words(conditions, key)


def _limit_words(conditions: Conditions, key: str) -> str:
    limit = next(one for one in conditions.limits if one.key == key)
    shown = {"group": group_name(limit.by, limit.group), "least": limit.least, "most": limit.most}
    if limit.least and limit.most is not None:
        return _("%(group)s: %(least)s to %(most)s") % shown
    if limit.most is not None:
        return _("%(group)s: %(most)s at most") % shown
    return _("%(group)s: %(least)s at least") % shown


def _named(names: Mapping[int, str], person_id: str) -> str:
    return names.get(int(person_id), _("somebody"))
