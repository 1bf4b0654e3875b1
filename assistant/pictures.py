"""What a card shows beside its words: bars, each with its number, drawn when delivered and never stored; and files."""

import base64
import io

from assistant.messages import Bars, Document

WIDTH, MARGIN, ROW, BAR = 640, 32, 56, 30  # pixels
LABELS = 70  # pixels to the left of the bars
INK, PAPER, COLOUR = "#1f2937", "#ffffff", "#2f7d6d"
TITLE_SIZE, TEXT_SIZE = 24, 20


def png(picture: Bars) -> bytes:
    """A PNG image, the same for the same numbers."""
    # Imported here: only a coordinator's report needs it, and every start would pay for it.
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    height = 3 * MARGIN + TITLE_SIZE + ROW * len(picture.bars)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    small, large = ImageFont.load_default(TEXT_SIZE), ImageFont.load_default(TITLE_SIZE)
    draw.text((MARGIN, MARGIN), picture.title, INK, large)
    longest = max((count for _label, count in picture.bars), default=0) or 1
    room = WIDTH - 2 * MARGIN - LABELS - 60  # the number stands behind its bar
    for number, (label, count) in enumerate(picture.bars):
        top = 2 * MARGIN + TITLE_SIZE + number * ROW
        left, middle = MARGIN + LABELS, top + BAR / 2
        end = left + round(room * count / longest)
        draw.text((left - 12, middle), label, INK, small, anchor="rm")
        if count:
            draw.rounded_rectangle((left, top, end, top + BAR), 4, COLOUR)
        draw.text((end + 12, middle), str(count), INK, small, anchor="lm")
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def data_uri(picture: Bars) -> str:
    """The image as text, for a page or a line of JSON."""
    return "data:image/png;base64," + base64.b64encode(png(picture)).decode()


def file_uri(document: Document) -> str:
    """A file as text, for a link on a page or a line of JSON."""
    return f"data:{document.mime};base64," + base64.b64encode(document.data).decode()
