"""Linking: one person on several apps, and on which of them they hear from us (mission row B19)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from assistant.codes import hash_of, link_to, new_code
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    HERE,
    AccountLinked,
    LinkCode,
    LinkedElsewhere,
    LinkInvalid,
    Notice,
    PrefersHere,
)
from db import links, members, opt_ins
from db.accounts import Account
from db.links import Link
from db.members import Member

MINUTES = 15  # the other app is at hand, and a code that lies about for longer may be found
OWN: Mapping[str, str] = {
    "telegram": "bot_name",
    "whatsapp": "number",
}  # of each app, where we are found there


def ask(desk: Desk, member: Member, account: Account) -> list[Notice]:
    """A code to send from the other app. Random and kept as a hash only: nobody can make one, or read it here."""
    code = new_code()
    desk.session.add(
        Link(
            code_hash=hash_of(code),
            account_id=account.id,
            collective_id=desk.collective.id,
            expires_at=desk.now + timedelta(minutes=MINUTES),
        )
    )
    other = replace(desk.apps, **{OWN[account.channel]: None}) if account.channel in OWN else desk.apps
    return [LinkCode(member.id, code, MINUTES, link_to(other, code))]


def link(desk: Desk, account: Account, code: str) -> list[Notice]:
    """The code arrives from the other app: from now on that is the same person. Messages stay where they came.

    Raises RefusedError for a code that is used or too old, and for an account that is somebody already.
    """
    row = links.with_code(desk.session, hash_of(code))
    if row is None or row.used_at is not None or row.expires_at < desk.now:
        raise RefusedError(LinkInvalid(HERE))
    first = desk.session.get_one(Account, row.account_id)
    if first.person_id is None or account.person_id == first.person_id:
        raise RefusedError(LinkInvalid(HERE))
    if account.person_id is not None and members.was_anywhere(desk.session, account.person_id):
        raise RefusedError(LinkedElsewhere(HERE))
    row.used_at = desk.now
    account.person_id, account.collective_id = first.person_id, row.collective_id
    first.preferred_at = first.preferred_at or desk.now
    opt_ins.record(desk.session, account.id, "linked", desk.now, given=True)
    return [AccountLinked(HERE, desk.collective.name)]


def prefer(desk: Desk, member: Member, account: Account) -> list[Notice]:
    """What we write of ourselves comes here from now on; an answer comes where the question was."""
    account.preferred_at = desk.now
    return [PrefersHere(member.id)]
