"""Serves the playground for the browser tests: a given database, a given port, and a clock that begins at a given moment."""

import sys
from datetime import UTC, datetime

from assistant import demo
from assistant.app import Clock, build
from assistant.channels.web import run
from assistant.settings import Settings


def main(url: str, port: str, start: str) -> None:
    clock = Clock(datetime.fromisoformat(start) - datetime.now(UTC))
    settings = Settings(database_url=url, web_port=int(port))
    app = build(settings, clock)
    demo.fill(app, clock.now())
    run(app, settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
