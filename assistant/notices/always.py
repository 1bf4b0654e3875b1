"""What can be told at any moment: cancelled, unclear, help, sorry."""

from dataclasses import dataclass
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.notices.books import Euros
from assistant.notices.offers import answers
from assistant.rules.availability import Period
from dialogs import commands as do
from nlu.meaning import Form, Problem


@dataclass(frozen=True)
class CoordinatorOnly(Notice):
    """Only the coordinator can do this, or read it; you can ask them."""

    wish: Literal["change", "read"] = "change"

    @property
    def variant(self) -> str:
        """Something to change, or a report to read."""
        return self.wish


@dataclass(frozen=True)
class Cancelled(Notice):
    """Dropped, nothing was stored. `form` None: nothing was under way but perhaps a `question` of ours."""

    form: Form | None = None
    question: bool = False

    @property
    def variant(self) -> str:
        """Something was dropped, or there was nothing."""
        return "form" if self.form else "question" if self.question else "nothing"


@dataclass(frozen=True)
class Unclear(Notice):
    """I am not sure what you mean; these are the likeliest. Without readings: say it differently, or ask for help."""

    readings: tuple[str, ...]

    @property
    def variant(self) -> str:
        """With or without likely readings."""
        return "readings" if self.readings else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Labels are `reading.INTENT`."""
        return tuple(Choice(f"reading.{intent}", do.ReadAs(intent)) for intent in self.readings)


@dataclass(frozen=True)
class Speaking(Notice):
    """The talk goes on in the language that was asked for: this one."""


@dataclass(frozen=True)
class StillAsked(Notice):
    """After a message we could not follow: this question of ours is still open. `still` as dialogs name it."""

    still: str

    @property
    def variant(self) -> str:
        """A short text for each question."""
        return self.still


@dataclass(frozen=True)
class Impossible(Notice):
    """A statement that cannot be so: quote it, say why, and ask for it anew."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Stale(Notice):
    """That button belongs to something that is over."""


@dataclass(frozen=True)
class Pleasantry(Notice):
    """Hello, you're welcome, fine: brief."""

    kind: Literal["greeting", "thanks", "confirm", "deny", "unasked", "pity", "stay", "wait"]
    name: str

    @property
    def variant(self) -> str:
        """Per kind."""
        return self.kind


@dataclass(frozen=True)
class NotYet(Notice):
    """I understand what you ask, but cannot do it yet; I noted that you want it.

    `intent` has a short description in the words.
    """

    intent: str


@dataclass(frozen=True)
class Unreadable(Notice):
    """Voice, sticker, photo, a file that cannot be read: what does work."""

    media: str

    @property
    def variant(self) -> str:
        """Per kind of media ("empty": no words at all); "other" for the rest."""
        return self.media


@dataclass(frozen=True)
class TooLong(Notice):
    """More text than I read at once."""

    limit: int


@dataclass(frozen=True)
class EditIgnored(Notice):
    """I saw that you edited an earlier message; please send the change as a new one."""


@dataclass(frozen=True)
class KeptPrivate(Notice):
    """What others charge, or who of them is free, is told to nobody: why, and what does work."""

    kind: Literal["rates", "free", "agree"]

    @property
    def variant(self) -> str:
        """Each has its own text."""
        return self.kind


@dataclass(frozen=True)
class UnknownShortcut(Notice):
    """That command does not exist; these do."""


@dataclass(frozen=True)
class Help(Notice):
    """What you can do here, with examples to copy; how it chooses; that it is a program. Short.

    Coordinators see how to invite.
    """

    collective: str
    coordinator: bool

    @property
    def variant(self) -> str:
        """Coordinators see a little more."""
        return "coordinator" if self.coordinator else "member"


@dataclass(frozen=True)
class AskStop(Notice):
    """Stop what: messages for a while, or the membership?"""

    collective: str
    why: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Pause, leave, or nothing."""
        leave = Choice("leave", do.Leave(self.why))
        return Choice("pause", do.Pause()), leave, Choice("stay", do.Pleasantry("stay"))


@dataclass(frozen=True)
class Left(Notice):
    """You left; what was kept and what is gone; how to come back.

    `owes` and `gets` are what stays to be paid in dues and on jobs, and by others; `coins` those that keep counting.
    """

    collective: str
    open_leads: int
    owes: Euros | None = None
    gets: Euros | None = None
    coins: int = 0

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take along what was kept: the one button that goes on working for a while."""
        return (Choice("take_along", do.TakeAlong()),)


@dataclass(frozen=True)
class LastCoordinator(Notice):
    """You are the only coordinator: name another one first, then you can leave."""

    collective: str


@dataclass(frozen=True)
class MemberLeft(Notice):
    """To the coordinator: somebody left, and why if they said so."""

    name: str
    why: str | None = None


@dataclass(frozen=True)
class Undone(Notice):
    """Taken back; this is how it stands now.

    `what` is availability, profile, answer, pause, lead, word, room or follow.
    """

    what: str
    periods: tuple[Period, ...] = ()
    offer_id: int | None = None

    @property
    def variant(self) -> str:
        """Per kind."""
        return self.what

    @property
    def choices(self) -> tuple[Choice, ...]:
        """After an answer: answer anew."""
        return answers(self.offer_id) if self.offer_id is not None else ()


@dataclass(frozen=True)
class NothingToUndo(Notice):
    """There is nothing that can be taken back, or it is too late."""


@dataclass(frozen=True)
class WhichCollective(Notice):
    """You are in several collectives: with which do you want to talk? Now it is `current`; it may be the only one."""

    current: str
    options: tuple[tuple[str, int], ...]

    @property
    def variant(self) -> str:
        """Whether there is anything to choose."""
        return "several" if self.options else "one"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        return tuple(Choice("named", do.SwitchCollective(number), name) for name, number in self.options)


@dataclass(frozen=True)
class Switched(Notice):
    """You now talk with this collective."""

    collective: str


@dataclass(frozen=True)
class Sorry(Notice):
    """Something went wrong on our side; nothing was changed; it was logged; please try again."""


@dataclass(frozen=True)
class TooFast(Notice):
    """So many messages at once: what comes now is not read; in a minute it is again."""
