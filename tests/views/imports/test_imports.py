"""Pages of imports, without a script: from the upload to the undoing."""

import io
import random
import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.imports.imports import Import
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.people import Person
from app.tables import open_table
from tests.spreadsheets import messy
from tests.tables.workbooks import MAIN, workbook
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        accounts = {name: make.user(name) for name in ("Alice", "Bob", "Charlie")}
        for name, congress in (("Alice", here), ("Bob", here), ("Charlie", there)):
            make.grant(accounts[name], Role.ORGANIZER, congress=congress)
        world = {"here": f"congress:{here.id}"}
    return world | {name.lower(): browse(account) for name, account in accounts.items()}


def upload(client, subject, content, name="people.csv"):
    data = {"file": (io.BytesIO(content), name), "subject": subject, "idempotency_key": str(random.random())}
    return client.post("/people/imports/upload/people", data=data, content_type="multipart/form-data")


def checked(client, subject, content, **chosen):
    path = upload(client, subject, content).location
    client.edit(f"{path}/columns", **chosen)
    return path


def press(client, path):
    return text(client.get(client.post(path, {"idempotency_key": path}).location, follow_redirects=True))


def test_a_messy_spreadsheet_is_corrected_imported_and_undone(world, house):
    alice = world["alice"]
    path = checked(alice, world["here"], messy())
    page = text(alice.get(path))
    assert "40 organizations in this file are not recorded" in page
    assert "Sindicato 7" in text(alice.get(f"{path}/organizations"))
    alice.edit(f"{path}/organizations", every="y", country="VE")
    page = alice.get(f"{path}?show=refused").text
    assert "is not a valid email address" in page
    row = re.search(rf'href="({path}/rows/\d+)"', page)[1]
    answer = alice.get(row)
    assert answer.status_code == 200
    page = text(answer)
    assert re.search(r'<p class="error" id="cell_1-error">“.+” is not a valid email address.', page)
    assert "(optional)" not in page
    alice.edit(row, cell_1="corrected@example.org")
    with house.open():
        refused = db.session.query(Import).one().counts["refused"]
    assert "Imported." in press(alice, f"{path}/write")
    file = alice.get(f"{path}/refused.xlsx").data
    with open_table(io.BytesIO(file)) as table:
        [sheet] = table.sheets
        records = list(sheet.records())
        assert (sheet.header().names[-1], len(records)) == ("Reason", refused)
        assert "not a valid email address" in records[0].cells[6].text
    with house.open():
        assert db.session.query(Person).count() == 300 - refused
    assert "The import was undone." in press(alice, f"{path}/undo")
    with house.open():
        assert db.session.query(Person).count() == 0


