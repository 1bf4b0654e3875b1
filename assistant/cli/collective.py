"""The command that founds a collective."""

import argparse
import sys
from typing import TYPE_CHECKING

from assistant import settings as environment
from assistant.cli.shared import Commands, app_of
from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:  # the name only: the room itself is heavy
    from assistant.app import App


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    collective = commands.add_parser(
        "collective", help="found a collective", description="What an operator does."
    )
    collectives = collective.add_subparsers(required=True, metavar="COMMAND")
    create = collectives.add_parser(
        "create",
        help="a new collective, with an invitation for its coordinator",
        description="Prints the coordinator's invitation: a line `/start CODE` to send to the bot, and the link when "
        "the bot's name is known. The code is shown once.",
    )
    create.add_argument("name", help="what the collective is called")
    create.add_argument("--coordinator", required=True, metavar="NAME", help="who will run it")
    create.add_argument(
        "--language", choices=("nl", "en"), default="nl", help="what it is addressed in (default: nl)"
    )
    create.set_defaults(run=_create)


def _learn_where_we_are(app: "App", settings: Settings) -> None:
    """So that the invitation carries links; what a platform does not tell now is left out."""
    if settings.telegram_token is not None:
        from assistant.channels.telegram import name_of_bot

        name = name_of_bot(settings.telegram_token, settings.telegram_api_url)
        if name is not None:
            app.set_bot_name(name)
    if settings.whatsapp is not None:
        from assistant.channels.whatsapp import number_of

        try:
            app.set_number(number_of(settings.whatsapp))
        except SettingsError as fault:
            print(f"seintje: {fault}", file=sys.stderr)


def _create(chosen: argparse.Namespace) -> int:
    from assistant.founding import NameTakenError, create_collective

    settings = environment.read()
    app = app_of(settings)
    _learn_where_we_are(app, settings)
    try:
        founded = create_collective(app, chosen.name, chosen.coordinator, chosen.language, app.clock.now())
    except NameTakenError:
        print(f"seintje: there is a collective called {chosen.name} already", file=sys.stderr)
        return 1
    except ValueError as fault:
        print(f"seintje: {fault}", file=sys.stderr)
        return 2
    print(
        f"{chosen.name} is founded. {chosen.coordinator} gets in by sending the bot this line (shown only once):\n"
    )
    print(f"/start {founded.code}")
    if founded.link:
        print(f"\nor by opening:\n{founded.link}")
    return 0
