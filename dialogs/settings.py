"""What a member sets in one short message, of the collective or for themself, as the command it stands for. Pure."""

import re

from dialogs import commands as do
from dialogs.commands import Command
from nlu.meaning import Setting

THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
NAMES = re.compile(r",|\s+(?:en|and|dan|then)\s+")


def command_of(setting: Setting) -> Command:  # noqa: C901, PLR0911, PLR0912, PLR0915 (one line a request)
    """The command; what is neither a request nor about the writer is a setting of the collective."""
    match setting.name, setting.value:
        case "show_policy", _:
            return do.ShowPolicy()
        case "show_credit", _:
            return do.ShowCredit()
        case "show_candidates", _:
            return do.ShowCandidates()
        case "client_reply", _:
            return do.WriteReply()
        case "show_roles", _:
            return do.ShowRoles()
        case ("coordinator" | "treasurer" | "intake") as role, name:
            return do.GiveRole(role, name)
        case ("end_coordinator" | "end_treasurer" | "end_intake") as ended, name:
            return end_of(ended, name)
        case "dues", name:
            return dues_of(name)
        case "origin", whose:
            return do.MarkOrigin(collective=whose == "collective")
        case "door", ("show" | "renew" | "shut") as how:
            return do.SetDoor(how)
        case "duty", said:
            return duty_of(said)
        case "inquiry", _:
            return do.ShowMyLeads()  # of a member; a client's own is in `dialogs/clients.py`
        case "team", "lead":
            return do.LeadTeam()
        case "team", _:
            return do.ShowTeam()
        case "bring", words:
            return do.ShowInterest(words=words)
        case "pool", said:
            return pool_of(said)
        case "members", _:
            return do.ShowMembers()
        case "put_out", name:
            return do.PutOut(name)
        case "drive", "ask":
            return do.AskDrive()
        case "drive", words:
            return do.SetDrive(words)
        case "ally", said:
            return ally_of(said)
        case "evaluations", name:
            return do.ShowEvaluations(name)
        case "check_work", _:
            return do.CheckWork()
        case "shares", client:
            return do.ShowShares(client)
        case "totals", _:
            return do.ShowTotals()
        case "giving", _:
            return do.ShowGiving()
        case "statement", year:
            return do.ShowStatement(int(year) if year else None)
        case "overview", year:
            return do.ShowOverview(int(year) if year else None)
        case "outcome", ("won" | "talks" | "nothing") as outcome:
            return do.ReportOutcome(outcome)
        case "coins", _:
            return do.ShowCoins()
        case "publicity", words:
            return do.TellPublicity(words)
        case "payout", said:
            name, _bar, amount = said.partition("|")
            return do.PayOut(name, said_cents=cents_of(amount))
        case "open_list", _:
            return do.ListOpen()
        case "same_turnover", _:
            return do.SameTurnover()
        case "change_lead", _:
            return do.ChangeLead()
        case "volume", "quiet":
            return do.Pause()
        case "volume", ("all" | "fitting" | "digest") as volume:
            return do.SetVolume(volume)
        case "volume", _:
            return do.AskVolume()
        case "digest", at:
            day, _dash, hour = at.partition("-")
            return do.SetDigest(int(day), int(hour) if hour else None)  # type: ignore[arg-type]  # a day of the grammar
        case "zone", zone:
            return do.SetZone(zone)
        case name, value:
            return do.SetPolicy(name, value)


def cents_of(amount: str) -> int | None:
    """Whole cents of an amount as the grammar gives it ("25", "25.50", "1.200"); None when none was said."""
    if not amount:
        return None
    whole = amount.rstrip(".")
    return round(float(whole.replace(".", "") if THOUSANDS.fullmatch(whole) else whole) * 100)


def end_of(ended: str, name: str) -> Command:
    """The end of a role; of one's own when the name is "ik" or "I"."""
    roles: dict[str, do.Role] = {f"end_{each}": each for each in ("coordinator", "treasurer", "intake")}
    return do.EndRole(roles[ended], None if name.lower() in ("ik", "i") else name)


def dues_of(said: str) -> Command:
    """What is asked or told about dues; anything else is the name of who paid them."""
    match said:
        case "show":
            return do.ShowDues()
        case "claim":
            return do.ClaimDues()
        case "list":
            return do.ListDues()
        case name:
            return do.MarkDues(name)


def pool_of(said: str) -> Command:
    """What is said about pools: "make|name|client", "in|member|name", "rate|name|95.50|day", "contract|name|https://..."."""
    what, *values = said.split("|")
    match what, values:
        case "make", [pool, client]:
            return do.MakePool(pool, client)
        case "contract", [pool, link]:
            return do.SetPoolContract(pool, link)
        case (("in" | "out"), [name, pool]):
            return do.JoinPool(name, pool, out=what == "out")
        case "remove", [pool]:
            return do.RemovePool(pool)
        case "rename", [pool, name]:
            return do.RenamePool(pool, name)
        case "rate", [pool, amount, unit]:
            return do.SetPoolRate(pool, round(float(amount) * 100), "day" if unit == "day" else "hour")
        case _:
            return do.ShowPools()


def ally_of(said: str) -> Command:
    """What is said about allied collectives: "propose|name", "end|name", "ask", "show"."""
    match said.split("|"):
        case ["propose", name]:
            return do.ProposeAlly(name)
        case ["end", name]:
            return do.EndAlly(name)
        case ["ask"]:
            return do.AskAllies()
        case _:
            return do.ShowAllies()


def duty_of(said: str) -> Command:
    """What is said of who takes up what clients ask: "show", "swap", "back", "off", or the names, in order."""
    match said:
        case "show":
            return do.ShowDuty()
        case "swap":
            return do.AskSwap()
        case "back":
            return do.GiveWeekBack()
        case "off":
            return do.SetDuty()
        case names:
            return do.SetDuty(tuple(each.strip() for each in NAMES.split(names) if each.strip()))
