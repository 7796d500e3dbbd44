"""Which sites may frame a call: whole origins, encrypted, one by one."""

import pytest

from proche.areas.recruitment.origins import origin, origins
from proche.common.errors import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Journal.example", "https://journal.example"),
        (" https://www.journal.example/ ", "https://www.journal.example"),
        ("https://journal.example:443", "https://journal.example"),
        ("https://journal.example:8443", "https://journal.example:8443"),
        ("https://québec.example", "https://xn--qubec-csa.example"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://localhost:80", "http://localhost"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(typed: str, kept: str) -> None:
    assert origin(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "http://journal.example",
        "journal.example",
        "https://*.example",
        "https://*",
        "*",
        "https://journal",
        "https://journal.example/page",
        "https://journal.example?x=1",
        "https://journal.example#x",
        "https://moi@journal.example",
        "https://journal.example; script-src *",
        "https://journal.example 'unsafe-inline'",
        "https://journal.example:99999",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://-journal.example",
        "https://",
    ],
)
def test_anything_wider_or_in_the_clear_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        origin(typed)
    assert refusal.value.code == "no_origin"


def test_each_origin_is_kept_once_and_five_at_most() -> None:
    assert origins("https://a.example\nhttps://A.example/\n\nhttps://b.example") == [
        "https://a.example",
        "https://b.example",
    ]
    with pytest.raises(Refusal) as refusal:
        origins("\n".join(f"https://site{n}.example" for n in range(6)))
    assert refusal.value.code == "many_origins"
