"""Everything a member can ask of us, one frozen class each. Read this page to know the product.

A command is decided from a message, or was put under a button when a card was made; `to_json` and `from_json`
carry it to the database and back. Ids are those of the collective's own rows; an action checks that they
belong to the member.
"""

from datetime import date
from typing import Any, Literal, Union

import msgspec

from nlu.deals import Doubt, Terms
from nlu.meaning import Availability, Form, Lead, Problem, Profile, Weekday
from nlu.vocabulary import WordKind


class Command(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Something to do for a member."""


class TalkCommand(Command, frozen=True):
    """Belongs to the talk itself: says or asks something and stores nothing."""


class JoinCommand(Command, frozen=True):
    """Also for who is not a member yet, or about being one."""


# --- the talk itself -------------------------------------------------------------------------------------------


class Ask(TalkCommand, frozen=True):
    """Nothing to do yet: ask for one missing field. `again` when the first answer was not understood.

    `back` when something else came in between: then the question says what it is about. `nth` of `of`: the lead is
    one of several in a message.
    """

    form: Form
    field: str
    draft: int
    again: bool = False
    problem: Problem | None = None
    back: bool = False
    nth: int = 0
    of: int = 0


class ShowLead(TalkCommand, frozen=True):
    """Read a lead back, to be confirmed or corrected. `nth` of `of`: it is one of several in a message."""

    draft: int
    lead: Lead
    tips: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ruled_out: tuple[str, ...] = ()
    nth: int = 0
    of: int = 0


class ShowProfile(TalkCommand, frozen=True):
    """Read a profile back, to be confirmed or corrected."""

    draft: int
    profile: Profile
    availability: Availability | None = None
    problems: tuple[Problem, ...] = ()


class AskWhatIsWrong(TalkCommand, frozen=True):
    """The read-back was not right: ask what should be different."""

    form: Form


class Resume(Command, frozen=True):
    """Messages on again after a pause."""


class Cancelled(TalkCommand, frozen=True):
    """What was under way is dropped; nothing was stored.

    `form` None: nothing was under way but perhaps a single `question` of ours.
    """

    form: Form | None = None
    question: bool = False


class Unclear(TalkCommand, frozen=True):
    """We are not sure what was meant: say so, and offer the likeliest readings."""

    readings: tuple[str, ...] = ()


class Stale(TalkCommand, frozen=True):
    """A button of something that is no longer under way."""


class Pleasantry(TalkCommand, frozen=True):
    """A greeting, thanks, a yes or a no to nothing in particular: a brief answer."""

    kind: Literal["greeting", "thanks", "confirm", "deny", "stay"]


class NotYet(JoinCommand, frozen=True):
    """A wish we understand but cannot fulfil yet: say so, and remember that it was asked."""

    intent: str


class Unreadable(TalkCommand, frozen=True):
    """A voice message, sticker, photo without words, or a file we cannot read."""

    media: str


class TooLong(TalkCommand, frozen=True):
    """More text than we read at once (`limit` characters)."""

    limit: int


class Impossible(TalkCommand, frozen=True):
    """A statement that cannot be so (31 February): say what, and ask again."""

    problems: tuple[Problem, ...]


class Remind(TalkCommand, frozen=True):
    """Back to the read-back that still waits for an answer, after something else came in between."""

    draft: int
    form: Form


class EditIgnored(TalkCommand, frozen=True):
    """A message sent before was edited on the platform, and what it led to is already done."""


class KeepPrivate(TalkCommand, frozen=True):
    """What others charge, or who of them is free: told to nobody. To agree on rates or clients: refused."""

    kind: Literal["rates", "free", "agree"]


class UnknownShortcut(TalkCommand, frozen=True):
    """A slash command that does not exist."""


class IntroduceFirst(TalkCommand, frozen=True):
    """A newcomer forwards a lead or invites somebody before having introduced themself: that comes after."""


class Help(TalkCommand, frozen=True):
    """What Seintje can do, and how it works."""


class AskStop(TalkCommand, frozen=True):
    """ "stop" can mean several things: ask which one. `why` is the reason that was given along with it."""

    why: str | None = None


# --- buttons that steer a talk: `dialogs` turns them into one of the others -------------------------------------


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


# --- joining ----------------------------------------------------------------------------------------------------


class Invite(Command, frozen=True):
    """Invite or recommend somebody: `reason` is the vouch (mission rows D23, A19)."""

    name: str
    reason: str | None = None


class AskVouch(TalkCommand, frozen=True):
    """A recommendation lacks the name or the reason: ask for it."""

    name: str | None = None


class Agree(JoinCommand, frozen=True):
    """A newcomer agrees with what is stored. `known`: they told about themself already, so that need not be asked."""

    known: bool = False


class Disagree(JoinCommand, frozen=True):
    """A newcomer does not agree: nothing is stored."""


class ExplainJoining(JoinCommand, frozen=True):
    """Somebody who has not agreed yet writes: say again what Seintje is and ask."""


class AskConsent(JoinCommand, frozen=True):
    """Somebody who has not agreed yet already tells about themself: that waits for their yes."""


class SaveProfile(JoinCommand, frozen=True):
    """Store a confirmed description, and the availability that was said along with it."""

    profile: Profile
    about: str
    availability: Availability | None = None


class Leave(JoinCommand, frozen=True):
    """End the membership; `why` in the member's own words, for the coordinator (mission row B13)."""

    why: str | None = None


class ShowMyData(JoinCommand, frozen=True):
    """What do you keep of me? In short, with a file of all of it."""


class AskDelete(JoinCommand, frozen=True):
    """Forget me: say what goes and what stays, and ask."""


class DeleteMe(JoinCommand, frozen=True):
    """End the membership and erase all that can go, at once."""


class AskCollective(JoinCommand, frozen=True):
    """With which of one's collectives do you want to talk?"""


class LinkAccount(JoinCommand, frozen=True):
    """Also talk from another app: a code to send from there (mission row B19)."""


class PreferHere(JoinCommand, frozen=True):
    """Be written to in this app, and no longer in the other one."""


class SwitchCollective(JoinCommand, frozen=True):
    """Talk with another collective of which one is a member."""

    collective_id: int


# --- availability and profile -----------------------------------------------------------------------------------


class SetAvailability(Command, frozen=True):
    """Say when and how much one can work. `correcting` changes the last statement instead of adding one.

    `postponing` is a change of mind that stands by itself ("toch pas vrij vanaf 15 april").

    `also` are later statements of the same message ("vanaf 1 mei 2 dagen, vanaf 1 juni 4"): one change with the first.
    """

    availability: Availability
    correcting: bool = False
    also: tuple[Availability, ...] = ()
    postponing: bool = False


class AskAvailability(TalkCommand, frozen=True):
    """An availability without any date, time or state: ask."""


class UpdateProfile(Command, frozen=True):
    """Change parts of one's description."""

    profile: Profile


class AskProfile(TalkCommand, frozen=True):
    """A change of profile without saying what: ask."""


class CheckTitle(Command, frozen=True):
    """A coordinator looked up whether a member is in the register of a regulated profession (mission row D4)."""

    member_id: int
    role: str
    found: bool


class Follow(Command, frozen=True):
    """Tell me of this client or theme (mission row E3)."""

    topic: str


class AskFollow(TalkCommand, frozen=True):
    """Follow what? A client or a theme."""


class Unfollow(Command, frozen=True):
    """No longer follow this. `ruled_out`: it was not followed but ruled out ("geen banken"), and may come again."""

    topic: str = ""
    ruled_out: bool = False


class ShowFollows(Command, frozen=True):
    """What do I follow?"""


class SetVolume(Command, frozen=True):
    """How much one wants to hear (mission row C10); silence is a pause."""

    volume: Literal["all", "fitting", "digest"]


class AskVolume(Command, frozen=True):
    """Fewer or more messages: ask how much."""


class SetDigest(Command, frozen=True):
    """When one reads the weekly digest: 0 is Monday; without an hour at the usual one."""

    weekday: Literal[0, 1, 2, 3, 4, 5, 6]
    hour: int | None = None


class SetZone(Command, frozen=True):
    """The clock one lives by, as the time zone database calls it."""

    zone: str


class Pause(Command, frozen=True):
    """No pushes up to and including a day (ISO); None: until told otherwise."""

    until: str | None = None


# --- what Seintje asks by itself --------------------------------------------------------------------------------


class KeepAvailability(Command, frozen=True):
    """ "Klopt nog": what I said of when I can work still holds."""


class AskEvery(Command, frozen=True):
    """Ask me every week at this moment whether my availability still holds; without a day: ask which."""

    weekday: Weekday | None = None
    hour: int = 9
    minute: int = 0


class StopAsking(Command, frozen=True):
    """Do not ask me every week any more."""


class SetRoom(Command, frozen=True):
    """So many days a week of room in the coming six weeks: private (mission rows C11, C12).

    `agreed`: the member answers a question that said what the answer is for.
    """

    days: float
    agreed: bool = False


class StopRoom(Command, frozen=True):
    """Do not ask about room any more, and forget what was answered."""


# --- leads ------------------------------------------------------------------------------------------------------


class ShareLead(Command, frozen=True):
    """Pass work on to the collective.

    `tips` are names that go first, `ruled_out` names that are not asked.
    `text` is only used to recognise a second telling; under a button stand its `words` instead, made unreadable.
    """

    lead: Lead
    text: str
    tips: tuple[str, ...] = ()
    forwarded_from: str | None = None
    is_new: bool = False  # the member said that it is not the lead it looks like
    ruled_out: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    team: bool | None = None  # of several roles: one person for each, or one for any; None: not asked yet


class MarkOrigin(Command, frozen=True):
    """My lead came to the collective itself, or to me after all (mission row C2). Without an id: my newest."""

    lead_id: int | None = None
    collective: bool = True


class LeadTeam(Command, frozen=True):
    """ "Ik wil trekken" (mission row C3). Without an id: the newest team one has to do with."""

    lead_id: int | None = None


class AppointContractor(Command, frozen=True):
    """The source lets somebody lead the team, or not."""

    lead_id: int
    member_id: int
    refused: bool = False


class ShowTeam(Command, frozen=True):
    """Who leads, and who is in the team?"""

    lead_id: int | None = None


class AmendLead(Command, frozen=True):
    """Change what was said of one's last open lead ("nee, 24 uur", after it was shared; mission row D35)."""

    lead: Lead


class RuleOut(Command, frozen=True):
    """Not to be asked for one's last open lead, for instance over a conflict of interest."""

    names: tuple[str, ...]


class SearchOutside(Command, frozen=True):
    """Nobody inside fits: ask a few members whom they know outside the group (mission row C5)."""

    lead_id: int


class ForwardLead(Command, frozen=True):
    """A text about this lead to pass on to somebody outside, with a code that keeps the credit."""

    lead_id: int


class ShowFairness(Command, frozen=True):
    """How fairly do we share? For the coordinator."""


class ShowMissing(Command, frozen=True):
    """Which skills do we lack? For the coordinator (mission row A20)."""


class WithdrawLead(Command, frozen=True):
    """Take a lead back."""

    lead_id: int


class ShowMyLeads(Command, frozen=True):
    """How are the leads I shared?"""


class ShowWork(Command, frozen=True):
    """What is there for me?"""


class ShowInterest(Command, frozen=True):
    """Yes to a push. Without an id: the only one that is open, or ask which."""

    offer_id: int | None = None
    words: str | None = None


class Decline(Command, frozen=True):
    """No to a push: not now, or not for me."""

    offer_id: int | None = None
    kind: Literal["later", "no"] = "no"
    words: str | None = None


class Tip(Command, frozen=True):
    """This is something for somebody else."""

    name: str
    offer_id: int | None = None


class ExplainOther(Command, frozen=True):
    """Why did somebody else get it?"""

    name: str


class ExplainWhyNot(Command, frozen=True):
    """Why did I not get it, or so little?"""


class ExplainOffer(Command, frozen=True):
    """Why did I get this? Without an id: the push seen last."""

    offer_id: int | None = None


class Choose(Command, frozen=True):
    """The source introduces one of the interested to the client."""

    lead_id: int
    member_id: int


class ShowCandidates(Command, frozen=True):
    """Who said yes to my leads? Shown again, with the buttons to choose."""


class ChooseNobodyYet(Command, frozen=True):
    """ "Nog geen keuze": ask the next wave."""

    lead_id: int


class TakeOver(Command, frozen=True):
    """A coordinator chooses in the place of a source who does not."""

    lead_id: int


class ReportStart(Command, frozen=True):
    """The work that somebody was introduced to has begun (mission row B10)."""

    introduction_id: int


class CloseLead(Command, frozen=True):
    """The source ends a lead without a choice."""

    lead_id: int


class ReportOutcome(Command, frozen=True):
    """How it went after an introduction. Without an id: the only one that is open, or ask which."""

    outcome: Literal["won", "talks", "nothing"]
    introduction_id: int | None = None
    words: str | None = None


class OutcomeUnknown(Command, frozen=True):
    """Too early to say: ask again later."""

    introduction_id: int


# --- the collective's own words ---------------------------------------------------------------------------------


class ShowVocabulary(Command, frozen=True):
    """Which words did this collective teach?"""


class TeachWord(Command, frozen=True):
    """ "pm = projectmanager": from now on the one is read as the other.

    `kind` None: it does not show whether it is a role, a skill or a client.
    """

    word: str
    meaning: str
    kind: WordKind | None = None


class ForgetWord(Command, frozen=True):
    """A word leaves the vocabulary."""

    word: str


# --- the coordinator --------------------------------------------------------------------------------------------


class SetPolicy(Command, frozen=True):
    """Change a setting of the collective; `value` as it was read."""

    name: str
    value: str


class ShowPolicy(Command, frozen=True):
    """How is the collective set?"""


class ShowCredit(Command, frozen=True):
    """What is asked and given in money and coins? (list F, mission row D28)."""


class NameCoordinator(Command, frozen=True):
    """Make somebody a coordinator as well."""

    name: str


class NameTreasurer(Command, frozen=True):
    """Make somebody a treasurer: who keeps the money. Without any the coordinators do."""

    name: str


class MakePool(Command, frozen=True):
    """A pool of members for one client (mission row B4)."""

    pool: str
    client: str


class JoinPool(Command, frozen=True):
    """Put somebody in a pool, or take them `out`."""

    name: str
    pool: str
    out: bool = False


class SetPoolRate(Command, frozen=True):
    """The rate a client set for its pool (mission row B8), whole cents; `by_client` once that was said to be so."""

    pool: str
    cents: int | None
    unit: Literal["hour", "day"] = "hour"
    by_client: bool = False


class ShowPools(Command, frozen=True):
    """Which pools am I in, and at which rate of the client's?"""


class WriteReply(Command, frozen=True):
    """What can I answer the client? Without an id: of one's last lead (mission row A6)."""

    lead_id: int | None = None


# --- the books --------------------------------------------------------------------------------------------------


class AskDeal(Command, frozen=True):
    """Work was won, by an introduction or after the job `follows_id`: ask what was agreed."""

    introduction_id: int | None = None
    follows_id: int | None = None


class TellDeal(Command, frozen=True):
    """What was agreed for work that was won: read back with what follows, before anything is kept (rows A3, A4).

    Without an id: the only introduction that is open, or ask which. `follows`: work that came after a job for the same
    client, `follows_id`. `words` may name the job, `doubts` are asked about; `sure`: what seemed odd is right.
    """

    terms: Terms
    introduction_id: int | None = None
    follows: bool = False
    follows_id: int | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()
    sure: bool = False


class KeepDeal(Command, frozen=True):
    """That is right, and this is the most I contribute; `cap_cents` None: not picked yet, or nothing is asked.

    `words` and `doubts` were not understood in what was told: unless the words name the job, nothing is kept.
    """

    terms: Terms
    introduction_id: int | None = None
    follows_id: int | None = None
    cap_cents: int | None = None
    why: str | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()


class PickTier(Command, frozen=True):
    """The most the member contributes on a job, own judgement (mission row A4). Without an id: the only job, or ask."""

    deal_id: int | None
    cap_cents: int
    why: str | None = None
    words: str = ""
    doubts: tuple[Doubt, ...] = ()


class AskTierReason(Command, frozen=True):
    """Why this cap? It may be told, and need not."""

    deal_id: int


class ExplainTier(Command, frozen=True):
    """Why the member picked this cap."""

    deal_id: int
    why: str


class OwnWork(Command, frozen=True):
    """The work that was won came through nobody here: nothing is asked."""


class ClaimWork(Command, frozen=True):
    """The work that was won came from this lead, though somebody else was introduced, or nobody."""

    lead_id: int
    terms: Terms = Terms()


class SettleClaim(Command, frozen=True):
    """The source says whether this member won their lead."""

    lead_id: int
    member_id: int
    granted: bool


class ChangeLead(Command, frozen=True):
    """The job is gone, but the client wants something else: the credit goes along (mission row A7)."""

    introduction_id: int | None = None


class ExtendDeal(Command, frozen=True):
    """A running job goes on: until a day, or so many months longer."""

    deal_id: int | None = None
    until: date | None = None
    months: float | None = None
    words: str = ""


class EndDeal(Command, frozen=True):
    """A running job ended, early or as agreed; without a day: today."""

    deal_id: int | None = None
    on: date | None = None
    words: str = ""


class ShowDeal(Command, frozen=True):
    """How does this job stand, and what can I tell about it?"""

    deal_id: int


class AskExtend(Command, frozen=True):
    """Until when does this job go on?"""

    deal_id: int


class AskTurnover(Command, frozen=True):
    """How much did you earn with this job in a month, or (None) with all of it? `mend`: instead of what was told."""

    deal_id: int
    month: date | None = None
    mend: bool = False


class TellTurnover(Command, frozen=True):
    """What was earned with a job, in whole cents: of a month (its first day), or of the whole job (mission row A3).

    Without an id: the only job that is running, or ask which. `instead_cents` stood there before; `existing` says what
    to do with what was told of that month before. `sure`: what seemed too much is right.
    """

    cents: int | None = None
    month: date | None = None
    whole: bool = False
    deal_id: int | None = None
    vat: Literal["excl", "incl"] | None = None
    instead_cents: int | None = None
    existing: Literal["ask", "replace", "add"] = "ask"
    sure: bool = False
    words: str = ""
    why: str | None = None
    doubts: tuple[Doubt, ...] = ()


class SameTurnover(Command, frozen=True):
    """ "Zelfde als vorige maand": the last amount again, for the month that was asked about."""

    deal_id: int | None = None


class ShowCoins(Command, frozen=True):
    """How many coins do I have, and what for? (mission row A11)."""


class TellPublicity(Command, frozen=True):
    """I did something that makes the collective known: an article, a talk (mission row A11)."""

    words: str


class SettleCoins(Command, frozen=True):
    """A coordinator confirms publicity, or does not."""

    entry_id: int
    granted: bool


class RecordPayment(Command, frozen=True):
    """Somebody paid, in whole cents: `name` None is the writer, `to` None the collective.

    `what` and `deal_id` say what for; without them it is what is open, or asked.
    """

    cents: int | None
    name: str | None = None
    to: str | None = None
    what: Literal["dues", "contribution"] | None = None
    member_id: int | None = None
    to_id: int | None = None
    deal_id: int | None = None
    doubts: tuple[Doubt, ...] = ()


class ConfirmPayment(Command, frozen=True):
    """Who should have received a payment says whether it is there."""

    entry_id: int
    received: bool


class ListOpen(Command, frozen=True):
    """What do members still have to pay? For who keeps the money."""


class ShowStanding(Command, frozen=True):
    """How do I stand? What I owe, what is owed to me, my coins, and what is in the pot (mission rows A3, A11, A12)."""


class PreviewYear(Command, frozen=True):
    """What closing the first year that is still open would do (mission row A12)."""


class CloseYear(Command, frozen=True):
    """Share the pot of a year and close it: after a preview, by whoever keeps the money."""

    year: int


class Evaluate(Command, frozen=True):
    """The answer to one of the three questions after a job: "yes", "partly", "no", "unknown", or words to the third."""

    evaluation_id: int
    question: int
    answer: str


class ShowEvaluations(Command, frozen=True):
    """What was told of my jobs? A coordinator may ask it of somebody else."""

    name: str = ""


class CheckWork(Command, frozen=True):
    """The nine points of case law, one at a time: `answers` so far are letters, g(reen), a(mber) or q(uestion)."""

    answers: str = ""


class ShowShares(Command, frozen=True):
    """Which part of my turnover comes from this client, or from each?"""

    client: str = ""


class ShowTotals(Command, frozen=True):
    """What did the collective earn last month, and what is in the pot?"""


class ShowGiving(Command, frozen=True):
    """What did I bring this year, and what did I get (mission row E8)?"""


class ShowStatement(Command, frozen=True):
    """My year as a PDF; without a year the one that is meant at this time."""

    year: int | None = None


class ShowOverview(Command, frozen=True):
    """The year of the collective as a PDF, for whoever keeps the money."""

    year: int | None = None


class ShowDues(Command, frozen=True):
    """What do I owe in dues (mission row A17)?"""


class ClaimDues(Command, frozen=True):
    """I have paid my dues: whoever keeps the money is asked whether they came in."""


class ListDues(Command, frozen=True):
    """Who still owes dues? For whoever keeps the money."""


class MarkDues(Command, frozen=True):
    """Somebody's dues came in: all that is open. By whoever keeps the money, by name or under a button."""

    name: str = ""
    member_id: int | None = None


class ConfirmDues(Command, frozen=True):
    """Whether the dues that a member says to have paid came in."""

    entry_id: int
    received: bool


class KeepCorrection(Command, frozen=True):
    """What this message was meant for, without names and numbers: to learn from, with consent.

    Never under a button: it is carried out in the turn that makes it.
    """

    language: str
    intent: str
    text: str


class AllowCorrections(Command, frozen=True):
    """May what was read wrongly be kept to learn from?"""

    allowed: bool


# --- and always -------------------------------------------------------------------------------------------------


class Undo(Command, frozen=True):
    """Take back the last change, or the one a button points at."""

    change_id: int | None = None


class TalkToHuman(JoinCommand, frozen=True):
    """Pass a message on to the coordinator."""

    words: str


class AskHumanWords(JoinCommand, frozen=True):
    """Ask what the coordinator should know."""


class Answered(Command, frozen=True):
    """The coordinator took up a member's request."""

    member_id: int


ALL: tuple[type[Command], ...] = tuple(
    each
    for each in (*Command.__subclasses__(), *TalkCommand.__subclasses__(), *JoinCommand.__subclasses__())
    if each not in (TalkCommand, JoinCommand)
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
