"""Everything a member can ask of us, one frozen class each. Read these pages to know the product.

A command is decided from a message, or was put under a button when a card was made; `to_json` and `from_json`
carry it to the database and back. Ids are those of the collective's own rows; an action checks that they
belong to the member.

A file a feature; they are all imported from here.
"""

from typing import Any, Union

import msgspec

from dialogs.commands.allies import *
from dialogs.commands.always import *
from dialogs.commands.asking import *
from dialogs.commands.availability import *
from dialogs.commands.base import *
from dialogs.commands.coins import *
from dialogs.commands.deals import *
from dialogs.commands.drive import *
from dialogs.commands.dues import *
from dialogs.commands.duty import *
from dialogs.commands.evaluations import *
from dialogs.commands.everybody import *
from dialogs.commands.inquiries import *
from dialogs.commands.leads import *
from dialogs.commands.membership import *
from dialogs.commands.payments import *
from dialogs.commands.policy import *
from dialogs.commands.pools import *
from dialogs.commands.profile import *
from dialogs.commands.replies import *
from dialogs.commands.roles import *
from dialogs.commands.steering import *
from dialogs.commands.talk import *
from dialogs.commands.turnover import *
from dialogs.commands.vocabulary import *
from dialogs.commands.volume import *
from dialogs.commands.years import *

ALL: tuple[type[Command], ...] = tuple(
    each
    for kind in (Command, TalkCommand, JoinCommand, ClientCommand)
    for each in kind.__subclasses__()
    if each not in (TalkCommand, JoinCommand, ClientCommand)
)

_ANY: Any = Union[ALL]  # noqa: UP007  # the tag in the JSON says which of them; `|` cannot be written over a tuple


def to_json(command: Command) -> dict[str, Any]:
    """Plain JSON for the database."""
    plain: dict[str, Any] = msgspec.to_builtins(command)
    return plain


def from_json(plain: dict[str, Any]) -> Command:
    """The command again. Raises msgspec.ValidationError for what was never one."""
    command: Command = msgspec.convert(plain, type=_ANY)

    return command
