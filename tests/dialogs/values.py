"""Any value at all of what the manners work with, for tests that must hold for all of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from dialogs import Choice, Conversation, Said, Situation
from dialogs.commands import ALL, Command
from dialogs.conversation import Awaiting, Draft
from dialogs.shortcuts import SHORTCUTS
from nlu.meaning import Availability, Lead, Meaning, Problem, Profile, Rate, Reading

TEXTS = st.text(max_size=12)
AMOUNTS = st.floats(0, 80, allow_nan=False)
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))
for each, strategy in (
    (date, DAYS),
    (str, TEXTS),
    (float, AMOUNTS),
    (int, st.integers(0, 2**31)),
):
    st.register_type_strategy(each, strategy)

INTENTS = (
    *[
        "share_lead",
        "set_availability",
        "update_profile",
        "show_interest",
        "decline",
        "ask_leads",
        "lead_status",
        "ask_why",
    ],
    *[
        "vouch",
        "tip_member",
        "talk_to_human",
        "pause",
        "resume",
        "leave",
        "how_it_works",
        "undo",
        "switch_collective",
        "cancel",
    ],
    *["greeting", "thanks", "confirm", "deny", "unknown", "report_win", "propose_event", "offer_help"],
)
LEADS = st.builds(
    Lead,
    roles=st.sampled_from([(), ("tester",)]),
    place=st.sampled_from([None, "Utrecht"]),
    start=st.none() | DAYS,
    asap=st.booleans(),
    stage=st.sampled_from([None, "rumour", "open"]),
    rate=st.none() | st.builds(Rate),
)
PROFILES = st.builds(
    Profile, roles=st.sampled_from([(), ("tester",)]), place=st.sampled_from([None, "Utrecht"])
)
AVAILABILITIES = st.builds(
    Availability, status=st.sampled_from([None, "free", "full"]), start=st.none() | DAYS
)
CONVERSATIONS = st.builds(Conversation, version=st.just(1))
NAMED: Mapping[str, Any] = {"intent": st.sampled_from(INTENTS)}
SITUATIONS = st.builds(
    Situation,
    joining=st.booleans(),
    choices=st.lists(
        st.builds(Choice, lead_id=st.just(1), name=st.sampled_from(["Sanne Vos", "Kees"])), max_size=2
    ).map(tuple),
)


@st.composite
def meanings(draw: st.DrawFn) -> Meaning:
    """Anything the ears may come up with."""
    return Meaning(
        language=draw(st.sampled_from(["nl", "en"])),
        intent=draw(st.sampled_from(INTENTS)),
        confidence=0.5,
        confident=draw(st.booleans()),
        alternatives=draw(st.lists(st.builds(Reading, **NAMED), max_size=3).map(tuple)),
        lead=draw(st.none() | LEADS),
        availability=draw(st.none() | AVAILABILITIES),
        profile=draw(st.none() | PROFILES),
        people=draw(st.sampled_from([(), ("Noor",), ("Noor", "Kees")])),
        skipped=draw(st.booleans()),
        correction=draw(st.booleans()),
        problems=draw(st.lists(st.builds(Problem), max_size=2).map(tuple)),
    )


def said(number: int, draw: st.DrawFn) -> Said:
    """A message whose first word is its own, so that a talk can be followed."""
    rest = draw(st.sampled_from(["", "ja", "kies Sanne", "een langere zin over iets anders dan werk"]))
    shortcut = draw(st.sampled_from(["", "", "", *SHORTCUTS, "/niets"]))
    return Said(
        f"{shortcut or f'm{number}'} {rest}",
        forwarded_from=draw(st.sampled_from([None, None, None, "", "Recruiter"])),
        message_id=draw(st.sampled_from([None, "1", "2"])),
        edited=draw(st.sampled_from([False, False, False, True])),
    )


def command_of(each: type[Command]) -> st.SearchStrategy[Command]:
    """Any command of this kind, its fields filled by their types."""
    fields = msgspec.structs.fields(each)
    return st.fixed_dictionaries({field.name: st.from_type(field.type) for field in fields}).map(
        lambda values: each(**values)
    )


COMMANDS = st.sampled_from(ALL).flatmap(command_of)
DRAFTS = st.builds(Draft)
AWAITING = st.builds(Awaiting)
