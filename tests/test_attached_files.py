"""What can be attached: decided by the content, which has to be what the name says."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from PIL import Image

from app import clock
from app.attached_files import KEPT_FOR, MEDIA_TYPES, FileRefusal, FileRefused, FileType, Shelf, examined

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(kind, **options):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, kind, **options)
    return file.getvalue()


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def office(file_type, main, **more):
    types = f'<Types><Override ContentType="{MEDIA_TYPES[file_type]}.main+xml"/></Types>'
    return archive(**{"[Content_Types].xml": types, main: "<x/>"} | more)


def open_document(file_type, **more):
    return archive(**{"mimetype": MEDIA_TYPES[file_type], "content.xml": "<x/>"} | more)


WHOLE = {
    "letter.pdf": PDF,
    "PHOTO.JPG": picture("JPEG"),
    "photo.jpeg": picture("JPEG"),
    "map.png": picture("PNG"),
    "map.webp": picture("WEBP"),
    "notes.txt": "¿Cuándo?\n".encode(),
    "old.csv": "país;número\r\n".encode("cp1252"),
    "letter.docx": office(FileType.DOCX, "word/document.xml"),
    "table.xlsx": office(FileType.XLSX, "xl/workbook.xml"),
    "letter.odt": open_document(FileType.ODT),
    "table.ods": open_document(FileType.ODS),
}
REFUSED = [
    ("page.html", b"<script>", FileRefusal.UNKNOWN_ENDING),
    ("drawing.svg", b"<svg/>", FileRefusal.UNKNOWN_ENDING),
    ("program", b"MZ", FileRefusal.UNKNOWN_ENDING),
    ("letter.docm", office(FileType.DOCX, "word/document.xml"), FileRefusal.UNKNOWN_ENDING),
    ("empty.pdf", b"", FileRefusal.EMPTY),
    ("letter.pdf", b"MZ\x90\x00", FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.pdf", b"<html>%PDF-1.7 %%EOF", FileRefusal.NOT_WHAT_IT_SAYS),
    ("half.pdf", PDF[:-8], FileRefusal.NOT_WHAT_IT_SAYS),
    ("photo.png", WHOLE["PHOTO.JPG"], FileRefusal.NOT_WHAT_IT_SAYS),
    ("photo.jpg", WHOLE["PHOTO.JPG"][:100], FileRefusal.NOT_WHAT_IT_SAYS),
    ("notes.txt", b"MZ\x90\x00\x03", FileRefusal.NOT_WHAT_IT_SAYS),
    ("notes.txt", PDF, FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.docx", WHOLE["table.xlsx"], FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.odt", WHOLE["table.ods"], FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.docx", archive(**{"a.txt": "a"}), FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.docx", b"PK\x03\x04" + b"\x00" * 40, FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.docx", b"MZ" + WHOLE["letter.docx"], FileRefusal.NOT_WHAT_IT_SAYS),
    ("letter.docx", office(FileType.DOCX, "word/document.xml", word__vbaProject_bin="x"), FileRefusal.MACROS),
    ("table.ods", open_document(FileType.ODS, Basic__Standard__Module1="x"), FileRefusal.MACROS),
]


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_what_its_name_says_is_taken(name):
    file_type, kept = examined(name, WHOLE[name])
    assert file_type.value == name.lower().rpartition(".")[2].replace("jpeg", "jpg")
    assert kept


@pytest.mark.parametrize(("name", "content", "refusal"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_lies_about_its_type_is_refused(name, content, refusal):
    with pytest.raises(FileRefused) as error:
        examined(name, content)
    assert error.value.refusal is refusal


def test_pictures_are_kept_without_where_they_were_taken():
    exif = Image.Exif()
    exif[0x010E] = "on the roof of the union hall"
    taken = picture("JPEG", exif=exif)
    assert b"union hall" in taken
    assert b"union hall" not in examined("photo.jpg", taken)[1]


def test_a_file_is_readable_only_by_the_application_and_has_no_name(tmp_path):
    shelf = Shelf(tmp_path / "files")
    key = shelf.put(PDF)
    [path] = (tmp_path / "files").iterdir()
    assert (path.name, path.stat().st_mode & 0o777, shelf.read(key)) == (key, 0o600, PDF)
    assert shelf.read("x" * 43) is None
    for bad in ("../secret-key", "", "a/b"):
        with pytest.raises(ValueError, match=f"^{bad}$"):
            shelf.read(bad)


def test_files_that_no_row_names_are_deleted_when_their_removal_can_no_longer_be_undone(tmp_path):
    shelf, now = Shelf(tmp_path), clock.now()
    named, lost = shelf.put(b"named"), shelf.put(b"lost")
    for key in (named, lost):
        os.utime(tmp_path / key, (0, 0))
    shelf.sweep({named, lost}, now)
    shelf.sweep({named}, now + KEPT_FOR - timedelta(hours=1))
    assert shelf.read(lost) == b"lost"
    shelf.sweep({named}, now + KEPT_FOR + timedelta(hours=1))
    assert (shelf.read(named), shelf.read(lost)) == (b"named", None)
