"""From a messy spreadsheet to one record for each person, by clicking and typing only, in a browser without JavaScript."""

from pathlib import Path

from playwright.sync_api import expect

from app.domain.people import duplicates
from app.extensions import db
from app.tables import open_table
from tests.browser.conftest import field, fill_in, follow, is_titled, misses, press, sees, sign_in
from tests.factories import utc
from tests.spreadsheets import PEOPLE, messy

CONGRESS = "Congress for the Defense of Peace"
ROSA, ROSA_AGAIN = "Rosa María Quispe Flores", "Quispe Rosa"
"""One person whom two organizers have written down, with one phone number."""
BENTO, BENTO_AGAIN = "Bento Carvalho Lima", "Bento Carvalho-Lima"
"""One person of one organization, with two email addresses."""
CHIARA, CHIARA_AGAIN = "Chiara Di Stefano", "Di Stefano Chiara"
"""One person of one organization, once without her phone number."""
REPEATED = (
    [ROSA, "rosa@example.org", "+58 414 555 7001", "Sindicato 3", "Venezuela", ""],
    [ROSA_AGAIN, "", "0414-5557001", "sindicato 3", "Venezuela", ""],
    [BENTO, "bento@example.org", "+55 11 95555-7002", "Sindicato 5", "Brasil", ""],
    [BENTO_AGAIN, "bento.lima@example.org", "", "SINDICATO 5", "Brasil", ""],
    [CHIARA, "chiara@example.org", "+39 312 345 7003", "Sindicato 8", "Italia", ""],
    [CHIARA_AGAIN, "c.distefano@example.org", "", "Sindicato 8", "Italia", ""],
)
REFUSED, JOINED = 21, 2
"""Rows with an address that is none; rows of people who are in the file twice, by phone number or by a merge."""
SEGMENT = "Invited from Italy"
STEP = "Send the invitation letter"


def test_contacts_come_from_a_spreadsheet_and_become_one_record_each_without_javascript(site, open_page, at, tmp_path):
    at(utc("2025-11-20 12:00"))
    alice = open_page(site)
    with site.open() as make:
        make.congress(CONGRESS)
    file = tmp_path / "contactos.xlsx"
    file.write_bytes(messy(*REPEATED))
    sign_in(alice, "alice@example.org")

    upload(alice, file)
    correct_in_the_preview(alice)
    undo_the_import(alice)
    import_again_with_another_key(alice, file)
    search_at_night(site)
    merge_duplicates(alice)
    undo_one_merge(alice)
    save_a_segment(alice)
    record_an_interaction(alice)
    download_the_segment(alice)


def upload(page, file):
    page.goto("/people")
    follow(page, "Import from a file")
    page.locator("main").get_by_role("link", name="People", exact=True).click()
    fill_in(page, {"Visible to": CONGRESS})
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Upload")
    is_titled(page, "What is in each column?")
    expect(field(page, "Nombre completo")).to_have_value("full_name")


def correct_in_the_preview(page):
    press(page, "Check the rows")
    sees(page, "40 organizations in this file are not recorded.")
    record_the_organizations(page)
    page.get_by_label("Show").select_option(label="refused (21)")
    press(page, "Show")
    sees(page, "“persona7 at example.org” is not a valid email address.")
    page.get_by_role("link", name="Row 11", exact=True).click()
    fill_in(page, {"Correo": "persona7@example.org"})
    press(page, "Save and check again")
    sees(page, "Saved. The rows were checked again.", "refused (20)")
    press(page, "Import these rows")
    sees(page, "Imported.")


def record_the_organizations(page):
    follow(page, "Choose or record them")
    fill_in(page, {"Record all that are not recorded yet": True})
    press(page, "Check the rows")
    misses(page, "organizations in this file are not recorded.")
    sees(page, "Import these rows")


def undo_the_import(page):
    press(page, "Undo the whole import")
    sees(page, "The import was undone.")
    page.goto("/people")
    misses(page, "Rosa")


def import_again_with_another_key(page, file):
    upload(page, file)
    sees(page, "You have imported a table with these columns before.")
    fill_in(page, {"Already recorded if this is the same": "the phone number"})
    press(page, "Check the rows")
    record_the_organizations(page)
    press(page, "Import these rows")
    sees(page, "Imported.")


def search_at_night(site):
    with site.open():
        while duplicates.search_people():
            db.session.commit()


def merge_duplicates(page):
    for kept, gone in ((CHIARA, CHIARA_AGAIN), (BENTO, BENTO_AGAIN)):
        page.goto("/people/duplicates")
        pair = page.locator("li", has=page.get_by_role("link", name=gone, exact=True))
        pair.get_by_role("link", name="Compare and merge").click()
        is_titled(page, "Merge two people")
        page.get_by_label(kept, exact=True).check()
        press(page, "Merge")
        is_titled(page, kept)
        sees(page, "Merged. Everything that referred to either record now refers to this one.")
    sees(page, "bento@example.org", "bento.lima@example.org")


def undo_one_merge(page):
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    sees(page, "Undone.")
    page.goto("/people")
    fill_in(page, {"Name": "Bento"})
    press(page, "Search")
    sees(page, BENTO, BENTO_AGAIN)
    fill_in(page, {"Name": "Chiara"})
    press(page, "Search")
    sees(page, CHIARA, "1 found.")


def record_an_interaction(page):
    follow(page, CHIARA)
    page.get_by_role("heading", name="Interactions").get_by_role("link", name="Add").click()
    is_titled(page, "Record an interaction")
    fill_in(page, {"When": "2025-11-19T18:00", "Congress or campaign": CONGRESS, "Subject": "Wants to come"})
    fill_in(page, {"Action": STEP, "Due": "2025-11-21T12:00"})
    press(page, "Save")
    sees(page, "Wants to come", STEP)
    page.goto("/")
    sees(page, STEP)


def save_a_segment(page):
    page.goto("/people")
    page.locator("summary", has_text="Filter").click()
    fill_in(page, {"Congress or campaign": CONGRESS, "Country": "Italy"})
    press(page, "Search")
    sees(page, "1 found.")
    follow(page, "Save as a segment")
    sees(page, "The search words and filters of the list become its conditions.")
    fill_in(page, {"Name": SEGMENT})
    press(page, "Save")
    is_titled(page, SEGMENT)
    sees(page, "1 person", CHIARA)


def download_the_segment(page):
    page.goto("/segments")
    follow(page, SEGMENT)
    follow(page, "Show the whole list")
    follow(page, "Download")
    assert downloaded(page) == [["Chiara", "Di Stefano", "Italy", "Sindicato 8"]]
    page.goto("/people/download")
    assert len(downloaded(page)) == PEOPLE + len(REPEATED) - REFUSED - JOINED


def downloaded(page):
    """The first four cells of each row of the file that the page offers."""
    with page.expect_download() as started:
        press(page, "Download")
    with Path(started.value.path()).open("rb") as file, open_table(file) as table:
        [sheet] = table.sheets
        return [[cell.text for cell in record.cells[:4]] for record in sheet.records()]
