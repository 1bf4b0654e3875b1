"""Who is meant by the name of somebody who paid: a member, or a guest or former one with money open."""

from assistant import erasing
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import TipImpossible
from db import members
from db.members import Member


def payer_named(desk: Desk, teller: Member, name: str) -> Member:
    """The one of this name. Raises RefusedError, towards who tells it, when that is nobody or several."""
    found = list(members.named(desk.session, name))
    if not found:
        others = (*members.left_named(desk.session, name), *members.guests_named(desk.session, name))
        found = [each for each in others if erasing.owes(desk, each)]
    if len(found) != 1:
        raise RefusedError(TipImpossible(teller.id, name, "several" if found else "unknown"))
    return found[0]
