"""Puts what we have to tell into words, in the member's own language."""

from dataclasses import dataclass

from assistant.messages import Bars, Capabilities, Document
from assistant.notices import Choice, FairnessReport, Notice, Question
from assistant.words import formats, values
from assistant.words.texts import Texts, load

__all__ = ["Said", "say"]

_LONGEST = Capabilities()
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Said:
    """What a member reads, the labels of the buttons under it in the order of `notice.choices`, picture and file."""

    text: str
    labels: tuple[str, ...] = ()
    picture: Bars | None = None
    document: Document | None = None


def say(notice: Notice, language: str, zone: str) -> Said:
    """The text and labels of this notice, with moments on the clock of `zone` ("Europe/Amsterdam").

    A language without texts reads the default one. Both text and labels fit the widest channel.
    """
    texts = load(language)
    text = texts.fill(_name(notice, texts), values.of(notice, texts, zone))
    labels = tuple(_label(each, texts) for each in notice.choices)
    file = notice.attached
    document = Document(file.name, file.mime, file.data) if file else None
    return Said(_clipped(text, _LONGEST.max_text), labels, _picture(notice, texts), document)


def to_guest(text: str, language: str, via: str, *, may_press: bool) -> str:
    """What a guest is told, with first the allied collective (`via`) it is about."""
    name = "words.via_buttons" if may_press else "words.via"
    return f"{load(language).fill(name, {'name': via})}\n{text}"


def _picture(notice: Notice, texts: Texts) -> Bars | None:
    """The bars of a report that has enough to show."""
    if isinstance(notice, FairnessReport) and notice.report.leads and notice.report.bins:
        return Bars(texts.fill("words.pushes_per_member"), notice.report.bins)
    return None


def _name(notice: Notice, texts: Texts) -> str:
    """The most particular text there is for this notice."""
    name = type(notice).__name__
    varied = f"{name}.{notice.variant}"
    again = f"{varied}.again" if isinstance(notice, Question) and notice.again else varied
    return texts.first(again, varied, f"{name}.other", name)


def _label(choice: Choice, texts: Texts) -> str:
    """One line, and never without words: platforms refuse that."""
    name = texts.first(f"labels.{choice.key}", "labels.other")
    amount = "" if choice.amount is None else formats.euros(choice.amount, texts)
    month = "" if choice.month is None else formats.day(choice.month, texts, "month")
    filled = {"name": choice.name, "amount": amount, "month": month}
    label = " ".join(texts.fill(name, filled).split())
    return _clipped(label, _LONGEST.max_label) or _MORE


def _clipped(text: str, longest: int) -> str:
    """At most so many characters as Telegram counts them: an emoji is two."""
    if len(text) * 2 <= longest or len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    room = text.encode("utf-16-le")[: 2 * (longest - 1)]
    return room.decode("utf-16-le", errors="ignore") + _MORE
