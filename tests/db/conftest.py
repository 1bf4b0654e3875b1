"""Two collectives in one database, on each engine."""

import shutil
from collections.abc import Iterator

import pytest

from tests.conftest import TEMPLATE
from tests.databases import ENGINES
from tests.db.world import Worlds, two_worlds


@pytest.fixture(params=ENGINES, scope="module")
def worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """One database for a whole file: no test leaves anything behind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        path = shutil.copy(template, tmp_path_factory.mktemp("tenancy") / "seintje.db")
        with two_worlds(f"sqlite:///{path}") as both:
            yield both
    else:
        server = request.getfixturevalue("postgresql_server")
        with two_worlds(server.create("tenancy", template=TEMPLATE)) as both:
            yield both
        server.drop("tenancy")
