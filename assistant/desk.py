"""The desk an action works at: the open transaction, for whom, when, and under which settings."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from assistant.codes import NOWHERE, Apps
from assistant.postings import Postings
from assistant.rules.policy import Policy, policy_of
from assistant.rules.quiet import QuietHours
from db import questions
from db.accounts import Account
from db.collectives import Collective
from db.members import Member
from db.session import Session


@dataclass(frozen=True)
class Desk:
    """`now` is UTC. `account` is the one this turn is with; None when the clock works.

    `apps` makes links to us and `public_url` links to a page of ours, when known. `postings` finds members
    in memory, when that is on.
    """

    session: Session
    collective: Collective
    now: datetime
    account: Account | None = None
    apps: Apps = NOWHERE
    public_url: str | None = None
    postings: Postings | None = None

    @cached_property
    def policy(self) -> Policy:
        """The settings of the collective."""
        return policy_of(self.collective.policy, self.collective.zone)

    @cached_property
    def today(self) -> date:
        """The day it is for the members."""
        return self.now.astimezone(ZoneInfo(self.collective.zone)).date()

    def quiet_of(self, member: Member) -> QuietHours:
        """When this member is left in peace: the hours of the collective, on the clock they live by."""
        return replace(self.policy.quiet, zone=member.zone or self.collective.zone)

    def member(self, member_id: int) -> Member:
        """A member of this collective; raises NoResultFound for anybody else's id."""
        return questions.get_one(self.session, Member, member_id)
