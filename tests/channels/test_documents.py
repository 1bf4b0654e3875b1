"""Reading documents: what is taken, what is refused, and that a hostile one cannot take the service down."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from assistant.channels import documents
from assistant.channels.documents import (
    DOCX,
    PDF,
    REST_S,
    Readers,
    TooLargeError,
    TooSlowError,
    UnreadableError,
    read_apart,
    takes,
    text_of,
)
from tests.channels.files import docx_of, encrypted, pdf_of, zip_bomb

LEAD = "Gezocht: projectleider in Utrecht, 32 uur per week"


def scanned() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (pdf_of(LEAD), "vraag.pdf", PDF),
        (pdf_of(LEAD), "VRAAG.PDF", None),
        (pdf_of(LEAD), "vraag.docx", None),  # the content tells what it is
        (docx_of(LEAD), "vraag.docx", DOCX),
        (docx_of(LEAD), "", DOCX),
        (docx_of(table=["Rol | projectleider", LEAD]), "vraag.docx", None),
        (
            encrypted(pdf_of(LEAD), password=""),
            "open.pdf",
            PDF,
        ),  # locked against changes, not against reading
    ],
)
def test_text_is_taken(data: bytes, name: str, mime: str | None) -> None:
    assert LEAD in text_of(data, name, mime)


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "leeg.pdf", UnreadableError),
        (b"%PDF-1.7 broken", "stuk.pdf", UnreadableError),
        (b"PK\x03\x04 broken", "stuk.docx", UnreadableError),
        (pdf_of(LEAD), "vraag.txt", UnreadableError),
        (scanned(), "scan.pdf", UnreadableError),
        (encrypted(pdf_of(LEAD), password="geheim"), "slot.pdf", UnreadableError),
        (docx_of(""), "leeg.docx", UnreadableError),
        (b"%PDF-" + bytes(documents.MAX_BYTES), "groot.pdf", TooLargeError),
        (pdf_of(*[LEAD] * (documents.MAX_PAGES + 1)), "dik.pdf", TooLargeError),
        (docx_of("lang " * documents.MAX_CHARACTERS), "lang.docx", TooLargeError),
        (zip_bomb(documents.MAX_UNPACKED + 1), "bom.docx", TooLargeError),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        text_of(data, name, None)


@pytest.mark.parametrize(
    ("name", "mime", "taken"),
    [
        ("a.pdf", None, True),
        ("a.docx", None, True),
        ("zonder naam", PDF, True),
        ("a.doc", "application/msword", False),
        ("a.xlsx", None, False),
        ("pdf", None, False),
    ],
)
def test_what_looks_like_a_document_we_read(name: str, mime: str | None, taken: bool) -> None:
    assert takes(name, mime) is taken


def test_a_word_file_with_an_outside_entity_brings_nothing_in(tmp_path: Path) -> None:
    """An XML entity that names a file of ours stays empty."""
    (tmp_path / "secret").write_text("secret words")
    data = docx_of("MARK")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {file: packed.read(file) for file in packed.namelist()}
    body = files["word/document.xml"]
    start = body.index(b"?>") + 2
    entity = f'<!DOCTYPE w [<!ENTITY secret SYSTEM "{(tmp_path / "secret").as_uri()}">]>'.encode()
    files["word/document.xml"] = (
        body[:start] + entity + body[start:].replace(b"MARK", b"before &secret; after")
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as packed:
        for file, content in files.items():
            packed.writestr(file, content)

    text = text_of(changed.getvalue(), "x.docx", None)

    assert "before" in text
    assert "secret words" not in text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (lambda: pdf_of(LEAD), LEAD),
        (lambda: docx_of(LEAD + " – één"), LEAD + " – één"),
        (scanned, UnreadableError),
        (lambda: pdf_of(*["x"] * (documents.MAX_PAGES + 1)), TooLargeError),
    ],
)
def test_a_process_apart_reads_the_same(data: Callable[[], bytes], expected: str | type[Exception]) -> None:
    name = "x.docx" if data().startswith(b"PK") else "x.pdf"
    if isinstance(expected, str):
        assert asyncio.run(read_apart(data(), name, None)).strip() == expected
    else:
        with pytest.raises(expected):
            asyncio.run(read_apart(data(), name, None))


def test_a_document_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UnreadableError):
        asyncio.run(read_apart(pdf_of(LEAD), "x.pdf", None, seconds=0.01))


def test_docx_text_keeps_its_order() -> None:
    document = docx.Document()
    document.add_paragraph("eerst")
    document.add_table(1, 2).rows[0].cells[0].text = "midden"
    document.add_paragraph("laatst")
    packed = io.BytesIO()
    document.save(packed)

    words = [line.strip(" |") for line in text_of(packed.getvalue(), "x.docx", None).splitlines()]

    assert words == ["eerst", "midden", "laatst"]


def test_who_sends_what_cannot_be_read_in_time_waits_and_nobody_else_does() -> None:
    """A row of hostile files costs the time of one."""
    moment = [0.0]
    readers = Readers(seconds=0.01, now=lambda: moment[0])
    fetched: list[str] = []

    async def reading(sender: str) -> type[Exception] | None:
        async def fetch() -> bytes:
            fetched.append(sender)
            return pdf_of(LEAD)

        try:
            await readers.read(sender, fetch, "x.pdf", None)
        except TooSlowError as slow:
            return type(slow)
        return None

    async def story() -> None:
        assert await reading("dief") is TooSlowError
        for _ in range(20):
            assert await reading("dief") is TooSlowError
        assert fetched == ["dief"]
        assert await reading("mieke") is TooSlowError  # her own document, tried
        moment[0] += REST_S + 1
        await reading("dief")

    asyncio.run(story())
    assert fetched == ["dief", "mieke", "dief"]
