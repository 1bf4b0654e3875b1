"""The command that counts what members asked for that Seintje cannot do yet."""

import argparse

from assistant.cli.shared import Commands, desks


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    wishes = commands.add_parser(
        "wishes",
        help="count what members asked for that is not there yet",
        description="How often each thing was asked for in the past year, most first: not who asked, nor how.",
    )
    wishes.add_argument("--collective", metavar="NAME", help="of which collective (default: of each)")
    wishes.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")
    wishes.set_defaults(run=_wishes)


def _wishes(chosen: argparse.Namespace) -> int:
    from db import wishes

    with desks(chosen.db, chosen.collective) as every:
        for desk in every:
            print(f"{desk.collective.name}:")
            for intent, count in wishes.counts(desk.session):
                print(f"{count:>6,}  {intent}")
    return 0
