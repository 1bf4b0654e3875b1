"""Teams in chat: how one stands, who leads it, and that its source says so (mission rows A21, C3, C4)."""

from assistant import teams
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import lead_of
from assistant.notices import (
    ContractorNamed,
    ContractorNoted,
    ContractorOffered,
    NoTeam,
    Notice,
    SeatLine,
    TeamShown,
)
from assistant.notices.teams import SeatState
from assistant.running import candidates_ready
from db import accounts, introductions, leads, offers
from db.leads import Lead
from db.members import Member
from dialogs.commands import AppointContractor, LeadTeam, ShowTeam
from nlu.meaning import Contact

IN_IT = ("yes", "chosen")


def show(desk: Desk, member: Member, command: ShowTeam) -> list[Notice]:
    """How a team stands, to those in it."""
    team = _meant(desk, member, command.lead_id)
    contractor = desk.member(team.contractor_id).name if team.contractor_id else None
    seats = [(seat, _line(desk, seat)) for seat in teams.seats(desk, team)]
    mine = member.id == team.source_id  # who shared it decides on looking outside
    gaps = tuple((seat.id, line.role) for seat, line in seats if mine and line.state == "nobody")
    return [TeamShown(member.id, team.title, contractor, tuple(line for _, line in seats), team.id, gaps)]


def lead(desk: Desk, member: Member, command: LeadTeam) -> list[Notice]:
    """ "Ik wil trekken": the source decides; who shared it leads at once."""
    team = _meant(desk, member, command.lead_id)
    if team.contractor_id is not None or team.state != teams.TEAM:
        return show(desk, member, ShowTeam(team.id))
    if member.id == team.source_id:
        return _appointed(desk, team, member)
    return [
        ContractorNoted(member.id, team.title, refused=False),
        ContractorOffered(team.source_id, team.id, member.id, member.name, team.title),
    ]


def appoint(desk: Desk, member: Member, command: AppointContractor) -> list[Notice]:
    """The source lets somebody lead, or not. From then on the one who leads chooses for the seats."""
    team = desk.session.get(Lead, command.lead_id)
    if team is None or team.source_id != member.id or team.state != teams.TEAM:
        raise RefusedError(NoTeam(member.id))
    chosen = desk.member(command.member_id)
    if chosen.state != "active" or chosen.id not in _everybody(desk, team):
        raise RefusedError(NoTeam(member.id))
    if command.refused:
        return [ContractorNoted(chosen.id, team.title, refused=True), *show(desk, member, ShowTeam(team.id))]
    return _appointed(desk, team, chosen)


def _appointed(desk: Desk, team: Lead, chosen: Member) -> list[Notice]:
    team.contractor_id = chosen.id
    ready: list[Notice] = []
    for seat in teams.seats(desk, team):
        seat.chooser = teams.CONTRACTOR
        if seat.state == "open" and any(o.state == "yes" for o in offers.of_lead(desk.session, seat.id)):
            desk.session.flush()
            ready += candidates_ready(desk, seat)
    person = leads.contact_of(desk.session, team.id)
    contact = Contact(person.name, person.phone, person.email) if person else None
    reach = accounts.handle_of(desk.session, chosen.person_id)
    client = lead_of(team).client
    told: list[Notice] = [ContractorNamed(chosen.id, team.title, chosen.name, "self", None, client, contact)]
    if team.source_id != chosen.id:
        told.append(ContractorNamed(team.source_id, team.title, chosen.name, "source", None, None, None))
    told += [
        ContractorNamed(each, team.title, chosen.name, "member", reach, None, None)
        for each in sorted(_chosen(desk, team) - {chosen.id, team.source_id})
    ]
    return [*told, *ready]


def _meant(desk: Desk, member: Member, number: int | None) -> Lead:
    """The team that is meant, the newest without a number. Raises RefusedError for who has nothing to do with it."""
    if number is not None:
        found = desk.session.get(Lead, number)
        if found is not None and member.id in _everybody(desk, found):
            return found
        raise RefusedError(NoTeam(member.id))
    newest = next((each for each in leads.teams(desk.session) if member.id in _everybody(desk, each)), None)
    if newest is None:
        raise RefusedError(NoTeam(member.id))
    return newest


def _everybody(desk: Desk, team: Lead) -> set[int]:
    """The source, and who said yes to a seat or has one."""
    said_yes = {
        offer.member_id
        for seat in teams.seats(desk, team)
        for offer in offers.of_lead(desk.session, seat.id)
        if offer.state in IN_IT
    }
    return {team.source_id} | said_yes


def _chosen(desk: Desk, team: Lead) -> set[int]:
    found = (introductions.of_lead(desk.session, seat.id) for seat in teams.seats(desk, team))
    return {row.member_id for row in found if row is not None}


def _line(desk: Desk, seat: Lead) -> SeatLine:
    every = offers.of_lead(desk.session, seat.id)
    row = introductions.of_lead(desk.session, seat.id)
    name = desk.member(row.member_id).name if row is not None and seat.state == "chosen" else None
    yes = sum(each.state == "yes" for each in every)
    asked = sum(each.offered_at is not None for each in every)
    going_on = any(each.state in ("planned", "digest", "offered") for each in every)
    state: SeatState = (
        "taken"
        if name
        else "ended"
        if seat.state != "open"
        else "interested"
        if yes
        else "asking"
        if going_on
        else "nobody"
    )
    role = next(iter(lead_of(seat).roles), seat.title)
    return SeatLine(role, state, name, yes if state == "interested" else asked)
