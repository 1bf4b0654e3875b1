"""A long text in pieces that a platform takes, none of them ending in the middle of a word or an emoji. Pure."""

import re

SIGN = re.compile(r"€ (?=\d)")
MAX_TEXT = 4096  # UTF-16 units: what Telegram counts; WhatsApp counts characters, which are never more


def parts(text: str, most: int = MAX_TEXT) -> list[str]:
    """The text in pieces of at most `most` UTF-16 units, broken at a line or a space where there is one."""
    pieces = []
    rest = text
    while units(rest) > most:
        piece = _start(rest, most)
        cut = max(piece.rfind("\n"), piece.rfind(" ")) + 1
        piece = piece[:cut] if cut > len(piece) // 2 else piece
        rest = rest[len(piece) :]
        pieces.append(piece.rstrip())
    return [piece for piece in (*pieces, rest) if piece.strip()] or [text]


def unbroken(text: str) -> str:
    """The text with every amount kept on one line: "€ 50" has a no-break space between sign and number."""
    return SIGN.sub("€\N{NO-BREAK SPACE}", text)


def units(text: str) -> int:
    """Its length in UTF-16 units, as Telegram counts: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _start(text: str, most: int) -> str:
    """The longest start of `text` within `most` units; never half an emoji."""
    return text.encode("utf-16-le", "surrogatepass")[: most * 2].decode("utf-16-le", "ignore")
