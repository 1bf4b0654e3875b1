"""The ears: a text goes in and its meaning comes out. This room knows spaCy and nothing else of the house."""

import gc

import nlu.engine  # noqa: F401 - before anything else of ours imports spaCy
from nlu.meaning import (
    Availability,
    Contact,
    Context,
    Daypart,
    Form,
    LanguageCode,
    Lead,
    Meaning,
    Problem,
    ProblemKind,
    Profile,
    Range,
    Rate,
    Reading,
    Remote,
    Span,
    Stage,
    Status,
    Unit,
    Vat,
    Weekday,
)
from nlu.reader import Reader

__all__ = [
    "Availability",
    "Contact",
    "Context",
    "Daypart",
    "Form",
    "LanguageCode",
    "Lead",
    "Meaning",
    "Problem",
    "ProblemKind",
    "Profile",
    "Range",
    "Rate",
    "Reader",
    "Reading",
    "Remote",
    "Span",
    "Stage",
    "Status",
    "Unit",
    "Vat",
    "Weekday",
]

# What is loaded by now stays: the collector would look through all of it, spaCy's too, during the first reading.
gc.freeze()
