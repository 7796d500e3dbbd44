"""What the shared tags and forms write."""

import re

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from proche.common.ui import CheckboxCards, FormRenderer


def drawn(source: str, request: HttpRequest | None = None, **context: object) -> str:
    template = engines["django"].engine.from_string(source)  # type: ignore[attr-defined]
    from django.template import Context

    return str(template.render(Context({"request": request, **context})))


def asked(query: str) -> HttpRequest:
    return RequestFactory().get(f"/{query}")


def test_an_icon_never_speaks_and_carries_no_style() -> None:
    svg = drawn('{% icon "gift" 20 %}')
    assert 'aria-hidden="true"' in svg
    assert 'width="20"' in svg
    assert "style" not in svg


def test_an_icon_that_does_not_exist_is_an_error_not_a_hole() -> None:
    with pytest.raises(FileNotFoundError):
        drawn('{% icon "no-such-icon" %}')
    with pytest.raises(ValueError, match="no icon is called"):
        drawn('{% icon "../../package" %}')


def test_proof_fills_as_many_bars_as_its_level_and_says_it() -> None:
    with translation.override("fr"):
        badge = drawn('{% proof_badge "archive" %}')
    assert badge.count('class="on"') == 4
    assert "niveau 4 sur 5" in badge


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('{% obligation_badge False "gift" %}', "Sans obligation de publier"),
        ("{% obligation_badge True %}", "Publication convenue"),
        ('{% obligation_badge False "invitation" %}', "Invitation"),
        ('{% obligation_badge True "invitation" %}', "Publication convenue"),
    ],
)
def test_the_obligation_is_always_in_words(tag: str, words: str) -> None:
    with translation.override("fr"):
        assert words in drawn(tag)


def test_an_unknown_interval_is_dotted_and_has_no_point() -> None:
    with translation.override("fr"):
        glyph = drawn("{% interval None %}")
    assert "dotted" in glyph
    assert "circle" not in glyph
    assert 'aria-label="inconnu"' in glyph


def test_french_decimals_never_reach_a_drawing() -> None:
    rows = [{"label": "A", "estimate": 2.5, "low": 1.25, "high": 3.75}]
    with translation.override("fr"):
        html = drawn("{% interval 71.5 57.25 84.75 %}{% forest rows %}", rows=rows)
    coordinates = re.findall(r'(?:x|y|cx|cy|x1|x2|width|height)="([^"]*)"', html)
    assert not [value for value in coordinates if "," in value]
    assert "+2,5" in html


def test_a_region_link_adds_or_removes_its_code_and_keeps_the_rest() -> None:
    html = drawn(
        "{% tile_map counts chosen %}",
        asked("?q=pain&region=01&page=3"),
        counts={"01": 4},
        chosen=["01"],
    )
    assert html.count("<li") == 17
    assert 'href="?q=pain"' in html
    assert 'href="?q=pain&amp;region=01&amp;region=09"' in html


def test_a_query_changes_one_name_and_forgets_the_page() -> None:
    request = asked("?tier=nano&tier=micro&page=4")
    assert drawn('{% query_toggle "tier" "nano" %}', request) == "?tier=micro"
    assert drawn('{% query_replace sort="age" %}', request).endswith(
        "tier=nano&amp;tier=micro&amp;sort=age"
    )
    assert drawn('{% query_has "tier" "micro" %}', request) == "True"


class Wishes(forms.Form):
    default_renderer = FormRenderer()
    city = forms.CharField(label="Ville", help_text="Telle qu’on la dit.")
    wishes = forms.MultipleChoiceField(
        label="Souhaits",
        choices=[("gifts", "Essayer"), ("events", "Sortir")],
        widget=CheckboxCards(helps={"events": "Des soirées."}),
        required=False,
    )
    bank = forms.BooleanField(label="Faire partie de la banque", help_text="Nécessaire.")


def test_an_error_stands_by_its_field_is_tied_to_it_and_keeps_what_was_typed() -> None:
    with translation.override("fr"):
        html = str(Wishes({"city": "", "wishes": ["events"]}))
    assert 'aria-describedby="id_city_helptext id_city_error"' in html
    assert 'id="id_city_error"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'value="events"[^>]*checked', html)
    assert "Des soirées." in html


def test_a_consent_is_its_own_row_never_ticked_in_advance() -> None:
    row = str(Wishes()["bank"].as_field_group())
    assert "consent-row" in row
    assert "checked" not in row
    assert 'aria-describedby="id_bank_helptext"' in row
