"""Everything we can tell somebody, one frozen class each. `assistant/words` has a text for each, in every language.

A notice is for exactly one member: that is what makes a push private. `member_id` 0 is whoever this turn is
with, also a stranger. `choices` are the buttons: the key names the label in the words, the command is what a
press means. `variant` picks one of several texts of the same notice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.rules.availability import Period
from assistant.rules.fairness import Fairness
from assistant.rules.matching import Band, Gate, Reason
from assistant.rules.missing import Missing
from assistant.rules.policy import Chooser, Policy, SettingName
from dialogs import commands as do
from dialogs.commands import Command
from nlu.meaning import Availability, Contact, Form, Lead, Problem, Profile
from nlu.vocabulary import WordKind

MOST_BUTTONS = 4  # of one kind under a card: more is no choice but a search
HERE = 0  # whoever this turn is with
FORGETTABLE = 6  # words with a button to remove them; any other can be named


def first_name(name: str) -> str:
    """How a member is called in a button."""
    return name.split(maxsplit=1)[0] if name.split() else name


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: `key` names its label; `name` fills it in ("Stel {name} voor")."""

    key: str
    command: Command
    name: str = ""


@dataclass(frozen=True)
class Notice:
    """A fact for one member; the subclass names the text, its fields fill it in."""

    member_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The buttons under it, in order."""
        return ()

    @property
    def variant(self) -> str:
        """Which of the texts of this notice; "" when there is only one."""
        return ""

    @property
    def awaited(self) -> bool:
        """Whether the member chose this moment for it: then it comes in quiet hours too."""
        return False


# --- joining ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stranger(Notice):
    """Hello; one gets in by invitation only, and this is how."""


@dataclass(frozen=True)
class InvitationInvalid(Notice):
    """This code is unknown, used by somebody else, or too old."""

    why: Literal["unknown", "used", "expired"]

    @property
    def variant(self) -> str:
        """Each has its own way on."""
        return self.why


@dataclass(frozen=True)
class Welcome(Notice):
    """What Seintje is (a program), what it stores and why; do you agree?

    `inviter` and `reason`: who recommended them. `work`: the lead that was passed on to them.
    """

    name: str
    collective: str
    inviter: str | None = None
    reason: str | None = None
    work: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Agree or not."""
        return Choice("agree", do.Agree()), Choice("disagree", do.Disagree())


@dataclass(frozen=True)
class Agreed(Notice):
    """Thank you; now describe yourself in your own words (with an example)."""

    name: str


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


# --- availability, profile, pause -------------------------------------------------------------------------------


@dataclass(frozen=True)
class AvailabilitySaved(Notice):
    """In one line: when and how much you can work, as it stands now (only periods from today on, earliest first)."""

    periods: tuple[Period, ...]
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class AskAvailability(Notice):
    """From when, and how many days or hours a week?"""


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


@dataclass(frozen=True)
class CoordinatorOnly(Notice):
    """Only the coordinator can do this, or read it; you can ask them."""

    wish: Literal["change", "read"] = "change"

    @property
    def variant(self) -> str:
        """Something to change, or a report to read."""
        return self.wish


@dataclass(frozen=True)
class AskFollow(Notice):
    """Which client or theme do you want to follow?"""


@dataclass(frozen=True)
class Followed(Notice):
    """You follow these now; only you see that."""

    topics: tuple[str, ...]
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class Unfollowed(Notice):
    """You no longer follow this; or what you had ruled out (`ruled_out`) may come again."""

    topic: str
    change_id: int
    ruled_out: bool = False

    @property
    def variant(self) -> str:
        """Followed, or ruled out."""
        return "ruled_out" if self.ruled_out else "followed"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class Follows(Notice):
    """What you follow and what you want nothing of, each with a button to end it."""

    likes: tuple[str, ...]
    dislikes: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Something, or nothing at all."""
        return "some" if self.likes or self.dislikes else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each, of the first few."""
        liked = [Choice("unfollow", do.Unfollow(each), each) for each in self.likes[:MOST_BUTTONS]]
        ruled_out = [
            Choice("allow", do.Unfollow(each, ruled_out=True), each) for each in self.dislikes[:MOST_BUTTONS]
        ]
        return (*liked, *ruled_out)


@dataclass(frozen=True)
class Paused(Notice):
    """No pushes up to and including `until`; None: until you say so."""

    until: date | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Messages on again."""
        return (Choice("resume", do.Resume()),)

    @property
    def variant(self) -> str:
        """With or without a last day."""
        return "until" if self.until else "open"


@dataclass(frozen=True)
class Resumed(Notice):
    """Messages are on again."""


# --- what Seintje asks by itself --------------------------------------------------------------------------------


@dataclass(frozen=True)
class AvailabilityCheck(Notice):
    """Does this still hold? Before we rely on what was said long ago ("stale"), or at the moment you chose."""

    why: Literal["stale", "weekly"]
    periods: tuple[Period, ...]

    @property
    def variant(self) -> str:
        """Each says why we ask."""
        return self.why

    @property
    def awaited(self) -> bool:
        """The weekly one comes when the member wants it."""
        return self.why == "weekly"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It holds, it is different, I am full; and not to be asked weekly."""
        holds = (Choice("still_holds", do.KeepAvailability()),) if self.periods else ()
        full = Choice("now_full", do.SetAvailability(Availability(status="full", now=True)))
        stop = (Choice("stop_asking", do.StopAsking()),) if self.why == "weekly" else ()
        key = "say_availability" if self.periods else "tell_availability"
        return (*holds, Choice(key, do.AskAvailability()), full, *stop)


