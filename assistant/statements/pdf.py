"""Statements as PDF: figures and a chart to look at, then the lines they follow from; drawn on this machine."""

import math
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

from babel.dates import format_date, get_month_names
from babel.numbers import format_currency, format_decimal
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from assistant.statements.figures import Line, Overview, Statement
from assistant.statements.texts import Texts, read

INK, SOFT, FAINT = HexColor("#1d2733"), HexColor("#5b6875"), HexColor("#e6eaee")
ACCENT, SECOND = HexColor("#0f766e"), HexColor("#e0a458")
MARGIN = 18 * mm
PADDING = 6  # points that ReportLab keeps free around what is on a page
WIDTH = A4[0] - 2 * MARGIN - 2 * PADDING
HEIGHT = 136  # points, of a chart
RIGHT: Literal[2] = 2
PLAIN, BOLD = "Vera", "VeraBd"  # come with ReportLab


def statement(figures: Statement) -> bytes:
    """A member's year as a PDF."""
    texts = read(figures.language)
    page = _Page(texts, figures.collective)
    page.title(texts.words["statement"].format(year=figures.year), figures.member)
    if figures.joined_on is not None:
        page.small(texts.words["member_since"].format(day=_day(figures.joined_on, texts)))
    page.cards(
        [
            ("contribution_year", _euro(figures.contribution, texts)),
            ("paid_year", _euro(figures.paid, texts)),
            ("from_leads", _euro(figures.from_leads, texts)),
            ("payout", _euro(figures.payout, texts)),
            ("coins_held", format_decimal(figures.coins, locale=texts.locale)),
            ("still_open", _euro(figures.open_cents, texts)),
        ]
    )
    if any(figures.months):
        page.chart("per_month", [figures.months], ["turnover"])
        page.small(texts.words["month_note"])
    page.heading("your_deals")
    page.small(texts.words["as_of"].format(day=_day(figures.today, texts)))
    if figures.deals:
        page.table(*_deals(figures, texts), widths=(0.30, 0.15, 0.14, 0.15, 0.13, 0.13))
    else:
        page.text(texts.words["no_deals"])
    page.heading("lines")
    if figures.lines:
        page.table(*_lines(figures.lines, texts), widths=(0.17, 0.63, 0.20))
    else:
        page.text(texts.words["no_lines"])
    return page.drawn(texts.words["made_on"].format(day=_day(figures.today, texts)))


def overview(figures: Overview) -> bytes:
    """The treasurer's year as a PDF."""
    texts = read(figures.language)
    page = _Page(texts, figures.collective)
    page.title(texts.words["overview"].format(year=figures.year), figures.collective)
    page.small(
        texts.words["year_open"].format(year=figures.year)
        if figures.closed_on is None
        else texts.words["year_closed"].format(year=figures.year, day=_day(figures.closed_on, texts))
    )
    value = Decimal(figures.pot) / figures.coins if figures.coins else Decimal(0)
    page.cards(
        [
            ("received_year", _euro(sum(map(sum, figures.received)), texts)),
            ("in_pot", _euro(figures.pot, texts)),
            ("coins_issued", format_decimal(figures.coins, locale=texts.locale)),
            ("coin_value", _euro(value, texts)),
            ("paid_out", _euro(figures.paid_out, texts)),
            ("waiting", _euro(figures.waiting, texts)),
        ]
    )
    if any(map(any, figures.received)):
        both = list(zip(*figures.received, strict=True))
        page.chart("received", both, ["contributions_received", "dues_received"])
    page.heading("members")
    page.small(texts.words["as_of"].format(day=_day(figures.today, texts)))
    page.table(*_members(figures, texts), widths=(0.26, 0.16, 0.15, 0.17, 0.10, 0.16))
    return page.drawn(texts.words["made_for_treasurer"].format(day=_day(figures.today, texts)))


# --- rows -------------------------------------------------------------------------------------------------------

Rows = tuple[list[str], list[list[str]], bool]


def _deals(figures: Statement, texts: Texts) -> Rows:
    head = ["deal", "turnover", "contribution", "cap", "paid", "open"]
    rows = [
        [
            each.deal.title,
            _euro(each.turnover_cents, texts),
            _euro(each.owed.total_cents, texts),
            texts.words["no_cap"] if each.deal.cap_cents is None else _euro(each.deal.cap_cents, texts),
            _euro(each.paid.total_cents, texts),
            _euro(each.open_cents, texts),
        ]
        for each in figures.deals
    ]
    sums = (
        sum(each.turnover_cents for each in figures.deals),
        sum(each.owed.total_cents for each in figures.deals),
        None,
        sum(each.paid.total_cents for each in figures.deals),
        sum(each.open_cents for each in figures.deals),
    )
    rows.append([texts.words["total"], *("" if each is None else _euro(each, texts) for each in sums)])
    return [texts.words[name] for name in head], rows, True


