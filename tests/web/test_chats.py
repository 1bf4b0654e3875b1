"""A chat is built from what was said and what was delivered; a restart and an open page show the same."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.web import chats
from assistant.channels.web.chats import Chat, Said, Told
from assistant.messages import Action, Card, Delivery, Incoming
from db.inbox import Heard
from db.outbox import Message

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def said(number: int, text: str = "hoi", forwarded_from: str | None = None) -> Said:
    return Said(
        number, Incoming("web", "mieke", f"e{number}", text=text, forwarded_from=forwarded_from), START
    )


def pressed(number: int, token: str) -> Said:
    return Said(number, Incoming("web", "mieke", f"e{number}", kind="press", token=token), START)


def told(number: int, text: str, *labels: str, edits: int | None = None) -> Told:
    card = Card(text, tuple(Action(label, f"{number}-{label}") for label in labels))
    return Told(Delivery(number, "mieke", card, None if edits is None else str(edits), START), START)


def shown(chat: Chat) -> list[str]:
    """Each message on a line, as the page would have it: who, text, buttons with + (pressed) or - (stale)."""
    marks = {"open": "", "pressed": "+", "stale": "-"}
    return [
        " ".join(
            [
                ">" if bubble.mine else "<",
                *(["(edited)"] if bubble.edited else []),
                *([f"({bubble.forwarded_from})"] if bubble.forwarded_from is not None else []),
                bubble.text,
                *(f"[{marks[button.state]}{button.label}]" for button in bubble.buttons),
            ]
        )
        for bubble in chat
    ]


@pytest.mark.parametrize(
    ("events", "lines"),
    [
        ([], []),
        ([said(1, "hoi")], ["> hoi"]),
        ([said(1, "hoi"), told(1, "Dag!")], ["> hoi", "< Dag!"]),
        ([said(1, "een klus", "Recruiter X")], ["> (Recruiter X) een klus"]),
        ([said(1, "een klus", "")], ["> () een klus"]),
        ([told(1, "Klopt dit?", "Klopt", "Aanpassen")], ["< Klopt dit? [Klopt] [Aanpassen]"]),
        (
            [told(1, "Klopt dit?", "Klopt", "Aanpassen"), pressed(1, "1-Klopt")],
            ["< Klopt dit? [+Klopt] [Aanpassen]", "> Klopt"],
        ),
        (
            [
                told(1, "Klopt dit?", "Klopt", "Aanpassen"),
                pressed(1, "1-Klopt"),
                told(2, "Klopt dit?", edits=1),
            ],
            ["< Klopt dit? [+Klopt] [-Aanpassen]", "> Klopt"],
        ),
        (
            [told(1, "Ja?", "Ja", "Nee"), pressed(1, "1-Ja"), told(2, "Ja?\n\n✓ Ja", edits=1)],
            ["< Ja? [+Ja] [-Nee]", "> Ja"],
        ),
        ([told(1, "Eerst", "A"), told(2, "Nu", "B", edits=1)], ["< (edited) Nu [B]"]),
        ([told(1, "Eerst"), told(2, "Dan", edits=1), told(3, "Nu", edits=1)], ["< (edited) Nu"]),
        ([told(5, "Van een bericht dat weg is", edits=4)], ["< Van een bericht dat weg is"]),
        ([pressed(1, "unknown")], ["> …"]),
    ],
)
def test_what_a_chat_shows(events: list[Said | Told], lines: list[str]) -> None:
    chat: Chat = ()
    for event in events:
        chat = chats.after(chat, event)
    assert shown(chat) == lines


LABELS = ("Klopt", "Aanpassen")
steps = st.lists(st.tuples(st.sampled_from(["say", "press", "tell", "edit"]), st.integers(0, 5)), max_size=14)


@given(steps)
def test_a_restart_shows_what_an_open_page_shows(steps: list[tuple[str, int]]) -> None:
    """Whatever happens: the chat that grew event by event is the one that is read back from the rows."""
    live: Chat = ()
    heard: list[Heard] = []
    messages: list[Message] = []
    for number, (kind, pick) in enumerate(steps, start=1):
        at = START + timedelta(seconds=number)
        earlier = [message for message in messages if message.edits_id is None]
        if kind in ("say", "press"):
            row = heard_row(number, at, None if kind == "say" else f"{pick}-Klopt")
            heard.append(row)
            live = chats.after(live, Said(number, msgspec.convert(row.payload, Incoming), at))
        else:
            edits = earlier[pick % len(earlier)].id if kind == "edit" and earlier else None
            message = message_row(number, at, edits)
            messages.append(message)
            card = msgspec.convert(message.card, Card)
            live = chats.after(
                live, Told(Delivery(number, "mieke", card, None if edits is None else str(edits), at), at)
            )
    assert chats.of_rows(heard, messages) == live


@given(steps)
def test_the_same_event_twice_changes_nothing(steps: list[tuple[str, int]]) -> None:
    chat: Chat = ()
    for number, (kind, pick) in enumerate(steps, start=1):
        happens: dict[str, Said | Told] = {
            "say": said(number),
            "press": pressed(number, f"{pick}-Klopt"),
            "tell": told(number, "Kaart", *LABELS),
            "edit": told(number, "Kaart", edits=pick),
        }
        once = chats.after(chat, happens[kind])
        assert chats.after(once, happens[kind]) == once
        chat = once


def heard_row(number: int, at: datetime, token: str | None) -> Heard:
    incoming = Incoming(
        "web",
        "mieke",
        f"e{number}",
        "text" if token is None else "press",
        text=f"tekst {number}",
        token=token,
    )
    return Heard(id=number, payload=msgspec.to_builtins(incoming), received_at=at)


def message_row(number: int, at: datetime, edits: int | None) -> Message:
    buttons = () if edits else tuple(Action(label, f"{number}-{label}") for label in LABELS)
    card = msgspec.to_builtins(Card(f"kaart {number}", buttons))
    return Message(id=number, card=card, created_at=at, sent_at=at, edits_id=edits)