@dataclass(frozen=True)
class AvailabilityKept(Notice):
    """Thank you, it still holds: this is how it stands."""

    periods: tuple[Period, ...]


@dataclass(frozen=True)
class RhythmSet(Notice):
    """I ask every week at this moment, for the first time `first`."""

    first: datetime

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Not any more."""
        return (Choice("stop_asking", do.StopAsking()),)


@dataclass(frozen=True)
class AskRhythmMoment(Notice):
    """On which day, and at what time?"""


@dataclass(frozen=True)
class RhythmStopped(Notice):
    """I do not ask every week any more (`was_on`), or was not asking."""

    was_on: bool

    @property
    def variant(self) -> str:
        """Something stopped, or there was nothing to stop."""
        return "stopped" if self.was_on else "nothing"


def _free_from(day: date) -> tuple[Choice, ...]:
    """Free from this day, not yet, or something else."""
    free = do.SetAvailability(Availability(status="free", start=day))
    return (
        Choice("free_then", free),
        Choice("not_free_then", do.Pleasantry("deny")),
        Choice("say_availability", do.AskAvailability()),
    )


@dataclass(frozen=True)
class BusyEnds(Notice):
    """You said to be full up to and including `last`: free from `then`?"""

    last: date
    then: date

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Free from then, not, or something else."""
        return _free_from(self.then)


@dataclass(frozen=True)
class AssignmentEnds(Notice):
    """Your assignment ends on `last`, in a month: free from `then`? And whom do you know from before?"""

    title: str
    last: date
    then: date

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Free from then, not, or something else."""
        return _free_from(self.then)


@dataclass(frozen=True)
class SpotForOthers(Notice):
    """You are in your second month there: do you hear of work for another trade (mission row A9)?"""

    title: str


@dataclass(frozen=True)
class RoomAsked(Notice):
    """How much room do you have in the coming six weeks? The same to everyone (mission row C12).

    `first`: not answered before, so it says what an answer is for, who sees it (nobody) and when it ends.
    """

    first: bool

    @property
    def variant(self) -> str:
        """With or without what it is for."""
        return "first" if self.first else "again"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """None, a little, much; or do not ask this."""
        return (
            Choice("room_none", do.SetRoom(0, agreed=True)),
            Choice("room_some", do.SetRoom(1.5, agreed=True)),
            Choice("room_much", do.SetRoom(3, agreed=True)),
            Choice("stop_room", do.StopRoom()),
        )


@dataclass(frozen=True)
class AskRoomConsent(Notice):
    """You say how much room you have: may I remember that for six weeks? What for, and that nobody sees it."""

    days: float

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes, or not."""
        return Choice("remember", do.SetRoom(self.days, agreed=True)), Choice(
            "rather_not", do.Pleasantry("deny")
        )


@dataclass(frozen=True)
class RoomNoted(Notice):
    """Noted, between us, up to and including `until`: the same words whatever was answered."""

    until: date
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class RoomStopped(Notice):
    """I do not ask about room any more, and nothing of it is kept."""


@dataclass(frozen=True)
class RoomCount(Notice):
    """To the coordinator: so many members have much room now. Never fewer than three, never who."""

    count: int


# --- telling a lead ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question(Notice):
    """One missing field of a form. `again`: the answer was not understood, so with an example. `problem`: why not.

    `title`: what it is about, when something else came in between or it is the `nth` of `of` leads in one message.
    """

    form: Form
    field: str
    draft: int
    again: bool = False
    problem: Problem | None = None
    title: str | None = None
    nth: int = 0
    of: int = 0

    @property
    def variant(self) -> str:
        """Each field has its own question; texts exist for lead.{roles,start,place}, profile.{about,roles,place}."""
        return f"{self.form}.{self.field}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A question that can be skipped offers that; a lead can be dropped."""
        skip = Choice("skip", do.SkipField(self.draft, self.field))
        cancel = Choice("cancel", do.CancelDraft(self.draft))
        if self.form == "profile":
            return () if self.field in ("about", "roles") else (skip,)
        return (cancel,) if self.field == "roles" else (skip, cancel)


@dataclass(frozen=True)
class LeadReadBack(Notice):
    """The card: what was understood and what is not known; right?

    Third parties are not shown, only that they are kept apart. It may be the `nth` of `of` leads in one message.
    """

    draft: int
    lead: Lead
    tips: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ruled_out: tuple[str, ...] = ()
    nth: int = 0
    of: int = 0

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, change, or drop."""
        return (
            Choice("confirm", do.ConfirmDraft(self.draft)),
            Choice("edit", do.EditDraft(self.draft)),
            Choice("cancel", do.CancelDraft(self.draft)),
        )


@dataclass(frozen=True)
class WhatIsWrong(Notice):
    """What should be different? Just say it ("nee, 24 uur", "tarief is 95")."""

    form: Form

    @property
    def variant(self) -> str:
        """Examples differ per form."""
        return self.form


@dataclass(frozen=True)
class DraftWaiting(Notice):
    """Back to the read-back that still waits: was it right?"""

    draft: int
    form: Form
    title: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Right, or drop."""
        return Choice("confirm", do.ConfirmDraft(self.draft)), Choice("cancel", do.CancelDraft(self.draft))


