"""My data: everything that is kept of a member, in short and as a file, at once and without anybody's help.

Source: articles 15 and 20 of the GDPR.
"""

import base64
import json
from datetime import date, datetime

from assistant.desk import Desk
from assistant.loading import periods_of
from assistant.notices import Attached, LookupLine, MyData, Notice, TakenAlong
from assistant.rules.retention import TERMS
from db import accounts, lookups, members, personal
from db.members import Member
from nlu.meaning import Profile, Rate

NEWEST = 5  # lookups in the message; the file has them all
FILES = {"nl": "mijn-gegevens.json", "en": "my-data.json"}


def show(desk: Desk, member: Member) -> list[Notice]:
    """The short version, with the file."""
    rows = personal.rows_of(desk.session, member.id)
    addresses = accounts.of_person(desk.session, member.person_id)
    reach = tuple(dict.fromkeys((each.channel, each.handle) for each in addresses))
    return [
        MyData(
            member.id,
            desk.collective.name,
            _profile(desk, member),
            periods_of(desk, member.id),
            reach,
            len(rows["leads"]),
            sum(row["offered_at"] is not None for row in rows["offers"]),
            len(rows["introductions"]),
            _lookups(desk, member),
            _attached(desk, member, rows),
        )
    ]


def take_along(desk: Desk, member: Member) -> list[Notice]:
    """Only the file, as for who left (mission row A18)."""
    rows = personal.rows_of(desk.session, member.id)
    return [TakenAlong(member.id, desk.collective.name, _attached(desk, member, rows))]


def _attached(desk: Desk, member: Member, rows: dict[str, list[personal.Row]]) -> Attached:
    name = FILES.get(member.language, FILES["nl"])
    return Attached(name, "application/json", _file(desk, member, rows))


def _profile(desk: Desk, member: Member) -> Profile:
    words = members.terms_of(desk.session, [member.id])[member.id]

    def said(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word.said for word in words if word.kind == kind))

    rate = Rate(member.rate_cents, member.rate_cents, "hour") if member.rate_cents is not None else None
    return Profile(
        name=member.name,
        roles=said("role"),
        skills=said("skill"),
        sectors=said("sector"),
        years=member.years,
        place=member.place,
        radius_km=member.radius_km,
        remote=member.remote,  # type: ignore[arg-type]  # stored as it was read
        rate=rate,
        likes=said("like"),
        dislikes=said("dislike"),
    )


def _lookups(desk: Desk, member: Member) -> tuple[LookupLine, ...]:
    others = [each for each in lookups.about(desk.session, member.id) if each.by_id != member.id]
    return tuple(
        LookupLine(desk.member(each.by_id).name, each.what, each.at.date(), each.member_id is not None)
        for each in others[:NEWEST]
    )


def _file(desk: Desk, member: Member, rows: dict[str, list[personal.Row]]) -> bytes:
    """Everything, by table, in the names of the database; with how long what is kept."""
    reach = [
        {
            "channel": each.channel,
            "address": each.external_id,
            "name": each.display_name,
            "handle": each.handle,
        }
        for each in accounts.of_person(desk.session, member.person_id)
    ]
    whole = {
        "collective": desk.collective.name,
        "made_at": desk.now,
        "reached_at": reach,
        "kept": rows,
        "why_asked_or_not": personal.decisions_about(desk.session, member.id),
        "kept_for": [{"what": each.what, "days": each.days, "since": each.since} for each in TERMS],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: object) -> str:
    match value:
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return str(value)
