"""The books on paper: another program agrees with our sums, a spreadsheet stays a sheet, and a PDF says what is so."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import get_args

import pytest
from pypdf import PdfReader

from assistant.statements import beancount, figures, pdf, sheet
from assistant.statements.texts import Language, read
from db import ledger
from db.collectives import Collective
from tests.books.treasury import Books, coins, dues, euros, opened, payments, years

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
LANGUAGES: tuple[Language, ...] = get_args(Language)


def a_year(books: Books) -> None:
    """Two jobs, a correction, payments confirmed, denied and waiting, dues, coins; then a year end, and the next year."""
    with books.desk() as desk:
        dues.charge(desk)
    books.wins("sanne", 'Projectleider "Zuid" \\ <b>&')
    books.picks('Projectleider "Zuid" \\ <b>&', 7500)
    books.wins("bram", "=HYPERLINK(1)")
    books.picks("=HYPERLINK(1)", 5000)
    books.reports('Projectleider "Zuid" \\ <b>&', 14_400, "2026-03")
    books.reports('Projectleider "Zuid" \\ <b>&', 13_000.55, "2026-03")
    books.reports("=HYPERLINK(1)", 8_000.07, "2026-04")
    books.pays('Projectleider "Zuid" \\ <b>&', 900)
    books.pays('Projectleider "Zuid" \\ <b>&', 500, to="source")
    books.pays("=HYPERLINK(1)", 200, confirmed=False)
    with books.desk() as desk:
        coins.give(desk, books.ids["mieke"], "talks", 1)
        coins.give(desk, books.ids["bram"], "newcomer", 2)
        coins.give(desk, books.ids["bram"], "publicity", "krant", pending=True)
        payments.waive(
            desk, ledger.Account("dues_due", books.ids["bram"]), "w", 1000, books.ids["anna"], '@cmd "ziek"'
        )
    books.today = date(2027, 1, 8)
    with books.desk() as desk:
        years.close(desk, 2026, books.ids["anna"])
        payments.of_payout(desk, books.ids["bram"], "out", 1000, books.ids["anna"])
        dues.charge(desk)


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    with opened(database_url) as made:
        a_year(made)
        yield made


# --- Beancount --------------------------------------------------------------------------------------------------


def bean_check(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = folder / "books.beancount"
    path.write_text(text)
    return subprocess.run([BEAN_CHECK, "--no-cache", path], capture_output=True, text=True, check=False)


def exported(books: Books, year: int) -> str:
    with books.desk() as desk:
        return "\n".join(beancount.export(desk.session, desk.collective, year)) + "\n"


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_another_program_agrees_with_our_balances(books: Books, year: int, tmp_path: Path) -> None:
    text = exported(books, year)
    done = bean_check(text, tmp_path)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert ("balance Assets:Bank" in text) == (year >= 2026)


def test_the_other_program_would_notice(books: Books, tmp_path: Path) -> None:
    text = exported(books, 2026)
    wrong = text.replace("Assets:Bank  900.00 EUR", "Assets:Bank  901.00 EUR")
    assert wrong != text
    assert bean_check(wrong, tmp_path).returncode == 1
    wrong = text.replace("900.00 EUR", "901.00 EUR")

    assert bean_check(wrong, tmp_path).returncode == 1  # the two sides agree, the balance does not


def test_what_waits_counts_in_no_balance(books: Books) -> None:
    assert "; 2026-03-02 pending: Assets:Members:M4:Contribution to Assets:Bank, 200.00 EUR" in exported(
        books, 2026
    )


# --- CSV --------------------------------------------------------------------------------------------------------


def rows_of(books: Books, language: str) -> list[dict[str, str]]:
    texts = read("en" if language == "en" else "nl")
    with books.desk() as desk:
        desk.session.get_one(Collective, books.collective_id).language = language
        text = "\n".join(sheet.export(desk.session, desk.collective, 2026))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=texts.separator))


@pytest.mark.parametrize(
    ("language", "amount", "day", "decimal"), [("nl", "bedrag", "datum", ","), ("en", "amount", "date", ".")]
)
def test_a_sheet_holds_every_line(books: Books, language: str, amount: str, day: str, decimal: str) -> None:
    rows = rows_of(books, language)
    with books.desk() as desk:
        entries = list(ledger.of_year(desk.session, 2026))
    cents = [int(each[amount].replace(decimal, "")) for each in rows]

    assert cents == [each.amount for each in entries]
    assert [each[day] for each in rows] == [each.booked_on.isoformat() for each in entries]


def test_no_cell_is_a_formula(books: Books) -> None:
    rows = rows_of(books, "nl")

    assert {"'=HYPERLINK(1)", '\'@cmd "ziek"'} <= {cell for row in rows for cell in row.values()}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(sheet.BEGINS_A_FORMULA)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Sanne", "Sanne"),
        ("1.000,00", "1.000,00"),
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t=1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("a=1", "a=1"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert sheet.safe(text) == shown


# --- PDF --------------------------------------------------------------------------------------------------------


def text_of(page: bytes) -> str:
    text = "\n".join(each.extract_text() for each in PdfReader(BytesIO(page)).pages)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Jaaroverzicht 2026", "€ 1.950,08", "Omzet per maand", "Pagina 1 van 1", "7.500,00", "Sanne")),
        ("en", ("Statement for 2026", "€1,950.08", "Turnover by month", "Page 1 of 1", "7,500.00", "Sanne")),
    ],
)  # fmt: skip
def test_a_members_statement(books: Books, language: str, words: tuple[str, ...]) -> None:
    with books.desk() as desk:
        member = desk.member(books.ids["sanne"])
        member.language = language
        found = figures.statement(desk, member, 2026)
    page = pdf.statement(found)
    text = text_of(page)

    assert found.contribution == euros(1_950.08)
    assert (found.paid, found.payout, found.months[2]) == (euros(1_400), 0, euros(13_000.55))
    assert [word for word in words if word not in text] == []
    assert 'Projectleider "Zuid" \\ <b>&' in text
    assert pdf.statement(found) == page


def test_what_was_taken_back_has_a_minus(books: Books) -> None:
    """Turnover of 14,400 became 13,000.55: the correction goes the other way, for who owes and for the source."""
    with books.desk() as desk:
        lines = {
            name: {(each.cause, each.account, each.amount) for each in statement.lines if each.amount < 0}
            for name in ("sanne", "mieke", "bram")
            for statement in [figures.statement(desk, desk.member(books.ids[name]), 2026)]
        }

    assert {account for _, account, _ in lines["sanne"]} == {"contribution_due", "source_due"}
    assert lines["mieke"] == {("correction", "source_share", -104_96)}
    assert lines["bram"] == {("correction", "dues_due", -10_00)}  # waived


def test_a_statement_tells_of_nobody_else(books: Books) -> None:
    with books.desk() as desk:
        text = text_of(pdf.statement(figures.statement(desk, desk.member(books.ids["sanne"]), 2026)))

    assert "Bram" not in text
    assert "HYPERLINK" not in text


def test_the_source_of_two_jobs(books: Books) -> None:
    with books.desk() as desk:
        found = figures.statement(desk, desk.member(books.ids["mieke"]), 2026)

    assert found.from_leads == euros(975.04) + euros(600)
    assert found.payout == euros(150)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Overzicht penningmeester 2026", "€ 450,00", "Waarde per coin", "Mieke", "is afgesloten op")),
        ("en", ("Treasurer's overview 2026", "€450.00", "Value of a coin", "Mieke", "was closed on")),
    ],
)
def test_the_treasurers_overview(books: Books, language: str, words: tuple[str, ...]) -> None:
    with books.desk() as desk:
        desk.session.get_one(Collective, books.collective_id).language = language
        found = figures.overview(desk, 2026)
        text = text_of(pdf.overview(found))

    assert found.received[2] == (euros(900), 0)
    assert (found.pot, found.coins, found.waiting) == (euros(450), 3, euros(200))
    assert [word for word in words if word not in text] == []


def test_an_empty_year(database_url: str) -> None:
    with opened(database_url, "łukasz wąsik") as books, books.desk() as desk:
        (member,) = [desk.member(each) for each in books.ids.values()]
        text = text_of(pdf.statement(figures.statement(desk, member, 2026)))
        text += text_of(pdf.overview(figures.overview(desk, 2026)))

    assert "Je had dit jaar geen opdrachten" in text
    assert "Łukasz Wasik" in text  # the font lacks an ą
    assert "2026 is nog niet afgesloten" in text


def test_many_pages(database_url: str) -> None:
    with opened(database_url) as books:
        books.wins("sanne")
        books.picks("werk", 10_000)
        for number in range(60):
            books.reports("werk", 1_000 + number * 10, "2026-03")
        with books.desk() as desk:
            page = pdf.statement(figures.statement(desk, desk.member(books.ids["sanne"]), 2026))

    pages = PdfReader(BytesIO(page)).pages
    assert len(pages) == 4
    assert all(
        f"Pagina {number} van 4" in each.extract_text() and "Bedrag" in each.extract_text()
        for number, each in enumerate(pages, 1)
    )


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: Language) -> None:
    texts, dutch = read(language), read("nl")

    assert set(texts.causes) == set(texts.lines) == set(get_args(ledger.Cause))
    assert set(texts.states) == set(get_args(ledger.State))
    assert set(texts.accounts) == {*ledger.OWN_KINDS, *ledger.MEMBER_KINDS} == set(beancount.NAMES)
    assert (texts.columns.keys(), texts.words.keys()) == (dutch.columns.keys(), dutch.words.keys())


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (3, 1), (18_000, 5_000), (1_400, 500), (99, 20), (1_000_000, 200_000)]
)
def test_lines_of_a_chart(highest: float, step: int) -> None:
    assert pdf._step(highest) == step
