"""What a notice fills its text in with: every field of it, written the way people write it."""

from dataclasses import fields, replace
from datetime import date, datetime

from assistant import notices as told
from assistant.notices import Notice
from assistant.rules import quiet
from assistant.rules.availability import Period
from assistant.rules.policy import CREDIT_SHOWN, SHOWN, Chooser
from assistant.titles import title
from assistant.words import blocks, deals, formats
from assistant.words.texts import Texts
from nlu import taxonomy
from nlu.meaning import Availability, Contact, Lead, Problem, Profile, Rate


def of(notice: Notice, texts: Texts, zone: str) -> dict[str, str]:
    """A text for each field by its name ("" when there is nothing), and what only this kind of notice shows."""
    plain = {each.name: _written(getattr(notice, each.name), texts, zone) for each in fields(notice)}
    return plain | _own(notice, texts)


def _written(value: object, texts: Texts, zone: str) -> str:  # noqa: C901, PLR0911, PLR0912 (one line a type)
    match value:
        case None | False:
            return ""
        case True:
            return "yes"  # for conditions only
        case str():
            return value
        case int():
            return formats.number(value, texts) if value else ""
        case datetime():
            return formats.moment(value, texts, zone)
        case date():
            return formats.day(value, texts, "day")
        case Profile():
            return blocks.profile(value, texts)
        case Availability():
            return blocks.availability(value, texts)
        case Rate():
            return formats.rate(value, texts)
        case told.Euros(cents):
            return formats.euros(cents, texts)
        case Contact():
            return blocks.contact(value, texts)
        case Problem():
            return blocks.problems((value,), texts)
        case tuple():
            return _several(value, texts, zone)
        case _:
            return ""  # a lead is shown to its source and to others in different ways; see below


def _row(row: told.Row, texts: Texts, zone: str) -> str:
    shown = {each.name: _written(getattr(row, each.name), texts, zone) for each in fields(row)}
    if isinstance(row, told.EvaluationLine):
        shown |= {name: texts.word("evaluation_answers", shown[name]) for name in ("first", "second")}
    if isinstance(row, told.PointLine):
        shown |= {"point": texts.word("points", row.point), "colour": texts.word("colours", row.colour)}
    if isinstance(row, told.SeatLine):
        shown |= {"state": texts.fill(f"seats.{row.state}", shown)}
    if isinstance(row, told.AllyLine):
        shown |= {"state": texts.word("ally_states", row.state)}
    return texts.fill(f"blocks.{row.row}", shown)


def _several(values: tuple[object, ...], texts: Texts, zone: str) -> str:
    match values:
        case (str(), *_):
            return formats.listed((str(each) for each in values), texts)
        case (told.Row(), *_):
            return "\n".join(_row(each, texts, zone) for each in values if isinstance(each, told.Row))
        case (Period(), *_):
            return blocks.periods((each for each in values if isinstance(each, Period)), texts)
        case (Availability(), *_):
            return "; ".join(
                blocks.availability(each, texts) for each in values if isinstance(each, Availability)
            )
        case (Problem(), *_):
            return blocks.problems((each for each in values if isinstance(each, Problem)), texts)
        case _:
            return ""


