"""What every test may use."""

import time
from pathlib import Path

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.browser", "tests.cast", "tests.spark"]
SHARED_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"

# The same examples every time, however busy the machine: a red run means a change.
settings.register_profile(
    "proche",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("proche")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data sets, which stay where they are; absent on most machines."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process keeps in memory for a few seconds is not another test's."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """`time.time` says the same moment all through the test: where seconds count, a pause of the
    machine is no time that somebody took."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What migrations put in the tables is there for every test: a test that commits empties them
    all, and the next one finds them filled again only if both are marked so."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            again = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(again, append=False)
