"""What is told of an old client, to the member alone."""

from dataclasses import dataclass
from datetime import date

from assistant.notices.base import Notice


@dataclass(frozen=True)
class CheckIn(Notice):
    """Half a year ago you finished work for this client: a good moment to hear how they are."""

    title: str
    client: str
    over: date
