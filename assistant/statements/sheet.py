"""The books as a CSV file that opens in a spreadsheet, in the language of the collective.

Dutch spreadsheets part cells by ";" and write 1234,56; English ones "," and 1234.56. A text that a spreadsheet would
take for a formula is kept a text (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Literal

from assistant.statements.texts import Texts, read
from db import deals, ledger, members
from db.collectives import Collective
from db.ledger import COIN_KINDS, Entry
from db.session import Session

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # by which a spreadsheet knows that the file is UTF-8


def export(session: Session, collective: Collective, year: int) -> Iterator[str]:
    """The lines of a CSV file with one year of the books, the first with what each column holds."""
    texts = read("en" if collective.language == "en" else "nl")
    names = {each.id: each.name for each in members.everyone(session)}
    titles = {each.id: each.title for each in deals.everyone(session)}
    yield MARK + _line([texts.columns[name] for name in texts.columns], texts)
    for entry in ledger.of_year(session, year):
        yield _line(_cells(entry, names, titles, texts), texts)


def safe(text: str) -> str:
    """A text that stays one: with a quote before it where a spreadsheet would read a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) or text[:1].isspace() else text


def _cells(entry: Entry, names: Mapping[int, str], titles: Mapping[int, str], texts: Texts) -> list[str]:
    coins = entry.debit in COIN_KINDS
    return [
        str(entry.id),
        entry.booked_on.isoformat(),
        texts.causes[entry.cause],
        texts.states[entry.state],
        texts.accounts[entry.credit],
        names.get(entry.credit_member_id or 0, ""),
        texts.accounts[entry.debit],
        names.get(entry.debit_member_id or 0, ""),
        str(entry.amount) if coins else _euros(entry.amount, texts.decimal),
        "COIN" if coins else "EUR",
        titles.get(entry.deal_id or 0, ""),
        names.get(entry.by_id or 0, ""),
        entry.why or "",
        entry.key,
    ]


def _euros(cents: int, decimal: Literal[",", "."]) -> str:
    return f"{cents // 100}{decimal}{cents % 100:02}"


def _line(cells: list[str], texts: Texts) -> str:
    out = StringIO()
    csv.writer(out, delimiter=texts.separator, lineterminator="").writerow([safe(each) for each in cells])
    return out.getvalue()
