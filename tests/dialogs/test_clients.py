"""What a client at the collective's own door may do, and what not: a row each."""

import pytest

from dialogs import Conversation, Said, decide_for_client, press_for_client, reach_of, without_reach
from dialogs import commands as do
from dialogs.conversation import Draft
from nlu.meaning import Contact, Lead, Meaning, Setting

GOUDA = Lead(place="Gouda")
OPEN = Conversation(draft=Draft(1, "lead", lead=Lead(roles=("tester",)), asking="start"), next_number=2)


def meant(intent: str, *, sure: bool = True, lead: Lead | None = None, setting: str = "") -> Meaning:
    known = Setting(setting, "") if setting else None
    return Meaning("nl", intent, 1.0 if sure else 0.3, sure, lead=lead, setting=known)


ROWS = [
    # what was said, what was heard, whether they wait for an answer, what is done
    ("al iemand?", meant("lead_status"), True, do.InquiryStatus()),
    ("al iemand?", meant("lead_status"), False, do.InquiryStatus()),
    ("laat maar", meant("cancel"), True, do.WithdrawInquiry()),
    ("laat maar", meant("cancel"), False, do.Cancelled()),
    ("niet meer nodig", meant("deny", setting="inquiry"), True, do.WithdrawInquiry()),
    ("toch in Gouda", meant("deny", sure=False, lead=GOUDA), True, do.AmendInquiry(GOUDA, "toch in Gouda")),
    ("kan het ook in Gouda?", meant("unknown", lead=GOUDA), True, do.AskPassOn("kan het ook in Gouda?")),
    ("bel 06 12345678", meant("unknown"), True, do.AmendInquiry(Lead(contact=Contact(None, "06 12345678")), "bel 06 12345678")),
    ("wat kost het?", meant("ask_rates"), True, do.AskPassOn("wat kost het?")),
    ("wat houden jullie?", meant("unknown", setting="show_credit"), False, do.ShowCredit()),
    ("verwijder mij", meant("delete_me"), True, do.ShowClientData()),
    ("hoe werkt dit?", meant("how_it_works"), False, do.ExplainJoining()),
    ("/help", meant("unknown"), True, do.ExplainJoining()),
    ("dank je", meant("thanks"), True, do.Pleasantry("thanks")),
    ("tja", meant("unknown"), False, do.AskPassOn(None)),
    # what only a member may do is no client's
    ("ik ben vrij", meant("set_availability"), True, do.AskPassOn("ik ben vrij")),
    ("wie is er vrij?", meant("ask_who_is_free"), True, do.AskPassOn("wie is er vrij?")),
    ("contributie?", meant("unknown", setting="dues"), True, do.AskPassOn("contributie?")),
    ("coordinator is Jan", meant("unknown", setting="name_coordinator"), True, do.AskPassOn("coordinator is Jan")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning", "waiting", "done"), ROWS, ids=lambda each: str(each)[:24])
def test_what_a_client_may_do(text: str, meaning: Meaning, waiting: bool, done: do.Command) -> None:
    decision = decide_for_client(Said(text), meaning, Conversation(), waiting=waiting)

    assert decision.commands == (done,)


def test_colleagues_are_not_a_clients_to_choose() -> None:
    meaning = Meaning(
        "nl",
        "share_lead",
        1.0,
        True,
        lead=Lead(roles=("tester",), asap=True, place="Gouda"),
        people=("Sanne",),
    )
    (shown,) = decide_for_client(Said("een tester"), meaning, Conversation(), waiting=False).commands

    assert isinstance(shown, do.ShowLead)
    assert shown.tips == ()


def test_in_a_form_a_short_answer_stays_in_it() -> None:
    decision = decide_for_client(Said("Gouda"), meant("unknown", lead=GOUDA), OPEN, waiting=True)

    assert decision.talk.draft is not None
    assert decision.talk.draft.lead.place == "Gouda"


@pytest.mark.parametrize(
    "command", [do.CloseLead(1), do.Choose(1, 2), do.ShowStanding(), do.TakeInquiry(1, GOUDA)]
)
def test_a_members_button_is_no_clients(command: do.Command) -> None:
    assert press_for_client(command, Conversation()) is None


REACH = [
    # said, telephone, mail
    ("bel 06 12345678", "06 12345678", None),
    ("bel me op +31 6 1234 5678 na vijven", "+31 6 1234 5678", None),
    ("030-1234567 of jan@klant.example", "030-1234567", "jan@klant.example"),
    ("jan.de.wit@klant.co.example", None, "jan.de.wit@klant.co.example"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phone", "email"), REACH)
def test_how_a_client_is_reached_is_found_and_left_out(
    text: str, phone: str | None, email: str | None
) -> None:
    assert reach_of(text) == Contact(None, phone, email)
    assert not any(each in without_reach(text) for each in (phone, email) if each)


@pytest.mark.parametrize(
    "text", ["01-12-2026", "vanaf 2026-12-01", "60 dagen x 900", "2 x 1.000", "@sanne", ""]
)
def test_a_day_or_an_amount_reaches_nobody(text: str) -> None:
    assert reach_of(text) is None
