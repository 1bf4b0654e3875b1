"""The talk itself: what is asked, read back and answered without anything being kept."""

from typing import Literal

from dialogs.commands.base import Command, JoinCommand, TalkCommand
from nlu.meaning import Availability, Form, Lead, Problem, Profile


class Ask(TalkCommand, frozen=True):
    """Nothing to do yet: ask for one missing field. `again` when the first answer was not understood.

    `back` when something else came in between: then the question says what it is about. `nth` of `of`: the lead is
    one of several in a message.
    """

    form: Form
    field: str
    draft: int
    again: bool = False
    problem: Problem | None = None
    back: bool = False
    nth: int = 0
    of: int = 0


class ShowLead(TalkCommand, frozen=True):
    """Read a lead back, to be confirmed or corrected. `nth` of `of`: it is one of several in a message."""

    draft: int
    lead: Lead
    tips: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ruled_out: tuple[str, ...] = ()
    nth: int = 0
    of: int = 0


class ShowProfile(TalkCommand, frozen=True):
    """Read a profile back, to be confirmed or corrected."""

    draft: int
    profile: Profile
    availability: Availability | None = None
    problems: tuple[Problem, ...] = ()
    also: tuple[Availability, ...] = ()


class AskWhatIsWrong(TalkCommand, frozen=True):
    """The read-back was not right: ask what should be different."""

    form: Form


class Resume(Command, frozen=True):
    """Messages on again after a pause."""


class Cancelled(TalkCommand, frozen=True):
    """What was under way is dropped; nothing was stored.

    `form` None: nothing was under way but perhaps a single `question` of ours.
    """

    form: Form | None = None
    question: bool = False


class Speak(TalkCommand, frozen=True):
    """The talk goes on in the language that was asked for."""


class StillAsked(TalkCommand, frozen=True):
    """The question that was put before is still open; `kind` as `Awaiting` names it."""

    kind: str


class Unclear(TalkCommand, frozen=True):
    """We are not sure what was meant: say so, and offer the likeliest readings."""

    readings: tuple[str, ...] = ()


class Stale(TalkCommand, frozen=True):
    """A button of something that is no longer under way."""


class Pleasantry(TalkCommand, frozen=True):
    """A greeting, thanks, a yes or a no to nothing in particular: a brief answer.

    "unasked" is a no that no question drew.
    """

    kind: Literal["greeting", "thanks", "confirm", "deny", "unasked", "pity", "stay", "wait"]


class NotYet(JoinCommand, frozen=True):
    """A wish we understand but cannot fulfil yet: say so, and remember that it was asked."""

    intent: str


class Unreadable(TalkCommand, frozen=True):
    """A voice message, sticker, photo without words, or a file we cannot read."""

    media: str


class TooLong(TalkCommand, frozen=True):
    """More text than we read at once (`limit` characters)."""

    limit: int


class Impossible(TalkCommand, frozen=True):
    """A statement that cannot be so (31 February): say what, and ask again."""

    problems: tuple[Problem, ...]


class Remind(TalkCommand, frozen=True):
    """Back to the read-back that still waits for an answer, after something else came in between."""

    draft: int
    form: Form


class EditIgnored(TalkCommand, frozen=True):
    """A message sent before was edited on the platform, and what it led to is already done."""


class KeepPrivate(TalkCommand, frozen=True):
    """What others charge, or who of them is free: told to nobody. To agree on rates or clients: refused."""

    kind: Literal["rates", "free", "agree"]


class UnknownShortcut(TalkCommand, frozen=True):
    """A slash command that does not exist."""


class IntroduceFirst(TalkCommand, frozen=True):
    """A newcomer forwards a lead or invites somebody before having introduced themself: that comes after."""


class Help(TalkCommand, frozen=True):
    """What Seintje can do, and how it works."""


class AskStop(TalkCommand, frozen=True):
    """ "stop" can mean several things: ask which one. `why` is the reason that was given along with it."""

    why: str | None = None
