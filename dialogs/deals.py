"""What a member tells of a deal or of money, as the command it stands for. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace

from msgspec import structs

from dialogs import commands as do
from dialogs.commands import Command, TellDeal, TellTurnover
from dialogs.conversation import Awaiting
from nlu.deals import DealReport, Terms, unit_of
from nlu.meaning import Meaning


def command_of(deal: DealReport) -> Command | None:
    """The command of a message that says itself what it is about; None for bare values."""
    make = _MAKE.get(deal.kind)
    return make(deal) if make else None


PICKED = "picked"  # a cap was: what may follow is a correction of it


def awaited_of(command: Command) -> Awaiting | None:  # noqa: PLR0911 (one line a command)
    """The short answer that may follow: what is missing, a correction, or a tier."""
    match command:
        case TellDeal():
            return Awaiting("deal", deal=command)
        case do.PickTier() | do.KeepDeal(cap_cents=int()):
            return Awaiting("cap", name=PICKED)
        case do.AskDeal(number, follows_id):
            follows = follows_id is not None
            return Awaiting("deal", deal=TellDeal(Terms(), number, follows, follows_id))
        case do.AskTierReason(deal_id):
            return Awaiting("tier", deal_id)
        case do.KeepDeal(cap_cents=None):
            return Awaiting("cap")
        case do.ReportOutcome("won", number):
            return Awaiting("deal", deal=TellDeal(Terms(), number))
        case TellTurnover():
            return Awaiting("turnover", turnover=structs.replace(command, words="", doubts=()))
        case do.AskTurnover(deal_id, month, mend):
            so_far = TellTurnover(None, month, month is None, deal_id, existing="replace" if mend else "ask")
            return Awaiting("turnover", turnover=so_far)
        case do.AskExtend(deal_id) | do.ExtendDeal(deal_id, until=None, months=None):
            return Awaiting("extend", deal_id)
        case _:
            return None


def deal_answer(awaiting: Awaiting, meaning: Meaning) -> Command | None:
    """Terms that complete or mend what was told, a yes, or a tier: an amount by itself once all else is known."""
    so_far, said = awaiting.deal, meaning.deal
    if so_far is None:
        return None
    if said is None or said.kind not in ("terms", "won", "followup"):
        return _keep(so_far) if meaning.intent == "confirm" and _is_told(so_far.terms) else None
    if said.kind == "terms" and _is_told(so_far.terms) and _is_amount(said):
        return structs.replace(_keep(so_far), cap_cents=said.terms.rate_cents, why=said.why)
    follows = so_far.follows or said.kind == "followup"
    terms = merged(so_far.terms, said.terms)
    return structs.replace(so_far, terms=terms, follows=follows, words=said.words, doubts=said.doubts)


def extend_answer(awaiting: Awaiting, meaning: Meaning) -> Command | None:
    """Until when, or how much longer."""
    said = meaning.deal
    if said is None or said.kind not in ("terms", "extended"):
        return None
    until, months = said.terms.end or said.terms.start, said.terms.months
    return do.ExtendDeal(awaiting.subject_id, until, months, said.words) if until or months else None


def cap_answer(awaiting: Awaiting, meaning: Meaning) -> Command | None:
    """The most to contribute: an amount by itself; once it was picked only "nee 5.000" is about it."""
    said = meaning.deal
    if awaiting.name == PICKED and (said is None or not said.corrects):
        return None
    return _tier(said) if said is not None and said.kind == "terms" and _is_amount(said) else None


def turnover_answer(awaiting: Awaiting, meaning: Meaning) -> Command | None:
    """An amount, or the month that was missing."""
    so_far, said = awaiting.turnover, meaning.deal
    if so_far is None or said is None or said.kind not in ("terms", "turnover"):
        return None
    if said.kind == "turnover":
        told = _turnover(said)
        known = {
            "cents": so_far.cents if told.cents is None else told.cents,
            "month": told.month or (None if told.whole else so_far.month),
            "whole": told.whole or (so_far.whole and told.month is None),
            "deal_id": so_far.deal_id,
        }
        return structs.replace(told, **known)
    if not _is_amount(said) and not said.doubts:
        return None
    return structs.replace(
        so_far,
        cents=said.terms.rate_cents,
        vat=said.terms.vat,
        existing="replace" if said.corrects else so_far.existing,
        words=said.words,
        doubts=said.doubts,
        why=said.why,
    )


def asked_turnover(said: DealReport) -> Command | None:
    """An amount after the clock asked what was earned, perhaps with the month that was asked about."""
    dateless = replace(said, terms=replace(said.terms, start=None, end=None))
    if said.kind != "terms" or not _is_amount(dateless):
        return None
    return TellTurnover(said.terms.rate_cents, vat=said.terms.vat, words=said.words, doubts=said.doubts)


def asked_deal(said: DealReport) -> Command | None:
    """ "60 dagen x 900" by itself, of who won work and did not tell yet what was agreed."""
    if said.kind != "terms" or _is_amount(said) or said.terms.rate_cents is None:
        return None
    return TellDeal(said.terms, words=said.words, doubts=said.doubts)


def holds_a_price(said: DealReport) -> bool:
    """Whether it holds more than days and months."""
    return replace(said.terms, start=None, end=None, months=None) != Terms() or bool(said.doubts)


def merged(old: Terms, new: Terms) -> Terms:
    """What was newly said takes the place of what stood there; days in all instead of days a week, or the other way."""
    stated = {each.name: value for each in fields(new) if (value := getattr(new, each.name)) is not None}
    if "quantity" in stated:
        old = replace(old, per_week=None, per_week_unit=None, months=None)
    if "per_week" in stated:
        old = replace(old, quantity=None, unit=None)
    if "rate_cents" in stated:
        old = replace(old, rate_unit=None)
    together = replace(old, **stated)
    if together.rate_cents is not None and together.rate_unit is None:
        return replace(together, rate_unit=unit_of(together))
    return together


def _is_told(terms: Terms) -> bool:
    return terms.rate_cents is not None and terms.rate_unit is not None


def _is_amount(said: DealReport) -> bool:
    """An amount and nothing else that it could go with."""
    bare = replace(said.terms, rate_cents=None, rate_unit=None, vat=None)
    return said.terms.rate_cents is not None and bare == Terms()


def _keep(so_far: TellDeal) -> do.KeepDeal:
    return do.KeepDeal(
        so_far.terms, so_far.introduction_id, so_far.follows_id, words=so_far.words, doubts=so_far.doubts
    )


def _won(deal: DealReport) -> Command:
    return TellDeal(deal.terms, words=deal.words, doubts=deal.doubts)


def _followup(deal: DealReport) -> Command:
    return TellDeal(deal.terms, follows=True, words=deal.words, doubts=deal.doubts)


def _extended(deal: DealReport) -> Command:
    return do.ExtendDeal(until=deal.terms.end, months=deal.terms.months, words=deal.words)


def _ended(deal: DealReport) -> Command:
    return do.EndDeal(on=deal.terms.end, words=deal.words)


def _tier(deal: DealReport) -> Command:
    return do.PickTier(None, deal.terms.rate_cents or 0, deal.why, deal.words, deal.doubts)


def _paid(deal: DealReport) -> Command:
    return do.RecordPayment(
        deal.cents, deal.name, deal.to, deal.what, of_cents=deal.of_cents, doubts=deal.doubts
    )


def _turnover(deal: DealReport) -> TellTurnover:
    return TellTurnover(
        deal.cents,
        deal.month,
        deal.whole,
        vat=deal.terms.vat,
        instead_cents=deal.instead_cents,
        existing="replace" if deal.corrects else "ask",
        words=deal.words,
        why=deal.why,
        doubts=deal.doubts,
    )


_MAKE: Mapping[str, Callable[[DealReport], Command]] = {
    "won": _won,
    "followup": _followup,
    "extended": _extended,
    "ended": _ended,
    "turnover": _turnover,
    "tier": _tier,
    "paid": _paid,
}
