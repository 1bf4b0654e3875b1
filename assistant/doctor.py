"""The doctor: says what is configured, reachable and missing, and changes nothing."""

from dataclasses import dataclass
from pathlib import Path

from assistant import settings as environment
from assistant.errors import SettingsError
from assistant.settings import Settings
from db import locks, open_database, overview
from db.migrate import is_current
from db.session import DatabaseError, transaction

SUPERUSER = "the database user is a superuser, whom row-level security never locks out: give Seintje a role of its own"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. `well` False means that something has to be done."""

    text: str
    well: bool = True

    def __str__(self) -> str:
        """As it is printed."""
        return f"{'ok ' if self.well else '!! '} {self.text}"


def examine() -> list[Line]:
    """Every finding, settings first. Raises nothing: what cannot be checked is a finding."""
    try:
        settings = environment.read()
    except SettingsError as fault:
        return [Line(str(fault), well=False)]
    return [
        Line(f"web pages and webhooks are served on http://{settings.web_host}:{settings.web_port}"),
        *_telegram(settings),
        *_whatsapp(settings),
        *_database(settings),
    ]


def _telegram(settings: Settings) -> list[Line]:
    if settings.telegram_token is None:
        return [Line("Telegram is off (set SEINTJE_TELEGRAM_TOKEN to go live)")]
    from assistant.channels.telegram_hook import look  # noqa: PLC0415  heavy, and only for who has a bot

    try:
        seen = look(settings.telegram_token, settings.telegram_api_url)
    except SettingsError as fault:
        return [Line(str(fault), well=False)]
    wanted = settings.telegram_webhook_url or ""
    lines = [Line(f"Telegram is on. {seen}", well=seen.trouble is None)]
    if seen.url != wanted:
        says = f"SEINTJE_TELEGRAM_WEBHOOK_URL says {wanted}" if wanted else "the settings name no webhook"
        lines.append(Line(f"{says}: `seintje run` or `seintje telegram webhook` sets that right", well=False))
    return lines


def _whatsapp(settings: Settings) -> list[Line]:
    if settings.whatsapp is None:
        return [Line("WhatsApp is off")]
    from assistant.channels.whatsapp import number_of  # noqa: PLC0415  only for who has a number

    try:
        number = number_of(settings.whatsapp)
    except SettingsError as fault:
        return [Line(str(fault), well=False)]
    knock = f"whoever wrote more than a day ago gets the template “{settings.whatsapp.template}”"
    return [Line(f"WhatsApp is on, at {number}; {knock}")]


def _database(settings: Settings) -> list[Line]:
    kind = settings.database_url.split(":", 1)[0]
    try:
        engine = open_database(settings.database_url)
        file = engine.url.database if kind.startswith("sqlite") else None
        if file is not None and not Path(file).exists():  # connecting would make it
            return [Line(f"the database ({kind}) is not there yet: `seintje migrate` makes it", well=False)]
        if not is_current(engine):
            return [Line(f"the database ({kind}) needs `seintje migrate`", well=False)]
        with transaction(engine) as session:
            counts = overview.counts(session)
            bypassed = locks.is_bypassed(session.connection())
    except ValueError as fault:
        return [Line(f"SEINTJE_DATABASE_URL: {fault}", well=False)]
    except DatabaseError as fault:
        return [Line(f"the database ({kind}) cannot be reached: {type(fault).__name__}", well=False)]
    return [
        Line(f"the database ({kind}) is reachable and has the newest shape"),
        *([Line(SUPERUSER, well=False)] if bypassed else []),
        Line(f"{_of(counts.collectives, 'collective')}, {_of(counts.members, 'member')}"),
        Line(f"{_of(counts.waiting, 'message')} heard and not handled yet", well=counts.waiting == 0),
        Line(
            f"{_of(counts.failed, 'message')} led to a bug, with its cause in the log",
            well=counts.failed == 0,
        ),
        Line(f"{_of(counts.owed, 'message')} to deliver, {_of(counts.blocked, 'account')} blocked the bot"),
        Line(
            f"{_of(counts.refused, 'message')} refused by a platform and set aside", well=counts.refused == 0
        ),
        *(Line(f"   {number} of them: {reason}", well=False) for reason, number in counts.reasons),
    ]


def _of(number: int, what: str) -> str:
    """So many of it: "1 member", "2 members"."""
    return f"{number} {what}{'' if number == 1 else 's'}"
