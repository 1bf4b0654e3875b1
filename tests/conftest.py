"""Fixtures that every test may ask for: a database of its own, on the engines it must work on.

Ask for `database_url` and the test runs twice, on SQLite and on PostgreSQL; `sqlite_url` or `postgresql_url` is one of them.
Each test gets a fresh, migrated database: a copy of one that is migrated once per run.
"""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from tests import postgres
from tests.databases import migrate

TEMPLATE = "template_seintje"
NUMBERS = itertools.count(1)

settings.register_profile("seintje", deadline=None)  # a busy machine is no bug
settings.load_profile("seintje")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may be asked for besides pytest's own options."""
    parser.addoption("--no-skips", action="store_true", help="what this machine cannot run fails, not skips")
    parser.addoption("--kills", type=int, default=5, help="how often each chaos test kills a process")


@pytest.fixture(scope="session")
def kills(pytestconfig: pytest.Config) -> int:
    """How often to kill a process: 5 in a test run, 250 in `make chaos`."""
    return int(pytestconfig.getoption("--kills"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database; the test runs once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'seintje.db')}"


@pytest.fixture
def postgresql_url(postgresql_server: postgres.Server) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database, reached as an ordinary role."""
    name = f"test_{next(NUMBERS)}"
    yield postgresql_server.create(name, template=TEMPLATE)
    postgresql_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that tests get a copy of."""
    path = tmp_path_factory.mktemp("template") / "seintje.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> Iterator[postgres.Server]:
    """One server for the whole run, with the database that tests get a copy of."""
    try:
        with postgres.running() as server:
            migrate(server.create(TEMPLATE))
            yield server
    except postgres.CannotRunError as reason:
        cannot_run(pytestconfig, f"no PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Path:
    """The installed Chromium, for playwright's `executable_path`."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        cannot_run(pytestconfig, "no Chromium is installed (Debian: apt install chromium)")
    return Path(path)


def cannot_run(config: pytest.Config, reason: str) -> NoReturn:
    """Skip, saying why; with --no-skips, fail."""
    if config.getoption("--no-skips"):
        pytest.fail(reason)
    pytest.skip(reason)