def look_outside(lead_id: int) -> tuple[Choice, ...]:
    """Ask members whom they know, or pass it on oneself."""
    return Choice("search_outside", do.SearchOutside(lead_id)), Choice("forward", do.ForwardLead(lead_id))


@dataclass(frozen=True)
class LeadShared(Notice):
    """Thank you; so many members fit, and this is when the first hear of it. Your name stays with it.

    `first_at` None: at once. `tips` are members asked first; `unknown_tips` names that are no members;
    `several_tips` names that more than one member has. `ruled_out` names are not asked, `unknown_ruled_out` are no
    members.
    """

    lead_id: int
    title: str
    fitting: int
    first_wave: int
    first_at: datetime | None = None
    tips: tuple[str, ...] = ()
    unknown_tips: tuple[str, ...] = ()
    several_tips: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    unknown_ruled_out: tuple[str, ...] = ()
    chooser: Chooser = "source"

    @property
    def variant(self) -> str:
        """Nobody fits, one does, or several do."""
        return "none" if self.fitting == 0 else "one" if self.fitting == 1 else "many"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back; when nobody fits, look outside."""
        further = () if self.fitting or self.tips else look_outside(self.lead_id)
        return (*further, Choice("withdraw", do.WithdrawLead(self.lead_id)))


@dataclass(frozen=True)
class RuledOut(Notice):
    """To the source: these are not asked for this lead. `asked` had been before; `unknown` are no members."""

    title: str
    names: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutsideSearching(Notice):
    """To the source: so many members are asked whom they know outside; 0: nobody whose work lies near can be asked.

    `first_at` None: now. `again`: others were asked before.
    """

    lead_id: int
    title: str
    asking: int
    first_at: datetime | None = None
    again: bool = False

    @property
    def variant(self) -> str:
        """Some are asked, or nobody (more)."""
        return "asking" if self.asking else "no_more" if self.again else "nobody"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The source may know somebody too."""
        return (Choice("forward", do.ForwardLead(self.lead_id)),)


@dataclass(frozen=True)
class OutsideImpossible(Notice):
    """This lead is not public yet, so it stays inside the group."""

    title: str


@dataclass(frozen=True)
class OutsideAsked(Notice):
    """To a member whose work lies near: nobody inside fits; do you know somebody outside? The client is not named."""

    lead_id: int
    lead: Lead

    @property
    def choices(self) -> tuple[Choice, ...]:
        """A text to pass on, or no."""
        return Choice("know_somebody", do.ForwardLead(self.lead_id)), Choice(
            "know_nobody", do.Pleasantry("deny")
        )


@dataclass(frozen=True)
class ForwardText(Notice):
    """A text to pass on as it is.

    Its link (or code) works once and keeps the credit with who passed it on.
    """

    lead_id: int
    lead: Lead
    collective: str
    code: str
    link: str | None = None
    expires: date | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """For somebody else another one."""
        return (Choice("forward_again", do.ForwardLead(self.lead_id)),)


@dataclass(frozen=True)
class TooManyLinks(Notice):
    """You made as many links for this lead as there may be."""

    limit: int


@dataclass(frozen=True)
class SpotMonthly(Notice):
    """Look out at your client: so many colleagues are free in these other fields (mission row A9). Never names."""

    free: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FairnessReport(Notice):
    """To a coordinator: how the last quarter's work was shared, in words; numbers about the group, none below three."""

    report: Fairness

    @property
    def variant(self) -> str:
        """Something was shared, or nothing at all."""
        return "shared" if self.report.leads else "nothing"


@dataclass(frozen=True)
class MissingSkills(Notice):
    """To a coordinator: what was asked in the last quarter and nobody has, as counts of leads."""

    found: Missing

    @property
    def variant(self) -> str:
        """No leads at all, nothing missing, or something."""
        if not self.found.leads:
            return "no_leads"
        return "some" if self.found.terms or self.found.without else "nothing"


@dataclass(frozen=True)
class FoundAfterAll(Notice):
    """To the source of a lead for which nobody was left: somebody who suits it can be asked after all."""

    title: str


@dataclass(frozen=True)
class LeadAmended(Notice):
    """To the source: the lead as it stands now; `told` members who were asked hear of it."""

    lead: Lead
    told: int


@dataclass(frozen=True)
class OfferAmended(Notice):
    """To who was asked and did not say no: the source corrected the lead, this is how it stands now."""

    offer_id: int
    title: str
    lead: Lead
    answered_yes: bool

    @property
    def variant(self) -> str:
        """Who said yes keeps it unless they say otherwise."""
        return "yes" if self.answered_yes else "open"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no, as before."""
        no = Choice("not_for_me", do.Decline(self.offer_id, "no"))
        return (no,) if self.answered_yes else (Choice("interested", do.ShowInterest(self.offer_id)), no)


@dataclass(frozen=True)
class LeadNeedsRole(Notice):
    """Without knowing what kind of person is wanted, nobody can be asked."""


@dataclass(frozen=True)
class LeadKnown(Notice):
    """This lead was told before, by you or by another member (not named), who keeps the credit.

    Or is it another one after all?
    """

    title: str
    on: date
    mine: bool
    again: do.ShareLead

    @property
    def variant(self) -> str:
        """Your own, or somebody else's."""
        return "mine" if self.mine else "other"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It is another lead."""
        return (Choice("another_lead", self.again),)


# --- how much one hears, and how the collective is set ----------------------------------------------------------


@dataclass(frozen=True)
class VolumeAsked(Notice):
    """How much do you want to hear? Now it is `volume`."""

    volume: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All of it, what fits, the digest, or nothing for a while."""
        return (
            Choice("volume.all", do.SetVolume("all")),
            Choice("volume.fitting", do.SetVolume("fitting")),
            Choice("volume.digest", do.SetVolume("digest")),
            Choice("volume.quiet", do.Pause()),
        )


