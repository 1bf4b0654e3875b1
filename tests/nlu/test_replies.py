"""Short answers are data: each name stands in every language, and what it says is told from what it does not."""

import pytest
import yaml

from nlu import replies
from nlu.language import LANGUAGES, codes

SAID = (  # name, what is said so, and what is not
    ("holds", ("klopt nog hoor", "it's still right"), ("klopt niet", "not right")),
    ("no_room", ("geen enkele dag", "0", "no days"), ("1 dag", "no idea")),
    ("not_after_all", ("oh toch maar niet", "no, not after all"), ("toch niet Sanne", "not all")),
    ("after_all", ("nee, doe toch maar wel", "ok yes after all"), ("toch", "after all")),
    ("not_now", ("nu even niet", "No, not right now"), ("niet", "now")),
    ("wait", ("oh wacht even", "hold on a sec"), ("ik wacht op bericht", "waiting")),
    ("who", ("en wie dan", "And who is it"), ("wie het wil", "whose")),
    ("chooses", ("kies dan Bram", "introduce me to Bram"), ("kies", "pick one of the three please")),
    (
        "numbered",
        ("2 graag", "de tweede", "nummer 3 lijkt me leuk", "number 2", "1 looks good"),
        ("2", "2 dagen graag", "1 februari graag", "ik heb 2 mensen", "2 days please"),
    ),
    (
        "agrees",
        (
            "ja",
            "ja, doe maar",
            "Prima, stel haar maar voor",
            "yes please",
            "ok, go ahead",
            "Sure, introduce us",
        ),
        ("ok", "prima", "ja maar", "ja, doe maar niet", "doe maar een ander", "yes, but later", "great"),
    ),
    (
        "yes_but",
        ("ja leuk, maar pas in mei", "yes, only if remote"),
        ("ja leuk", "ja ik ben vrij, maar weinig"),
    ),
)


@pytest.mark.parametrize(("name", "so", "not_so"), SAID, ids=[row[0] for row in SAID])
def test_what_is_said_so(name: str, so: tuple[str, ...], not_so: tuple[str, ...]) -> None:
    assert [each for each in so if not replies.pattern(name).fullmatch(each)] == []
    assert [each for each in not_so if replies.pattern(name).fullmatch(each)] == []


@pytest.mark.parametrize(
    ("name", "said", "found"),
    [
        ("because", "ik stop ermee want ik emigreer", "ik emigreer"),
        ("because", "I leave because it is quiet", "it is quiet"),
        ("because", "I want to leave", None),
        ("invites", "nodig bram en carla ook uit", "bram en carla"),
        ("invites", "invite bram", "bram"),
        ("tips", "tip Bram de Wit", "Bram de Wit"),
        ("numbered", "interesse in 2", "2"),
        ("numbered", "Ja, 1 en ook de derde graag", "1 en ook de derde"),
        ("numbered", "the second one please", "second"),
        ("numbered", "2, 3 and 4 please", "2, 3 and 4"),
    ],
)
def test_what_is_left_open(name: str, said: str, found: str | None) -> None:
    match = replies.pattern(name).search(said)
    assert (match and replies.found_in(match)) == found


def test_every_language_has_every_name() -> None:
    files = [
        yaml.safe_load((LANGUAGES / code / replies.FILE).read_text(encoding="utf-8")) for code in codes()
    ]
    assert len(files) > 1
    for kind in ("patterns", "words"):
        assert len({frozenset(file[kind]) for file in files}) == 1


def test_a_name_that_nobody_has_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        replies.pattern("no such answer")
    with pytest.raises(KeyError):
        replies.words("no such answer")


@pytest.mark.parametrize(
    ("said", "is_work"),
    [
        ("tester", True),
        ("3D-artiest", True),
        ("50", False),
        ("?!", False),
        ("ja doe maar", False),
        ("Yes", False),
    ],
)
def test_what_may_be_a_kind_of_work(said: str, is_work: bool) -> None:
    assert replies.may_be_work(said.lower()) is is_work
