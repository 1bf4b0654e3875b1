"""Guests: who brought work to an allied collective may also say in words whom they choose there (mission row C5).

They talk with their own collective, where nobody of that name said yes; so it is looked up before one is opened.
"""

from dataclasses import dataclass

from db import allies, conversations
from db.accounts import Account
from db.session import Session
from dialogs import Choice, may_choose, named_in, only_chooses
from dialogs import commands as do
from dialogs.conversation import from_json


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was said to be done in an allied collective."""

    collective_id: int
    command: do.Command


def choosing(session: Session, account: Account, text: str) -> Elsewhere | None:
    """ "Kies Sanne", when Sanne said yes in a collective the writer is a guest of; None: it is for their own.

    Several of that name, wherever they are, are shown: an introduction is not made on a guess. A name can also be the
    answer to something we asked, and then it is that.
    """
    if account.person_id is None or not may_choose(text):
        return None
    yeses = allies.yes_to(session, account.person_id)
    if not any(each.to_guest for each in yeses):
        return None
    named = named_in(text, [Choice(each.lead_id, each.member_id, each.name) for each in yeses])
    there = [each for each in yeses if each.to_guest and any(_is(each, one) for one in named)]
    if (
        not there
        or not any(only_chooses(text, one) for one in named)
        or _is_asked(session, account.person_id)
    ):
        return None
    first = there[0]
    only = do.Choose(first.lead_id, first.member_id)
    return Elsewhere(first.collective_id, only if len(named) == 1 else do.ShowCandidates())


def _is(yes: allies.Yes, choice: Choice) -> bool:
    return (yes.lead_id, yes.member_id) == (choice.lead_id, choice.member_id)


def _is_asked(session: Session, person_id: int) -> bool:
    """Whether a question of ours waits for their answer."""
    talks = [from_json(each) for each in conversations.elsewhere(session, person_id)]
    return any(each.awaiting is not None or (each.draft and each.draft.asking) for each in talks)
