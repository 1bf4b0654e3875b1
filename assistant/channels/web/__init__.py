"""The playground in a web page: one person plays a whole collective, with nothing but this computer."""

from assistant.channels.web.server import run

__all__ = ["run"]
