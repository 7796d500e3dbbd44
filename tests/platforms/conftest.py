from collections.abc import Iterator

import pytest

from tests.platforms.site import SmallSite, small_site


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as served:
        yield served
