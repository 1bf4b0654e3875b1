"""Commands that make Seintje talk: in the browser, live, in the terminal, by script."""

import argparse
import asyncio
import json
import logging
import sys
from dataclasses import replace

from assistant import logs
from assistant import settings as environment
from assistant.cli.shared import Commands, app_of, migrated, unprepared_app_of, with_database
from assistant.errors import SettingsError


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    demo = commands.add_parser(
        "demo",
        help="try it: an example collective and a playground in the browser; needs nothing",
        description="Starts an example collective of twelve with its own small database and opens a page on which you "
        "can play every member. What happens is kept between runs.",
    )
    demo.add_argument("--fresh", action="store_true", help="begin anew: forget what happened in earlier runs")
    demo.add_argument("--port", type=int, help="where the page listens (default: SEINTJE_WEB_PORT or 8000)")
    demo.set_defaults(run=_demo)

    run = commands.add_parser(
        "run",
        help="go live: the channels that are configured",
        description="Runs every channel that is configured (SEINTJE_TELEGRAM_TOKEN) until it is stopped. "
        "Migrates the database first, and waits for it as long as it cannot be reached.",
    )
    run.set_defaults(run=_run)

    chat = commands.add_parser(
        "chat",
        help="talk as one member, here in the terminal",
        description="A chat in the terminal. A name never seen before is a stranger: begin with /start CODE.",
    )
    chat.add_argument("--as", dest="name", required=True, metavar="NAME", help="who you are, such as mieke")
    chat.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")
    chat.set_defaults(run=_chat)

    pipe = commands.add_parser(
        "pipe",
        help="for scripts: JSON lines in, JSON lines out",
        description='Reads lines such as {"from": "mieke", "text": "..."}, {"from": "mieke", "press": "Klopt"}, '
        '{"now": "2026-11-24T10:00"} or {"as": "operator", "do": "collective create", "name": "...", '
        '"coordinator": "anna"}; '
        'writes every message delivered and then {"done": N} per line. Migrates the database first.',
    )
    pipe.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")
    pipe.add_argument(
        "--now", metavar="MOMENT", help="begin at this moment and stand still, such as 2026-11-23T09:00"
    )
    pipe.set_defaults(run=_pipe)


def _demo(chosen: argparse.Namespace) -> int:
    from assistant import demo
    from assistant.app import Clock
    from assistant.channels import web

    settings = environment.read()
    path = environment.data_folder() / "demo.db"
    if chosen.fresh:
        for each in path.parent.glob("demo.db*"):
            each.unlink()
    settings = replace(settings, database_url=f"sqlite:///{path}", web_port=chosen.port or settings.web_port)
    clock = Clock()
    app = app_of(settings, clock)
    last = app.last_moment()
    if last is not None and last > clock.now():  # an earlier run had moved the clock ahead
        clock.offset = last - clock.now()
    demo.fill(app, clock.now())
    web.run(app, settings)
    return 0


def _run(_chosen: argparse.Namespace) -> int:
    from assistant.channels.configured import configured
    from assistant.channels.service import serve_until_stopped

    settings = environment.read()
    logs.use(settings.log_format)
    if settings.telegram_token is None and settings.whatsapp is None:
        print(
            "seintje: no channel is configured. Set SEINTJE_TELEGRAM_TOKEN, or try `seintje demo` first.",
            file=sys.stderr,
        )
        return 1
    app = unprepared_app_of(settings)
    if settings.public_url is not None:  # clients choose on a page of ours
        app.set_public_url(settings.public_url)
    channels, door = configured(app, settings)
    sys.setswitchinterval(0.001)  # a turn keeps Python busy; a webhook need not wait 5 ms for it each time
    asyncio.run(serve_until_stopped(app, channels, door, prepare=lambda: migrated(settings)))
    return 0


def _chat(chosen: argparse.Namespace) -> int:
    from assistant.channels import terminal

    terminal.run(app_of(with_database(chosen.db)), chosen.name)
    return 0


def _pipe(chosen: argparse.Namespace) -> int:
    from assistant.app import Clock
    from assistant.channels.pipe import Pipe, UnusableError, moment_of

    logging.getLogger().setLevel(logging.WARNING)
    clock = Clock()
    if chosen.now is not None:
        try:
            clock.stand_at(moment_of(chosen.now))
        except UnusableError as fault:
            raise SettingsError(*fault.args) from fault
    app = app_of(with_database(chosen.db), clock)
    if chosen.now is None:
        clock.stand_at(clock.now())

    def write(line: dict[str, object]) -> None:
        print(json.dumps(line, ensure_ascii=False), flush=True)

    asyncio.run(Pipe(app, write).run(sys.stdin))
    return 0
