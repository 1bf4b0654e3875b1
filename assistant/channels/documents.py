"""The words in a document that somebody sends: PDF or Word, read with limits and without any network.

A file may be built to exhaust its reader, so the service reads it in a process of its own (`read_apart`).
"""

import asyncio
import logging
import sys
import time
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from io import BytesIO

import docx
import docx.document
import docx.table
import pypdf
from docx.text.paragraph import Paragraph

MAX_BYTES = 10_000_000
MAX_UNPACKED = 50_000_000  # a DOCX is a zip; one of 10 MB can unpack to gigabytes
MAX_FILES = 2_000
MAX_PAGES = 50
MAX_CHARACTERS = 50_000
MAX_SECONDS = 8  # a lead of fifty pages takes two
REST_S = 600.0  # so long no other document is read of somebody whose document took too long
AT_ONCE = 2
MAX_MEMORY = 1_000_000_000  # of the reading process; pypdf itself stops a stream at 75 MB

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXITS = {"unreadable": 3, "too_large": 4}


class UnreadableError(Exception):
    """No text can be taken from this: damaged, locked, a scan, or another kind of file."""


class TooSlowError(UnreadableError):
    """It was not read in time: a file may be built for that."""


class TooLargeError(Exception):
    """More than we read: bytes, pages or characters."""


def takes(name: str, mime: str | None) -> bool:
    """Whether this looks like a document we read, by its name or declared type."""
    return mime in {PDF, DOCX} or name.lower().endswith((".pdf", ".docx"))


def text_of(data: bytes, name: str, mime: str | None) -> str:
    """The text of a PDF or DOCX, paragraphs on lines. Which of the two, its content tells: names may lie.

    Raises UnreadableError and TooLargeError.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"{len(data)} bytes")
    if not takes(name, mime):
        raise UnreadableError("neither PDF nor DOCX")
    read = _pdf_lines if b"%PDF-" in data[:1024] else _docx_lines
    try:
        text = _joined(read(data))
    except (UnreadableError, TooLargeError):
        raise
    except Exception as fault:  # both libraries raise whatever a damaged file makes them stumble over
        raise UnreadableError(type(fault).__name__) from fault
    if not text:
        raise UnreadableError("no text: a scan or an empty document")
    return text


async def read_apart(data: bytes, name: str, mime: str | None, seconds: float = MAX_SECONDS) -> str:
    """As `text_of`, in a process that is ended after `seconds`. Raises UnreadableError and TooLargeError."""
    if len(data) > MAX_BYTES:
        raise TooLargeError(f"{len(data)} bytes")
    pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    command = (sys.executable, "-m", "assistant.channels.documents", "--", name, mime or "")
    reader = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=quiet)
    try:
        out, _ = await asyncio.wait_for(reader.communicate(data), seconds)
    except TimeoutError:
        raise TooSlowError("takes too long") from None
    finally:
        if reader.returncode is None:
            reader.kill()
            await reader.wait()
    if reader.returncode == EXITS["too_large"]:
        raise TooLargeError("too many pages or characters")
    if reader.returncode != 0:
        raise UnreadableError("no text could be taken")
    return out.decode()


class Readers:
    """Reads the documents that people send: a few at once, so that one sender cannot hold up the others.

    Of somebody whose document took too long none is read for a while: many such files in a row cost as much as one.
    """

    def __init__(self, seconds: float = MAX_SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._now = seconds, now
        self._few = asyncio.Semaphore(AT_ONCE)
        self._resting: dict[str, float] = {}

    async def read(
        self, sender: str, fetch: Callable[[], Awaitable[bytes]], name: str, mime: str | None
    ) -> str:
        """The words of a document of this sender, fetched when its turn has come.

        Raises UnreadableError, TooLargeError, and what `fetch` raises.
        """
        async with self._few:
            if self._resting.get(sender, 0.0) > self._now():
                raise TooSlowError("an earlier one took too long")
            data = await fetch()
            try:
                return await read_apart(data, name, mime, self._seconds)
            except TooSlowError:
                self._resting = {who: until for who, until in self._resting.items() if until > self._now()}
                self._resting[sender] = self._now() + REST_S
                raise


def _pdf_lines(data: bytes) -> Iterator[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it stumbles over
    document = pypdf.PdfReader(BytesIO(data))
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableError("locked with a password")
    if len(document.pages) > MAX_PAGES:
        raise TooLargeError(f"{len(document.pages)} pages")
    for page in document.pages:
        yield page.extract_text()


def _docx_lines(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        files = packed.infolist()
        if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_UNPACKED:
            raise TooLargeError("unpacks to too much")
    yield from _blocks(docx.Document(BytesIO(data)).iter_inner_content())


def _blocks(content: Iterator[Paragraph | docx.table.Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield " | ".join(
                    dict.fromkeys(cell.text.strip() for cell in row.cells)
                )  # merged cells repeat


def _joined(lines: Iterator[str]) -> str:
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > MAX_CHARACTERS:
            raise TooLargeError(f"more than {MAX_CHARACTERS} characters")
        kept.append(line)
    return "\n".join(kept).replace("\x00", "").strip()


def _limit_this_process() -> None:
    """Where the system can, let it refuse memory and time to a file that asks for too much."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def main() -> int:
    """Read a document from standard input, write its text to standard output; the exit code tells."""
    _limit_this_process()
    name, mime = sys.argv[-2:]
    try:
        sys.stdout.buffer.write(text_of(sys.stdin.buffer.read(), name, mime).encode("utf-8", "replace"))
    except UnreadableError:
        return EXITS["unreadable"]
    except TooLargeError:
        return EXITS["too_large"]
    return 0


if __name__ == "__main__":
    sys.exit(main())
