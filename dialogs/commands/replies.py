"""A short answer for the client, ready to send."""

from dialogs.commands.base import Command


class WriteReply(Command, frozen=True):
    """What can I answer the client? Without an id: of one's last lead (mission row A6)."""

    lead_id: int | None = None
