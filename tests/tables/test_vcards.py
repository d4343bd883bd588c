"""Writing and reading vCards."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tables import Address, Card, Unreadable, open_table, vcards
from app.tables.vcard_tables import read_cards

ANA = Card(
    full_name="Ana Quispe; Mamani, «la Negra»",
    family_name="Quispe Mamani",
    given_name="Ana",
    other_names=("Anita", "安娜"),
    emails=("ana@example.org", "ana@example.net"),
    phones=("+59171234567", "ext. 12"),
    organizations=("Federación de Maestros, La Paz",),
    post="Secretaria",
    languages=("es", "qu"),
    addresses=(Address("Calle 1\nPiso 2", "La Paz", "", "", "Bolivia"),),
    note="Dos\nlíneas",
    uid="encuentro:person:7",
)


def read(text, charset="utf-8"):
    return list(read_cards(io.BytesIO(text.encode(charset))))


def card(*lines, version="4.0"):
    return read("\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))[0]


def test_cards_come_back():
    data = b"".join(vcards([ANA, Card("FETCAM", organizations=("FETCAM",), is_organization=True)]))
    assert list(read_cards(io.BytesIO(data))) == [ANA, Card("FETCAM", organizations=("FETCAM",), is_organization=True)]


def test_lines_are_folded_at_75_bytes_without_dividing_characters():
    lines = b"".join(vcards([Card("ñandú 안녕 " * 40)])).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=90).map(str.strip)
several = st.lists(texts.filter(bool), max_size=3, unique=True).map(tuple)


@given(
    st.builds(
        Card,
        texts.filter(bool),
        texts,
        texts,
        several,
        st.just(()),
        several,
        several,
        texts,
        several,
        st.just(()),
        texts,
        texts,
    )
)
def test_whatever_is_written_is_read(one):
    phones = tuple(phone for phone in one.phones if not phone.lower().startswith("tel:") and ";ext=" not in phone)
    assert list(read_cards(io.BytesIO(b"".join(vcards([one]))))) == [one] or phones != one.phones


def test_old_phones_write_quoted_printable():
    found = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1ez;Jos=C3=A9=",
        "=20Luis;;;",
        "TEL;CELL;PREF:71234567",
        "TEL;HOME:+59122222222",
        "NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ma=F1ana",
        version="2.1",
    )
    assert (found.family_name, found.given_name, found.full_name) == ("Núñez", "José Luis", "José Luis Núñez")
    assert (found.phones, found.note) == (("71234567", "+59122222222"), "Mañana")


def test_groups_types_and_preferences_of_version_3_are_read():
    found = card(
        "item1.EMAIL;TYPE=INTERNET:second@example.org",
        'item2.EMAIL;TYPE="home,pref":first@example.org',
        "item1.X-ABLabel:work",
        "FN:Ana",
        "ORG:COB;Secretaría",
        "ADR;TYPE=home:;;Calle 1;Oruro;;;Bolivia",
        "PHOTO;ENCODING=b:AAAA",
        " BBBB",
        version="3.0",
    )
    assert found.emails == ("first@example.org", "second@example.org")
    assert (found.organizations, found.addresses) == (("COB",), (Address("Calle 1", "Oruro", "", "", "Bolivia"),))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252"])
def test_cards_are_read_in_any_charset(charset):
    assert read("BEGIN:VCARD\nFN:José Ñúñez\nEND:VCARD\n", charset)[0].full_name == "José Ñúñez"


def test_a_file_with_cards_is_a_table():
    data = b"".join(vcards([ANA, Card("Luis", emails=("luis@example.org",))]))
    sheet = open_table(io.BytesIO(data)).sheets[0]
    names = sheet.header().names
    rows = [dict(zip(names, (cell.text for cell in row.cells), strict=True)) for row in sheet.records()]
    assert [(row["Full name"], row["Email"], row["Email 2"], row["City"]) for row in rows] == [
        (ANA.full_name, "ana@example.org", "ana@example.net", "La Paz"), ("Luis", "luis@example.org", "", "")
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_no_text_raises_an_unexpected_error(text):
    with contextlib.suppress(Unreadable):
        list(read_cards(io.BytesIO(f"BEGIN:VCARD\n{text}\nEND:VCARD\n".encode("utf-8", "replace"))))
