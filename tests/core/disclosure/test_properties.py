"""What must hold for any caption: a clear first line never harms, a hidden one never helps."""

import contextlib
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.disclosure import (
    FORMATS,
    JURISDICTIONS,
    KINDS,
    PERKS,
    PLATFORMS,
    SEVERITY,
    Facts,
    Frame,
    Link,
    Post,
    Spoken,
    check,
    check_record,
    fold_of,
)
from proche.core.disclosure.wording import rules
from proche.core.results import InputRefused

PIECES = (
    "Mes pointes sont douces.",
    "Journée parfaite",
    "Merci @sapinelle",
    "@sapinelle",
    "@ami",
    "#cheveux",
    "#collab",
    "#pub",
    "#ad",
    "#produitreçu",
    "#gifted",
    "#TeamCamille",
    "#SapinellePartenaire",
    "Produit offert par Sapinelle.",
    "Invitée par Sapinelle.",
    "Voyage et hébergement payés par Sapinelle.",
    "En partenariat avec Sapinelle",
    "Lien affilié",
    "https://exemple.test/masque",
    "Pas commandité.",
    "Publicité",
    "Not an ad",
    "code SAPIN20",
    "\n",
    "\n.\n.\n.\n",
    "💛",
    "mot " * 40,
)
captions = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=12).map(" ".join)
links = st.builds(
    Link,
    st.sampled_from([kind for kind in KINDS if kind != "none"]),
    st.just("Sapinelle"),
    st.just(("sapinelle",)),
    st.booleans(),
    st.lists(st.sampled_from(PERKS), unique=True).map(tuple),
)
places = st.tuples(st.sampled_from(PLATFORMS), st.sampled_from(["post", "carousel", "thread"]))
HOLDS_IN: dict[str, set[str]] = {}
for (name, _case), row in rules().items():
    HOLDS_IN.setdefault(name, set()).update(row["jurisdictions"])
LINE = "Publicité. Produit offert par Sapinelle. #pub"


def _severity(caption: str, link: Link, place: tuple[str, str], jurisdiction: str) -> int:
    post = Post(place[0], place[1], caption, language="fr", jurisdiction=jurisdiction)
    return SEVERITY[check(post, link).verdict]


@given(captions, links, places, st.sampled_from(["CA", "FR"]))
@settings(max_examples=400, deadline=None)
def test_a_clear_first_line_never_worsens_a_caption(
    caption: str, link: Link, place: tuple[str, str], jurisdiction: str
) -> None:
    with_line = _severity(f"{LINE}\n{caption}", link, place, jurisdiction)
    assert with_line <= _severity(caption, link, place, jurisdiction)


@given(captions, links, places, st.sampled_from(["CA", "FR"]))
@settings(max_examples=400, deadline=None)
def test_hiding_the_line_after_the_fold_never_improves_a_caption(
    caption: str, link: Link, place: tuple[str, str], jurisdiction: str
) -> None:
    hidden_at = (fold_of(*place) or 300) + 1
    hidden = f"{caption}\n{'mot ' * hidden_at}\n{LINE}"
    first = f"{LINE}\n{caption}\n{'mot ' * hidden_at}"
    assert _severity(hidden, link, place, jurisdiction) >= _severity(
        first, link, place, jurisdiction
    )


@given(
    st.builds(
        Post,
        st.sampled_from(PLATFORMS) | st.text(max_size=8),
        st.sampled_from(FORMATS),
        st.none() | captions | st.text(),
        st.none() | st.sampled_from(["fr", "en", "de", "fr-CA", "bilingual", ""]),
        st.sampled_from(JURISDICTIONS),
        st.none() | captions,
        st.none() | st.lists(st.builds(Frame, captions, st.none() | st.floats(0, 99))).map(tuple),
        st.none() | st.lists(st.builds(Spoken, st.floats(0, 99), captions)).map(tuple),
        st.booleans(),
        st.lists(st.text(max_size=9), max_size=2).map(tuple),
        st.lists(st.text(max_size=9), max_size=2).map(tuple),
        st.booleans(),
        st.builds(Facts, *[st.none() | st.booleans()] * 11),
    ),
    st.builds(
        Link,
        st.sampled_from(KINDS),
        st.text(max_size=12),
        st.lists(st.text(max_size=12), max_size=3).map(tuple),
        st.booleans(),
        st.lists(st.sampled_from(PERKS)).map(tuple),
    ),
)
@settings(max_examples=500, deadline=None)
def test_any_post_gets_a_verdict_and_spans_inside_its_texts(post: Post, link: Link) -> None:
    result = check(post, link)
    assert (
        SEVERITY[result.verdict] == max(SEVERITY[f.verdict] for f in result.findings)
        if (result.findings)
        else result.verdict == "OK"
    )
    for finding in result.findings:
        assert post.jurisdiction in HOLDS_IN[finding.rule]
        for start, end in finding.spans:
            assert 0 <= start < end <= len(_text_of(post, finding.where))


def _text_of(post: Post, where: str) -> str:
    name, _, number = where.partition(" ")
    if name == "frame":
        return (post.frames or ())[int(number)].text
    if name == "transcript":
        return (post.transcript or ())[int(number)].text
    return (post.content_warning if name == "warning" else post.caption) or ""


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = (
    "platform",
    "format",
    "jurisdiction",
    "caption",
    "language",
    "frames",
    "transcript",
    "link",
    "links",
    "facts",
    "content_warning",
    "platform_label",
)
GOOD: dict[str, Any] = {
    "platform": "instagram",
    "format": "post",
    "jurisdiction": "CA",
    "caption": "#pub",
    "link": {"kind": "paid", "brand": {"name": "Sapinelle"}},
}


@given(st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_record_is_checked_or_refused(changed: dict[str, Any]) -> None:
    with contextlib.suppress(InputRefused):
        json.dumps(check_record(GOOD | changed))
