"""What is told about work that was won: what was agreed, what follows from it, and to whom the credit goes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from msgspec import structs

from assistant.notices.base import MOST_BUTTONS, Choice, Notice
from assistant.notices.books import Euros
from dialogs import commands as do
from dialogs.commands import Command
from nlu.deals import DoubtKind, RateUnit, Terms

UNITS: tuple[RateUnit, ...] = ("hour", "day", "month", "total")
Named = tuple[tuple[str, Command], ...]  # a title, and what pressing it does


@dataclass(frozen=True)
class Tier:
    """A cap the member may pick, and what the contribution would come to (None: that cannot be told yet)."""

    cap: Euros
    expected: Euros | None


@dataclass(frozen=True)
class DealAsked(Notice):
    """What was agreed? `price`: only that is missing."""

    title: str
    price: bool = False

    @property
    def variant(self) -> str:
        """What is asked."""
        return "price" if self.price else "all"


@dataclass(frozen=True)
class DealUnclear(Notice):
    """This can be read in two ways or not at all: nothing is kept on a guess."""

    kind: DoubtKind
    text: str

    @property
    def variant(self) -> str:
        """What is unclear about it."""
        return self.kind


@dataclass(frozen=True)
class DealUnitAsked(Notice):
    """A price, but for what?"""

    amount: Euros
    told: do.TellDeal

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Per hour, day, month, or for all of it."""
        return tuple(
            Choice(
                f"per_{unit}",
                structs.replace(self.told, terms=replace(self.told.terms, rate_unit=unit)),
            )
            for unit in UNITS
        )


@dataclass(frozen=True)
class DealOdd(Notice):
    """This looks like a typing error: is it right?"""

    terms: Terms
    expected: Euros | None
    told: do.TellDeal

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, or say it anew."""
        again = do.AskDeal(self.told.introduction_id, self.told.follows_id)
        return (Choice("it_is_right", structs.replace(self.told, sure=True)), Choice("not_right", again))


@dataclass(frozen=True)
class DealReadBack(Notice):
    """What was agreed and what follows: nothing is kept before a button is pressed (mission rows A3, A4).

    `source` None: the client came to the collective itself. `room` is what a cap shared with earlier jobs leaves.
    `before` vat: whether amounts are without VAT. `gone`: the source is no member any more and keeps the credit.
    """

    title: str
    terms: Terms
    starts_on: date | None
    ends_on: date | None
    expected: Euros | None
    percent: int
    source: str | None
    source_percent: int
    tiers: tuple[Tier, ...]
    introduction_id: int | None
    follows_id: int | None
    room: Euros | None = None
    with_vat: bool = False
    gone: bool = False

    @property
    def variant(self) -> str:
        """Whether a tier is to be picked, one is shared with an earlier job, or nothing is asked at all."""
        if not self.percent:
            return "free"
        return "tiers" if self.tiers else "shared"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A button for each tier, which also says that it is right."""
        keep = do.KeepDeal(self.terms, self.introduction_id, self.follows_id)
        tiers = [
            Choice("tier", structs.replace(keep, cap_cents=each.cap.cents), amount=each.cap.cents)
            for each in self.tiers
        ]
        again = do.AskDeal(self.introduction_id, self.follows_id)
        return (*(tiers or [Choice("confirm", keep)]), Choice("not_right", again))


