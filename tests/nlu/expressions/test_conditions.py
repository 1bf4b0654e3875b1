"""The conditions of a lead: who is not to be asked, and what the client cannot do without. A new row is a line."""

from datetime import date

import pytest

from nlu import Context, Reader

READER = Reader()
CONTEXT = Context(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "people", "ruled_out"),
    [
        ("opdracht: tester, Utrecht, vanaf 1 april, niet voor Kees", (), ("Kees",)),
        ("zoek een tester in Utrecht vanaf 1 april, liever niet Kees", (), ("Kees",)),
        ("niet aan Kees vragen", (), ("Kees",)),
        ("Kees liever niet", (), ("Kees",)),
        ("iets voor Kees?", ("Kees",), ()),
        ("is dit niet voor Kees?", ("Kees",), ()),
        ("tester gezocht in Utrecht, iets voor Kees maar niet voor Bram", ("Kees",), ("Bram",)),
        ("we need a tester in Utrecht, not for Kees", (), ("Kees",)),
        ("a lead: tester in Utrecht, ask anyone except Kees", (), ("Kees",)),
        ("toch niet bram", (), ("Bram",)),
        ("vraag bram eerst", ("Bram",), ()),
        ("ask bram first", ("Bram",), ()),
    ],
)
def test_who_is_not_to_be_asked(text: str, people: tuple[str, ...], ruled_out: tuple[str, ...]) -> None:
    meaning = READER.read(text, CONTEXT)

    assert (meaning.people, meaning.ruled_out) == (people, ruled_out)


@pytest.mark.parametrize("text", ["toch niet bram", "laat Kees maar", "not Bram after all"])
def test_who_takes_back_a_name_cancels_nothing(text: str) -> None:
    assert READER.read(text, CONTEXT).intent != "cancel"


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("zoek een tester in Utrecht, scrum is een must", ("scrum",)),
        ("zoek een projectleider in Utrecht, prince2 vereist, scrum is een pre", ("prince2",)),
        ("zoek een projectleider die scrum moet kennen en power bi leuk vindt", ("scrum",)),
        ("zoek een tester in Utrecht, must haves: scrum, jira. Wensen: excel", ("scrum", "jira")),
        ("projectleider gezocht in Utrecht, moet ervaring met scrum hebben", ("scrum",)),
        ("looking for a tester, Jira is required, Excel nice to have", ("jira",)),
        ("we need a tester in Utrecht, must have Jira", ("jira",)),
        (
            "we need a project manager in Utrecht, must know Scrum and PRINCE2, start 1 May",
            ("scrum", "prince2"),
        ),
        ("zoek een tester in Utrecht met scrum en jira", ()),
    ],
)
def test_what_the_client_cannot_do_without(text: str, must: tuple[str, ...]) -> None:
    lead = READER.read(text, CONTEXT).lead

    assert lead is not None
    assert lead.must == must
