"""Statements: the books on paper, for who keeps them and for who is in them."""
