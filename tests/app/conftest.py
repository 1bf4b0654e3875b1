"""A stage with nobody on it, once on each engine."""

from collections.abc import Iterator

import pytest

from tests.app.stage import Stage, staged


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as empty:
        yield empty
