"""Takes names and numbers out of a message, so that it can be learned from without knowing whom it was about.

What is left is a template: {name}, {client} and {place} stand where one stood, and every digit is a 0. Whatever
might be a name goes too, so that a surname nobody knew is no surname left behind.
"""

import re

from nlu.components.names import first_names
from nlu.everyday import everyday
from nlu.lexicon import Words
from nlu.meaning import Meaning

SLOTS = {"client": "{client}", "place": "{place}", "contact": "{name}", "name": "{name}"}
LONGEST = 400  # characters; a longer message is a mail, and no example of how members speak

_ADDRESS = re.compile(r"\S*@\S*|(?:https?://|www\.)\S+|\+?\d[\d ()-]{6,}\d")
_MARKS = str.maketrans("[](){}|", "       ")  # they mean something in a template


def mask(text: str, meaning: Meaning) -> str | None:
    """The message as a template, as it was understood; None when it is too long or nothing of it is left."""
    if len(text) > LONGEST:
        return None
    found = [(span.start, span.end, SLOTS[span.field]) for span in meaning.spans if span.field in SLOTS]
    found += [
        (match.start(), match.end(), "{name}")
        for person in meaning.people
        for match in re.finditer(re.escape(person), text, re.IGNORECASE)
    ]
    found += [(match.start(), match.end(), " ") for match in _ADDRESS.finditer(text)]
    words = Words(text)
    found += [
        (words.starts[index], words.ends[index], "{name}")
        for index in range(len(words))
        if _may_be_name(words, index)
    ]
    parts: list[str] = []
    position = 0
    for start, end, slot in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= position:
            parts += [_plain(text[position:start]), slot]
            position = end
    masked = " ".join("".join([*parts, _plain(text[position:])]).split())
    return masked if re.sub(r"\{\w+\}|\W|0", "", masked) else None


def _plain(text: str) -> str:
    return re.sub(r"\d", "0", text).translate(_MARKS)


def _may_be_name(words: Words, index: int) -> bool:
    """A first name, or a word with a capital that is none of every day."""
    word = words.folded[index]
    return word not in everyday() and (words.capital(index) or word in first_names())
