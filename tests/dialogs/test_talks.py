"""What to do now, as talks: each step is what somebody says or presses, and the commands that follow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs import Choice, Conversation, Decision, Said, Situation, decide, press
from dialogs import commands as do
from dialogs.commands import Command
from dialogs.conversation import from_json, to_json
from nlu.meaning import Availability, Lead, Meaning, Problem, Profile, Range, Reading

TALKS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("talks.yaml").read_text())
APRIL = date(2027, 4, 1)


def meant(intent: str, confidence: float = 0.9, **fields: Any) -> Meaning:
    return Meaning("nl", intent, confidence, confident=confidence > 0.5, **fields)


WHOLE = Lead(roles=("projectleider",), place="Utrecht", start=APRIL)
FREE = Availability(status="free", start=APRIL)
NOWHERE = Problem("impossible_date", "31 februari")
RIDDLE = (Reading("share_lead", 0.3), Reading("unknown", 0.25), Reading("set_availability", 0.2))
MEANINGS: Mapping[str, Meaning] = {
    # whole or half a lead, and answers to what it lacks
    "lead": meant("share_lead", lead=WHOLE),
    "likely lead": meant("share_lead", 0.4, lead=WHOLE, alternatives=RIDDLE),
    "other lead": meant("share_lead", lead=replace(WHOLE, place="Breda")),
    "forwarded lead": meant("share_lead", lead=replace(WHOLE, place="Delft")),
    "edited lead": meant("share_lead", lead=replace(WHOLE, place="Assen")),
    "other work": meant("share_lead", lead=replace(WHOLE, roles=("ux designer",))),
    "24 uur lead": meant("share_lead", lead=replace(WHOLE, hours_per_week=Range(24, 24))),
    "3 dagen": meant("unknown", 0.2, lead=Lead(days_per_week=Range(3, 3))),
    "yes where": meant("confirm", problems=(Problem("unknown_place", "yes"),)),
    "work": meant("share_lead", lead=Lead()),
    "a role": meant("share_lead", lead=Lead(roles=("tester",))),
    "role": meant("unknown", 0.2, lead=Lead(roles=("tester",))),
    "april": meant("unknown", 0.2, lead=Lead(start=APRIL)),
    "utrecht": meant("unknown", 0.2, lead=Lead(place="Utrecht")),
    "breda": meant("deny", lead=Lead(place="Breda"), correction=True),
    "april in utrecht": meant("unknown", 0.2, lead=Lead(start=APRIL, place="Utrecht")),
    "24 uur": meant("share_lead", lead=Lead(hours_per_week=Range(24, 24)), correction=True),
    "31 februari": meant("unknown", 0.2, problems=(NOWHERE,)),
    "no idea": meant("unknown", 0.2, skipped=True),
    # short words
    "ja": meant("confirm"),
    "ok": meant("confirm"),
    "nee": meant("deny"),
    "laat maar": meant("cancel"),
    "stop": meant("leave"),
    "hallo": meant("greeting"),
    "gibberish": meant("unknown", 0.1),
    "raadsel": meant("share_lead", 0.3, alternatives=RIDDLE),
    # other subjects
    "stand": meant("lead_status"),
    "edited stand": meant("lead_status"),
    "vrij": meant("set_availability", availability=FREE),
    "edited vrij": meant("set_availability", availability=FREE),
    "wanneer": meant("set_availability", availability=Availability()),
    "maak er 4 van": meant(
        "set_availability", availability=Availability(days_per_week=Range(4, 4)), correction=True
    ),
    "onmogelijk vrij": meant("set_availability", availability=Availability(), problems=(NOWHERE,)),
    "designer": meant("update_profile", profile=Profile(roles=("designer",))),
    "own words as a lead": meant(
        "share_lead",
        lead=replace(WHOLE, roles=("designer",)),
        profile=Profile(roles=("designer",), place="Utrecht"),
    ),
    "goes": meant("update_profile", profile=Profile(place="Goes")),
    "profiel": meant("update_profile"),
    "mens": meant("talk_to_human"),
    "vouch": meant("vouch"),
    "vouch noor": meant("vouch", people=("Noor",)),
    "tip bas": meant("tip_member"),
    "iemand tippen": meant("tip_member"),
    "Noor": meant("deny", people=("Noor",)),
    "endless name": meant("vouch", people=("Max" * 100,)),
    "noor": meant("unknown", 0.2, people=("Noor",), reason="ze is goed"),
    "kies sanne bos": meant("unknown", 0.2, people=("Sanne Bos",)),
    "kies sanne": meant("unknown", 0.2, people=("Sanne",)),
    "uitje": meant("propose_event"),
    "rates": meant("ask_rates"),
    "who is free": meant("ask_who_is_free"),
    "mwah": meant("confirm", 0.4),
    "tot maandag": meant("set_availability", availability=Availability(end=APRIL)),
}
LEAD, ROLE = (replace(MEANINGS[name], words=name) for name in ("lead", "a role"))
BUSY = meant("set_availability", availability=replace(FREE, status="full"), words="vol")
SEVERAL: Mapping[str, Meaning] = {
    "vol en lead": replace(LEAD, parts=(BUSY, LEAD)),
    "two leads": replace(LEAD, parts=(LEAD, ROLE)),
    "two periods": replace(BUSY, parts=(BUSY, MEANINGS["vrij"])),
    "ja leuk, maar pas vanaf april": MEANINGS["vrij"],
    "interest and free": meant("show_interest", parts=(MEANINGS["vrij"], meant("show_interest", words="ja"))),
}


class Talk:
    """One talk; `number` is the draft of the newest card, under which the buttons are."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.talk = Conversation()
        self.number = 0

    def step(self, what: str) -> str:
        decision = self._decision(what)
        self.talk = from_json(to_json(decision.talk))  # between two messages a talk sleeps in the database
        assert self.talk == decision.talk
        for command in decision.commands:
            self.number = getattr(command, "draft", self.number)
        return " + ".join(brief(command) for command in decision.commands)

    def _decision(self, what: str) -> Decision:
        if what.startswith("["):
            return press(self._button(what.strip("[]")), self.talk)
        said = Said(
            what,
            forwarded_from="Recruiter" if what.startswith("forwarded") else None,
            message_id=what.removeprefix("edited "),
            edited=what.startswith("edited"),
        )
        meaning = SEVERAL.get(what) or MEANINGS.get(what, MEANINGS["gibberish"])
        return decide(said, meaning, self.talk, self.situation)

    def _button(self, label: str) -> Command:
        words, _, number = label.rpartition(" ")
        draft = int(number) if number.isdigit() else self.number
        field = self.talk.draft.asking if self.talk.draft and self.talk.draft.asking else "start"
        buttons: Mapping[str, Command] = {
            "Klopt": do.ConfirmDraft(draft),
            "Aanpassen": do.EditDraft(draft),
            "Laat maar": do.CancelDraft(draft),
            "Weet ik niet": do.SkipField(draft, field),
            "Agree": do.Agree(),
            "ShowMyLeads": do.ShowMyLeads(),
            "Undo": do.Undo(3),
            "Tip": do.AskTip(5),
        }
        return buttons[words if number.isdigit() else label]


