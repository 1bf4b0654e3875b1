"""Plays stories and writes down what was delivered: `python -m tests.stories.write [FILE ...]`. Read what changed!"""

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.databases import migrated
from tests.stories.playing import Player, load, stories


class Readable(yaml.SafeDumper):
    """Texts of several lines as blocks, so that a story reads like a chat."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Readable.add_representer(str, _text)


def write(path: Path) -> None:
    """Keep what people say, replace what they are told. The head of the file stays as it is."""
    script = load(path)
    with migrated("sqlite") as url:
        told: list[Any] = Player(script, url).play(script["story"])
    head, _story, _rest = path.read_text(encoding="utf-8").partition("\nstory:")
    body = yaml.dump({"story": told}, Dumper=Readable, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(f"{head}\n{body}", encoding="utf-8")


if __name__ == "__main__":
    for each in [Path(name) for name in sys.argv[1:]] or stories():
        write(each)
        print(each.name)