@dataclass(frozen=True)
class VolumeSet(Notice):
    """So much you hear from now on."""

    volume: Literal["all", "fitting", "digest"]
    change_id: int

    @property
    def variant(self) -> str:
        """Per volume."""
        return self.volume

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class DigestSet(Notice):
    """When your weekly digest comes: `weekday` 0 is Monday; `hour` None is the usual one."""

    weekday: Literal[0, 1, 2, 3, 4, 5, 6]
    hour: int | None = None


@dataclass(frozen=True)
class ZoneSet(Notice):
    """Quiet hours follow your clock from now on; or this is no zone I know."""

    zone: str
    known: bool = True

    @property
    def variant(self) -> str:
        """Set, or unknown."""
        return "known" if self.known else "unknown"


@dataclass(frozen=True)
class PolicyShown(Notice):
    """How the collective is set, a line a setting; a coordinator sees how to change it."""

    collective: str
    policy: Policy
    coordinator: bool = False


@dataclass(frozen=True)
class PolicySet(Notice):
    """The settings that were changed, as they are now; to the other coordinators: `by` did it."""

    names: tuple[SettingName, ...]
    policy: Policy
    change_id: int | None = None
    by: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class PolicyRefused(Notice):
    """This setting cannot have that value: what it can be."""

    name: str


@dataclass(frozen=True)
class CoordinatorNamed(Notice):
    """To who said so: this member is a coordinator now as well."""

    name: str


@dataclass(frozen=True)
class NamedCoordinator(Notice):
    """To the member: `by` made you a coordinator."""

    by: str
    collective: str


@dataclass(frozen=True)
class TreasurerNamed(Notice):
    """To who said so: this member is a treasurer now."""

    name: str


@dataclass(frozen=True)
class NamedTreasurer(Notice):
    """To the member: `by` made you a treasurer."""

    by: str
    collective: str


# --- the books --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Euros:
    """An amount, in whole cents."""

    cents: int


@dataclass(frozen=True)
class DealLine:
    """One job: the contribution so far, at most (None: not picked yet), and what of it is still to be paid."""

    title: str
    so_far: Euros
    cap: Euros | None
    open: Euros


@dataclass(frozen=True)
class Standing(Notice):
    """How a member stands: jobs, dues, what others owe them, coins, and the totals of the pot that all may know.

    None is an amount of nothing.
    """

    deals: tuple[DealLine, ...]
    dues: Euros | None
    source_share: Euros | None
    payout: Euros | None
    coins: int
    pot: Euros | None
    coins_issued: int

    @property
    def variant(self) -> str:
        """Whether there is anything to tell."""
        return "some" if self.deals or self.dues or self.source_share or self.payout or self.coins else "none"


@dataclass(frozen=True)
class PayoutLine:
    """What one member gets from the pot."""

    name: str
    coins: int
    amount: Euros


@dataclass(frozen=True)
class YearPreviewed(Notice):
    """To who keeps the money: what closing this year would do. `unconfirmed` is paid, they say, and counts not."""

    year: int
    received: Euros | None
    pot: Euros | None
    coins: int
    payouts: tuple[PayoutLine, ...]
    unconfirmed: Euros | None

    @property
    def variant(self) -> str:
        """Whether there is anything to share."""
        return "shared" if self.payouts else "nothing"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Only a button closes a year: no word is clear enough."""
        return (Choice("close_year", do.CloseYear(self.year), str(self.year)),)


@dataclass(frozen=True)
class YearClosed(Notice):
    """To who keeps the money: the year is closed, and who is to be paid what."""

    year: int
    pot: Euros | None
    payouts: tuple[PayoutLine, ...]

    @property
    def variant(self) -> str:
        """Whether anything was shared."""
        return "shared" if self.payouts else "nothing"


@dataclass(frozen=True)
class PayoutDue(Notice):
    """To an earner, privately: your part of the pot of a year."""

    collective: str
    year: int
    coins: int
    pot: Euros
    coins_issued: int
    amount: Euros


@dataclass(frozen=True)
class NoYearToClose(Notice):
    """Every year that is over is closed."""


@dataclass(frozen=True)
class TreasurerOnly(Notice):
    """Only who keeps the money can do this."""


# --- the push and the answer ------------------------------------------------------------------------------------


def answers(offer_id: int) -> tuple[Choice, ...]:
    """What one can say to a push."""
    return (
        Choice("interested", do.ShowInterest(offer_id)),
        Choice("later", do.Decline(offer_id, "later")),
        Choice("not_for_me", do.Decline(offer_id, "no")),
    )


@dataclass(frozen=True)
class LeadOffered(Notice):
    """The push: role, terms, band, up to three true reasons, and doubts. `tipped_by`: a member thought of you.

    Says that a yes lets the source see your name and description. `answer_by` None: no hurry. `quote`: the
    member's own words that matched. `collective`: named only when the member is in several.
    """

    offer_id: int
    lead: Lead
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    answer_by: datetime | None = None
    tipped_by: str | None = None
    quote: str | None = None
    collective: str | None = None
    chooser: Chooser = "source"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Interest, not now, not for me, somebody else."""
        return (
            *answers(self.offer_id),
            Choice("tip", do.AskTip(self.offer_id)),
            Choice("why", do.ExplainOffer(self.offer_id)),
        )


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One lead in a digest, with the reason that weighs most."""

    offer_id: int
    lead: Lead
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DigestReady(Notice):
    """Once a week, when there is something: what fits and was not worth a message of its own, best first."""

    lines: tuple[DigestLine, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Say yes to one of them."""
        return tuple(
            Choice("interested_numbered", do.ShowInterest(line.offer_id), str(number))
            for number, line in enumerate(self.lines, 1)
        )


