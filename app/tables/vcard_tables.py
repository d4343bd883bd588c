"""Reads vCards 2.1 to 4.0, as cards or as a table with a row for each card."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import IO

from app.tables.cards import Address, Card
from app.tables.cells import Row, text_cell
from app.tables.encodings import encoding, text_of
from app.tables.errors import MOST_ROWS, Reason, Unreadable
from app.tables.headers import Header
from app.tables.sheets import Sheet, Table
from app.tables.vcard_lines import Line, property_lines

_MOST_PROPERTIES = 500
_MOST_REPEATED = 10
"""Columns for the values of a property that a card has several times."""
_REPEATED = (
    ("Nickname", "other_names"), ("Email", "emails"), ("Phone", "phones"), ("Organization", "organizations"),
    ("Language", "languages"),
)  # fmt: skip
_SINGLE = (
    ("Full name", "full_name"), ("Family name", "family_name"), ("Given name", "given_name"), ("Role", "post"),
    ("Note", "note"), ("Own number", "uid"),
)  # fmt: skip
_ADDRESS = (
    ("Address", "street"), ("City", "locality"), ("Region", "region"), ("Postal code", "code"), ("Country", "country"),
)  # fmt: skip
"""The headings of the table, which imports know, and the attributes of cards and addresses."""


def read_cards(file: IO[bytes]) -> Iterator[Card]:
    """Yield the cards of a file. Raises Unreadable if there are too many."""
    codec, start = encoding(file)
    count = 0
    with text_of(file, codec, start) as lines:
        properties: list[Line] = []
        for line in property_lines(lines):
            if line.name == "BEGIN":
                properties = []
            elif line.name == "END" and line.text.upper() == "VCARD":
                count += 1
                if count > MOST_ROWS:
                    raise Unreadable(Reason.TOO_MANY_ROWS, most=MOST_ROWS)
                yield _card(properties)
            elif len(properties) < _MOST_PROPERTIES:
                properties.append(line)


def open_cards(file: IO[bytes], *, owned: bool) -> Table:
    """Return the table of a file with vCards: a row for each card. Raises Unreadable."""
    counts = dict.fromkeys((attribute for _, attribute in _REPEATED), 1)
    for card in read_cards(file):
        for attribute in counts:
            counts[attribute] = min(max(counts[attribute], len(getattr(card, attribute))), _MOST_REPEATED)
    names = [heading for heading, _ in _SINGLE]
    for heading, attribute in _REPEATED:
        names += [heading, *(f"{heading} {number}" for number in range(2, counts[attribute] + 1))]
    names += [heading for heading, _ in _ADDRESS]

    def rows() -> Iterator[Row]:
        for number, card in enumerate(read_cards(file), start=1):
            yield Row(number, [text_cell(text) for text in _texts(card, counts)])

    return Table("vcard", [Sheet("", rows, _header=Header(0, tuple(names), frozenset()))], file, owned)


def _texts(card: Card, counts: dict[str, int]) -> Iterator[str]:
    """Yield the texts of a row; more values than there are columns share the last one."""
    for _, attribute in _SINGLE:
        yield getattr(card, attribute)
    for attribute, count in counts.items():
        values = list(getattr(card, attribute))
        values = [*values[: count - 1], "; ".join(values[count - 1 :])]
        yield from (value for value, _ in zip_longest(values, range(count), fillvalue=""))
    address = card.addresses[0] if card.addresses else Address()
    for _, attribute in _ADDRESS:
        yield getattr(address, attribute)


def _card(properties: list[Line]) -> Card:
    by_name: dict[str, list[Line]] = {}
    for line in sorted(properties, key=lambda line: line.preference):
        by_name.setdefault(line.name, []).append(line)

    def texts(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.text for line in by_name.get(name, ()) if line.text))

    name = [*(by_name["N"][0].parts(";") if "N" in by_name else []), *[""] * 5]
    organizations = tuple(line.parts(";")[0] for line in by_name.get("ORG", ()))
    given = " ".join(part for part in (name[1], name[2]) if part)
    nicknames = [part for line in by_name.get("NICKNAME", ()) for part in line.parts(",")]
    is_organization = "org" in texts("KIND") or "COMPANY" in texts("X-ABSHOWAS")
    written = " ".join(part for part in (given, name[0]) if part)
    return Card(
        full_name=next(iter(texts("FN")), "") or written or next(iter(organizations), ""),
        family_name=name[0],
        given_name=given,
        other_names=tuple(dict.fromkeys(filter(None, nicknames))),
        emails=tuple(dict.fromkeys(_without(text, "mailto:") for text in texts("EMAIL"))),
        phones=tuple(dict.fromkeys(_without(text, "tel:").partition(";ext=")[0] for text in texts("TEL"))),
        organizations=tuple(dict.fromkeys(filter(None, organizations))),
        post=next(iter(texts("TITLE") or texts("ROLE")), ""),
        languages=texts("LANG"),
        addresses=tuple(_address(line) for line in by_name.get("ADR", ()) if any(line.parts(";"))),
        note="\n".join(texts("NOTE")),
        uid=next(iter(texts("UID")), ""),
        is_organization=is_organization,
    )


def _address(line: Line) -> Address:
    parts = [*line.parts(";"), *[""] * 7]
    street = "\n".join(part for part in parts[:3] if part)
    return Address(street, *parts[3:7])


def _without(text: str, scheme: str) -> str:
    return text[len(scheme) :] if text.lower().startswith(scheme) else text
