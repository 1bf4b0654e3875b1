"""The ears: a text goes in and its meaning comes out. This room knows spaCy and nothing else of the house."""

import nlu.engine  # noqa: F401 - before anything else of ours imports spaCy
from nlu.meaning import (
    Availability,
    Contact,
    Context,
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
    Weekday,
)
from nlu.reader import Reader

__all__ = [
    "Availability",
    "Contact",
    "Context",
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
    "Weekday",
]