@dataclass(frozen=True)
class OfferExplained(Notice):
    """Why you got this, from what was recorded when it was decided. `passed`: the source chose somebody else."""

    title: str
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    tipped_by: str | None = None
    passed: bool = False
    chooser: Chooser = "source"


@dataclass(frozen=True, slots=True)
class WhyNotLine:
    """A rule that kept a member from being asked, and for how many leads."""

    gate: Gate
    count: int


@dataclass(frozen=True)
class WhyNot(Notice):
    """Why you were not asked lately, counted by rule, each with what would change it; no lead is named."""

    lines: tuple[WhyNotLine, ...]

    @property
    def variant(self) -> str:
        """There were such leads, or none."""
        return "some" if self.lines else "none"


@dataclass(frozen=True)
class WhyOther(Notice):
    """Of another member nothing is told, as nothing of you is told to them."""

    name: str


@dataclass(frozen=True)
class ClientReply(Notice):
    """To the source: a short answer to copy to the client. `name`: one colleague at most, who agreed."""

    lead_id: int
    title: str
    how: Literal["asking", "yes", "chosen", "nobody"]
    client: str | None = None
    name: str | None = None
    reasons: tuple[Reason, ...] = ()
    until: datetime | None = None

    @property
    def variant(self) -> str:
        """Per state of the lead."""
        return self.how


@dataclass(frozen=True)
class NothingOffered(Notice):
    """There is no lead with you (to answer, to explain, or to pass on)."""


@dataclass(frozen=True)
class LeadGone(Notice):
    """That lead is no longer open: to who was asked, or to who shared it (`own`; without a title: none is open)."""

    title: str | None
    own: bool = False

    @property
    def variant(self) -> str:
        """Who shared it misses nothing."""
        return "asked" if not self.own else "own" if self.title else "none"


@dataclass(frozen=True)
class AlreadyAnswered(Notice):
    """You answered this one already: this is what is noted. `state` is yes, later or no."""

    title: str
    state: Literal["yes", "later", "no"]

    @property
    def variant(self) -> str:
        """Per answer."""
        return self.state


