"""The content of a file decides what it is."""

import io
import sys
import zipfile

import pytest

from app.tables import Kind, Unreadable, open_table, xlsx_pieces

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Gente"><table:table-row/><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Nombre</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>Teléfono</text:p></table:table-cell></table:table-row><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Ana</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="59171234567"><text:p>x</text:p></table:table-cell></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def ods():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return file


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a,b\n1,2\n", "csv"),
        (b"BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n", "vcard"),
        ("\ufeffBEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n".encode("utf-16-le"), "vcard"),
        (b"".join(xlsx_pieces([["a"]])), "xlsx"),
    ],
)
def test_a_wrong_extension_does_not_matter(data, kind):
    table = open_table(io.BytesIO(data), filename="people.pdf")
    assert table.kind == kind


def test_a_sheet_without_a_name_has_that_of_its_file():
    assert open_table(io.BytesIO(b"a,b"), filename="C:\\lists\\people.csv").sheets[0].name == "people"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "image"),
        (b"<html><table>", "html"),
        (b'<?xml version="1.0"?>', "xml"),
        (COMPOUND, "damaged"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "document"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
    ],
)
def test_other_files_are_refused_with_what_they_are(data, reason):
    with pytest.raises(Unreadable, match=reason):
        open_table(io.BytesIO(data), filename="people.xlsx")


def test_a_huge_file_is_refused_at_once(tmp_path):
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(Unreadable) as refused:
        open_table(tmp_path / "huge.csv")
    assert (refused.value.reason, refused.value.values["size"]) == ("too_large", 300_000_000)


def test_a_path_is_closed_with_its_table(tmp_path):
    (tmp_path / "people.csv").write_bytes(b"a,b\n")
    with open_table(str(tmp_path / "people.csv")) as table:
        assert table.sheets[0].header().names == ("a", "b")
    assert table.file.closed


def test_ods_is_read_by_the_optional_library():
    sheet = open_table(ods()).sheets[0]
    assert (sheet.name, sheet.header().names) == ("Gente", ("Nombre", "Teléfono"))
    row = next(sheet.records())
    assert (row.number, [(cell.text, cell.kind) for cell in row.cells]) == (
        3,
        [("Ana", Kind.TEXT), ("59171234567", Kind.NUMBER)],
    )


@pytest.mark.parametrize("file", [ods, lambda: io.BytesIO(COMPOUND)])
def test_without_the_optional_library_the_error_names_it(monkeypatch, file):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unreadable) as refused:
        open_table(file())
    assert (refused.value.reason, refused.value.values["extra"]) == ("needs_extra", "spreadsheets")
