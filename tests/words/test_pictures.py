"""The picture beside a report: drawn from its numbers, and never alone."""

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assistant.messages import Bars
from assistant.notices import FairnessReport
from assistant.pictures import WIDTH, data_uri, png
from assistant.words import say
from tests.words import gallery
from tests.words.gallery import ZONE

labels = st.text(st.characters(codec="utf-8"), max_size=20)


@given(labels, st.lists(st.tuples(labels, st.integers(0, 10_000)), max_size=6))
def test_any_numbers_can_be_drawn(title: str, bars: list[tuple[str, int]]) -> None:
    image = Image.open(io.BytesIO(png(Bars(title.replace("\n", " "), tuple(bars)))))

    assert (image.format, image.width) == ("PNG", WIDTH)


def test_a_longer_bar_has_more_ink() -> None:
    def ink(count: int) -> int:
        image = Image.open(io.BytesIO(png(Bars("", (("", count), ("", 10)))))).convert("L")
        return sum(value < 200 for value in image.tobytes())

    assert ink(1) < ink(5) < ink(10)


def test_the_same_numbers_give_the_same_picture() -> None:
    picture = Bars("Leden", (("0", 4), ("1-2", 3)))

    assert data_uri(picture) == data_uri(picture)
    assert data_uri(picture).startswith("data:image/png;base64,")


def test_a_card_with_a_picture_has_no_buttons_and_says_the_same_in_words() -> None:
    shown = [
        one for kind in gallery.classes() for one in gallery.examples(kind) if say(one, "nl", ZONE).picture
    ]

    assert shown
    for notice in shown:
        said = say(notice, "nl", ZONE)
        assert said.labels == ()
        assert said.picture is not None
        assert all(str(count) in said.text for _label, count in said.picture.bars if count)
    assert {type(one) for one in shown} == {FairnessReport}
