"""Commands that read: one message, a file of labelled ones, a model learned anew, a list of roles taken over."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant import settings as environment
from assistant.cli.shared import Commands, migrated, with_database

if TYPE_CHECKING:  # the name only: the room itself is heavy
    from nlu import Reader

ZONE = ZoneInfo("Europe/Amsterdam")  # of a moment given without one


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
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

    settings = with_database(chosen.db)
    migrated(settings)
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
