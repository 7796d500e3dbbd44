"""The sample, loaded once for the tests of a file and taken away after them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from proche import sample
from proche.areas.accounts.models import Programme


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        assert sample.load(timezone.localdate())
        yield
        assert sample.clear()


@pytest.fixture
def programme(_loaded: None, db: None) -> Programme:
    found = sample.sample_programme()
    assert found is not None
    return found
