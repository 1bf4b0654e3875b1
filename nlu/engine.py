"""Brings in spaCy without its command line, which would nearly double the time until a first message is read.

`import spacy` also imports `spacy.cli`, and with that an HTTP client, a command-line library and a project manager:
0.3 s of 0.8. Reading needs none of them, so while spaCy is imported two empty modules stand where they would be;
whoever imports `spacy.cli` afterwards gets the real one. (`spacy.info`, which prints versions, is then missing.)
"""

import sys
from types import ModuleType

COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, once; where somebody has imported it already nothing happens."""
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in COMMAND_LINE}
    vars(stand_ins["spacy.cli.info"])["info"] = None  # the one thing that spaCy takes from it
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401, PLC0415 (not before its command line is out of the way)
    finally:
        for name in COMMAND_LINE:
            del sys.modules[name]


import_spacy()
