"""Reading keeps nothing: no text, no words of it, however many messages come by."""

import gc
from datetime import date

from spacy.tokens import Doc

from nlu import Context, Reader

TEXT = "zoek een woordvoerder{0} voor Bakkerij Zwam{0} in Goes, bel Kees op 06-234567{0:02} of mail x{0}@example.org"


def docs() -> int:
    gc.collect()
    return sum(isinstance(each, Doc) for each in gc.get_objects())


def test_nothing_of_a_text_stays_behind() -> None:
    reader, context = Reader(), Context(today=date(2026, 11, 21), form="lead", forwarded=True)
    reader.read(TEXT.format(0), context)
    strings, before = len(reader._nlp.vocab.strings), docs()
    for number in range(1, 60):
        reader.read(TEXT.format(number), context)
    assert len(reader._nlp.vocab.strings) == strings
    assert docs() == before


def test_a_text_that_is_held_would_be_seen() -> None:
    before = docs()
    held = Doc(Reader()._nlp.vocab, words=["held"])
    assert docs() == before + len(held)
