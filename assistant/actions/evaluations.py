"""Evaluations: when a job is over each side gets three questions, seen by who did it and the coordinator (row B11)."""

from assistant import milestones, rights
from assistant.desk import Desk
from assistant.due import due_now
from assistant.errors import RefusedError
from assistant.notices import (
    EvaluationAsked,
    EvaluationHeard,
    EvaluationLine,
    EvaluationNoted,
    EvaluationsShown,
    NoEvaluation,
    Notice,
    TipImpossible,
)
from assistant.notices.evaluations import Side
from db import evaluations, members
from db.deals import Deal
from db.evaluations import Evaluation
from db.members import Member
from dialogs.commands import Evaluate, ShowEvaluations

ANSWERS = ("yes", "partly", "no", "unknown")
NEWEST = 10  # how many an overview shows


def ask_due(desk: Desk) -> list[Notice]:
    """The first question to whoever is to be asked now."""
    told: list[Notice] = []
    for row in due_now(desk, milestones.EVALUATION):
        row.asked_at = desk.now
        deal, member = desk.session.get_one(Deal, row.subject_id), desk.member(row.member_id)
        if member.state != "active" or evaluations.by_member(desk.session, deal.id, member.id) is not None:
            continue
        side = "doer" if member.id == deal.member_id else "source"
        made = Evaluation(
            deal_id=deal.id, by_id=member.id, member_id=deal.member_id, side=side, asked_at=desk.now
        )
        desk.session.add(made)
        desk.session.flush()
        told.append(_question(desk, made, 1))
    return told


def answer(desk: Desk, member: Member, command: Evaluate) -> list[Notice]:
    """One answer, and the next question; after the last it is shown to who may see it."""
    row = desk.session.get(Evaluation, command.evaluation_id)
    if row is None or row.by_id != member.id or row.done_at is not None:
        raise RefusedError(NoEvaluation(member.id))
    match command.question:
        case 1 if command.answer in ANSWERS:
            row.first = command.answer
            return [_question(desk, row, 2)]
        case 2 if command.answer in ANSWERS and row.first is not None:
            row.second = command.answer
            return [_question(desk, row, 3)]
        case 3 if row.second is not None:
            row.words, row.done_at = command.answer.strip() or None, desk.now
            return [
                EvaluationNoted(member.id, desk.member(row.member_id).name, _side(row)),
                *_heard(desk, row),
            ]
    raise RefusedError(NoEvaluation(member.id))


def show(desk: Desk, member: Member, command: ShowEvaluations) -> list[Notice]:
    """What was told of one's own jobs; a coordinator may ask it of anybody."""
    whose = member
    if command.name:
        rights.require(desk, member, "evaluations")
        found = members.named(desk.session, command.name)
        if len(found) != 1:
            raise RefusedError(TipImpossible(member.id, command.name, "several" if found else "unknown"))
        whose = found[0]
    rows = evaluations.about(desk.session, whose.id)[:NEWEST]
    lines = tuple(_line(desk, row) for row in rows)
    return [EvaluationsShown(member.id, whose.name, lines, own=whose.id == member.id)]


def _question(desk: Desk, row: Evaluation, number: int) -> EvaluationAsked:
    deal = desk.session.get_one(Deal, row.deal_id)
    name = desk.member(row.member_id).name
    return EvaluationAsked(row.by_id, row.id, _side(row), number, deal.title, name)  # type: ignore[arg-type]  # 1 to 3


def _heard(desk: Desk, row: Evaluation) -> list[Notice]:
    doer = desk.member(row.member_id)
    readers = {doer.id: doer} | {each.id: each for each in members.coordinators(desk.session)}
    line = _line(desk, row)
    return [
        EvaluationHeard(each.id, doer.name, (line,), own=each.id == doer.id)
        for each in readers.values()
        if each.id != row.by_id and each.state == "active"
    ]


def _line(desk: Desk, row: Evaluation) -> EvaluationLine:
    title = desk.session.get_one(Deal, row.deal_id).title
    first, second = (f"{_side(row)}_{number}_{said}" for number, said in ((1, row.first), (2, row.second)))
    return EvaluationLine(title, desk.member(row.by_id).name, first, second, row.words)


def _side(row: Evaluation) -> Side:
    return "doer" if row.side == "doer" else "source"
