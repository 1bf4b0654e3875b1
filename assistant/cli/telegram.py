"""The command that tells Telegram where to bring its updates."""

import argparse

from assistant import settings as environment
from assistant.cli.shared import Commands
from assistant.errors import SettingsError


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    telegram = commands.add_parser(
        "telegram", help="set up how Telegram reaches us", description="For operators."
    )
    ways = telegram.add_subparsers(required=True, metavar="COMMAND")
    webhook = ways.add_parser(
        "webhook",
        help="let Telegram bring updates to an address of ours",
        description="Tells Telegram the address and the secret, and prints what it says. With --off it brings nothing "
        "any more, and `seintje run` asks for updates itself.",
    )
    webhook.add_argument("url", nargs="?", help="such as https://seintje.example/telegram")
    webhook.add_argument("--off", action="store_true", help="take it away")
    webhook.set_defaults(run=_webhook)


def _webhook(chosen: argparse.Namespace) -> int:
    from assistant.channels.telegram_hook import point

    settings = environment.read()
    url = None if chosen.off else chosen.url or settings.telegram_webhook_url
    if settings.telegram_token is None:
        raise SettingsError("set SEINTJE_TELEGRAM_TOKEN first")
    if url is None and not chosen.off:
        raise SettingsError("say which address, or --off")
    address = url and environment.webhook_address(url)
    print(
        point(settings.telegram_token, settings.telegram_api_url, address, settings.telegram_webhook_secret)
    )
    if address and address != settings.telegram_webhook_url:
        print(f"Now keep it in the settings, for `seintje run`:\n\nSEINTJE_TELEGRAM_WEBHOOK_URL={address}")
    return 0