def _own(notice: Notice, texts: Texts) -> dict[str, str]:  # noqa: C901, PLR0911, PLR0912, PLR0915 (one line a notice)
    match notice:
        case told.LeadReadBack(lead=lead) | told.LeadAmended(lead=lead):
            return _lead(lead, texts, for_source=True)
        case told.LeadOffered(lead=lead):
            own = _lead(lead, texts, for_source=False) | _why(notice, texts)
            own |= {"unknown": ""} if notice.idea else {}
            if notice.ally:  # who the client is, is known: to who shared it
                own |= {"unknown": blocks.unknown(replace(lead, client=notice.ally), texts)}
            return own | _chosen_by(notice.chooser, texts)
        case told.TermsTold(lead=lead):
            return _lead(lead, texts, for_source=False)
        case told.OfferAmended(lead=lead):
            return _lead(lead, texts, for_source=False) | {"title": notice.title}
        case told.OutsideAsked(lead=lead) | told.ForwardText(lead=lead):
            return _lead(lead, texts, for_source=False)
        case told.CrossingAsked(lead=lead):
            return _lead(lead, texts, for_source=False)
        case told.InquiryCame(lead=lead) | told.InquiryAmended(lead=lead):
            shown = _lead(lead, texts, for_source=True)
            return {"lead": shown["lead"], "unknown": shown["unknown"]}
        case told.InquiryReadBack(lead=lead):
            shown = _lead(lead, texts, for_source=True)
            return {"lead": shown["lead"], "contact": shown["contact"]}
        case told.ClientSays(lead=Lead() as lead):
            return {"lead": _lead(lead, texts, for_source=True)["lead"]}
        case told.SpotMonthly(free=free):
            return {"free": blocks.free_fields(free, texts)}
        case told.FairnessReport(report=report):
            return blocks.fairness(report, texts)
        case told.MissingSkills(found=found):
            return blocks.missing(found, texts)
        case told.OfferExplained():
            return _why(notice, texts) | _chosen_by(notice.chooser, texts)
        case told.WhyNot(lines=lines):
            return {"lines": blocks.why_not(lines, texts)}
        case told.ClientReply(reasons=reasons):
            return {"reasons": blocks.reasons(reasons, texts, about="them", mark="– ")}
        case told.DigestReady(lines=lines):
            return {"lines": blocks.digest(lines, texts)}
        case told.InterestNoted(queued=True):
            return {
                "by_source": "",
                "by_coordinator": "",
                "by_client": "",
                "by_contractor": "",
                "by_ally": "",
            }
        case (
            told.InterestNoted(chooser=chooser)
            | told.NotChosen(chooser=chooser)
            | told.LeadShared(chooser=chooser)
        ):
            return _chosen_by(chooser, texts)
        case told.IntroductionMade(chooser=chooser):
            return _chosen_by(chooser, texts) if chooser else {"who": ""}
        case told.ClientChoice(candidates=candidates):
            return {"candidates": blocks.candidates(candidates, texts)}
        case told.CandidatesReady():
            count = formats.number(len(notice.candidates), texts)
            return {"candidates": blocks.candidates(notice.candidates, texts), "count": count}
        case told.MyLeads():
            return {"lines": blocks.lead_lines(notice.lines, texts)}
        case told.MyData():
            counts = {name: str(getattr(notice, name)) for name in ("shared", "offered", "introductions")}
            reach = formats.listed((blocks.reach(*each, texts) for each in notice.addresses), texts)
            return counts | {"addresses": reach, "lookups": blocks.lookups(notice.lookups, texts)}
        case told.MyWork():
            open_titles = blocks.titles((each for _, each in notice.open), texts)
            return {"open": open_titles, "waiting": blocks.titles(notice.waiting, texts)}
        case told.Standing(deals=lines):
            return {"deals": blocks.deals(lines, texts)}
        case told.DealReadBack(terms=terms, tiers=tiers):
            vat = texts.fill("words.with_vat" if notice.with_vat else "words.without_vat")
            return {"terms": deals.terms(terms, texts), "tiers": deals.tiers(tiers, texts), "vat": vat}
        case (
            told.TurnoverAsked(month=month)
            | told.TurnoverKnown(month=month)
            | told.TurnoverMonthAsked(wrong=month)
        ):
            return {"month": formats.day(month, texts, "month") if month else ""}
        case told.TurnoverKept(month=month):
            both = (
                "yes" if notice.open and notice.to_source and notice.to_collective and notice.source else ""
            )
            years = {
                "closed": str(notice.closed or ""),
                "counts_in": str(notice.counts_in or ""),
                "both": both,
            }
            return years | {"month": formats.day(month, texts, "month") if month else ""}
        case told.CoinsShown():
            return {"lines": deals.coin_lines(notice.lines, texts)}
        case told.OpenListed():
            return {"lines": deals.open_lines(notice.lines, texts)}
        case told.DealOdd(terms=terms):
            return {"terms": deals.terms(terms, texts)}
        case told.DealKept(tiers=tiers) | told.NotATier(tiers=tiers):
            return {"tiers": deals.tiers(tiers, texts)}
        case told.YearPreviewed(payouts=payouts, year=year) | told.YearClosed(payouts=payouts, year=year):
            return {"payouts": blocks.payouts(payouts, texts), "year": str(year)}
        case told.PayoutDue(year=year) | told.StatementMade(year=year) | told.NoStatement(year=year):
            return {"year": str(year)}
        case told.YearTotals(year=year) | told.GivingShown(year=year):
            return {"year": str(year)}
        case told.MonthTotals(month=month):
            return {"month": texts.word("months", str(month))}
        case told.VocabularyShown():
            return {"words": blocks.vocabulary(notice.words, texts)}
        case told.WordTaught():
            return {"kind": texts.word("word_kinds", notice.kind)}
        case told.TitleUnchecked(role=role) | told.TitleToCheck(role=role):
            return {"role": taxonomy.display(role, "en" if texts.language == "en" else "nl")}
        case told.TitleNoted(role=role) | told.TitleChecked(role=role):
            return {"role": taxonomy.display(role, "en" if texts.language == "en" else "nl")}
        case told.PolicyShown(policy=policy):
            return {"settings": blocks.settings(policy, SHOWN, texts)}
        case told.CreditShown(policy=policy):
            return {"settings": blocks.settings(policy, CREDIT_SHOWN, texts)}
        case told.PolicySet(policy=policy, names=names):
            return {"settings": blocks.settings(policy, names, texts)}
        case told.PolicyRefused(name=name):
            return {"bounds": blocks.bounds(name, texts)}
        case told.DigestSet(weekday=weekday, hour=hour):
            at = quiet.DIGEST_HOUR if hour is None else hour
            return {"weekday": texts.fill(f"long_weekdays.{weekday}"), "hour": str(at)}
        case told.VolumeAsked(volume=volume):
            return {"volume": texts.word("volumes", volume)}
        case told.Impossible(problems=problems):
            return {"regional": "yes" if all(each.kind == "regional_date" for each in problems) else ""}
        case told.Question():
            return {"field": texts.word("fields", notice.field)}
        case told.NotYet():
            return {
                "intent": texts.fill(texts.first(f"intents.{notice.intent}", "intents.unknown")),
                "instead": texts.fill(texts.first(f"instead.{notice.intent}", "instead.other")),
            }
        case _:
            return {}


