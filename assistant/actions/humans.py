"""Humans: a member who wants a person instead of a program, and wishes we cannot fulfil yet."""

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    AskHumanWords,
    HumanComing,
    HumanTold,
    HumanWanted,
    NoCoordinator,
    Notice,
    NotYet,
    TakenUp,
)
from db import accounts, members
from db.members import Member
from db.wishes import Wish
from dialogs.commands import Answered, TalkToHuman


def ask_words(desk: Desk, member: Member) -> list[Notice]:
    """What should be passed on?"""
    return [AskHumanWords(member.id, _coordinator(desk, member).name)]


def pass_on(desk: Desk, member: Member, command: TalkToHuman) -> list[Notice]:
    """The member's words go to the coordinators, with how to reach the member."""
    coordinator = _coordinator(desk, member)
    reach = accounts.handle_of(desk.session, member.person_id)
    others = [each for each in members.coordinators(desk.session) if each.id != member.id]
    told = [HumanWanted(each.id, member.name, command.words, reach, member.id) for each in others]
    return [HumanTold(member.id, coordinator.name), *told]


def take_up(desk: Desk, member: Member, command: Answered) -> list[Notice]:
    """A coordinator will be in touch: the member hears it."""
    other = desk.member(command.member_id)
    return [TakenUp(member.id, other.name), HumanComing(other.id, member.name)]


def remember_wish(desk: Desk, member: Member, intent: str) -> list[Notice]:
    """What cannot be done yet is counted, by kind and without the text."""
    desk.session.add(Wish(member_id=member.id, at=desk.now, intent=intent))
    return [NotYet(member.id, intent)]


def _coordinator(desk: Desk, member: Member) -> Member:
    others = [each for each in members.coordinators(desk.session) if each.id != member.id]
    if not others:
        raise RefusedError(NoCoordinator(member.id, alone=member.is_coordinator))
    return others[0]
