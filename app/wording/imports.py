"""Sentences about imports: what columns are, why a row is refused, and why a file cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import format_decimal, gettext

from app.domain.imports import running, undoing, writing
from app.domain.imports.reasons import Code
from app.models.imports.imports import ImportKind, ImportStatus, Policy, Verdict
from app.queries.people import custom_fields as field_queries
from app.tables import Reason
from app.text import N_
from app.wording.custom_fields import choices_of
from app.wording.facts import FIELDS
from app.wording.formats import clock_time, zone_name
from app.wording.import_fields import field_name


class KindWords(NamedTuple):
    """What pages say about a kind of import."""

    name: str
    contents: str
    """What its files contain."""
    recognized: str = ""
    """How rows without the chosen key are recognized."""


KINDS: dict[ImportKind, KindWords] = {
    ImportKind.PEOPLE: KindWords(
        N_("People"),
        N_("Names, contact details, organization and position."),
        N_("Rows without the chosen email address or phone number are recognized by name and organization."),
    ),
    ImportKind.ORGANIZATIONS: KindWords(
        N_("Organizations"),
        N_("Name, acronym, country, town, addresses, and the organization that each belongs to."),
        N_("Rows without the chosen website or email address are recognized by name and country."),
    ),
    ImportKind.MEMBERSHIPS: KindWords(
        N_("Memberships"),
        N_("Recorded people and organizations: position, on behalf of whom, since and until when."),
        N_("A name alone is not enough to recognize a person. People who are not recorded are not added here."),
    ),
    ImportKind.DELEGATIONS: KindWords(
        N_("Delegations with their delegates"),
        N_("For one congress, a row for each delegate: organization, country, name, contact details, role."),
        N_("People who are already recorded take part as they are: their details are not changed."),
    ),
    ImportKind.LEGS: KindWords(
        N_("Legs of journeys"),
        N_("For one congress: delegation, from, to, departure, arrival, mode of travel, carrier, number, status."),
        N_(
            "Times are local to their places. Places need their code or exact name. Until the congress ends, legs are outbound."
        ),
    ),
}
VERDICTS: dict[Verdict, str] = {
    Verdict.CREATED: N_("new"),
    Verdict.UPDATED: N_("updated"),
    Verdict.JOINED: N_("same as an earlier row"),
    Verdict.UNCHANGED: N_("left alone"),
    Verdict.REFUSED: N_("refused"),
}


def counted_rows(counts: Mapping[str, int]) -> str:
    """Return how many rows there are of each verdict, such as "12 new, 3 refused"."""
    found = ((counts.get(one, 0), name) for one, name in VERDICTS.items())
    return ", ".join(f"{format_decimal(number)} {gettext(name)}" for number, name in found if number)


POLICIES: dict[Policy, str] = {
    Policy.FILL: N_("add what is missing"),
    Policy.OVERWRITE: N_("overwrite with the values of the file"),
    Policy.LEAVE: N_("leave it as it is"),
}
STATUSES: dict[ImportStatus, str] = {
    ImportStatus.TO_READ: N_("being read"),
    ImportStatus.OPENED: N_("sheet to be chosen"),
    ImportStatus.READ: N_("columns to be chosen"),
    ImportStatus.TO_CHECK: N_("being checked"),
    ImportStatus.CHECKED: N_("ready to import"),
    ImportStatus.TO_WRITE: N_("being imported"),
    ImportStatus.WRITTEN: N_("imported"),
    ImportStatus.TO_UNDO: N_("being undone"),
    ImportStatus.UNDONE: N_("undone"),
    ImportStatus.FAILED: N_("cannot be read"),
}
_REASONS: dict[Code, str] = {
    Code.NO_NAME: N_("There is no name."),
    Code.TOO_LONG: N_("%(field)s: %(one)s characters, but the limit is %(two)s."),
    Code.BAD_EMAIL: N_("“%(one)s” is not a valid email address."),
    Code.UNKNOWN_COUNTRY: N_("%(field)s: “%(one)s” is not a known country."),
    Code.UNKNOWN_LANGUAGE: N_("“%(one)s” is not a known language."),
    Code.BAD_NUMBER: N_("%(field)s: “%(one)s” is not a number."),
    Code.SEVERAL_WITH_KEY: N_("Several recorded people have this address or number."),
    Code.UNKNOWN_NUMBER: N_("Nobody has the number %(one)s in Encuentro here."),
    Code.BAD_DATE: N_("%(field)s: “%(one)s” is not a date."),
    Code.DATES_REVERSED: N_("The last day is before the first day."),
    Code.ERROR_CELL: N_("%(field)s: the file contains an error of a formula here."),
    Code.IMPRECISE: N_("%(field)s: the spreadsheet program has replaced the last digits by zeros."),
    Code.CHARACTERS: N_("%(field)s: some characters could not be read."),
    Code.UNKNOWN_ORGANIZATION: N_("The organization “%(one)s” is not recorded."),
    Code.SEVERAL_ORGANIZATIONS: N_("“%(one)s” may mean several organizations."),
    Code.SAME_ORGANIZATION: N_("“%(one)s” is also the organization that the person belongs to."),
    Code.SEVERAL_PEOPLE: N_("This may mean several recorded people."),
    Code.OTHER_NAME: N_("The person recorded with this address or number has another name."),
    Code.OTHER_NAME_ABOVE: N_("Row %(one)s has the same address or number, but another name."),
    Code.NOT_EDITABLE: N_("This person is already recorded, but you cannot edit the record here."),
    Code.NO_COUNTRY: N_("There is no country. Choose one for the whole file, or correct the row."),
    Code.CIRCLE: N_("In this file, “%(one)s” belongs to this organization, directly or through others."),
    Code.OTHER_ORGANIZATION: N_("“%(one)s” is recorded with this address, and has another name."),
    Code.NO_ORGANIZATION: N_("There is no organization."),
    Code.SEVERAL_DELEGATIONS: N_("“%(one)s” has several delegations. Say which country it travels from."),
    Code.UNKNOWN_PERSON: N_(
        "No recorded person was recognized as “%(one)s”. Import people first, or add an email address."
    ),
    Code.NO_DELEGATION: N_("“%(one)s” has no delegation to this congress."),
    Code.MISSING: N_("%(field)s: this is needed."),
    Code.UNKNOWN_PLACE: N_("%(field)s: no place is called exactly “%(one)s”. %(two)s"),
    Code.SEVERAL_PLACES: N_("%(field)s: “%(one)s” may be several places. Write one of these: %(two)s."),
    Code.NEW_DELEGATION: N_("with a new delegation: %(one)s"),
    Code.NEW_PERSON: N_("with a new person: %(one)s"),
    Code.SUPPRESSED: N_("%(one)s is not written to: its owner does not want it, or emails do not arrive"),
    Code.UNKNOWN_OPTION: N_("%(field)s: “%(one)s” is not one of the choices: %(two)s."),
    Code.UNKNOWN_WORD: N_("%(field)s: “%(one)s” is not known here."),
}
_UNREADABLE: dict[str, str] = {
    Reason.EMPTY: N_("There are no rows in this file."),
    Reason.TOO_LARGE: N_("The file is too large: the limit is %(most)s MB. Divide it, or remove pictures and other sheets."),
    Reason.TOO_LARGE_UNPACKED: N_("This file unpacks to far too much. Save the sheet with the rows in a new workbook, or as CSV."),
    Reason.TOO_MANY_COLUMNS: N_("There are too many columns: the limit is %(most)s. Remove those that are not needed."),
    Reason.TOO_MANY_ROWS: N_("There are too many rows: the limit is %(most)s. Divide the file."),
    Reason.LONG_CELL: N_("A cell has more than %(most)s characters. Often a quotation mark is not closed."),
    Reason.ENCRYPTED: N_("The file has a password. Save it without one."),
    Reason.DAMAGED: N_("The file is damaged. Open it in your spreadsheet program and save it again."),
    Reason.NO_SHEET: N_("There is no sheet with cells in this workbook."),
    Reason.NOT_A_TABLE: N_("This is not a table. Choose a CSV or Excel file, or contacts in the vCard format."),
    Reason.NEEDS_EXTRA: N_("This server cannot read files of this kind. Save it as an Excel workbook (.xlsx) or as CSV."),
    running.INTERNAL: N_("Something went wrong here. Nothing was imported. Try again, or ask the person who runs this server."),
    writing.CHANGED: N_("Records have changed since the check. Nothing was imported. Look at the rows again."),
}  # fmt: skip
_SHOWN: dict[str, Callable[[str], str]] = {
    "time": lambda text: clock_time(datetime.fromisoformat(text)),
    "zone": zone_name,
    "number": lambda text: format_decimal(int(text)),
    "text": str,
}
"""How values of a rule are shown, by their type."""
_MEGABYTE = 1_000_000


def sentence_of(reason: Sequence[str]) -> str:
    """Return the sentence for a reason of a row, or for what is changed."""
    code, name, *values = reason
    if code == Code.RULE:
        return _rule(name, values)
    if code == "changes":
        return str(gettext(FIELDS[name]))
    one, two = [*values, "", ""][:2]
    if code == Code.BAD_EMAIL:
        return f"{gettext(_REASONS[Code.BAD_EMAIL], one=one)} {gettext(two)}"
    if code == Code.UNKNOWN_OPTION:
        field = field_queries.with_key(name)
        two = ", ".join(choices_of(field)) if field else ""
    return str(gettext(_REASONS[Code(code)], field=field_name(name), one=one, two=two))


def _rule(message: str, values: Sequence[str]) -> str:
    """Return the sentence of a rule; of each of its values there are the name, the type and the text."""
    shown = {name: _SHOWN[kind](text) for name, kind, text in zip(values[::3], values[1::3], values[2::3], strict=True)}
    return str(gettext(message, **shown))


def failure_of(code: str, values: Mapping[str, Any]) -> str:
    """Return the sentence about what went wrong with a file or an import."""
    if code == undoing.BUILT_ON:
        return _built_on(values)
    most = int(values.get("most", 0))
    shown = most // _MEGABYTE if code == Reason.TOO_LARGE else most
    return str(gettext(_UNREADABLE[code], most=format_decimal(shown)))


def _built_on(values: Mapping[str, Any]) -> str:
    sentences = []
    if values["names"]:
        sentences.append(
            gettext(
                "This cannot be undone, because since then something was recorded about: %(names)s.",
                names=", ".join(values["names"]) + (" …" if values["count"] > len(values["names"]) else ""),
            )
        )
    if values["gone"]:
        sentences.append(
            gettext(
                "This cannot be undone, because %(count)s of its people were merged or deleted.", count=values["gone"]
            )
        )
    return " ".join(sentences)
