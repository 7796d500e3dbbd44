"""The tool that keeps both languages whole."""

from pathlib import Path

import polib
import pytest

from tools.extraction import Message, extract
from tools.messages import faults_of
from tools.typography import faults, placeholders

PAGE = """{% load i18n %}
<h1>{% translate "Bank" %}</h1>{{ _("Find") }}
{% translate "May" context "month" %}
{% blocktranslate trimmed count n=people|length %}
  {{ n }} person (or nobody)
{% plural %}
  {{ n }} people
{% endblocktranslate %}
{# translate "not this" #}
"""

CODE = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext_lazy
a = _("One" " sentence")
b = ngettext_lazy("%(n)s post", "%(n)s posts", "n")
c = pgettext_lazy("state", "left")
d = _(chosen)
e = _(f"{who} said yes")
"""


def found(tmp_path: Path, name: str, text: str) -> list[tuple[str | None, str, str | None, str]]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return [(m.context, m.singular, m.plural, m.broken) for m in extract([tmp_path])]


def test_messages_of_a_template_are_found_with_context_and_plural(tmp_path: Path) -> None:
    assert found(tmp_path, "templates/page.html", PAGE) == [
        (None, "Bank", None, ""),
        (None, "Find", None, ""),
        ("month", "May", None, ""),
        (None, "%(n)s person (or nobody)", "%(n)s people", ""),
    ]


def test_messages_of_code_are_found_and_an_f_string_is_named(tmp_path: Path) -> None:
    messages = found(tmp_path, "views.py", CODE)
    assert messages[:3] == [
        (None, "One sentence", None, ""),
        (None, "%(n)s post", "%(n)s posts", ""),
        ("state", "left", None, ""),
    ]
    assert [m[3] for m in messages[3:]] == ["is an f-string: it cannot be translated"]


@pytest.mark.parametrize(
    "text",
    [
        "Avez-vous 18 ans? Écrivez « oui »; sinon, attendez!",
        "Portée\u00a0: %(n)s\u00a0%% de l’auditoire, 1\u202f234,50\u00a0$",
        "Voir <a href='https://exemple.ca/a?b'>la page</a> à 19\u00a0h\u00a004",
    ],
)
def test_text_set_as_in_quebec_has_no_fault(text: str) -> None:
    assert faults(text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")) == []


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("l'offre", "write ’ for the apostrophe"),
        ("Portée : 4", "put a no-break space before :"),
        ("Portée: 4", "put a no-break space before :"),
        ("%(n)s %%", "put a no-break space before % or $"),
        ("50$", "put a no-break space before % or $"),
        ("« oui »", "put no-break spaces inside « »"),
        ("Prêt\u00a0?", "leave no space before ? ! ;"),
        ("candidat·e", "write without the middle dot"),
    ],
)
def test_each_fault_of_typography_is_named(text: str, advice: str) -> None:
    assert {fault.split("\u00a0: ")[0].split(": “")[0] for fault in faults(text)} == {advice}


def test_placeholders_are_told_from_percent_signs() -> None:
    assert placeholders("%(n)s of %s, {name}, 5 %% sure") == {"%(n)s", "%s", "{name}"}


def entry(*french: str, plural: bool = False, fuzzy: bool = False) -> polib.POEntry:
    flags = ["fuzzy"] if fuzzy else []
    if plural:
        return polib.POEntry(
            msgid="x", msgid_plural="y", msgstr_plural=dict(enumerate(french)), flags=flags
        )
    return polib.POEntry(msgid="x", msgstr=french[0], flags=flags)


COUNTED = Message(Path("page.html"), 1, "%(n)s post", "%(n)s posts")
PLAIN = Message(Path("page.html"), 1, "Hello %(name)s")


@pytest.mark.parametrize(
    ("message", "translation", "faults"),
    [
        (PLAIN, entry("Bonjour %(name)s"), []),
        (PLAIN, None, ["has no French"]),
        (PLAIN, entry(""), ["has no French"]),
        (PLAIN, entry("Bonjour %(name)s", fuzzy=True), ["has no French"]),
        (PLAIN, entry("Bonjour"), ["has other placeholders in French: ['%(name)s']"]),
        (
            PLAIN,
            entry("Bonjour %(name)s", "Bonjour %(name)s", plural=True),
            ["is singular in one place and counted in the other"],
        ),
        (COUNTED, entry("une publication", "%(n)s publications", plural=True), []),
        (COUNTED, entry("%(n)s publication", "", plural=True), ["has no French"]),
        (
            COUNTED,
            entry("%(n)s publication", "des publications", plural=True),
            ["loses a placeholder in the French plural"],
        ),
    ],
)
def test_a_translation_is_held_to_its_message(
    message: Message, translation: polib.POEntry | None, faults: list[str]
) -> None:
    assert faults_of(message, translation) == faults
