"""The `seintje` command: one file for each group of commands."""

import argparse
import logging
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from assistant.cli import collective, database, features, ledger, reading, run, telegram, wishes
from assistant.errors import SettingsError, StoppedError, UnreachableError

GROUPS = (run, reading, database, collective, telegram, ledger, wishes, features)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 when it could not be done, 2 when it was called wrongly."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # their lines carry addresses with the token in them, or say little
    for chatty in ("httpx", "httpcore", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):  # whatever the machine's language: JSON and Dutch are UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status: int | None = chosen.run(chosen)
    except (SettingsError, StoppedError) as fault:
        print(f"seintje: {fault}", file=sys.stderr)
        return 1
    except UnreachableError:
        print("seintje: the database cannot be reached; `seintje doctor` says more", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return status or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="seintje",
        description="A chat assistant for collectives of freelancers. Settings: the environment, or .env.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands)
    return parser
