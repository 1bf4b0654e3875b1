"""The page of the playground: a list of people, their chats side by side, a clock, and a guide."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from nicegui import ui
from nicegui.element import Element

from assistant.channels.pieces import unbroken
from assistant.channels.web import clock, people, texts
from assistant.channels.web.chats import Bubble, Chat
from assistant.channels.web.people import Person
from assistant.channels.web.playground import Playground
from assistant.channels.web.texts import Language, Texts
from assistant.pictures import data_uri, file_uri

HUES = (
    168,
    18,
    262,
    208,
    338,
    96,
    42,
    188,
    288,
    228,
    4,
    140,
    312,
    66,
)  # neighbours in the list differ clearly
HERE = Path(__file__).parent
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="8" fill="#0b6b63"/>'
    '<path fill="#fff" d="M13 12h6l2 15H11zM12.5 6.5h7v4h-7z"/>'
    '<path fill="#8fd3c8" d="M14 9 4 5v8zM18 9l10-4v8z"/></svg>'
)
MOST_AT_ONCE = 60  # messages a chat shows before one asks for earlier ones
MOST_COLUMNS = 4
EXCERPT = 80  # characters of the last message in the list of people
CLOCK_S = 10.0

Json = dict[str, object]
Args = TypeVar("Args", bound=msgspec.Struct)


class Start(msgspec.Struct, frozen=True):
    """What a browser remembers of last time, and how many chats fit in it."""

    columns: int
    language: Language
    open: tuple[str, ...]
    guide: bool


class Room(msgspec.Struct, frozen=True):
    """How many chats fit beside each other."""

    columns: int


class Who(msgspec.Struct, frozen=True):
    """Whose chat."""

    handle: str


class Move(msgspec.Struct, frozen=True):
    """Where to move the clock."""

    step: clock.Step


class Choose(msgspec.Struct, frozen=True):
    """The language of the page."""

    language: Language


class Show(msgspec.Struct, frozen=True):
    """Whether the guide is shown."""

    show: bool


class Act(msgspec.Struct, frozen=True):
    """Which step of the guide to prepare, counted from 0."""

    step: int


class Write(msgspec.Struct, frozen=True):
    """What somebody typed. `forwarded_from` "" is a forward without a name."""

    text: str
    forwarded_from: str | None


class Press(msgspec.Struct, frozen=True):
    """Which button."""

    token: str


class PeopleList(Element, component="people.js"):
    """The list of people."""


class Bar(Element, component="bar.js"):
    """The bar on top."""


class Guide(Element, component="guide.js"):
    """What this is, and what to try."""


class ChatWindow(Element, component="chat.js"):
    """One conversation."""

    def prefill(self, text: str) -> None:
        """Put a text ready where one writes."""
        filled = self.props.get("prefill", {"times": 0})
        _show(self, prefill={"text": text, "times": filled["times"] + 1})


class Window:
    """One browser window: which chats it has open, in which language. Lives as long as the window."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.language: Language = "nl"
        self.columns = 1
        self.started = False
        self.guided = False
        self.chats: dict[str, ChatWindow] = {}
        self.shown: dict[str, int] = {}
        self.bar = Bar()
        self.people = PeopleList()
        self.desk = ui.element("main").classes("chats").props('id=desk tabindex="-1"')
        with self.desk, ui.element("div").classes("nobody"):
            self.nobody = [ui.label(), ui.label()]
        self.guide = Guide()
        self._hear_bar()
        _on(self.people, "open", Who, lambda who: self.open(who.handle))
        self.draw()

    @property
    def texts(self) -> Texts:
        """The words of the page in this window's language."""
        return texts.read(self.language)

    def changed(self, handle: str | None) -> None:
        """Draw again what may have changed: what stands around one chat, or (None) everything."""
        if handle is None:
            self.draw()
            return
        self._draw_people()
        self._draw_guide()
        if handle in self.chats:
            self._draw_chat(handle)

    def draw(self) -> None:
        """Draw everything again."""
        self.draw_clock()
        self._draw_people()
        self._draw_guide()
        for line, label in zip(self.nobody, ("nobody", "nobody_more"), strict=True):
            line.set_text(self.texts.labels[label])
        for handle in self.chats:
            self._draw_chat(handle)

    def draw_clock(self) -> None:
        """The bar, also now and then by itself: time goes by without anything happening."""
        now, zone, calendar = self.playground.app.clock.now(), self.playground.zone, self.texts.calendar
        in_words = clock.in_words(now, zone, calendar)
        _show(
            self.bar,
            words=self.texts.labels,
            now=in_words[:1].upper() + in_words[1:],
            now_short=clock.in_short(now, zone, calendar),
            moving=self.playground.moving,
            language=self.language,
            guide=self.guided,
            open=list(self.chats),
            started=self.started,
        )

    def start(self, start: Start) -> None:
        """The browser is there: take up what it remembers."""
        self.language, self.guided, self.started = start.language, start.guide, True
        self.columns = _columns(start.columns)
        for handle in start.open[: self.columns]:
            self.open(handle)
        self.draw()

    def open(self, handle: str, prefill: str | None = None) -> None:
        """Open a chat, closing the oldest when there is no room; one that is open stays where it is."""
        if handle not in self.playground.people:
            return
        if handle not in self.chats:
            self.shown[handle] = MOST_AT_ONCE
            self.chats[handle] = self._new_chat(handle)
        if prefill is not None:
            self.chats[handle].prefill(prefill)
        self._draw_chat(handle)
        self._make_room(keep=handle)

    def close(self, handle: str) -> None:
        """Close a chat. What was said stays."""
        chat = self.chats.pop(handle, None)
        if chat is not None:
            chat.delete()
        self.draw_clock()
        self._draw_people()

    def act(self, number: int) -> None:
        """Prepare a step of the guide: open its chats, put its text ready."""
        if not 0 <= number < len(self.texts.steps):
            return
        step = self.texts.steps[number]
        for handle in step.open:
            self.open(handle)
        if step.fill is not None:
            self.open(step.fill.to, step.fill.text)

    def _hear_bar(self) -> None:
        _on(self.bar, "start", Start, self.start)
        _on(self.bar, "room", Room, lambda room: self._resize(room.columns))
        _on(self.bar, "language", Choose, lambda choice: self._speak(choice.language))
        _on(self.bar, "clock", Move, lambda move: self.playground.move(move.step))
        _on(self.bar, "guide", Show, lambda show: self._guide(show=show.show))
        _on(self.guide, "guide", Show, lambda show: self._guide(show=show.show))
        _on(self.guide, "act", Act, lambda act: self.act(act.step))

    def _new_chat(self, handle: str) -> ChatWindow:
        with self.desk:
            chat = ChatWindow()
        chat.on("close", lambda: self.close(handle))
        chat.on("seen", lambda: self.playground.look(handle))
        chat.on("earlier", lambda: self._earlier(handle))
        _on(chat, "send", Write, lambda said: self.playground.write(handle, said.text, said.forwarded_from))
        _on(chat, "press", Press, lambda press: self.playground.press(handle, press.token))
        return chat

    def _resize(self, columns: int) -> None:
        self.columns = _columns(columns)
        self._make_room(keep=next(reversed(self.chats), None))

    def _make_room(self, keep: str | None) -> None:
        for handle in list(self.chats):
            if len(self.chats) > self.columns and handle != keep:
                self.chats.pop(handle).delete()
        self.draw_clock()
        self._draw_people()

    def _speak(self, language: Language) -> None:
        self.language = language
        self.draw()

    def _guide(self, *, show: bool) -> None:
        self.guided = show
        self.draw_clock()
        self._draw_guide()

    def _earlier(self, handle: str) -> None:
        self.shown[handle] += MOST_AT_ONCE
        self._draw_chat(handle)

    def _draw_people(self) -> None:
        rows = [self._row(person) for person in self.playground.people.values()]
        _show(self.people, people=rows, words=self.texts.labels, open=list(self.chats))

    def _draw_guide(self) -> None:
        steps = self.texts.steps
        self.guide.set_visibility(self.guided)
        _show(
            self.guide,
            words=self.texts.labels,
            steps=msgspec.to_builtins(steps),
            done=[self.playground.is_done(step.done) for step in steps],
        )

    def _draw_chat(self, handle: str) -> None:
        chat, most = self.playground.channel.chat(handle), self.shown[handle]
        _show(
            self.chats[handle],
            person=self._face(self.playground.people[handle]),
            bubbles=self._bubbles(chat[-most:]),
            earlier=len(chat) > most,
            typing=handle in self.playground.channel.typing,
            words=self.texts.labels,
            suggestions=self.playground.suggestions(handle, self.texts),
            notice=self.texts.labels["late"] if handle in self.playground.late else "",
        )

    def _face(self, person: Person) -> Json:
        today = people.today(self.playground.app.clock.now(), self.playground.zone)
        return {
            "handle": person.handle,
            "name": person.name,
            "first": person.first,
            "initials": person.initials,
            "hue": HUES[list(self.playground.people).index(person.handle) % len(HUES)],
            "discipline": person.discipline,
            "coordinator": person.coordinator,
            "guest": person.collective_id is None,
            "availability": people.availability_line(person, today, self.texts),
            "status": people.status(person, today),
        }

    def _row(self, person: Person) -> Json:
        chat = self.playground.channel.chat(person.handle)
        last = chat[-1] if chat else None
        return {
            **self._face(person),
            "last": self._excerpt(last) if last else "",
            "time": clock.time_in_words(last.at, self.playground.zone) if last else "",
            "unread": self.playground.unread(person.handle),
        }

    def _excerpt(self, bubble: Bubble) -> str:
        labels = self.texts.labels
        text = labels["media"] if bubble.kind == "media" else " ".join(bubble.text[: EXCERPT * 2].split())
        return (labels["you"] if bubble.mine else "") + text[:EXCERPT]

    def _bubbles(self, chat: Chat) -> list[Json]:
        zone, now = self.playground.zone, self.playground.app.clock.now()
        days = [clock.day_in_words(bubble.at, now, zone, self.texts.calendar) for bubble in chat]
        return [
            {
                "id": bubble.id,
                "mine": bubble.mine,
                "kind": bubble.kind,
                "text": unbroken(bubble.text),
                "time": clock.time_in_words(bubble.at, zone),
                "day": day if day != before else "",
                "forwarded": bubble.forwarded_from,
                "edited": bubble.edited,
                "picture": data_uri(bubble.picture) if bubble.picture else None,
                "alt": bubble.picture.title if bubble.picture else "",
                "file": file_uri(bubble.document) if bubble.document else None,
                "filename": bubble.document.name if bubble.document else "",
                "buttons": [{"label": b.label, "token": b.token, "state": b.state} for b in bubble.buttons],
            }
            for bubble, day, before in zip(chat, days, ["", *days], strict=False)
        ]


def build(playground: Playground) -> None:
    """Put the contents of a new browser window together. Called by NiceGUI for each one."""
    ui.add_css(HERE / "style.css")
    window = Window(playground)
    stop = playground.listen(window.changed)
    ui.context.client.on_delete(stop)
    ui.timer(CLOCK_S, window.draw_clock)


def _columns(asked: int) -> int:
    return min(max(asked, 1), MOST_COLUMNS)


def _on(element: Element, name: str, form: type[Args], act: Callable[[Args], object]) -> None:
    """Hear an event of the browser as a typed value; one out of form is a bug in our script and raises."""
    element.on(name, lambda event: act(msgspec.convert(event.args, form)))


def _show(element: Element, **props: object) -> None:
    """Give an element its new values; the browser hears of it only when something differs."""
    if any(element.props.get(name) != value for name, value in props.items()):
        with element.props.suspend_updates():
            element.props.update(props)
        element.update()
