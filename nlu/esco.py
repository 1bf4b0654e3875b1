"""Takes over the public list of occupations and skills of the European Union, ESCO, for those who downloaded it.

The download "ESCO dataset, classification, CSV" of https://esco.ec.europa.eu holds a folder a language. Of these
`occupations_nl.csv`, `occupations_en.csv`, `skills_nl.csv` and `skills_en.csv` are read, by the names of their columns:
conceptUri, preferredLabel, altLabels (one a line), iscoGroup of occupations, and status: what is obsolete is left. Each
language may lie in the folder that it was unpacked to ("ESCO dataset - v1.2.0 - classification - nl - csv"). What is
taken over widens a search; it bars nobody, and our own list goes first.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE = "esco.json"  # in the data folder of an installation
LONGEST_LABEL = 80  # characters; some skills are whole sentences
KINDS: Mapping[str, Literal["role", "skill"]] = {"occupations": "role", "skills": "skill"}
LANGUAGES = ("nl", "en")


class EscoError(ValueError):
    """The folder does not hold what can be taken over; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Concept:
    """An occupation or skill: its Dutch and English name, its ISCO-08 group ("" for skills), and all its labels."""

    kind: Literal["role", "skill"]
    nl: str
    en: str
    isco: str
    labels: tuple[str, ...]


def take_over(folder: Path, target: Path) -> tuple[int, int]:
    """Write the compact list to `target`; how many roles and skills it holds.

    Raises:
        EscoError: when a file or a column is missing, or a file is no UTF-8.
    """
    concepts = [concept for stem, kind in KINDS.items() for concept in _concepts(folder, stem, kind)]
    rows = [[each.kind, each.nl, each.en, each.isco, list(each.labels)] for each in concepts]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    beside = target.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)  # at once: a process that starts now reads the old list or the new one
    roles = sum(each.kind == "role" for each in concepts)
    return roles, len(concepts) - roles


def read(path: Path) -> Iterator[Concept]:
    """The list that was taken over; nothing when there is none."""
    if path.is_file():
        for kind, nl, en, isco, labels in json.loads(path.read_text(encoding="utf-8")):
            yield Concept(kind, nl, en, isco, tuple(labels))


def _concepts(folder: Path, stem: str, kind: Literal["role", "skill"]) -> Iterator[Concept]:
    dutch, english = (dict(_rows(_file(folder, f"{stem}_{code}.csv"), kind)) for code in LANGUAGES)
    for uri, row in dutch.items():
        other = english.get(uri, row)
        labels = dict.fromkeys((*_labels(row), *_labels(other)))
        if labels:
            yield Concept(
                kind,
                row["preferredLabel"].strip(),
                other["preferredLabel"].strip(),
                row.get("iscoGroup", ""),
                tuple(labels),
            )


def _file(folder: Path, name: str) -> Path:
    """The file itself, or the one in a folder of its language, as each download unpacks to."""
    return next(iter(sorted(folder.glob(f"*/{name}"))), folder / name) if folder.is_dir() else folder / name


def _rows(path: Path, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    wanted = {"conceptUri", "preferredLabel", "altLabels", *(["iscoGroup"] if kind == "role" else [])}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = wanted - set(reader.fieldnames or ())
            if missing:
                raise EscoError(f"{path.name} has no column {', '.join(sorted(missing))}")
            for row in reader:
                if row.get("status") in {"obsolete", "draft"}:
                    continue
                yield row["conceptUri"], {name: row[name] or "" for name in wanted}
    except FileNotFoundError:
        raise EscoError(f"{path.name} is not there") from None
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise EscoError(f"{path.name} cannot be read: {type(fault).__name__}") from fault


def _labels(row: Mapping[str, str]) -> Iterable[str]:
    """The names of a concept, the preferred one first; "directeur/directrice" is two."""
    for label in (row["preferredLabel"], *row["altLabels"].replace("|", "\n").splitlines()):
        for one in label.split("/"):
            if 0 < len(one.strip()) <= LONGEST_LABEL:
                yield " ".join(one.split())
