"""Whom a lead asks, and when: the first members in order are put in waves, and the next ones when these are asked."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.desk import Desk
from assistant.loading import candidates, lead_of, plain, wanted
from assistant.rules import quiet, ranking
from assistant.rules.matching import RULE_VERSION
from assistant.rules.ranking import Outcome, Question
from db import offers
from db.decisions import Decision
from db.leads import Lead
from db.offers import NewOffer

TOLD_LATER = ("planned", "digest")  # states of an offer that is still to be made


def plan(desk: Desk, row: Lead, tipped: Sequence[int], *, may_begin: bool = True) -> int:
    """Put who passes the gates in waves after the ones already asked, and write both the offers and why.

    `may_begin`: the first of these waves goes out at the next open moment. Returns how many may be asked; of a rumour
    how many are.
    """
    question = _question(desk, row, tipped)
    decided = ranking.decide(question)
    _write(desk, row, question, decided, may_begin=may_begin)
    may_be = {one.member_id for one in decided.placed}
    return len(may_be.intersection(decided.fits) if row.stage == "rumour" else may_be)


def plan_more(desk: Desk, row: Lead) -> bool:
    """Everybody who was planned is asked: put the next ones in waves. Says whether there are any."""
    question = _question(desk, row, ())
    decided = ranking.decide(question)
    if decided.waves:
        _write(desk, row, question, decided, may_begin=False)
        desk.session.flush()
    return bool(decided.waves)


def plan_anew(desk: Desk, row: Lead, *, may_begin: bool) -> None:
    """Rank again who was planned and not asked yet; a colleague's tip stands as it is."""
    for offer in offers.of_lead(desk.session, row.id):
        if offer.state in ("planned", "digest") and offer.tipped_by is None:
            desk.session.delete(offer)
    desk.session.flush()
    plan(desk, row, [], may_begin=may_begin)
    desk.session.flush()


def _write(desk: Desk, row: Lead, question: Question, decided: Outcome, *, may_begin: bool) -> None:
    first_at = quiet.next_open(desk.now, desk.policy.quiet)
    planned = [
        NewOffer(
            lead_id=row.id,
            member_id=member_id,
            wave=number,
            tipped_by=row.source_id if member_id in question.tipped else None,
            fit=plain(decided.fits[member_id]),
            offer_at=first_at if may_begin and number == row.wave + 1 else None,
        )
        for number, wave in enumerate(decided.waves, start=row.wave + 1)
        for member_id in wave
    ]
    offers.plan(desk.session, planned)
    if decided.waves and may_begin:
        row.wave += 1
    content = plain(ranking.record(question))
    desk.session.add(
        Decision(lead_id=row.id, at=desk.now, kind="ranked", rule_version=RULE_VERSION, content=content)
    )


def _question(desk: Desk, row: Lead, tipped: Sequence[int]) -> Question:
    asked = wanted(desk, lead_of(row), row.source_id)
    before = offers.of_lead(desk.session, row.id)
    asked = replace(asked, excluded=frozenset(offer.member_id for offer in before))
    pool = tuple(candidates(desk, asked, tipped, row.seed))
    policy = desk.policy.waves
    already = sum(offer.offered_at is not None or offer.state in TOLD_LATER for offer in before)
    policy = replace(policy, rumour_size=max(policy.rumour_size - already, 0))  # one to three in all (row A8)
    return Question(asked, pool, tuple(tipped), desk.today, row.seed, policy)
