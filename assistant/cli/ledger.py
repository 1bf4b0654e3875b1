"""Commands for the books: export a year, print a statement, work everything out again."""

import argparse
import sys
from pathlib import Path

from assistant.cli.shared import Commands, desks


def add(commands: Commands) -> None:
    """Add what this file knows to the parser."""
    ledger = commands.add_parser(
        "ledger", help="the books: export them, check them", description="What who keeps the money does."
    )
    books = ledger.add_subparsers(required=True, metavar="COMMAND")
    export = books.add_parser(
        "export",
        help="a year of the books, for an accountant or a spreadsheet",
        description="Writes every line of a year: as a Beancount file, which bean-check accepts and which ends "
        "with the balances as we know them, or as CSV for a spreadsheet, in the language of the collective.",
    )
    export.add_argument("--format", choices=("beancount", "csv"), default="beancount")
    export.add_argument("--year", type=int, required=True, help="such as 2026")
    export.set_defaults(run=_export)
    statement = books.add_parser(
        "statement",
        help="a year as a PDF: of one member, or the treasurer's overview",
        description="Writes a PDF with a chart, in the language of the member. Without --member: the overview for "
        "whoever keeps the money, with the names and amounts of all.",
    )
    statement.add_argument("--year", type=int, required=True, help="such as 2026")
    statement.add_argument("--member", metavar="NAME", help="a whole name or a first name")
    statement.add_argument("--output", required=True, metavar="FILE", help="where to write the PDF")
    statement.set_defaults(run=_statement)
    verify = books.add_parser(
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


def _export(chosen: argparse.Namespace) -> int:
    from assistant.statements import beancount, sheet

    write = {"beancount": beancount.export, "csv": sheet.export}[chosen.format]
    with desks(chosen.db, chosen.collective) as every:
        for desk in every:
            for line in write(desk.session, desk.collective, chosen.year):
                print(line)
    return 0


def _statement(chosen: argparse.Namespace) -> int:
    from assistant.statements import figures, pdf
    from db import members

    with desks(chosen.db, chosen.collective) as every:
        for desk in every:
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
    with desks(chosen.db, chosen.collective) as every:
        for desk in every:
            print(f"{desk.collective.name}:")
            checks = verify(desk)
            for check in checks:
                print(f"  {'ok' if not check.problems else 'WRONG':6}{check.checked:>9,}  {check.what}")
                for problem in check.problems:
                    print(f"        {problem}")
            wrong += problems(checks)
    some = "1 thing does" if wrong == 1 else f"{wrong} things do"
    print("Everything adds up." if not wrong else f"{some} not add up.")
    return 1 if wrong else 0
