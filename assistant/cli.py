# heavy rooms are imported by the command that needs them; a command prints
"""The `seintje` command."""

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant import logs
from assistant import settings as environment
from assistant.errors import SettingsError, UnreachableError
from assistant.settings import Settings

if TYPE_CHECKING:  # the names only: the rooms themselves are heavy
    from assistant.app import App, Clock
    from assistant.desk import Desk
    from nlu import Reader

ZONE = ZoneInfo("Europe/Amsterdam")  # of a moment given without one


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 when it could not be done, 2 when it was called wrongly."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in (
        "httpx",
        "httpcore",
        "alembic",
    ):  # their lines carry addresses with the token in them, or say little
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):  # whatever the machine's language: JSON and Dutch are UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status: int | None = chosen.run(chosen)
    except SettingsError as fault:
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
        "Migrates the database first.",
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

    parse = commands.add_parser(
        "parse",
        help="show what a message is understood to mean",
        description="Prints one reading, or with --jsonl one line of JSON for every line of JSON read.",
    )
    parse.add_argument("text", nargs="?", help="the message")
    parse.add_argument("--today", type=date.fromisoformat, help="the day to read it on (default: today)")
    parse.add_argument(
        "--jsonl", action="store_true", help='read {"id", "text", "today"?} lines from standard input'
    )
    parse.set_defaults(run=_parse)

    _add_nlu(commands)

    migrate = commands.add_parser(
        "migrate",
        help="bring the database to the newest shape",
        description="Runs the migrations that are missing. `seintje run`, `demo`, `chat` and `pipe` do so themselves.",
    )
    migrate.set_defaults(run=_migrate)

    _add_backup(commands)

    doctor = commands.add_parser(
        "doctor",
        help="say what is configured, reachable and missing",
        description="Checks the settings, the database and the channels, without changing anything.",
    )
    doctor.set_defaults(run=_doctor)

    _add_collective(commands)
    _add_telegram(commands)

    _add_ledger(
        commands.add_parser(
            "ledger", help="the books: export them, check them", description="What who keeps the money does."
        )
    )

    features = commands.add_parser(
        "features",
        help="list what Seintje can do, each with the story that proves it",
        description="Reads the stories beside the source code and prints a table.",
    )
    features.set_defaults(run=_features)
    return parser


def _add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser(
        "backup",
        help="copy the whole database to a file, while Seintje runs",
        description="Writes a backup and reads it back before it counts. Of SQLite the file is a database; of "
        "PostgreSQL it is compressed JSON, which needs no pg_dump. It holds everything members told: keep it safe.",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="put a backup into an empty database",
        description="Migrates the database, which must hold no collective yet, and puts the backup into it; either "
        "kind of backup into either kind of database. This is also the way from SQLite to PostgreSQL.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `seintje backup` wrote")
    restore.set_defaults(run=_restore)
    for each in (backup, restore):
        each.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")


def _add_ledger(ledger: argparse.ArgumentParser) -> None:
    commands = ledger.add_subparsers(required=True, metavar="COMMAND")
    export = commands.add_parser(
        "export",
        help="a year of the books, for an accountant or a spreadsheet",
        description="Writes every line of a year: as a Beancount file, which bean-check accepts and which ends "
        "with the balances as we know them, or as CSV for a spreadsheet, in the language of the collective.",
    )
    export.add_argument("--format", choices=("beancount", "csv"), default="beancount")
    export.add_argument("--year", type=int, required=True, help="such as 2026")
    export.set_defaults(run=_export)
    statement = commands.add_parser(
        "statement",
        help="a year as a PDF: of one member, or the treasurer's overview",
        description="Writes a PDF with a chart, in the language of the member. Without --member: the overview for "
        "whoever keeps the money, with the names and amounts of all.",
    )
    statement.add_argument("--year", type=int, required=True, help="such as 2026")
    statement.add_argument("--member", metavar="NAME", help="a whole name or a first name")
    statement.add_argument("--output", required=True, metavar="FILE", help="where to write the PDF")
    statement.set_defaults(run=_statement)
    verify = commands.add_parser(
        "verify",
        help="work every figure out again, and say what was checked",
        description="Reads every line once and compares what they add up to with balances, snapshots, deals and closed "
        "years. The exit status is 1 when anything differs.",
    )
    verify.set_defaults(run=_verify)
    for each in (export, statement):
        each.add_argument("--collective", required=True, metavar="NAME", help="whose books")
    verify.add_argument("--collective", metavar="NAME", help="whose books (default: everybody's)")
    for each in (export, statement, verify):
        each.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")


