"""Where a talk with one member stands, as a value that can sleep in the database."""

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from dialogs.commands import Command, TellDeal, TellTurnover
from nlu.meaning import Availability, Lead, Problem, Profile

VERSION = 1  # a stored talk of another version is dropped: the member simply starts afresh


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form being filled in. `asking` is the question that is open; without one the read-back waits for a yes.

    `asked` are the fields that were asked before: none is asked twice. `text` is the member's own message,
    kept only until the draft is confirmed or dropped. `also` are the periods said after the first. A lead that
    came with others in one message is the `nth` of `of`; while it is `queued` it was not shown yet.
    """

    number: int
    form: Literal["lead", "profile"]
    lead: Lead = Lead()
    profile: Profile = Profile()
    availability: Availability | None = None
    also: tuple[Availability, ...] = ()
    text: str = ""
    forwarded_from: str | None = None
    message_id: str | None = None
    tips: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  # statements that cannot be so, not yet mended or shown
    asked: tuple[str, ...] = ()
    asking: str | None = None
    nth: int = 0
    of: int = 0
    queued: bool = False
    inquiry_id: int | None = None  # it came from a client, at the collective's own door
    idea: str | None = None  # it is no work yet: what others are sought for
    reminded: int = 0  # how often it was recalled after something else


class Awaiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """One short answer we asked for outside a form: whom to tip, why to vouch, what to tell the coordinator.

    `availability`, `deal` and `turnover` are what was said already, when only a part of it has to be said anew.
    """

    kind: Literal[
        "tip",
        "vouch",
        "human",
        "availability",
        "profile",
        "follow",
        "deal",
        "cap",
        "extend",
        "tier",
        "drive",
        "turnover",
        "evaluation",
        "leave",
    ]
    subject_id: int | None = None
    name: str | None = None
    availability: Availability | None = None
    deal: TellDeal | None = None
    turnover: TellTurnover | None = None


class Conversation(msgspec.Struct, frozen=True, omit_defaults=True):
    """The open form, those put aside for it, the short answer awaited, and what was last talked about.

    `puzzle` is the message for which two readings were offered. `topic` lets "maak er 4 van" find what it changes.
    """

    version: int = VERSION
    draft: Draft | None = None
    parked: tuple[Draft, ...] = ()
    next_number: int = 1
    awaiting: Awaiting | None = None
    puzzle: str | None = None
    topic: Literal["availability", "profile", "lead"] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message as `dialogs` needs it, beside its Meaning."""

    text: str
    forwarded_from: str | None = None
    message_id: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A member who said yes to a lead of the writer, and may be chosen."""

    lead_id: int
    member_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What the database knows that a decision needs. `agreed`: the writer accepted what is stored about them.

    `may_invite`: without a reason. `room_asked`: the question how much room they have was put to them lately, and
    waits for an answer; `availability_asked`: the question whether their availability still holds was;
    `turnover_asked`: what they earned. `working`: they have a job that was won here; `deal_asked`: of one of those
    what was agreed is not known yet. `evaluation`: the evaluation (its id) of which this question
    (1 to 3) was asked. `returned`: it is a while since the talk last went on.
    """

    agreed: bool = True
    joining: bool = False
    may_invite: bool = False
    offered: bool = False
    choices: tuple[Choice, ...] = ()
    room_asked: bool = False
    availability_asked: bool = False
    turnover_asked: bool = False
    working: bool = False
    deal_asked: bool = False
    evaluation: tuple[int, int] | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now, in order, and where that leaves the talk."""

    commands: tuple[Command, ...]
    talk: Conversation


def to_json(talk: Conversation) -> dict[str, Any]:
    """Plain JSON for the database."""
    plain: dict[str, Any] = msgspec.to_builtins(talk)
    return plain


def from_json(plain: dict[str, Any]) -> Conversation:
    """The talk again. An empty, older or unreadable one is a fresh talk: better to ask again than to guess."""
    try:
        talk = msgspec.convert(plain, Conversation)
    except msgspec.ValidationError:
        return Conversation()
    return talk if talk.version == VERSION else Conversation()