def brief(command: Command) -> str:
    """A command as a row of the table names it."""
    match command:
        case do.Ask(_, field, _, again, problem, _, nth, of):
            why = f" because {problem.kind}" if problem else ""
            return f"Ask {field}{' again' if again else ''}{why}{f' {nth} of {of}' if of else ''}"
        case do.ShowLead(nth=nth, of=of) if of:
            return f"ShowLead {nth} of {of}"
        case do.SetAvailability(also=also) if also:
            return f"SetAvailability and {len(also)} more"
        case do.Unclear(readings):
            return " ".join(["Unclear", *readings])
        case do.KeepPrivate(kind):
            return f"KeepPrivate {kind}"
        case do.NotYet(intent):
            return f"NotYet {intent}"
        case _:
            return type(command).__name__


def situation(known: Mapping[str, Any]) -> Situation:
    choices = tuple(Choice(*each) for each in known.get("choices", ()))
    asked = known.get("evaluation")
    return Situation(**{**known, "choices": choices, "evaluation": tuple(asked) if asked else None})


@pytest.mark.parametrize("row", TALKS, ids=[row["title"] for row in TALKS])
def test_talk(row: dict[str, Any]) -> None:
    talk = Talk(situation(row.get("situation", {})))
    steps = [(what, commands) for step in row["talk"] for what, commands in step.items()]

    assert [(what, talk.step(what)) for what, _ in steps] == steps


def test_what_was_understood_is_what_is_shared() -> None:
    talk = Talk(Situation())
    for what in ("a role", "april", "breda", "24 uur"):
        talk.step(what)
    decision = press(do.ConfirmDraft(talk.number), talk.talk)

    lead = Lead(roles=("tester",), start=APRIL, place="Breda", hours_per_week=Range(24, 24))
    assert decision.commands == (do.ShareLead(lead, "a role\napril\nbreda\n24 uur"),)
    assert decision.talk.draft is None
    assert "tester" not in str(to_json(decision.talk))  # nothing of the text is kept


def test_a_correction_changes_only_what_it_says() -> None:
    talk = Talk(Situation())
    for what in ("lead", "24 uur"):
        talk.step(what)

    assert talk.talk.draft is not None
    assert talk.talk.draft.lead == replace(WHOLE, hours_per_week=Range(24, 24))


def test_days_replace_hours() -> None:
    talk = Talk(Situation())
    for each in ("24 uur lead", "3 dagen"):
        talk.step(each)

    assert talk.talk.draft is not None
    assert talk.talk.draft.lead == replace(WHOLE, days_per_week=Range(3, 3))


def test_own_words_are_a_role_when_that_was_asked() -> None:
    talk = Talk(Situation())
    talk.step("work")
    talk.step("iemand die schaapjes telt")

    assert talk.talk.draft is not None
    assert talk.talk.draft.lead.roles == ("iemand die schaapjes telt",)


def test_the_introduction_of_a_newcomer() -> None:
    """Anything said is the answer to the open question; the name comes from the invitation."""
    talk = Talk(Situation(joining=True))
    talk.talk = press(do.Agree(), Conversation()).talk

    assert talk.step("gibberish").startswith("Ask ")
    assert talk.talk.draft is not None
    assert talk.talk.draft.text == "gibberish"
