"""Whose address counts: the one our own proxy wrote, or the connection's."""

from typing import Any

import pytest
from django.test import RequestFactory

from proche.faces.public.address import address_of


def seen(**headers: str) -> str:
    return address_of(RequestFactory().get("/", **headers))  # type: ignore[arg-type]


def test_without_a_proxy_a_header_of_the_reader_is_not_believed() -> None:
    assert seen(REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="198.51.100.1") == "192.0.2.9"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("10.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("", "unknown"),
        ("nothing", "unknown"),
    ],
)
def test_behind_a_proxy_the_last_address_counts(
    settings: Any, forwarded: str, address: str
) -> None:
    settings.BEHIND_PROXY = True
    assert seen(HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="127.0.0.1") == address
