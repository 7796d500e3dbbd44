"""What every test may use."""

from pathlib import Path

import pytest

from proche.locale import compile_catalogues

pytest_plugins = ["tests.browser", "tests.cast"]
SHARED_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"

compile_catalogues()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data sets, which stay where they are; absent on most machines."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA
