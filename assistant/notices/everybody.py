"""What is told of who is in the collective."""

from dataclasses import dataclass

from assistant.notices.base import Notice


@dataclass(frozen=True)
class MembersShown(Notice):
    """So many members; `who` for who runs the collective only. `more` members are not named."""

    collective: str
    count: int
    who: tuple[str, ...] = ()
    more: int = 0

    @property
    def variant(self) -> str:
        """With their names, or how many they are."""
        return "names" if self.who else "count"


@dataclass(frozen=True)
class NobodyPutOut(Notice):
    """Nobody is put out here: `mine`, to a coordinator how it can go; to a member whom to talk to."""

    name: str
    mine: bool

    @property
    def variant(self) -> str:
        """Whose say it is."""
        return "coordinator" if self.mine else "member"
