"""Reads a text with the components that look for names, and with nothing else of the pipeline."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language
from spacy.tokens import Doc

from nlu.components.client import make_client
from nlu.components.contact import make_contact
from nlu.components.mail import make_mail
from nlu.components.own_name import make_own_name
from nlu.components.person import make_person
from nlu.components.place import make_place
from nlu.components.remote import make_remote
from nlu.components.role import make_role
from nlu.components.skill import make_skill
from nlu.components.stage import make_stage
from nlu.components.wishes import make_wishes
from nlu.finds import FINDS, Find, in_order
from nlu.gazetteer import Place
from nlu.meaning import Contact, Context

HERE = Path(__file__).parent
FACTORIES = [
    make_mail,
    make_contact,
    make_client,
    make_wishes,
    make_own_name,
    make_person,
    make_place,
    make_remote,
    make_role,
    make_skill,
    make_stage,
]


@cache
def pipeline() -> tuple[Language, list[Any]]:
    nlp = Language()
    return nlp, [make(nlp, make.__name__) for make in FACTORIES]


def read(text: str, language: str = "nl", *, forwarded: bool = False) -> list[Find]:
    """Everything these components find in a text."""
    nlp, components = pipeline()
    doc = Doc(
        nlp.vocab, words=[text] if text else [], spaces=[False] if text else []
    )  # how it is cut does not matter
    doc.user_data["context"] = Context(date(2026, 11, 21), forwarded=forwarded)
    doc.user_data["language"] = language
    for component in components:
        doc = component(doc)
    return in_order([find for finds in doc.user_data.get(FINDS, {}).values() for find in finds])


def plain(value: object) -> object:
    """A value as a table writes it."""
    if isinstance(value, Place):
        return value.name
    if isinstance(value, Contact):
        parts = {"name": value.name, "phone": value.phone, "email": value.email}
        return {part: said for part, said in parts.items() if said}
    return value


def table(name: str) -> list[tuple[list[str], dict[str, Any]]]:
    """The rows of a table with the kinds it speaks of: of those, a row names all that is found."""
    data = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return [(data["kinds"], row) for row in data["rows"]]
