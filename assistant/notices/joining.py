"""What is told about joining: invitations, consent, the newcomer's card and vouching."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.notices.base import Choice, Notice
from assistant.notices.books import Euros
from dialogs import commands as do
from nlu.meaning import Availability, Problem, Profile


@dataclass(frozen=True)
class Stranger(Notice):
    """Hello; one gets in by invitation only, and this is how."""


@dataclass(frozen=True)
class InvitationInvalid(Notice):
    """This code is unknown, used by somebody else, or too old; or too many were tried (`why` "tries")."""

    why: Literal["unknown", "used", "expired", "tries"]

    @property
    def variant(self) -> str:
        """Each has its own way on."""
        return self.why


@dataclass(frozen=True)
class Welcome(Notice):
    """What Seintje is (a program), what it stores and why; do you agree?

    `inviter` and `reason`: who recommended them. `work`: the lead that was passed on to them. `entry` and `dues` are
    what it costs to come in, and every quarter after the first.
    """

    name: str
    collective: str
    inviter: str | None = None
    reason: str | None = None
    work: str | None = None
    entry: Euros | None = None
    dues: Euros | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Agree or not."""
        return Choice("agree", do.Agree()), Choice("disagree", do.Disagree())


@dataclass(frozen=True)
class ConsentAsked(Notice):
    """You tell about yourself already: nice; may it be kept?"""

    name: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Agree or not."""
        return Choice("agree", do.Agree()), Choice("disagree", do.Disagree())


@dataclass(frozen=True)
class Agreed(Notice):
    """Thank you; now describe yourself in your own words (with an example), unless that is `known`."""

    name: str
    known: bool = False


@dataclass(frozen=True)
class NothingStored(Notice):
    """You did not agree, so nothing is kept; you may come back later with the same invitation."""


@dataclass(frozen=True)
class AlreadyMember(Notice):
    """You are in already."""

    collective: str


@dataclass(frozen=True)
class NotActiveYet(Notice):
    """First finish introducing yourself, then this works."""


@dataclass(frozen=True)
class ProfileReadBack(Notice):
    """This is what I understood of you: right?"""

    draft: int
    profile: Profile
    availability: Availability | None = None
    problems: tuple[Problem, ...] = ()
    also: tuple[Availability, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, or change something."""
        return Choice("confirm", do.ConfirmDraft(self.draft)), Choice("edit", do.EditDraft(self.draft))


@dataclass(frozen=True)
class Joined(Notice):
    """You are in: what you can do now, in three short examples. `known`: the availability was stored too."""

    name: str
    collective: str
    known_availability: bool = False


@dataclass(frozen=True)
class NewMember(Notice):
    """To who invited (`yours`), and to the coordinator: somebody joined."""

    name: str
    inviter: str | None = None
    yours: bool = False


@dataclass(frozen=True)
class InvitationMade(Notice):
    """To who invited: the line `/start CODE`, the link when the bot's name is known, and how to pass it on."""

    name: str
    code: str
    link: str | None = None
    expires: date | None = None


@dataclass(frozen=True)
class Vouched(Notice):
    """To the coordinator: a member recommended somebody, with this reason."""

    name: str
    by: str
    reason: str | None = None


@dataclass(frozen=True)
class AskVouch(Notice):
    """Who do you want to recommend (`name` None), or why do you recommend them?"""

    name: str | None = None

    @property
    def variant(self) -> str:
        """Asking for the name or for the reason."""
        return "reason" if self.name else "name"


@dataclass(frozen=True)
class TooManyInvitations(Notice):
    """You invited as many people this year as the collective allows."""

    limit: int
