"""Forty readers name one person at the same moment, on SQLite in a file and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import NamedAccount
from proche.areas.recruitment.models import Nomination, Supporter
from tests.areas.recruitment.conftest import a_call, let_in
from tests.areas.recruitment.installed import OPENING, output_of
from tests.cast import make_cast

READERS = 40
NAME_AT_ONCE = f"""
{OPENING}
from concurrent.futures import ThreadPoolExecutor
from django.db import connections
from proche.areas.recruitment.models import Nomination, Supporter
def one(n):
    try:
        actions.nominate_account(call, Admitted(f"k{{n}}", f"m{{n}}", True, 1),
            NamedAccount("instagram", "camille"), nominator_name="")
        return actions.propose_nomination(call, Admitted("same", "same", True, 1))
    finally:
        connections.close_all()
with ThreadPoolExecutor(8) as readers:
    links = set(readers.map(one, range({READERS})))
named = Nomination.objects.filter(trace__isnull=False)
print(named.count(), Supporter.objects.count(), len(links), Nomination.objects.count())
"""


def test_on_sqlite_one_row_forty_supporters_and_one_link_for_one_form(tmp_path: Path) -> None:
    assert output_of(NAME_AT_ONCE, tmp_path).split() == ["1", "40", "1", "2"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the same on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_one_row_and_forty_supporters() -> None:
    cast = make_cast()
    actions.accept_duties(cast.programme, by=cast.owner, kept_days=10)
    call = a_call(cast, asks_handles=True)

    def one(_n: int) -> bool:
        try:
            return actions.nominate_account(call, let_in(), NamedAccount("instagram", "camille"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as readers:
        assert all(readers.map(one, range(READERS)))
    assert (Nomination.objects.count(), Supporter.objects.count()) == (1, READERS)