def _add_collective(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _add_telegram(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _add_nlu(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    nlu = commands.add_parser("nlu", help="measure how messages are read", description="For contributors.")
    parts = nlu.add_subparsers(required=True, metavar="COMMAND")
    evaluate = parts.add_parser(
        "evaluate",
        help="print the score table of a file of labelled messages",
        description='Reads lines such as {"id": "1", "text": "...", "today": "2026-11-21", "intent": "share_lead", '
        '"gold": {"lead": {"roles": ["tester"]}}} and prints per field what was right, wrong, invented and missed.',
    )
    evaluate.add_argument("file", type=Path, metavar="FILE", help="labelled messages, one JSON object a line")
    evaluate.set_defaults(run=_evaluate)
    train = parts.add_parser(
        "train",
        help="learn intents anew, with the corrections members agreed to",
        description="Takes some minutes. Learns from the lines that come with Seintje and from corrections of members "
        "who agreed, in collectives that allow it, and keeps the model in the data folder. The next start uses it.",
    )
    train.add_argument("--db", metavar="URL", help="another database than SEINTJE_DATABASE_URL")
    train.set_defaults(run=_train)
    taxonomy = commands.add_parser(
        "taxonomy", help="take over a public list of roles and skills", description="For operators."
    )
    lists = taxonomy.add_subparsers(required=True, metavar="COMMAND")
    take = lists.add_parser(
        "import",
        help="take over the ESCO list you downloaded",
        description="Reads occupations_nl.csv, occupations_en.csv, skills_nl.csv and skills_en.csv of the public ESCO "
        "download (https://esco.ec.europa.eu) and keeps them in the data folder of this installation. It takes effect "
        "at the next start.",
    )
    take.add_argument("folder", type=Path, metavar="FOLDER", help="where the four files are")
    take.set_defaults(run=_import_taxonomy)


# --- commands ---------------------------------------------------------------------------------------------------


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
    app = _app(settings, clock)
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
    app = _app(settings)
    if settings.public_url is not None:  # clients choose on a page of ours
        app.set_public_url(settings.public_url)
    channels, door = configured(app, settings)
    sys.setswitchinterval(0.001)  # a turn keeps Python busy; a webhook need not wait 5 ms for it each time
    asyncio.run(serve_until_stopped(app, channels, door))
    return 0


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


def _chat(chosen: argparse.Namespace) -> int:
    from assistant.channels import terminal

    terminal.run(_app(_with_database(chosen.db)), chosen.name)
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
    app = _app(_with_database(chosen.db), clock)
    if chosen.now is None:
        clock.stand_at(clock.now())

    def write(line: dict[str, object]) -> None:
        print(json.dumps(line, ensure_ascii=False), flush=True)

    asyncio.run(Pipe(app, write).run(sys.stdin))
    return 0


def _parse(chosen: argparse.Namespace) -> int:
    from nlu import Context, Reader, esco, taxonomy
    from nlu.printing import to_json

    if chosen.text is None and not chosen.jsonl:
        print("seintje parse: give a text, or --jsonl", file=sys.stderr)
        return 2
    taxonomy.extend(environment.data_folder() / esco.FILE)
    reader = Reader()
    today = chosen.today or datetime.now(ZONE).date()  # the edge of the house
    if not chosen.jsonl:
        print(json.dumps(to_json(reader.read(chosen.text, Context(today))), ensure_ascii=False, indent=2))
        return 0
    for text in filter(str.strip, sys.stdin):
        print(json.dumps(_parse_line(reader, text, today), ensure_ascii=False))
    return 0


def _parse_line(reader: "Reader", text: str, today: date) -> Mapping[str, object]:
    """One reading as JSON; a line that is no {"id", "text", "today"?} gets its error instead, and the next goes on."""
    from nlu import Context
    from nlu.printing import to_json

    try:
        line = json.loads(text)
    except ValueError:
        return {"id": None, "error": "not a line of JSON"}
    match line:
        case {"text": str(said)}:
            pass
        case _:
            number = line.get("id") if isinstance(line, dict) else None
            return {"id": number, "error": 'a line is {"id", "text", "today"?}'}
    try:
        day = date.fromisoformat(line["today"]) if line.get("today") else today
    except (TypeError, ValueError):
        return {"id": line.get("id"), "error": "today is a day such as 2026-11-21"}
    whole = said.encode(errors="replace").decode()  # JSON can hold half an emoji; no text can
    return to_json(reader.read(whole, Context(day)), line.get("id"))


def _evaluate(chosen: argparse.Namespace) -> int:
    from nlu import Reader
    from nlu.evaluation import LabelError, evaluate, read_labels, table

    try:
        lines = chosen.file.read_text(encoding="utf-8").splitlines()
        messages = list(read_labels(lines, datetime.now(ZONE).date()))
    except (OSError, UnicodeDecodeError) as fault:
        print(f"seintje: {chosen.file} cannot be read: {type(fault).__name__}", file=sys.stderr)
        return 1
    except LabelError as fault:
        print(f"seintje: {fault}", file=sys.stderr)
        return 1
    print(table(evaluate(Reader(), messages)))
    return 0


def _train(chosen: argparse.Namespace) -> int:
    from assistant.learning import MODEL_FILE, templates_of
    from db import open_database
    from db.session import transaction
    from nlu.training import train

    settings = _with_database(chosen.db)
    _migrated(settings)
    engine = open_database(settings.database_url)
    with transaction(engine) as session:
        own = templates_of(session)
    engine.dispose()
    report = train(environment.data_folder() / MODEL_FILE, own)
    print(
        f"Learned from {len(own)} corrections beside our own lines. Of wordings held out {report.accuracy:.1%}"
    )
    print(
        f"is read rightly; of the {report.acted_on:.1%} that is acted on, {report.right_when_acted_on:.1%}."
    )
    return 0


def _import_taxonomy(chosen: argparse.Namespace) -> int:
    from nlu import esco

    try:
        roles, skills = esco.take_over(chosen.folder, environment.data_folder() / esco.FILE)
    except esco.EscoError as fault:
        print(f"seintje: {fault}", file=sys.stderr)
        return 1
    print(f"Taken over: {roles} roles and {skills} skills. They count from the next start on.")
    return 0


def _migrate(_chosen: argparse.Namespace) -> int:
    changed = _migrated(environment.read())
    print(
        "The database has the newest shape now." if changed else "The database had the newest shape already."
    )
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    return _copied(chosen, "backup")


def _restore(chosen: argparse.Namespace) -> int:
    return _copied(chosen, "restore")


def _copied(chosen: argparse.Namespace, what: str) -> int:
    """Make or put back a backup, and say how much it was."""
    from db import backups, open_database
    from db.session import DatabaseError

    settings = _with_database(chosen.db)
    _migrated(settings)
    engine = open_database(settings.database_url)
    try:
        done = (backups.backup if what == "backup" else backups.restore)(engine, chosen.file)
    except backups.BackupError as fault:
        raise SettingsError(str(fault)) from None
    except DatabaseError as fault:
        raise UnreachableError(type(fault).__name__) from fault
    finally:
        engine.dispose()
    said = "Wrote" if what == "backup" else "Put back"
    print(f"{said} {done.rows:,} rows of {done.tables} tables, and checked them.")
    return 0


def _doctor(_chosen: argparse.Namespace) -> int:
    from assistant import doctor

    lines = doctor.examine()
    for line in lines:
        print(line)
    return 0 if all(line.well for line in lines) else 1


def _create(chosen: argparse.Namespace) -> int:
    from assistant.founding import NameTakenError, create_collective

    settings = environment.read()
    app = _app(settings)
    if settings.telegram_token is not None:
        from assistant.channels.telegram import name_of_bot

        name = name_of_bot(settings.telegram_token, settings.telegram_api_url)
        if name is not None:
            app.set_bot_name(name)
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
        print(f"\nor by opening {founded.link}")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from assistant.statements import beancount, sheet

    write = {"beancount": beancount.export, "csv": sheet.export}[chosen.format]
    with _desks(chosen.db, chosen.collective) as desks:
        for desk in desks:
            for line in write(desk.session, desk.collective, chosen.year):
                print(line)
    return 0


def _statement(chosen: argparse.Namespace) -> int:
    from assistant.statements import figures, pdf
    from db import members

    with _desks(chosen.db, chosen.collective) as desks:
        for desk in desks:
            if chosen.member is None:
                page = pdf.overview(figures.overview(desk, chosen.year))
            else:
                found = members.named(desk.session, chosen.member)
                if len(found) != 1:
                    print(f"seintje: there are {len(found)} active members called so", file=sys.stderr)
                    return 1
                page = pdf.statement(figures.statement(desk, found[0], chosen.year))
            Path(chosen.output).write_bytes(page)
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    from assistant.books.verify import problems, verify

    wrong = 0
    with _desks(chosen.db, chosen.collective) as desks:
        for desk in desks:
            print(f"{desk.collective.name}:")
            checks = verify(desk)
            for check in checks:
                print(f"  {'ok' if not check.problems else 'WRONG':6}{check.checked:>9,}  {check.what}")
                for problem in check.problems:
                    print(f"        {problem}")
            wrong += problems(checks)
    print("Everything adds up." if not wrong else f"{wrong} things do not add up.")
    return 1 if wrong else 0


def _features(_chosen: argparse.Namespace) -> int:
    from assistant.features import page, stories

    print(page(stories()), end="")
    return 0


# --- what commands share ----------------------------------------------------------------------------------------


def _app(settings: Settings, clock: "Clock | None" = None) -> "App":
    from assistant.app import build

    _migrated(settings)
    return build(settings, clock)


@contextmanager
def _desks(url: str | None, name: str | None) -> "Iterator[Iterator[Desk]]":
    """The desk of the collective of this name, or of every one, each in a transaction of its own; changes nothing.

    Raises SettingsError for a name nobody has.
    """
    from assistant.desk import Desk
    from db import collectives, open_database
    from db.session import in_collective, transaction

    settings = _with_database(url)
    _migrated(settings)
    engine = open_database(settings.database_url)
    with transaction(engine) as session:
        found = [each for each in collectives.everyone(session) if name in (None, each.name)]
    if name is not None and not found:
        raise SettingsError(f"there is no collective called {name}")

    def desks() -> "Iterator[Desk]":
        for each in found:
            with in_collective(engine, each.id) as session:
                yield Desk(session, session.get_one(type(each), each.id), datetime.now(UTC))

    try:
        yield desks()
    finally:
        engine.dispose()


def _migrated(settings: Settings) -> bool:
    """Bring the database to the newest shape; whether that changed it. Raises SettingsError, UnreachableError."""
    from db import open_database
    from db.migrate import migrate
    from db.session import DatabaseError

    try:
        engine = open_database(settings.database_url)
    except ValueError as fault:
        raise SettingsError(f"SEINTJE_DATABASE_URL or --db: {fault}") from None
    try:
        return migrate(engine)
    except DatabaseError as fault:
        raise UnreachableError(type(fault).__name__) from fault
    finally:
        engine.dispose()


def _with_database(url: str | None) -> Settings:
    settings = environment.read()
    return settings if url is None else replace(settings, database_url=url)
