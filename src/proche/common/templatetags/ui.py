"""The tags every page may use without loading them. docs/interface.md shows one example of each."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template import defaultfilters
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from proche.common import drawings, ui
from proche.common.choices import Proof
from proche.common.regions import REGIONS, region_name
from proche.common.words import FILTERS, first_of_month, language
from proche.core import topics

register = template.Library()
ICONS = settings.NODE_MODULES / "@tabler" / "icons" / "icons" / "outline"

OBLIGATIONS = {
    "none": ("feather", gettext_lazy("No obligation to post")),
    "agreed": ("pencil", gettext_lazy("Post agreed")),
    "invitation": ("ticket", gettext_lazy("Invitation")),
}


for word in FILTERS:
    register.filter(word.__name__, word)


# Addresses of the same page with something changed


@register.simple_tag(takes_context=True)
def query_replace(context: template.Context, **changes: Any) -> str:
    """The query string with these names set; None takes one away. The page number always goes."""
    query = _query(context)
    query.pop("page", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_toggle(context: template.Context, name: str, value: Any) -> str:
    """The query string with one value of a repeated name added, or taken away when present."""
    return toggles(_query(context), name)(str(value))


@register.simple_tag(takes_context=True)
def query_has(context: template.Context, name: str, value: Any) -> bool:
    return str(value) in _query(context).getlist(name)


def toggles(query: QueryDict, name: str) -> Callable[[str], str]:
    """The address that adds one value of a repeated name, or takes it away; the rest of it, which
    many lines of a page share, is written once."""
    rest = query.copy()
    rest.pop("page", None)
    held = rest.pop(name, [])
    start = rest.urlencode()

    def address(value: str) -> str:
        kept = [one for one in held if one != value] if value in held else [*held, value]
        return "?" + "&".join(filter(None, (start, urlencode([(name, one) for one in kept]))))

    return address


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


# Icons and badges


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, size: int = 18, extra: str = "") -> SafeString:
    """A Tabler outline icon. It never speaks: the word beside it does."""
    return format_html(
        '<svg class="ico {}" width="{}" height="{}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="{}" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false">{}</svg>',
        extra,
        str(size),
        str(size),
        # A 24-unit drawing shown smaller keeps a stroke near 1.6 px.
        f"{min(2.4, 1.5 * 24 / size):.2f}",
        mark_safe(_strokes(name)),  # noqa: S308 (our own installed package, not input)
    )


@cache
def _strokes(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"no icon is called {name!r}")
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return " ".join(
        line for line in re.findall(r"<[^>]+>", inner) if 'd="M0 0h24v24H0z"' not in line
    )


@register.inclusion_tag("ui/initials.html")
def initials(who: object, size: str = "") -> dict[str, Any]:
    """Of a name, or of a row that reads as one; `size` is "", "small" or "large"."""
    name = str(who)
    letters = drawings.initials(name)
    return {"letters": letters, "tint": drawings.tint(name), "size": size}


@register.inclusion_tag("ui/proof_badge.html")
def proof_badge(proof: str, bare: bool = False) -> dict[str, Any]:
    level = Proof.values.index(proof) + 1
    bars = [
        {
            "x": str(5 * index),
            "y": str(9 - 2 * index),
            "height": str(3 + 2 * index),
            "on": index < level,
        }
        for index in range(5)
    ]
    return {"bars": bars, "level": level, "word": Proof(proof).label, "bare": bare}


@register.inclusion_tag("ui/obligation_badge.html")
def obligation_badge(obligation: Any, kind: str = "", soft: bool = False) -> dict[str, Any]:
    """From a yes or no, or from an exchange that carries `obligation` and `kind`."""
    kind = kind or str(getattr(obligation, "kind", ""))
    owed = bool(getattr(obligation, "obligation", obligation))
    key = "agreed" if owed else "invitation" if kind == "invitation" else "none"
    name, words = OBLIGATIONS[key]
    return {"icon_name": name, "words": words, "key": key, "soft": soft}


# Drawings


@register.inclusion_tag("ui/interval.html")
def interval(
    value: float | None, low: float | None = None, high: float | None = None, width: str = "130"
) -> dict[str, Any]:
    """0 to 100 with a tick at 50; dotted when unknown."""
    if value is None:
        return {"known": False, "width": width}
    edges = (value if low is None else low, value if high is None else high)
    shape = drawings.band(drawings.Scale(0, 100), edges[0], value, edges[1])
    return {
        "known": True,
        "band": shape,
        "value": value,
        "low": edges[0],
        "high": edges[1],
        "width": width,
    }


@register.inclusion_tag("ui/interval_axis.html")
def interval_axis(
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    ticks: Sequence[float] = (0, 25, 50, 75, 100),
    middle: str = "",
    places: int = 0,
    said: bool = True,
) -> dict[str, Any]:
    """The large glyph, with its figures written on the axis unless the page says them already."""
    scale = drawings.Scale(ticks[0], ticks[-1])
    marks = [{"x": scale.at(tick), "value": tick} for tick in ticks]
    shown: dict[str, Any] = {
        "marks": marks,
        "middle": middle,
        "known": value is not None,
        "places": places,
        "tick_places": drawings.tick_places(ticks),
        "said": said,
    }
    if value is not None and low is not None and high is not None:
        shown |= {
            "band": drawings.band(scale, low, value, high),
            "value": value,
            "low": low,
            "high": high,
        }
        shown["beyond"] = high > ticks[-1]
    return shown


@register.inclusion_tag("ui/forest.html")
def forest(rows: Iterable[Mapping[str, Any]], places: int = 1) -> dict[str, Any]:
    """Rows of {label, detail, estimate, low, high, role}: members, star, other, control."""
    listed = list(rows)
    edges = [row[key] for row in listed for key in ("low", "high") if row.get(key) is not None]
    ticks = drawings.round_ticks(min([0, *edges]), max([0, *edges]))
    scale = drawings.Scale(ticks[0], ticks[-1])
    drawn = [
        {**row, "band": _forest_band(scale, row), "role": row.get("role", "members")}
        for row in listed
    ]
    marks = [{"x": scale.at(tick), "value": tick, "zero": tick == 0} for tick in ticks]
    shown = {"rows": drawn, "marks": marks, "places": places}
    return shown | {"tick_places": drawings.tick_places(ticks)}


def _forest_band(scale: drawings.Scale, row: Mapping[str, Any]) -> drawings.Band | None:
    values = [row.get("low"), row.get("estimate"), row.get("high")]
    return None if None in values else drawings.band(scale, *map(float, values))  # type: ignore[arg-type]


@register.inclusion_tag("ui/unbounded.html")
def unbounded() -> dict[str, Any]:
    """The axis of a ratio that has no bounds: two arrowheads, no point."""
    return {}


@register.inclusion_tag("ui/tile_map.html", takes_context=True)
def tile_map(
    context: template.Context,
    counts: Mapping[str, int],
    selected: Iterable[str] = (),
    name: str = "region",
) -> dict[str, Any]:
    """The 17 regions as links that add or remove `name=code` in the query string."""
    chosen, most = set(selected), max(counts.values(), default=0)
    address_of = toggles(_query(context), name)
    tiles = [
        {
            "region": region,
            "name": region.name(language()),
            "count": counts.get(region.code, 0),
            "step": drawings.map_step(counts.get(region.code, 0), most),
            "chosen": region.code in chosen,
            "href": address_of(region.code),
        }
        for region in sorted(REGIONS, key=lambda region: (region.row, region.column))
    ]
    return {"tiles": tiles}


@register.inclusion_tag("ui/waiting_dots.html")
def waiting_dots(counts: Mapping[int, int], limit: int = 5) -> dict[str, Any]:
    """One dot per thing owed, by whole days waited; filled beyond the limit."""
    columns = drawings.waiting_columns(counts, limit, last=max(9, limit + 2), tall=4)
    late = sum(count for days, count in counts.items() if days > limit)
    beyond = max(counts, default=0) > columns[-1].days
    shown = [
        {
            "column": column,
            "dots": [str(70 - 14 * dot) for dot in column.dots],
            "x": str(column.x),
            "left": str(column.x - 12),
            "right": str(column.x + 12),
            "beyond": beyond,
        }
        for column in columns
    ]
    first, final = columns[limit + 1].x, columns[-1].x
    return {
        "columns": shown,
        "limit": limit,
        "total": sum(counts.values()),
        "late": late,
        "bracket": {"from": str(first - 10), "to": str(final + 12)},
        "middle": str((first + final) // 2),
        "width": str(final + 15),
    }


@register.inclusion_tag("ui/reach_bar.html")
def reach_bar(reach: float, at_most: float | None = None, bare: bool = False) -> dict[str, Any]:
    """How many of the most there could be; a tick at the proven bound unless `bare`."""
    width = drawings.Scale(0, at_most or reach or 1).at(reach)
    return {"width": width, "at_most": at_most, "bare": bare}


@register.inclusion_tag("ui/gains.html")
def gains(rows: Iterable[tuple[str, float]]) -> dict[str, Any]:
    """What each member adds, in the order chosen: pairs of (name, people nobody above reaches)."""
    return {"steps": drawings.ladder_steps(rows)}


@register.inclusion_tag("ui/vega.html", takes_context=True)
def vega_chart(
    context: template.Context,
    spec: Mapping[str, Any],
    id: str,
    caption: str = "",
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[Any]] = (),
) -> dict[str, Any]:
    """A Vega-Lite drawing over the same figures as a table; the table is what no script shows."""
    request = context.get("request")
    first = not getattr(request, "chart_scripts", False)
    if request:
        request.chart_scripts = True
    return {
        "spec": spec,
        "id": id,
        "spec_id": f"{id}-spec",
        "caption": caption,
        "columns": columns,
        "rows": list(rows),
        "first": first,
    }


# Small pieces of page


@register.inclusion_tag("ui/stepper.html")
def stepper(current: int, total: int) -> dict[str, Any]:
    return {
        "steps": [step <= current for step in range(1, total + 1)],
        "current": current,
        "total": total,
    }


@register.inclusion_tag("ui/copy_box.html")
def copy_box(text: str, id: str = "copy", pen: bool = False, wide: bool = False) -> dict[str, Any]:
    """The exact words and one tap. `pen` tints it, `wide` writes the word on the button."""
    return {"text": text, "id": id, "pen": pen, "wide": wide}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def page_links(context: template.Context, page: Any) -> dict[str, Any]:
    def address(number: int) -> str:
        query = _query(context)
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/theme_switch.html", takes_context=True)
def theme_switch(context: template.Context) -> dict[str, Any]:
    request = context.get("request")
    return {
        "request": request,
        "chosen": ui.theme_of(request),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/language_switch.html", takes_context=True)
def language_switch(context: template.Context, quiet: bool = False) -> dict[str, Any]:
    other = ("fr", "Français") if language().startswith("en") else ("en", "English")
    shown = {"request": context.get("request"), "csrf_token": context.get("csrf_token")}
    return shown | {"code": other[0], "name": other[1], "quiet": quiet}


@register.simple_tag(takes_context=True)
def theme_choice(context: template.Context) -> str:
    return ui.theme_of(context.get("request"))


@register.filter
def undo_url(message: Any) -> str:
    """The address a toast's undo posts to, or nothing."""
    tags = str(message.extra_tags or "")
    return tags.removeprefix(ui.UNDO) if tags.startswith(ui.UNDO) else ""


register.filter("region", lambda code: region_name(str(code), language()))


@register.filter("date", expects_localtime=True)
def written_date(value: Any, pattern: str | None = None) -> str:
    return first_of_month(defaultfilters.date(value, pattern))


@register.filter
def topic(code: str) -> str:
    """The name of a topic of the taxonomy; a free word stays as it was typed."""
    known = _topics().get(code)
    return known.name(language()) if known else code


@cache
def _topics() -> dict[str, topics.Topic]:
    return {one.code: one for one in topics.load()}
