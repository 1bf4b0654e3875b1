"""A ready answer for the client, so that the source never has to say just no (mission row A6)."""

from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.loading import fit_of, lead_of
from assistant.notices import ClientReply, LeadGone, Notice, first_name
from assistant.running import in_own_words, proposed
from db import introductions, leads, offers
from db.leads import Lead as LeadRow
from db.members import Member
from dialogs.commands import WriteReply


def write(desk: Desk, member: Member, command: WriteReply) -> list[Notice]:
    """For the lead that is meant, else the last one told; names one colleague at most, and only one who said yes."""
    mine = leads.of_source(desk.session, member.id)
    row = next((each for each in mine if command.lead_id in (None, each.id)), None)
    if row is None:
        raise RefusedError(LeadGone(member.id, None, own=True))
    client = lead_of(row).client
    introduced = introductions.of_lead(desk.session, row.id)
    if introduced is not None:
        chosen = desk.member(introduced.member_id).name
        return [ClientReply(member.id, row.id, row.title, "chosen", client, chosen)]
    return [_open(desk, member, row, client)]


def _open(desk: Desk, member: Member, row: LeadRow, client: str | None) -> ClientReply:
    every = offers.of_lead(desk.session, row.id)
    yes = proposed(every, row)[:1]
    if row.state == "open" and yes:
        fit = fit_of(yes[0].fit)
        who = desk.member(yes[0].member_id)
        reasons = in_own_words(desk, who, fit.reasons) if fit else ()
        return ClientReply(member.id, row.id, row.title, "yes", client, first_name(who.name), reasons)
    waits = any(each.state in ("planned", "digest", "offered") for each in every)
    how = "asking" if row.state == "open" and waits else "nobody"
    return ClientReply(member.id, row.id, row.title, how, client, until=row.window_ends_at)  # type: ignore[arg-type]
