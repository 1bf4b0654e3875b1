"""The corridor for a client, who is no member: what they write at the collective's own door, and their buttons.

Followed from `turn` once the sender turns out to be a client; a refusal is a notice, as for members.
"""

from collections.abc import Callable

from assistant import titles
from assistant.actions import inquiries as actions
from assistant.desk import Desk
from assistant.messages import Incoming
from assistant.notices import (
    HERE,
    Cancelled,
    ClientUnclear,
    CreditShown,
    DraftWaiting,
    Impossible,
    InquiryReadBack,
    Notice,
    Pleasantry,
    Question,
    Stale,
    TooLong,
    Unreadable,
    WhatIsWrong,
    first_name,
)
from db import inquiries
from db.accounts import Account
from db.inquiries import Client
from dialogs import Conversation, Decision, Said, decide_for_client, press_for_client
from dialogs import commands as do
from dialogs.conversation import from_json, to_json
from nlu.meaning import Context, LanguageCode, Meaning

Reads = Callable[[str, Context], Meaning]


def client_of(desk: Desk, account: Account) -> Client | None:
    """The client behind an account."""
    return inquiries.client_at(desk.session, account.id)


def answer(
    desk: Desk, account: Account, client: Client, heard: Incoming, read: Reads, most: int
) -> list[Notice]:
    """Understand, decide, act. `most`: the longest text that is read, in characters."""
    if heard.kind == "media" or not heard.text.strip():
        return [Unreadable(HERE, heard.media or "empty")]
    if len(heard.text) > most:
        return [TooLong(HERE, most)]
    talk = from_json(client.talk)
    draft = talk.draft
    waiting = bool(inquiries.live_of(desk.session, client.id))
    context = Context(
        desk.today,
        _language(desk, account),
        form="lead" if draft or waiting else None,
        asked=draft.asking if draft else None,
        confirming=draft is not None and draft.asking is None,
    )
    meaning = read(heard.text, context)
    if len(heard.text.split()) > 2 and meaning.spans:
        account.language = meaning.language
    said = Said(heard.text, heard.forwarded_from, heard.message_id, heard.edited)
    return _carry_out(desk, account, client, decide_for_client(said, meaning, talk, waiting=waiting))


def press(desk: Desk, account: Account, client: Client, command: do.Command) -> list[Notice]:
    """A button of theirs."""
    decision = press_for_client(command, from_json(client.talk))
    return [Stale(HERE)] if decision is None else _carry_out(desk, account, client, decision)


def _language(desk: Desk, account: Account) -> LanguageCode:
    known = (account.language or "")[:2]
    return "en" if known == "en" or (known != "nl" and desk.collective.language == "en") else "nl"


def _carry_out(desk: Desk, account: Account, client: Client, decision: Decision) -> list[Notice]:
    client.talk, client.changed_at = to_json(decision.talk), desk.now
    told: list[Notice] = []
    for command in decision.commands:
        told += _perform(desk, account, client, command, decision.talk)
    return told


def _perform(  # noqa: C901, PLR0911, PLR0912 (one line a command)
    desk: Desk, account: Account, client: Client, command: do.Command, talk: Conversation
) -> list[Notice]:
    match command:
        case do.Ask(form, field, draft, again, problem, back, nth, of):
            about = titles.title(talk.draft.lead, desk.collective.language) if talk.draft and back else None
            return [Question(HERE, form, field, draft, again, problem, about, nth, of)]
        case do.ShowLead(draft, lead, _tips, problems):
            words = talk.draft.text if talk.draft is not None and not lead.roles else None
            here = desk.collective.name
            return [InquiryReadBack(collective=here, draft=draft, lead=lead, problems=problems, words=words)]
        case do.AskWhatIsWrong(form):
            return [WhatIsWrong(HERE, form)]
        case do.Remind(draft, form):
            title = titles.title(talk.draft.lead, desk.collective.language) if talk.draft else ""
            return [DraftWaiting(HERE, draft, form, title)]
        case do.Cancelled(form, question):
            return [Cancelled(HERE, form, question)]
        case do.Impossible(problems):
            return [Impossible(HERE, problems)]
        case do.Pleasantry(kind):
            return [Pleasantry(HERE, kind, first_name(client.name))]
        case do.ExplainJoining():
            return actions.welcome(desk)
        case do.ShowCredit():
            return [CreditShown(HERE, desk.collective.name, desk.policy)]
        case do.ShareLead():
            return actions.ask(desk, client, command)
        case do.InquiryStatus():
            return actions.status(desk, client)
        case do.AmendInquiry():
            return actions.amend(desk, client, command)
        case do.WithdrawInquiry():
            return actions.withdraw(desk, client, command)
        case do.AskPassOn(words):
            return [ClientUnclear(words=words)]
        case do.TellInquirer(words):
            return actions.pass_on(desk, client, words)
        case do.ShowClientData():
            return actions.show_data(desk, client)
        case do.ForgetClient():
            return actions.forget(desk, client, account)
        case _:
            return [Stale(HERE)]
