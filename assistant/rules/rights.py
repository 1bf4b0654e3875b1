"""Who may do and see what: the one table of rights. Everybody else's wish is passed on to who may.

Least rights: a role holds what its work needs and nothing beside it, so who keeps the money does not see how work is
shared, and who does the intake sees no amounts. A coordinator steps in for a role nobody has.
"""

from collections.abc import Collection, Mapping
from typing import Literal, get_args

Role = Literal["coordinator", "treasurer", "intake"]
Right = Literal[
    "settings",  # how the collective is set
    "credit_settings",  # of that, what is asked and given in money and coins
    "roles",  # who has which role
    "money",  # what everybody owes and gets, the dues, the year's end
    "coins",  # whether something is worth coins
    "reports",  # how work is shared, and what nobody here can do
    "evaluations",  # how jobs of others went
    "choose",  # in the place of a source who does not
    "claims",  # in the place of a source who left
    "pools",  # of clients, with who is in
    "words",  # everybody's, also whose clients they are
    "door",  # the link by which clients come in
    "duty",  # who takes turns for what clients ask
    "invite",  # without a reason, and as many as are needed
    "allies",  # with which other collectives work is shared
    "members",  # who is in
    "titles",  # looking somebody up in the register of their profession
]
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: tuple[Right, ...] = get_args(Right)
HELD_BY: Mapping[Right, frozenset[Role]] = {
    "settings": frozenset({"coordinator"}),
    "credit_settings": frozenset({"coordinator", "treasurer"}),
    "roles": frozenset({"coordinator"}),
    "money": frozenset({"treasurer"}),
    "coins": frozenset({"coordinator"}),
    "reports": frozenset({"coordinator"}),
    "evaluations": frozenset({"coordinator"}),
    "choose": frozenset({"coordinator"}),
    "claims": frozenset({"coordinator"}),
    "pools": frozenset({"coordinator"}),
    "words": frozenset({"coordinator"}),
    "door": frozenset({"coordinator"}),
    "duty": frozenset({"coordinator"}),
    "invite": frozenset({"coordinator", "intake"}),
    "allies": frozenset({"coordinator"}),
    "members": frozenset({"coordinator", "intake"}),
    "titles": frozenset({"coordinator", "intake"}),
}
SEEN: frozenset[Right] = frozenset(
    {"reports", "evaluations", "words", "members"}
)  # the others change something


def may(roles: Collection[Role], right: Right) -> bool:
    """Whether somebody with these roles has this right."""
    return not HELD_BY[right].isdisjoint(roles)