def _lead(lead: Lead, texts: Texts, *, for_source: bool) -> dict[str, str]:
    is_secret = lead.confidential or lead.stage == "rumour"
    return {
        "title": title(lead, texts.language),
        "lead": blocks.lead(lead, texts, for_source=for_source),
        "unknown": blocks.unknown(lead, texts),
        "secret": "yes" if is_secret else "",
        "contact": "yes" if lead.contact else "",
    }


def _chosen_by(chooser: Chooser, texts: Texts) -> dict[str, str]:
    """Who chooses, and for texts that differ by it which of them it is."""
    return {
        "who": texts.fill(f"choosers.{chooser}"),
        "by_source": "yes" if chooser == "source" else "",
        "by_coordinator": "yes" if chooser == "coordinator" else "",
        "by_client": "yes" if chooser == "client" else "",
        "by_contractor": "yes" if chooser == "contractor" else "",
        "by_ally": "yes" if chooser == "ally" else "",
    }


def _why(notice: told.LeadOffered | told.OfferExplained, texts: Texts) -> dict[str, str]:
    return {
        "band": texts.fill(f"bands.{notice.band}"),
        "reasons": blocks.reasons(notice.reasons, texts, mark=texts.fill("marks.reason") + " "),
        "doubts": blocks.reasons(notice.doubts, texts, mark=texts.fill("marks.doubt") + " "),
    }
