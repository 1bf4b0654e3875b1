"""What comes by the calendar for a whole collective: whether it comes now, and when it comes next."""

from assistant.desk import Desk
from assistant.rules import quiet, rounds
from assistant.rules.rounds import RoundKind
from db import rounds as planned


def comes_now(desk: Desk, kind: RoundKind) -> bool:
    """Whether this round comes now; then the next one is planned. In quiet hours it waits for the morning."""
    due = planned.due(desk.session, kind, desk.now)
    if due is None:
        return False
    due.at = quiet.next_open(desk.now, desk.policy.quiet)
    if due.at > desk.now:
        return False
    due.at = rounds.following(kind, desk.now, desk.policy.quiet)
    return True
