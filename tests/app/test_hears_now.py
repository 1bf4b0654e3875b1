"""Who shared a lead is told how many hear of it now: not who cannot be written to until they write again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import opt_ins
from db.accounts import Account
from db.session import transaction
from dialogs import commands as do
from nlu.meaning import Lead
from tests.app.stage import Stage

NOBODY = "ken ik één collega die past. Die hoort het zodra ik diegene kan bereiken"
ONE, TWO = "ken ik één collega die past. Die hoort het nu", "De eerste hoort het nu"
ALL = "ken ik 2 collega's die passen, en die horen het nu"


def last_wrote(stage: Stage, who: str, days: int, *, agreed: bool, blocked: bool = False) -> None:
    """They write on a platform that minds when that was; `agreed`: they may be written to first."""
    with transaction(stage.app.engine) as session:
        account = session.scalars(select(Account).where(Account.external_id == who)).one()
        account.heard_at, account.blocked = stage.now - timedelta(days=days), blocked
        opt_ins.record(session, account.id, "platform", stage.now, given=agreed)


@pytest.mark.parametrize(
    ("members", "days", "agreed", "blocked", "told"),
    [
        (["kees"], 2, True, False, ONE),
        (["kees"], 2, False, False, NOBODY),
        (["kees"], 0, False, False, ONE),
        (["kees"], 0, True, True, NOBODY),
        (["kees", "bram"], 2, True, False, ALL),
        (["kees", "bram"], 2, False, False, TWO),
    ],
)
def test_only_who_hears_it_now_is_counted(
    members: list[str], days: int, agreed: bool, blocked: bool, told: str, stage: Stage
) -> None:
    stage.found("Noord", "mieke", *members)
    last_wrote(stage, "kees", days, agreed=agreed, blocked=blocked)
    command = do.ShareLead(Lead(roles=("projectleider",)), "een opdracht", is_new=True)
    stage.presses("mieke", stage.button("mieke", command))

    assert any(told in text for who, text in stage.said if who == "mieke")