def _lines(lines: Sequence[Line], texts: Texts) -> Rows:
    rows = []
    for line in lines:
        what = texts.lines[line.cause].format(account=texts.accounts[line.account])
        if line.deal is not None:
            what += f" · {line.deal}"
        if line.state == "pending":
            what += f" ({texts.words['waits']})"
        coins = texts.words["coin"] if line.amount == 1 else texts.words["coins"]
        amount = coins.format(number=line.amount) if line.is_coins else _euro(line.amount, texts)
        rows.append([_day(line.day, texts, "d MMM y"), what, amount])
    return [texts.words[name] for name in ("day", "what", "amount")], rows, False


def _members(figures: Overview, texts: Texts) -> Rows:
    head = ["member", "contribution_open", "dues_open", "waiting", "coins_held", "payout_open"]
    rows = [
        [
            f"{each.name} {texts.words['left']}" if each.has_left else each.name,
            _dash(each.contribution_open, texts),
            _dash(each.dues_open, texts),
            _dash(each.waiting, texts),
            str(each.coins or "–"),
            _dash(each.payout_open, texts),
        ]
        for each in figures.members
    ]
    every = figures.members
    rows.append(
        [
            texts.words["total"],
            _euro(sum(each.contribution_open for each in every), texts),
            _euro(sum(each.dues_open for each in every), texts),
            _euro(sum(each.waiting for each in every), texts),
            str(sum(each.coins for each in every)),
            _euro(sum(each.payout_open for each in every), texts),
        ]
    )
    return [texts.words[name] for name in head], rows, True


# --- drawing ----------------------------------------------------------------------------------------------------


class _Page:
    """What goes on the pages, from top to bottom."""

    def __init__(self, texts: Texts, collective: str) -> None:
        _fonts()
        self._texts, self._collective = texts, collective
        self._parts: list[Flowable] = []

    def title(self, title: str, name: str) -> None:
        self._parts += [
            Paragraph(_shown(name), _style(10, SOFT)),
            Paragraph(_shown(title), _style(20, INK, BOLD, after=2)),
        ]

    def heading(self, name: str) -> None:
        self._parts.append(Paragraph(self._texts.words[name], _style(12, INK, BOLD, before=14, after=3)))

    def small(self, text: str) -> None:
        self._parts.append(Paragraph(_shown(text), _style(8, SOFT, after=4)))

    def text(self, text: str) -> None:
        self._parts.append(Paragraph(_shown(text), _style(9, INK, after=4)))

    def cards(self, facts: Sequence[tuple[str, str]]) -> None:
        """Three in a row: what it is, and the number."""
        cells = [
            [Paragraph(self._texts.words[name], _style(8, SOFT)), Paragraph(value, _style(13, INK, BOLD))]
            for name, value in facts
        ]
        rows: list[list[Any]] = [cells[first : first + 3] for first in range(0, len(cells), 3)]
        table = Table(rows, colWidths=[WIDTH / 3] * 3, spaceBefore=8)
        table.setStyle(
            TableStyle(
                [
                    ("BACKGROUND", (0, 0), (-1, -1), HexColor("#f5f7f8")),
                    ("INNERGRID", (0, 0), (-1, -1), 4, HexColor("#ffffff")),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 9),
                    ("TOPPADDING", (0, 0), (-1, -1), 7),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
                ]
            )
        )
        self._parts.append(table)

    def table(self, head: list[str], rows: list[list[str]], has_total: bool, widths: Sequence[float]) -> None:  # noqa: FBT001 - a fact of the rows
        """Names to the left, amounts to the right; the head comes again on every page."""
        words, numbers = _style(8, INK), _style(8, INK, align=RIGHT)
        heads = _style(8, SOFT), _style(8, SOFT, align=RIGHT)
        left = (0, 1) if len(head) == 3 else (0,)  # day and what; else the first column only
        cells = [
            [Paragraph(_shown(text), heads[place not in left]) for place, text in enumerate(head)],
            *(
                [
                    Paragraph(_shown(text), words if place in left else numbers)
                    for place, text in enumerate(row)
                ]
                for row in rows
            ),
        ]
        table = Table(cells, colWidths=[WIDTH * each for each in widths], repeatRows=1)
        lines: list[Any] = [
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, FAINT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LEFTPADDING", (1, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
        if has_total:
            lines.append(("LINEABOVE", (0, -1), (-1, -1), 0.8, SOFT))
        table.setStyle(TableStyle(lines))
        self._parts.append(table)

    def chart(self, name: str, series: Sequence[Sequence[int]], legend: Sequence[str]) -> None:
        """A bar for each month, in euros."""
        texts = self._texts
        drawing = Drawing(WIDTH, HEIGHT)
        bars = VerticalBarChart()
        bars.x, bars.y, bars.width, bars.height = 52, 22, int(WIDTH) - 58, HEIGHT - 36
        bars.data = [[cents / 100 for cents in each] for each in series]
        names = get_month_names("abbreviated", locale=texts.locale)
        bars.categoryAxis.categoryNames = [names[month].rstrip(".") for month in range(1, 13)]
        bars.categoryAxis.style = "stacked"
        bars.groupSpacing, bars.barSpacing = 6, 0
        for axis in (bars.categoryAxis, bars.valueAxis):
            axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = PLAIN, 7, SOFT
            axis.strokeColor, axis.visibleTicks = FAINT, 0
        sums = [sum(each) / 100 for each in zip(*series, strict=True)]
        step = _step(max(sums))
        bars.valueAxis.valueStep, bars.valueAxis.visibleGrid = step, 1
        bars.valueAxis.valueMin = step * min(0, math.floor(min(sums) / step))
        bars.valueAxis.valueMax = step * math.ceil(max(sums) / step)
        bars.valueAxis.gridStrokeColor = FAINT
        bars.valueAxis.labelTextFormat = lambda value: _whole(value, texts)
        for place, colour in enumerate((ACCENT, SECOND)[: len(series)]):
            bars.bars[place].fillColor, bars.bars[place].strokeColor = colour, None
        drawing.add(bars)
        if len(series) > 1:
            drawing.add(_legend([texts.words[each] for each in legend]))
        heading = Paragraph(texts.words[name], _style(12, INK, BOLD, before=14, after=3))
        self._parts.append(KeepTogether([heading, drawing]))

    def drawn(self, foot: str) -> bytes:
        """The PDF, with `foot` and the number under every page."""
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=22 * mm,
            title=self._collective,
            author="Seintje",
            invariant=1,  # the same figures make the same file
        )
        texts, collective = self._texts, self._collective

        class Numbered(Canvas):
            """Knows how many pages there are only when the last is done, so the feet are written then."""

            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                self._pages: list[dict[str, Any]] = []

            def showPage(self) -> None:  # noqa: N802 - ReportLab's name
                self._pages.append(dict(self.__dict__))
                self._startPage()  # type: ignore[attr-defined]

            def save(self) -> None:
                for number, state in enumerate(self._pages, 1):
                    self.__dict__.update(state)
                    self.setFont(PLAIN, 7)
                    self.setFillColor(SOFT)
                    self.drawString(MARGIN + PADDING, 12 * mm, _plain(f"{collective} · {foot}"))
                    of = texts.words["page"].format(page=number, pages=len(self._pages))
                    self.drawRightString(A4[0] - MARGIN - PADDING, 12 * mm, of)
                    super().showPage()
                super().save()

        document.build([*self._parts, Spacer(1, 1)], canvasmaker=Numbered)
        return out.getvalue()


