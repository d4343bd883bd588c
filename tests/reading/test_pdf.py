"""PDFs are read within limits."""

import textwrap
from io import BytesIO

import pytest
from pypdf import PdfWriter

from app.reading.articles import from_pdf
from app.reading.pdf import is_pdf, paragraphs_of, text_of_pdf
from benchmarks.layouts.stories import story
from tests.reading.pdfs import bomb, endless, pdf_of

URL = "https://example.org/nota.pdf"


def test_the_paragraphs_of_a_pdf_are_read_without_page_numbers_and_running_titles():
    made = story("pdf", 1, ("es",))
    paragraphs = [one.replace("(", "").replace(")", "") for one in made.paragraphs]
    lines = [line for text in [made.headline, *paragraphs] for line in textwrap.wrap(text, 80)]
    pages = [["El Muelle", *lines[at : at + 20], f"Página {at}"] for at in range(0, len(lines), 20)]
    assert len(pages) >= 3
    data = pdf_of(pages)
    reading = from_pdf(data, URL)
    assert is_pdf(data)
    assert reading is not None
    assert (reading["page_kind"], reading["in_language"], reading["url"]) == ("pdf", "es", URL)
    joined = " ".join(reading["text"].split())
    assert all(paragraph in joined for paragraph in paragraphs)
    assert "El Muelle" not in joined
    assert "Página" not in joined


def test_a_word_parted_at_the_end_of_a_line_is_joined():
    lines = ["The dockers of the northern port voted yesterday on the second con-", "tract of this year."]
    assert paragraphs_of([lines]) == [" ".join(lines).replace("con- tract", "contract")]


@pytest.mark.parametrize(
    "make",
    [lambda: b"%PDF-1.7", lambda: b"%PDF-1.4\n" + bytes(range(256)) * 1000, endless, lambda: bomb(600), lambda: pdf_of([[""]])],
    ids=["nothing", "noise", "endless", "bomb", "without text"],
)  # fmt: skip
def test_nothing_is_read_in_a_pdf_that_has_no_text_or_takes_too_much(make):
    assert from_pdf(make(), URL) is None


@pytest.mark.parametrize(("password", "is_read"), [("", True), ("secret", False)])
def test_an_encrypted_pdf_is_read_if_it_opens_without_a_password(password, is_read):
    writer = PdfWriter(
        clone_from=BytesIO(pdf_of([["The dockers of the northern port voted yesterday on the contract."] * 12]))
    )
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    content = BytesIO()
    writer.write(content)
    assert ("voted yesterday" in text_of_pdf(content.getvalue())) is is_read


def test_a_page_that_mentions_a_pdf_is_none():
    assert not is_pdf(b"<html>" + b" " * 2000 + b"%PDF-")
