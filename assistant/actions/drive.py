"""Drive: what gives a member energy, in their own words (mission row E7).

Asked and never inferred, used in no ranking, and shown to who chooses only when the member says so.
"""

from assistant import rights
from assistant.desk import Desk
from assistant.notices import (
    DriveAsked,
    DriveAsking,
    DriveForgotten,
    DriveKept,
    DriveShared,
    DriveTold,
    DriveWordsAsked,
    Notice,
)
from assistant.running import candidates_ready
from db import offers, prompts, questions
from db.leads import Lead
from db.members import Member
from db.offers import Offer
from dialogs.commands import SetDrive, ShareDrive

KIND = "drive"  # of the prompt, so that nobody is asked twice for one lead
MOST = 300  # characters


def ask(desk: Desk, member: Member) -> list[Notice]:
    """Who chooses has those who said yes asked; anybody else sees what is kept of themself."""
    waiting = [*offers.yes_to_leads_of(desk.session, member.id)]
    if rights.may(desk, member, "choose"):
        waiting += offers.yes_for_coordinators(desk.session)
    if not waiting:
        return [DriveTold(member.id, member.drive, member.shows_drive)]
    asked = [told for offer in waiting for told in _ask(desk, offer)]
    return [DriveAsking(member.id, len(asked)), *asked]


def _ask(desk: Desk, offer: Offer) -> list[Notice]:
    candidate = desk.member(offer.member_id)
    was_asked = prompts.of_member(desk.session, candidate.id, KIND, offer.lead_id) is not None
    if was_asked or candidate.shows_drive:
        return []
    prompts.note_asked(desk.session, candidate.id, KIND, offer.lead_id, desk.now)
    title = questions.get_one(desk.session, Lead, offer.lead_id).title
    return [DriveAsked(candidate.id, title, candidate.drive)]


def ask_words(_desk: Desk, member: Member) -> list[Notice]:
    """What they type next is it."""
    return [DriveWordsAsked(member.id)]


def tell(_desk: Desk, member: Member, command: SetDrive) -> list[Notice]:
    """Kept as it was said, for nobody else until they say so."""
    words = command.words.strip()[:MOST]
    member.drive, member.shows_drive = words or None, False
    return [DriveKept(member.id, words)] if words else [DriveForgotten(member.id)]


def share(desk: Desk, member: Member, command: ShareDrive) -> list[Notice]:
    """From now on who chooses sees it, or nobody does; who has a yes before them sees it at once."""
    if member.drive is None:
        return [DriveTold(member.id, None)]
    is_new, member.shows_drive = command.shown and not member.shows_drive, command.shown
    told: list[Notice] = [DriveShared(member.id, command.shown)]
    if is_new:
        desk.session.flush()
        for offer in offers.to_member(desk.session, member.id, "yes"):
            told += candidates_ready(desk, questions.get_one(desk.session, Lead, offer.lead_id))
    return told
