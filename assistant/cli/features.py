"""The command that lists what Seintje can do."""

import argparse

from assistant.cli.shared import Commands


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    features = commands.add_parser(
        "features",
        help="list what Seintje can do, each with the story that proves it",
        description="Reads the stories beside the source code and prints a table.",
    )
    features.set_defaults(run=_features)


def _features(_chosen: argparse.Namespace) -> int:
    from assistant.features import page, stories

    print(page(stories()), end="")
    return 0