def test_a_team_shares_an_import_and_others_see_nothing(world):
    path = checked(world["alice"], world["here"], b"name,email\nAna Paz,ana@example.org")
    assert "Ana Paz" in text(world["bob"].get(path))
    assert "people.csv" in text(world["bob"].get("/people/imports"))
    charlie = world["charlie"]
    assert "people.csv" not in text(charlie.get("/people/imports"))
    for page in ("", "/columns", "/organizations", "/refused.csv", "/rows/1"):
        assert charlie.get(path + page).status_code == 404
    for button in ("write", "undo", "discard"):
        assert charlie.post(f"{path}/{button}").status_code == 404
    assert upload(charlie, world["here"], b"name\nAna").status_code == 422


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There are no rows in this file."),
        (b"name,email\n", "There are no rows in this file."),
        (b"%PDF-1.7 ...", "This is not a table."),
        (b"PK\x03\x04 broken", "The file is damaged."),
        (workbook(extra={"xl/media/x.bin": bytes(30_000_000)}).getvalue(), "This file unpacks to far too much."),
        (b",".join([b"x"] * 400) + b"\n" + b",".join([b"1"] * 400), "There are too many columns: the limit is 300."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_form(world, content, sentence):
    answer = upload(world["alice"], world["here"], content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'<option selected value="{world["here"]}">' in answer.text


def test_a_single_column_and_hostile_cells_are_shown_as_text(world):
    path = upload(world["alice"], world["here"], "<script>alert(1)</script>\n=1+1\nمحمد".encode()).location
    page = world["alice"].get(f"{path}/columns").text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    answer = world["alice"].edit(f"{path}/columns")
    assert "Choose which column has the names." in text(answer)
    world["alice"].edit(f"{path}/columns", column_0="full_name")
    assert "محمد" in text(world["alice"].get(path))


def test_the_sheet_of_a_workbook_is_chosen_before_the_columns(world):
    sheets = {
        f"xl/worksheets/sheet{number}.xml": f"<worksheet {MAIN}><sheetData><row>{cell('name')}</row><row>{cell(name)}</row>"
        "</sheetData></worksheet>"
        for number, name in ((1, "Ana Paz"), (2, "Luz Mar"))
    }
    file = workbook(sheets=[("Members &lt;1&gt;", "visible"), ("Guests", "visible")], extra=sheets).getvalue()
    alice, path = world["alice"], upload(world["alice"], world["here"], file, "people.xlsx").location
    page = alice.get(path, follow_redirects=True)
    assert "Members &lt;1&gt;" in page.text
    assert world["charlie"].get(f"{path}/sheets").status_code == 404
    assert world["charlie"].post(f"{path}/sheets/1").status_code == 404
    assert "Choose one of the sheets that are shown." in press(alice, f"{path}/sheets/7")
    page = alice.get(alice.post(f"{path}/sheets/1", {"idempotency_key": "once"}).location, follow_redirects=True)
    assert "Guests" in text(page)
    assert "Luz Mar" in text(page)
    assert alice.get(f"{path}/sheets").location == path


def cell(content):
    return f'<c t="inlineStr"><is><t>{content}</t></is></c>'


def test_the_row_with_the_names_of_the_columns_is_chosen(world):
    content = b"Lista;de;gente\nNombre;Correo;Lugar\nAna Paz;ana@example.org;Cork"
    path = upload(world["alice"], world["here"], content).location
    assert "The names of the columns are in row 1 of the file." in text(world["alice"].get(f"{path}/columns"))
    page = text(world["bob"].get(f"{path}/header"))
    assert all(shown in page for shown in ("Row 2", "<bdi>Correo</bdi>", "None of them"))
    answer = world["bob"].post(f"{path}/header/2", data={"idempotency_key": "k"})
    assert answer.location == f"{path}/columns"
    page = text(world["alice"].get(answer.location))
    assert "The names of the columns are in row 2 of the file." in page
    assert '<option selected value="locality">' in page
    assert world["charlie"].post(f"{path}/header/1", data={"idempotency_key": "k"}).status_code == 404
    world["alice"].post(f"{path}/header/9", data={"idempotency_key": "n"})
    assert "are in row 2 of the file." in text(world["alice"].get(answer.location))


def test_two_columns_cannot_be_the_same_field(world):
    path = upload(world["alice"], world["here"], b"name,town\nAna,Cork").location
    answer = world["alice"].edit(f"{path}/columns", column_1="full_name")
    assert "Another column has this field already." in text(answer)


def test_several_columns_can_be_left_out(world):
    path = checked(world["alice"], world["here"], b"name,shoes,hats,gloves\nAna,38,56,7")
    assert "Ana" in text(world["alice"].get(path))


def test_a_number_of_the_house_can_be_the_key(world, house):
    with house.open() as make:
        own = make.custom_field(RecordKind.PERSON, name="Member number")
    path = upload(world["alice"], world["here"], b"name,code\nAna,7").location
    page = text(world["alice"].edit(f"{path}/columns", key=own.key))
    assert "Choose which column has this." in page
    assert "Member number" in page
    world["alice"].edit(f"{path}/columns", key=own.key, column_1=own.key)
    assert "Imported." in press(world["alice"], f"{path}/write")
    path = upload(world["alice"], world["here"], b"name,code\nLuz,7").location
    assert f'<option selected value="{own.key}">Member number' in world["alice"].get(f"{path}/columns").text
    world["alice"].edit(f"{path}/columns")
    assert "has another name" in text(world["alice"].get(path))


def test_an_unknown_choice_is_refused_with_the_choices_and_corrected(world, house):
    with house.open() as make:
        make.custom_field(RecordKind.PERSON, FieldKind.CHOICE, name="Shift", options=("Day", "Night"))
        make.custom_field(RecordKind.PERSON, FieldKind.YES_NO, name="Steward")
    path = checked(world["alice"], world["here"], b"name,shift,steward\nAna,evening,perhaps")
    page = world["alice"].get(path)
    assert "Shift: “evening” is not one of the choices: Day, Night." in text(page)
    assert "Steward: “perhaps” is not one of the choices: yes, no." in text(page)
    world["alice"].edit(re.search(rf"{path}/rows/\d+", page.text)[0], cell_1="night", cell_2="sí")
    assert "Imported." in press(world["alice"], f"{path}/write")


def test_a_discarded_file_is_deleted(world, house):
    path = checked(world["alice"], world["here"], b"name\nAna")
    assert "were deleted" in press(world["alice"], f"{path}/discard")
    assert world["alice"].get(path).status_code == 404


def test_a_large_file_waits_for_a_worker_and_its_page_refreshes(world):
    rows = "\n".join(f"Ana {number},a{number}@example.org" for number in range(12_000))
    answer = world["alice"].get(upload(world["alice"], world["here"], f"name,email\n{rows}".encode()).location)
    assert "You can close this page." in text(answer)
    assert answer.headers["Refresh"]
