"""Corrections: with a member's consent, what was read wrongly is kept to learn from, without names and numbers."""

from assistant.desk import Desk
from assistant.notices import CorrectionsAnswered, CorrectionsAsked, Notice
from db import corrections
from db.corrections import Correction
from db.members import Member
from dialogs.commands import KeepCorrection


def keep(desk: Desk, member: Member, command: KeepCorrection) -> list[Notice]:
    """Keep a corrected message where the collective and the member allow it; the first time, ask the member."""
    if not desk.policy.keeps_corrections or member.shares_corrections is False:
        return []
    if member.shares_corrections is None:
        return [CorrectionsAsked(member.id)]
    row = Correction(
        member_id=member.id, at=desk.now, language=command.language, intent=command.intent, text=command.text
    )
    desk.session.add(row)
    return []


def answer(desk: Desk, member: Member, *, allowed: bool) -> list[Notice]:
    """From the next correction on they are kept, or not; after a no nothing of before is left either."""
    member.shares_corrections = allowed
    if not allowed:
        corrections.forget(desk.session, member.id)
    return [CorrectionsAnswered(member.id, allowed)]


def erase(desk: Desk, member: Member) -> None:
    """Whoever leaves leaves nothing behind here."""
    member.shares_corrections = None
    corrections.forget(desk.session, member.id)
