"""What is told about somebody's own profile and protected titles."""

from dataclasses import dataclass

from assistant.notices.base import Choice, Notice
from dialogs import commands as do
from nlu.meaning import Profile


@dataclass(frozen=True)
class ProfileUpdated(Notice):
    """What was changed in your profile (`profile` holds only that)."""

    profile: Profile
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class AskProfile(Notice):
    """What should I change in your profile?"""


@dataclass(frozen=True)
class TitleUnchecked(Notice):
    """Your profession needs an entry in a register; `coordinator` looks you up (None: there is nobody to do so)."""

    role: str
    coordinator: str | None = None


@dataclass(frozen=True)
class TitleToCheck(Notice):
    """To the coordinator: this member says to practise a regulated profession; is it in the register?"""

    name: str
    role: str
    of_member_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Found, or not."""
        return (
            Choice("in_register", do.CheckTitle(self.of_member_id, self.role, found=True)),
            Choice("not_in_register", do.CheckTitle(self.of_member_id, self.role, found=False)),
        )


@dataclass(frozen=True)
class TitleNoted(Notice):
    """To the coordinator: what was noted about somebody's profession."""

    name: str
    role: str
    found: bool

    @property
    def variant(self) -> str:
        """Found or not."""
        return "found" if self.found else "missing"


@dataclass(frozen=True)
class TitleChecked(Notice):
    """To the member: `by` looked you up in the register of your profession."""

    role: str
    by: str
    found: bool

    @property
    def variant(self) -> str:
        """Found or not."""
        return "found" if self.found else "missing"
