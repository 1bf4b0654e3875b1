"""Getting in, one's own data, several collectives and apps, and leaving."""

from dialogs.commands.base import Command, JoinCommand, TalkCommand
from nlu.meaning import Availability, Profile


class Invite(Command, frozen=True):
    """Invite or recommend somebody: `reason` is the vouch (mission rows D23, A19)."""

    name: str
    reason: str | None = None


class AskVouch(TalkCommand, frozen=True):
    """A recommendation lacks the name or the reason: ask for it."""

    name: str | None = None


class Agree(JoinCommand, frozen=True):
    """A newcomer agrees with what is stored. `known`: they told about themself already, so that need not be asked."""

    known: bool = False


class Disagree(JoinCommand, frozen=True):
    """A newcomer does not agree: nothing is stored."""


class ExplainJoining(JoinCommand, frozen=True):
    """Somebody who has not agreed yet writes: say again what Seintje is and ask."""


class AskConsent(JoinCommand, frozen=True):
    """Somebody who has not agreed yet already tells about themself: that waits for their yes."""


class SaveProfile(JoinCommand, frozen=True):
    """Store a confirmed description, and the availability that was said along with it; `also` later periods."""

    profile: Profile
    about: str
    availability: Availability | None = None
    also: tuple[Availability, ...] = ()


class Leave(JoinCommand, frozen=True):
    """End the membership; `why` in the member's own words, for the coordinator (mission row B13)."""

    why: str | None = None


class ShowMyData(JoinCommand, frozen=True):
    """What do you keep of me? In short, with a file of all of it."""


class AskDelete(JoinCommand, frozen=True):
    """Forget me: say what goes and what stays, and ask."""


class DeleteMe(JoinCommand, frozen=True):
    """End the membership and erase all that can go, at once."""


class AskCollective(JoinCommand, frozen=True):
    """With which of one's collectives do you want to talk? `words` may name it."""

    words: str = ""


class LinkAccount(JoinCommand, frozen=True):
    """Also talk from another app: a code to send from there (mission row B19)."""


class PreferHere(JoinCommand, frozen=True):
    """Be written to in this app, and no longer in the other one."""


class SwitchCollective(JoinCommand, frozen=True):
    """Talk with another collective of which one is a member."""

    collective_id: int


class TakeAlong(JoinCommand, frozen=True):
    """My own lines as files: under the goodbye, for who left too, for as long as anything is kept (mission row A18)."""
