"""Cards as WhatsApp shows them: within its limits whatever the card, nothing lost, every button to be pressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.whatsapp_cards import bodies
from assistant.messages import Action, Card
from tests.channels.fake_whatsapp import checked, shown

WORDS = st.text(st.sampled_from("ab \né😀"), min_size=1, max_size=9000).filter(str.strip)
LABELS = st.text(st.sampled_from("abc d😀"), min_size=1, max_size=60).filter(str.strip)


@given(WORDS, st.lists(LABELS, max_size=25), st.sampled_from(["nl", "en"]))
def test_every_card_is_taken_whole(text: str, labels: list[str], language: str) -> None:
    actions = tuple(Action(label, f"t{n}") for n, label in enumerate(labels))
    made = bodies(Card(text, actions, language=language))

    for body in made:
        checked(body)
    assert [token for body in made for _, token in shown(body)] == [each.token for each in actions]
    said = "".join(
        body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]
        for body in made
    )
    assert "".join(text.split()) in "".join(said.split())


@pytest.mark.parametrize(
    ("labels", "kind", "titles"),
    [
        (["Klopt", "Aanpassen"], "button", ["Klopt", "Aanpassen"]),
        (["Klopt", "Aanpassen", "Laat maar"], "button", ["Klopt", "Aanpassen", "Laat maar"]),
        (
            ["Interesse", "Nu niet", "Niets voor mij", "Tip iemand"],
            "list",
            ["Interesse", "Nu niet", "Niets voor mij", "Tip iemand"],
        ),
        (
            ["Stel Anke van der Meulen voor", "Nog geen keuze"],
            "list",
            ["Stel Anke van der Meulen voor", "Nog geen keuze"],
        ),
        (["Bekijk", "Bekijk"], "list", ["Bekijk", "Bekijk"]),
    ],
    ids=str,
)
def test_buttons_where_they_fit_and_else_a_list(labels: list[str], kind: str, titles: list[str]) -> None:
    (body,) = bodies(Card("Kies maar.", tuple(Action(label, f"t{n}") for n, label in enumerate(labels))))

    assert body["interactive"]["type"] == kind
    assert [title for title, _ in shown(body)] == titles


def test_a_long_text_keeps_its_last_paragraphs_with_the_buttons() -> None:
    card = Card("\n\n".join(["x" * 800, "y" * 500, "z" * 400]), (Action("Klopt", "t"),))

    above, choice = bodies(card)

    assert above["text"]["body"] == "x" * 800
    assert choice["interactive"]["body"]["text"] == "y" * 500 + "\n\n" + "z" * 400


def test_a_long_list_goes_on_in_its_own_language() -> None:
    first, rest = bodies(Card("Who?", tuple(Action(f"Name {n}", f"t{n}") for n in range(12)), language="en"))

    assert first["interactive"]["action"]["button"] == "Choose"
    assert rest["interactive"]["body"]["text"] == "More choices:"
    assert len(shown(rest)) == 2
