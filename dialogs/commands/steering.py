"""Buttons that steer a talk: `dialogs` turns them into one of the others."""

from dialogs.commands.base import Command, TalkCommand


class ConfirmDraft(TalkCommand, frozen=True):
    """ "Klopt" under a read-back."""

    draft: int


class EditDraft(TalkCommand, frozen=True):
    """ "Aanpassen" under a read-back."""

    draft: int


class CancelDraft(TalkCommand, frozen=True):
    """ "Laat maar" under a question or a read-back."""

    draft: int


class SkipField(TalkCommand, frozen=True):
    """ "Weet ik niet" under a question."""

    draft: int
    field: str


class ReadAs(TalkCommand, frozen=True):
    """One of the readings offered for a message that was not clear."""

    intent: str


class AskTip(Command, frozen=True):
    """ "Tip iemand": ask for whom. Without an id: the lead seen or shared last."""

    offer_id: int | None = None
