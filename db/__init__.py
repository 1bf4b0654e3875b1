"""The only room that knows SQL. One file per noun: its table, and every question asked of it."""

from db.session import Engine, Session, open_database

__all__ = ["Engine", "Session", "open_database"]