@dataclass(frozen=True)
class DealKept(Notice):
    """Kept. `cap` None: none was picked yet, or nothing is asked; `tiers` are those there are to pick."""

    title: str
    deal_id: int
    cap: Euros | None
    expected: Euros | None
    why: str | None = None
    tiers: tuple[Tier, ...] = ()
    monthly: bool = True
    shared: bool = False
    changed: bool = False
    later: bool = False  # that it was won was told before

    @property
    def variant(self) -> str:
        """Whether a tier was picked, anew, is still to be picked, is shared with an earlier job, or is not asked."""
        if self.tiers:
            return "pick"
        if self.changed:
            return "changed"
        return "free" if self.cap is None else "shared" if self.shared else "tier"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The tiers, or why this one: that may be told, and need not."""
        if self.tiers:
            return tuple(
                Choice("tier", do.PickTier(self.deal_id, each.cap.cents), amount=each.cap.cents)
                for each in self.tiers
            )
        return (
            (Choice("say_why", do.AskTierReason(self.deal_id)),)
            if self.variant in ("tier", "changed") and not self.why
            else ()
        )


@dataclass(frozen=True)
class TierReasonAsked(Notice):
    """Why this cap? In one line, for who passed the work on and who keeps the money."""

    title: str


@dataclass(frozen=True)
class TierReasonKept(Notice):
    """Noted why."""

    title: str


@dataclass(frozen=True)
class NotATier(Notice):
    """That amount is none of those there are to pick."""

    amount: Euros
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class DealTold(Notice):
    """To who passed the work on: it was won, this is the most it brings you. Never what the member earns with it."""

    title: str
    by: str
    cap: Euros | None
    most: Euros | None
    why: str | None = None
    known: bool = False
    shared: bool = False
    changed: bool = False
    later: bool = False  # that it was won was told before

    @property
    def variant(self) -> str:
        """Whether a tier was picked, anew, or is shared with an earlier job; of what was told before only why."""
        if self.known:
            return "why"
        if self.changed:
            return "changed"
        if self.later:
            return "later"
        return "won" if self.cap is None else "shared" if self.shared else "tier"


@dataclass(frozen=True)
class TierTold(Notice):
    """To who keeps the money: the cap a member picked, as information (mission row A4)."""

    title: str
    by: str
    cap: Euros
    why: str | None = None
    known: bool = False

    @property
    def variant(self) -> str:
        """The cap; of what was told before only why."""
        return "why" if self.known else "cap"


@dataclass(frozen=True)
class WhichDeal(Notice):
    """Several jobs are running: which one do you mean?"""

    options: Named

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        return tuple(Choice("named", command, title) for title, command in self.options[: MOST_BUTTONS * 2])


@dataclass(frozen=True)
class NoDeal(Notice):
    """There is no running job of yours that this can be about."""


@dataclass(frozen=True)
class NotIntroduced(Notice):
    """You won work, but nobody introduced you: did it come through somebody here?"""

    options: Named

    @property
    def variant(self) -> str:
        """Whether there is anything it may have come from."""
        return "some" if self.options else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What was offered to you, and that it is your own work."""
        if not self.options:
            return ()
        named = [Choice("named", command, title) for title, command in self.options]
        return (*named, Choice("own_work", do.OwnWork()))


@dataclass(frozen=True)
class OwnWorkNoted(Notice):
    """Your own work: nothing is asked and nothing is kept."""


@dataclass(frozen=True)
class OnlyWhoWorks(Notice):
    """Only who does the work tells what was agreed; that it was won you can tell. Without an id: I know that it was."""

    title: str
    name: str
    introduction_id: int | None

    @property
    def variant(self) -> str:
        """Whether it is known to be won."""
        return "known" if self.introduction_id is None else "new"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Tell that it was won."""
        if self.introduction_id is None:
            return ()
        return (Choice("won", do.ReportOutcome("won", self.introduction_id)),)


@dataclass(frozen=True)
class ClaimAsked(Notice):
    """To who passed the work on: this member says to have won it. `other` did too, or was introduced. Who was it?"""

    lead_id: int
    title: str
    name: str
    claimant_id: int
    other: str | None = None

    @property
    def variant(self) -> str:
        """Whether somebody else has it already."""
        return "two" if self.other else "one"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """This member, or not."""
        yes = do.SettleClaim(self.lead_id, self.claimant_id, granted=True)
        no = do.SettleClaim(self.lead_id, self.claimant_id, granted=False)
        if self.other:
            return (Choice("named", yes, self.name), Choice("named", no, self.other))
        return (Choice("claim_yes", yes, self.name), Choice("claim_no", no))


@dataclass(frozen=True)
class ClaimHeard(Notice):
    """To the member: I ask who passed it on; nothing is kept until then. `by` None: there is nobody to ask."""

    title: str
    by: str | None


@dataclass(frozen=True)
class ClaimSettled(Notice):
    """To who passed the work on: noted who won it."""

    title: str
    name: str
    granted: bool

    @property
    def variant(self) -> str:
        """Yes or no."""
        return "yes" if self.granted else "no"


@dataclass(frozen=True)
class ClaimAnswered(Notice):
    """To the member who said to have won it, and to who was thought to have: what the source says."""

    title: str
    by: str
    granted: bool
    introduction_id: int | None = None

    @property
    def variant(self) -> str:
        """Yes or no."""
        return "yes" if self.granted else "no"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Tell what was agreed."""
        if self.introduction_id is None:
            return ()
        return (Choice("tell_deal", do.AskDeal(self.introduction_id)),)


