"""The books as a Beancount file, which any plain-text accounting tool reads and `bean-check` checks.

Each line that counts is a transaction. The file opens with what stood on the accounts before, and closes with what
we say stands on them: the tool adds it all up by itself and complains where that differs. What waits for a word is
a comment. Format: https://beancount.github.io/docs/beancount_language_syntax.html
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from db import ledger, members
from db.collectives import Collective
from db.ledger import Account, Currency, Entry, Kind
from db.session import Session

NAMES: Mapping[Kind, str] = {
    "bank": "Assets:Bank",
    "contribution_due": "Assets:Members:{member}:Contribution",
    "source_due": "Assets:Members:{member}:Owed-To-Sources",
    "source_share": "Liabilities:Members:{member}:From-Leads",
    "dues_due": "Assets:Members:{member}:Dues",
    "payout_due": "Liabilities:Members:{member}:Pot",
    "coins": "Assets:Members:{member}:Coins",
    "contributions": "Income:Contributions",
    "dues": "Income:Dues",
    "shared": "Expenses:Shared-With-Members",
    "waived": "Expenses:Waived",
    "pot": "Equity:Pot",
    "coins_issued": "Equity:Coins",
}


def export(session: Session, collective: Collective, year: int) -> Iterator[str]:
    """The lines of a Beancount file with one year of the books."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    before, after = ledger.totals(session, first - timedelta(days=1)), ledger.totals(session, last)
    entries = list(ledger.of_year(session, year))
    names = {each.id: each.name for each in members.everyone(session)}
    used = {*before, *after, *(side for each in entries for side in (each.to_account, each.from_account))}
    yield f'option "title" {_quoted(f"{collective.name} {year}")}'
    yield 'option "operating_currency" "EUR"'
    yield ""
    for currency in ("EUR", "COIN"):
        yield f"{first} commodity {currency}"
    yield ""
    for account in sorted(used, key=name_of):
        yield f"{first} open {name_of(account)} {account.currency}"
        if account.member_id is not None:
            yield f"  member: {_quoted(names[account.member_id])}"
    yield from _opening(before, first)
    for entry in sorted(entries, key=lambda each: (each.booked_on, each.id)):
        yield ""
        yield from _transaction(entry)
    yield ""
    for account in sorted(used, key=name_of):
        stands = _amount(after.get(account, 0), account.currency)
        yield f"{last + timedelta(days=1)} balance {name_of(account)} {stands}"


def name_of(account: Account) -> str:
    """The account as Beancount spells it; a member is a number, the name stands beside it."""
    return NAMES[account.kind].format(member=f"M{account.member_id}")


def _opening(before: Mapping[Account, int], first: date) -> Iterator[str]:
    """What stood there before; all of it together is zero, so it needs no other side."""
    if before:
        yield ""
        yield f'{first} * "Opening balances"'
        for account, amount in before.items():
            yield f"  {name_of(account)}  {_amount(amount, account.currency)}"


def _transaction(entry: Entry) -> Iterator[str]:
    to, out = entry.to_account, entry.from_account
    if entry.state in ("pending", "voided"):
        amount = _amount(entry.amount, to.currency)
        yield f"; {entry.booked_on} {entry.state}: {name_of(out)} to {name_of(to)}, {amount} (line {entry.id})"
        return
    yield f"{entry.booked_on} * {_quoted(entry.cause)}"
    yield f"  line: {entry.id}"
    yield f"  key: {_quoted(entry.key)}"
    if entry.deal_id is not None:
        yield f'  deal: "{entry.deal_id}"'
    if entry.why is not None:
        yield f"  why: {_quoted(entry.why)}"
    yield f"  {name_of(to)}  {_amount(entry.amount, to.currency)}"
    yield f"  {name_of(out)}  {_amount(-entry.amount, out.currency)}"


def _amount(amount: int, currency: Currency) -> str:
    if currency == "COIN":
        return f"{amount} COIN"
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02} EUR"


def _quoted(text: str) -> str:
    r"""A string of the format: one line, with \ and " escaped."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
