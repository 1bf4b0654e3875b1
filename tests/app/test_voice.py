"""What one turn says: a message for each card, and one for several where each costs and they fit together."""

import pytest
from sqlalchemy import select

from assistant.notices import HERE, Notice, RoleKnown, RoleSet
from assistant.voice import Voice
from db.accounts import Account
from db.outbox import Button, Message
from db.session import transaction
from tests.app.stage import NOW, ZONE, Stage

PLAIN: Notice = RoleKnown(HERE, "intake", "Kim", has=True)
LONG: Notice = RoleKnown(HERE, "intake", "K" * 1000, has=True)
CHOICE: Notice = RoleSet(HERE, "coordinator", "Kim", has=False, change_id=1)
P, L, C = "Kim doet de intake al.", f"{'K' * 1000} doet de intake al.", "Kim is geen coördinator meer."


@pytest.mark.parametrize(
    ("channel", "notices", "messages"),
    [
        ("telegram", [PLAIN, PLAIN], [(P, 0), (P, 0)]),
        ("whatsapp", [PLAIN], [(P, 0)]),
        ("whatsapp", [PLAIN, PLAIN, PLAIN], [(f"{P}\n\n{P}\n\n{P}", 0)]),
        ("whatsapp", [PLAIN, CHOICE], [(f"{P}\n\n{C}", 1)]),
        ("whatsapp", [CHOICE, PLAIN], [(C, 1), (P, 0)]),
        ("whatsapp", [CHOICE, PLAIN, CHOICE], [(C, 1), (f"{P}\n\n{C}", 1)]),
        ("whatsapp", [LONG, CHOICE], [(L, 0), (C, 1)]),
        ("whatsapp", [LONG] * 5, [(f"{L}\n\n{L}\n\n{L}\n\n{L}", 0), (L, 0)]),
    ],
)
def test_cards_of_one_turn(
    stage: Stage, channel: str, notices: list[Notice], messages: list[tuple[str, int]]
) -> None:
    with transaction(stage.app.engine) as session:
        account = Account(channel=channel, external_id="kim", display_name="Kim")
        session.add(account)
        session.flush()
        Voice(session, "test", NOW, ZONE, "nl", account).owe(notices)
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        under = [button.message_id for button in session.scalars(select(Button))]

        assert [(row.card["text"].strip(), under.count(row.id)) for row in rows] == messages
