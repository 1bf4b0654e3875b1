"""Whatever is said and pressed, in whatever order: a talk goes on, and nobody is asked the same thing twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import Conversation, Decision, decide, press
from dialogs import commands as do
from dialogs.commands import Command
from dialogs.conversation import Draft, from_json, to_json
from dialogs.drafts import MAX_PARKED
from tests.dialogs.values import COMMANDS, SITUATIONS, meanings, said

STEPS = 8
WE_SAY = (do.Ask, do.ShowLead, do.ShowProfile, do.Remind, do.Cancelled)  # never under a button
Step = tuple[Conversation, Decision]  # where a step began, and what was decided


def drafts(talk: Conversation) -> list[Draft]:
    return [each for each in (*talk.parked, talk.draft) if each is not None]


@st.composite
def buttons(draw: st.DrawFn) -> Command:
    """Often a button of the talk, whose numbers are small; now and then any other."""
    number = draw(st.integers(0, 9))
    steering = (
        do.ConfirmDraft(number),
        do.EditDraft(number),
        do.CancelDraft(number),
        do.SkipField(number, draw(st.sampled_from(["roles", "start", "place"]))),
        do.Agree(),
        do.AskTip(number),
    )
    return draw(st.sampled_from(steering) | COMMANDS.filter(lambda each: not isinstance(each, WE_SAY)))


@st.composite
def talks(draw: st.DrawFn) -> list[Step]:
    """A whole talk."""
    talk, steps = Conversation(), []
    for number in range(draw(st.integers(1, STEPS))):
        decision = (
            press(draw(buttons()), talk)
            if draw(st.booleans())
            else decide(said(number, draw), draw(meanings()), talk, draw(SITUATIONS))
        )
        steps.append((talk, decision))
        talk = decision.talk
    return steps


def there_is_always_an_answer(before: Conversation, decision: Decision) -> None:
    assert decision.commands
    assert from_json(to_json(decision.talk)) == decision.talk


def no_field_is_asked_twice(before: Conversation, decision: Decision) -> None:
    """A question is new only once. An open one may be repeated: `again`, or as a reminder after something else.

    Without knowing what kind of work it is we can ask nobody: a reply that told something else does not pass that by.
    """
    first = decision.commands[0]
    if isinstance(first, do.Ask) and not first.again:
        (asking,) = (each for each in drafts(decision.talk) if each.number == first.draft)
        assert asking.asking == first.field
        assert asking.asked.count(first.field) == 1
        same = (
            []
            if first.field == "roles"
            else [each for each in drafts(before) if asking.text.startswith(each.text) and each.text]
        )
        assert all(first.field not in each.asked for each in same if each.message_id == asking.message_id)
    for draft in drafts(decision.talk):
        assert len(set(draft.asked)) == len(draft.asked)


def numbers_of_drafts_are_never_used_again(before: Conversation, decision: Decision) -> None:
    """So that an old button can never mean a new draft."""
    numbers = [each.number for each in drafts(decision.talk)]
    known = {each.number for each in drafts(before)}
    assert len(set(numbers)) == len(numbers)
    assert decision.talk.next_number >= before.next_number
    assert all(number in known or number >= before.next_number for number in numbers)
    assert all(number < decision.talk.next_number for number in numbers)
    assert len(decision.talk.parked) <= MAX_PARKED


def a_form_ends_only_by_a_yes_a_no_or_being_put_off_too_often(
    before: Conversation, decision: Decision
) -> None:
    gone = len(drafts(before)) - len(drafts(decision.talk))
    ended = (do.ShareLead, do.SaveProfile, do.Cancelled, do.Agree, do.ReleaseInquiry)
    assert gone <= 0 or isinstance(decision.commands[0], ended)


def a_read_back_holds_what_its_yes_would_do(before: Conversation, decision: Decision) -> None:
    for shown in decision.commands:
        if isinstance(shown, do.ShowLead):
            yes = press(do.ConfirmDraft(shown.draft), decision.talk).commands[0]
            assert isinstance(yes, do.ShareLead)
            assert (yes.lead, yes.tips) == (shown.lead, shown.tips)


def a_reminder_is_of_the_form_that_is_open(before: Conversation, decision: Decision) -> None:
    for command in decision.commands[1:]:
        if isinstance(command, do.Remind | do.Ask):
            assert decision.talk.draft is not None
            assert command.draft == decision.talk.draft.number


RULES = (
    there_is_always_an_answer,
    no_field_is_asked_twice,
    numbers_of_drafts_are_never_used_again,
    a_form_ends_only_by_a_yes_a_no_or_being_put_off_too_often,
    a_read_back_holds_what_its_yes_would_do,
    a_reminder_is_of_the_form_that_is_open,
)


@settings(max_examples=200)
@given(talks())
def test_every_talk_keeps_the_rules(steps: list[Step]) -> None:
    for before, decision in steps:
        for rule in RULES:
            rule(before, decision)