@dataclass(frozen=True)
class InterestNoted(Notice):
    """Noted; who chooses now sees you, and you will hear how it ends either way.

    `queued`: one candidate is proposed at a time, and somebody else is before you.
    """

    title: str
    change_id: int
    chooser: Chooser = "source"
    queued: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class DeclineNoted(Notice):
    """Noted; no hard feelings."""

    title: str
    kind: Literal["later", "no"]
    change_id: int

    @property
    def variant(self) -> str:
        """Not now, or not for me."""
        return self.kind

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class WhichOffer(Notice):
    """Several leads are with you: which one do you mean?"""

    options: tuple[tuple[str, Command], ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button a lead."""
        return tuple(Choice("named", command, title) for title, command in self.options)


@dataclass(frozen=True)
class AskTipName(Notice):
    """Whom do you have in mind?"""

    title: str


@dataclass(frozen=True)
class TipNoted(Notice):
    """Thank you: that member is asked, privately, with your name."""

    name: str
    title: str


@dataclass(frozen=True)
class TipImpossible(Notice):
    """Why that member cannot be asked.

    Unknown (invite them?), several of that name, yourself, your own earlier tip, or not now: which hides whether they
    shared the lead, were asked, or are quiet.
    """

    name: str
    why: Literal["unknown", "several", "self", "asked", "quiet"]

    @property
    def variant(self) -> str:
        """Each has its own way on."""
        return self.why


# --- the choice and after ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interested:
    """One member who said yes, as the source sees them."""

    member_id: int
    name: str
    band: Band
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    words: str | None = None


@dataclass(frozen=True)
class CandidatesReady(Notice):
    """To who chooses: who said yes, with reasons. `waiting` were asked and have until `until`.

    `reminder`: said before. `source`: who brought it, for a coordinator who chooses. `one`: this is the one candidate.
    """

    lead_id: int
    title: str
    candidates: tuple[Interested, ...]
    waiting: int = 0
    until: datetime | None = None
    reminder: bool = False
    source: str | None = None
    one: bool = False

    @property
    def variant(self) -> str:
        """The first word of it, or a reminder; or the one candidate there is."""
        return "reminder" if self.reminder else "one" if self.one else "new"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Introduce one of them, look further, or stop."""
        first = [first_name(each.name) for each in self.candidates]
        one_each = tuple(
            Choice(
                "choose",
                do.Choose(self.lead_id, each.member_id),
                name if first.count(name) == 1 else each.name,
            )
            for each, name in zip(self.candidates, first, strict=True)
        )
        return (
            *one_each,
            Choice("another" if self.one else "nobody_yet", do.ChooseNobodyYet(self.lead_id)),
            Choice("close_lead", do.CloseLead(self.lead_id)),
        )


@dataclass(frozen=True)
class InterestGone(Notice):
    """To the source: a member took their yes back."""

    name: str
    title: str


@dataclass(frozen=True)
class WaveOver(Notice):
    """To the source: nobody said yes, or not the right one. `asking` more are asked now; 0: nobody is left to ask.

    `asked` were asked before: 0 when whoever fitted no longer did when the moment came. `digest` read of it in their
    weekly digest. `full`: there are as many candidates as may be at a time.
    """

    lead_id: int
    title: str
    asking: int
    yes: int = 0
    asked: int = 1
    digest: int = 0
    full: bool = False

    @property
    def variant(self) -> str:
        """Others are being asked, or there is nobody left; who said yes stays available."""
        if self.full:
            return "full"
        if self.asking:
            return "further" if self.yes else "more"
        if self.digest:
            return "digest_beside_yes" if self.yes else "digest"
        if self.yes:
            return "yes_only"
        return "none" if self.asked else "unasked"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """When nobody is left the source may look outside, or close it."""
        if self.asking or self.digest:
            return ()
        further = () if self.yes else look_outside(self.lead_id)
        return (*further, Choice("close_lead", do.CloseLead(self.lead_id)))


@dataclass(frozen=True)
class Introduced(Notice):
    """To the chosen: the source and, if known, the client's person, with how to reach them. What to do first."""

    title: str
    source: str
    source_reach: str | None
    client: str | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class IntroductionMade(Notice):
    """To the source.

    The chosen one, how to reach them, and a ready line for the client that names where the data comes from.
    `passed_on`: the chosen one has the details of the client's person.
    """

    title: str
    name: str
    reach: str | None
    client: str | None = None
    passed_on: bool = False
    change_id: int | None = None
    chooser: Chooser | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The one who chose can take it back."""
        return (Choice("not_after_all", do.Undo(self.change_id)),) if self.change_id is not None else ()


@dataclass(frozen=True)
class ChoiceNoted(Notice):
    """To a coordinator who chose: both sides were introduced."""

    name: str
    title: str
    change_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("not_after_all", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class ClientLink(Notice):
    """To the source: a page on which the client chooses among who said yes; works for one choice, until `expires`."""

    title: str
    address: str
    expires: date


@dataclass(frozen=True)
class ClientChoice(Notice):
    """On that page: who said yes, by first name, with what fits."""

    lead_id: int
    title: str
    collective: str
    candidates: tuple[Interested, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One of them."""
        return tuple(
            Choice("meet", do.Choose(self.lead_id, each.member_id), each.name) for each in self.candidates
        )


@dataclass(frozen=True)
class ClientThanked(Notice):
    """On that page: the choice is made, and `source` brings both together."""

    name: str
    source: str


@dataclass(frozen=True)
class ClientTooLate(Notice):
    """On that page: there is nothing to choose (any more), and who to ask."""


@dataclass(frozen=True)
class ChoiceUndone(Notice):
    """To who was chosen: the choice was taken back; your yes stands, what you know of the client stays with you."""

    title: str


@dataclass(frozen=True)
class Reopened(Notice):
    """To who had said yes: the lead is open after all, and your yes stands."""

    title: str


@dataclass(frozen=True)
class ChoiceOverdue(Notice):
    """To the coordinator: `yes` members wait for a choice that the source does not make, after two reminders."""

    lead_id: int
    title: str
    source: str
    yes: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Choose in their place."""
        return (Choice("take_over", do.TakeOver(self.lead_id)),)


@dataclass(frozen=True)
class TakenOver(Notice):
    """To the source: `by` chooses now, so that nobody has to wait; the credit stays yours."""

    by: str
    title: str


Stuck = Literal["asking", "nobody", "choosing", "starting"]


@dataclass(frozen=True)
class StartNudge(Notice):
    """To who chooses: `days` after the request work has not begun, and this is where it is stuck."""

    title: str
    days: int
    stuck: Stuck
    introduction_id: int | None = None
    name: str | None = None

    @property
    def variant(self) -> str:
        """Where it is stuck."""
        return self.stuck

    @property
    def choices(self) -> tuple[Choice, ...]:
        """It has begun after all."""
        if self.introduction_id is None:
            return ()
        return (Choice("started", do.ReportStart(self.introduction_id)),)


@dataclass(frozen=True)
class StartNoted(Notice):
    """The work has begun: noted."""

    title: str


@dataclass(frozen=True)
class NotChosen(Notice):
    """To who answered: how it ended, with one true reason, and thanks. `answer` is what they had said."""

    title: str
    answer: Literal["yes", "later", "no"]
    why: Literal["chosen", "closed", "withdrawn", "further"]
    chooser: Chooser = "source"

    @property
    def variant(self) -> str:
        """Somebody else was chosen, it ended without a choice, or it was taken back; shorter for who had said no."""
        return self.why if self.answer == "yes" or self.why == "further" else f"{self.why}_short"


@dataclass(frozen=True)
class LeadEnded(Notice):
    """To the source: the lead is closed or taken back, and who answered was told."""

    title: str
    told: int
    withdrawn: bool = False

    @property
    def variant(self) -> str:
        """Taken back, or closed."""
        return "withdrawn" if self.withdrawn else "closed"


@dataclass(frozen=True)
class AskOutcome(Notice):
    """To the source, after 7 and 21 days: how did it go?"""

    introduction_id: int
    title: str
    name: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Won, talks only, nothing, too early."""
        return (
            Choice("won", do.ReportOutcome("won", self.introduction_id)),
            Choice("talks", do.ReportOutcome("talks", self.introduction_id)),
            Choice("nothing", do.ReportOutcome("nothing", self.introduction_id)),
            Choice("too_early", do.OutcomeUnknown(self.introduction_id)),
        )


@dataclass(frozen=True)
class OutcomeStored(Notice):
    """Thank you for telling how it went. `own`: you told it about your own assignment."""

    outcome: Literal["won", "talks", "nothing"]
    title: str

    @property
    def variant(self) -> str:
        """Per outcome."""
        return self.outcome


@dataclass(frozen=True)
class OutcomeHeard(Notice):
    """To the other side of an introduction: this is what was told about it."""

    outcome: Literal["won", "talks", "nothing"]
    title: str
    by: str

    @property
    def variant(self) -> str:
        """Per outcome."""
        return self.outcome


@dataclass(frozen=True)
class OutcomeLater(Notice):
    """Fine, I will ask again on `on` (None: not again)."""

    on: date | None


@dataclass(frozen=True)
class NoIntroduction(Notice):
    """You report how something went, but no introduction of yours is open; it is noted as a wish."""


@dataclass(frozen=True)
class WhichIntroduction(Notice):
    """Several introductions are open: which one do you mean?"""

    options: tuple[tuple[str, Command], ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        return tuple(Choice("named", command, title) for title, command in self.options)


# --- overviews --------------------------------------------------------------------------------------------------


RUNNING = frozenset({"asking", "interested", "waiting", "nobody", "unasked"})  # states of an open lead


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead of mine.

    `state`: asking, interested, waiting (for my choice), chosen, won, talks, nothing, closed, nobody, unasked.
    """

    lead_id: int
    title: str
    state: str
    asked: int
    yes: int
    chosen: str | None = None


@dataclass(frozen=True)
class MyLeads(Notice):
    """How the leads I shared are doing."""

    lines: tuple[LeadLine, ...]

    @property
    def variant(self) -> str:
        """None at all, or some."""
        return "some" if self.lines else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Open ones can be taken back."""
        running = [line for line in self.lines if line.state in RUNNING]
        return tuple(
            Choice("withdraw_named", do.WithdrawLead(line.lead_id), line.title) for line in running[:3]
        )


@dataclass(frozen=True)
class MyWork(Notice):
    """What is there for me: pushes not answered yet, and those I said yes to."""

    open: tuple[tuple[int, str], ...]
    waiting: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Nothing, or something."""
        return "some" if self.open or self.waiting else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Say yes to one of the open ones."""
        return tuple(
            Choice("interested_named", do.ShowInterest(offer), title) for offer, title in self.open[:4]
        )


# --- always -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cancelled(Notice):
    """Dropped, nothing was stored. `form` None: nothing was under way but perhaps a `question` of ours."""

    form: Form | None = None
    question: bool = False

    @property
    def variant(self) -> str:
        """Something was dropped, or there was nothing."""
        return "form" if self.form else "question" if self.question else "nothing"


@dataclass(frozen=True)
class Unclear(Notice):
    """I am not sure what you mean; these are the likeliest. Without readings: say it differently, or ask for help."""

    readings: tuple[str, ...]

    @property
    def variant(self) -> str:
        """With or without likely readings."""
        return "readings" if self.readings else "none"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Labels are `reading.INTENT`."""
        return tuple(Choice(f"reading.{intent}", do.ReadAs(intent)) for intent in self.readings)


@dataclass(frozen=True)
class Impossible(Notice):
    """A statement that cannot be so: quote it, say why, and ask for it anew."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Stale(Notice):
    """That button belongs to something that is over."""


@dataclass(frozen=True)
class Pleasantry(Notice):
    """Hello, you're welcome, fine: brief."""

    kind: Literal["greeting", "thanks", "confirm", "deny", "stay"]
    name: str

    @property
    def variant(self) -> str:
        """Per kind."""
        return self.kind


@dataclass(frozen=True)
class NotYet(Notice):
    """I understand what you ask, but cannot do it yet; I noted that you want it.

    `intent` has a short description in the words.
    """

    intent: str


@dataclass(frozen=True)
class Unreadable(Notice):
    """Voice, sticker, photo, a file that cannot be read: what does work."""

    media: str

    @property
    def variant(self) -> str:
        """Per kind of media ("empty": no words at all); "other" for the rest."""
        return self.media


@dataclass(frozen=True)
class TooLong(Notice):
    """More text than I read at once."""

    limit: int


@dataclass(frozen=True)
class EditIgnored(Notice):
    """I saw that you edited an earlier message; please send the change as a new one."""


@dataclass(frozen=True)
class KeptPrivate(Notice):
    """What others charge, or who of them is free, is told to nobody: why, and what does work."""

    kind: Literal["rates", "free"]

    @property
    def variant(self) -> str:
        """Each has its own text."""
        return self.kind


@dataclass(frozen=True)
class UnknownShortcut(Notice):
    """That command does not exist; these do."""


@dataclass(frozen=True)
class Help(Notice):
    """What you can do here, with examples to copy; how it chooses; that it is a program. Short.

    Coordinators see how to invite.
    """

    collective: str
    coordinator: bool

    @property
    def variant(self) -> str:
        """Coordinators see a little more."""
        return "coordinator" if self.coordinator else "member"


@dataclass(frozen=True)
class AskStop(Notice):
    """Stop what: messages for a while, or the membership?"""

    collective: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Pause, leave, or nothing."""
        return Choice("pause", do.Pause()), Choice("leave", do.Leave()), Choice("stay", do.Pleasantry("stay"))


@dataclass(frozen=True)
class Left(Notice):
    """You left; what was kept and what is gone; how to come back."""

    collective: str
    open_leads: int


@dataclass(frozen=True)
class LastCoordinator(Notice):
    """You are the only coordinator: name another one first, then you can leave."""

    collective: str


@dataclass(frozen=True)
class MemberLeft(Notice):
    """To the coordinator: somebody left."""

    name: str


@dataclass(frozen=True)
class Undone(Notice):
    """Taken back; this is how it stands now.

    `what` is availability, profile, answer, pause, lead, word, room or follow.
    """

    what: str
    periods: tuple[Period, ...] = ()
    offer_id: int | None = None

    @property
    def variant(self) -> str:
        """Per kind."""
        return self.what

    @property
    def choices(self) -> tuple[Choice, ...]:
        """After an answer: answer anew."""
        return answers(self.offer_id) if self.offer_id is not None else ()


@dataclass(frozen=True)
class NothingToUndo(Notice):
    """There is nothing that can be taken back, or it is too late."""


@dataclass(frozen=True)
class AskHumanWords(Notice):
    """What should I pass on to the coordinator?"""

    coordinator: str


@dataclass(frozen=True)
class HumanTold(Notice):
    """Passed on."""

    coordinator: str


@dataclass(frozen=True)
class HumanWanted(Notice):
    """To the coordinator: this member wants to talk, with their own words and how to reach them."""

    name: str
    words: str
    reach: str | None
    of_member_id: int

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Taken up."""
        return (Choice("take_up", do.Answered(self.of_member_id)),)


@dataclass(frozen=True)
class HumanComing(Notice):
    """To the member: the coordinator saw it and will be in touch."""

    coordinator: str


@dataclass(frozen=True)
class TakenUp(Notice):
    """To the coordinator: the member was told that you will be in touch."""

    name: str


@dataclass(frozen=True)
class NoCoordinator(Notice):
    """There is no coordinator to pass it on to."""


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word the collective taught, by whom (None: somebody who is forgotten) and on which day."""

    word: str
    kind: WordKind
    meaning: str
    by: str | None
    on: date


@dataclass(frozen=True)
class VocabularyShown(Notice):
    """The words this collective taught. Coordinators see all of them, and can remove one; others no clients.

    `total` counts more than are shown when there are very many.
    """

    words: tuple[KnownWord, ...]
    total: int
    coordinator: bool

    @property
    def choices(self) -> tuple[Choice, ...]:
        """To forget one: the last taught."""
        if not self.coordinator:
            return ()
        newest = sorted(self.words, key=lambda word: word.on, reverse=True)[:FORGETTABLE]
        return tuple(Choice("forget_word", do.ForgetWord(each.word), each.word) for each in newest)

    @property
    def variant(self) -> str:
        """Nothing was taught yet, or this."""
        return "words" if self.words else "empty"


@dataclass(frozen=True)
class WordTaught(Notice):
    """From now on this word is read so by everybody in the collective. `before`: what it was read as until now."""

    word: str
    meaning: str
    kind: WordKind
    change_id: int
    before: str | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Take it back."""
        return (Choice("undo", do.Undo(self.change_id)),)


@dataclass(frozen=True)
class WordKindAsked(Notice):
    """Is that a role, a skill or a client?"""

    word: str
    meaning: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One of the three."""
        kinds: tuple[WordKind, ...] = ("role", "skill", "client")
        return tuple(Choice(f"word.{kind}", do.TeachWord(self.word, self.meaning, kind)) for kind in kinds)


@dataclass(frozen=True)
class WordRefused(Notice):
    """This word could be anything, so it is not learned."""

    word: str
    why: Literal["everyday", "name", "place", "unreadable"]

    @property
    def variant(self) -> str:
        """Each has its own reason."""
        return self.why


@dataclass(frozen=True)
class WordForgotten(Notice):
    """This word is no longer in the vocabulary."""

    word: str


@dataclass(frozen=True)
class WordUnknown(Notice):
    """This word is not in the vocabulary."""

    word: str


@dataclass(frozen=True)
class WordNotYours(Notice):
    """Only the coordinator, or who taught it, can remove this word."""

    word: str


@dataclass(frozen=True)
class CorrectionsAsked(Notice):
    """May I keep messages that I read wrongly, without names and numbers, to learn from?"""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return (
            Choice("corrections.allow", do.AllowCorrections(allowed=True)),
            Choice("corrections.refuse", do.AllowCorrections(allowed=False)),
        )


@dataclass(frozen=True)
class CorrectionsAnswered(Notice):
    """From now on they are kept, or nothing is and what was kept is gone."""

    allowed: bool

    @property
    def variant(self) -> str:
        """Each has its own text."""
        return "yes" if self.allowed else "no"


@dataclass(frozen=True)
class WhichCollective(Notice):
    """You are in several collectives: with which do you want to talk? Now it is `current`."""

    current: str
    options: tuple[tuple[str, int], ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One button each."""
        return tuple(Choice("named", do.SwitchCollective(number), name) for name, number in self.options)


@dataclass(frozen=True)
class Switched(Notice):
    """You now talk with this collective."""

    collective: str


@dataclass(frozen=True)
class Sorry(Notice):
    """Something went wrong on our side; nothing was changed; it was logged; please try again."""