def _legend(names: Sequence[str]) -> Legend:
    legend = Legend()
    legend.x, legend.y, legend.boxAnchor = int(WIDTH), HEIGHT, "ne"
    legend.fontName, legend.fontSize, legend.columnMaximum = PLAIN, 7, 1
    legend.dx = legend.dy = 6
    legend.deltax, legend.dxTextSpace = 60, 4
    legend.strokeWidth, legend.alignment = 0, "right"
    legend.colorNamePairs = list(zip((ACCENT, SECOND), names, strict=True))
    return legend


def _step(highest: float) -> int:
    """A round number of euros between two lines of a chart, so that there are three to six of them."""
    power: int = 10 ** max(math.floor(math.log10(max(highest, 1))) - 1, 0)
    return next(power * each for each in (1, 2, 5, 10, 20, 25, 50) if highest <= power * each * 5)


@cache
def _fonts() -> None:
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def _style(
    size: float,
    colour: Any,
    font: str = PLAIN,
    *,
    before: float = 0,
    after: float = 0,
    align: Literal[0, 2] = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        font,
        fontName=font,
        fontSize=size,
        leading=size * 1.35,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        alignment=align,
    )


def _shown(text: str) -> str:
    """What somebody wrote, as text: a paragraph of ReportLab would read marks in it."""
    return escape(_plain(text))


def _plain(text: str) -> str:
    """Letters that the font lacks lose their accent: a name with a wrong letter reads better than one with a box."""
    known = pdfmetrics.getFont(PLAIN).face.charToGlyph  # type: ignore[attr-defined]
    return "".join(
        each if ord(each) in known else unicodedata.normalize("NFKD", each)[0]
        for each in text
        if each.isprintable() or each.isspace()
    )


def _euro(cents: int | Decimal, texts: Texts) -> str:
    return format_currency(Decimal(cents) / 100, "EUR", locale=texts.locale)


def _dash(cents: int, texts: Texts) -> str:
    return _euro(cents, texts) if cents else "–"


def _whole(euros: float, texts: Texts) -> str:
    return format_currency(round(euros), "EUR", format="¤ #,##0", locale=texts.locale, currency_digits=False)


def _day(day: date, texts: Texts, form: str = "d MMMM y") -> str:
    return format_date(day, form, locale=texts.locale)