@dataclass(frozen=True)
class ClaimLost(Notice):
    """To who was introduced and told nothing of a deal yet: the source says that somebody else does the work."""

    title: str
    by: str


@dataclass(frozen=True)
class LeadChanged(Notice):
    """The job is gone and the client wants something else: the credit goes along (mission row A7)."""

    title: str
    source: str | None


@dataclass(frozen=True)
class LeadLives(Notice):
    """To who passed the work on: your lead lives on in another form."""

    title: str
    by: str


@dataclass(frozen=True)
class DealExtended(Notice):
    """The job goes on until this day. `counts`: what comes of it counts for the contribution."""

    title: str
    until: date
    counts: bool
    expected: Euros | None
    change_id: int | None = None

    @property
    def variant(self) -> str:
        """Whether it counts."""
        return "counts" if self.counts else "free"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class DealShown(Notice):
    """How a job of one's own stands: private to who does it. `expected` and `until` None: not known."""

    title: str
    deal_id: int
    since: date | None
    until: date | None
    turnover: Euros
    expected: Euros | None
    so_far: Euros
    cap: Euros | None
    open: Euros | None
    source: str | None
    running: bool

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be told about it."""
        told = Choice("tell_turnover", do.AskTurnover(self.deal_id))
        if not self.running:
            return (told, Choice("followed_up", do.AskDeal(follows_id=self.deal_id)))
        return (
            told,
            Choice("extended", do.AskExtend(self.deal_id)),
            Choice("deal_ended", do.EndDeal(self.deal_id)),
            Choice("followed_up", do.AskDeal(follows_id=self.deal_id)),
        )


@dataclass(frozen=True)
class UntilAsked(Notice):
    """Until when does the job go on? `earlier`: the day you said lies before the end that stands."""

    title: str
    ends_on: date | None
    earlier: date | None = None
    deal_id: int | None = None

    @property
    def variant(self) -> str:
        """What was wrong."""
        return "earlier" if self.earlier else "unknown"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It ends earlier than agreed."""
        if self.earlier is None or self.deal_id is None:
            return ()
        return (Choice("ends_earlier", do.EndDeal(self.deal_id, self.earlier)),)


@dataclass(frozen=True)
class DealEnded(Notice):
    """The job ended on this day. Is all turnover told?"""

    title: str
    on: date
    turnover: Euros | None
    deal_id: int
    change_id: int | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Tell turnover, or take it back."""
        undo = (Choice("undo", do.Undo(self.change_id)),) if self.change_id is not None else ()
        return (Choice("tell_turnover", do.AskTurnover(self.deal_id)), *undo)


@dataclass(frozen=True)
class CoinsBack(Notice):
    """To who brought the work: it was won after all, so the contribution comes in the place of the coins."""

    title: str
    coins: int
    left: int


@dataclass(frozen=True)
class CoinsEarned(Notice):
    """Coins for what you did for the collective: `act` "talks" (`about` a lead), "newcomer" (a member), "publicity"."""

    act: Literal["newcomer", "publicity", "talks"]
    about: str
    coins: int
    held: int

    @property
    def variant(self) -> str:
        """What for."""
        return self.act
