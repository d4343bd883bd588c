"""The columns of people and organizations, in lists and in files."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask_babel import gettext, pgettext

from app import clock, languages
from app.models.people.custom_fields import CustomValue, FieldKind, RecordKind
from app.models.people.memberships import Membership
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.people.records import RecordColumn
from app.queries.people import columns as sources
from app.queries.people import custom_fields
from app.tables import Value
from app.times import to_local
from app.web.columns import Column
from app.web.templating import reader_zone
from app.wording.custom_fields import field_name, in_words, shown_value
from app.wording.formats import language_name
from app.wording.labels import country_name, label

_NAMES = {"given_name", "family_name", "name"}
REACHABLE = (ContactType.PHONE, ContactType.WHATSAPP, ContactType.SIGNAL)


def of_people() -> list[Column]:
    """Return the columns of people; lists show the full name instead of its parts."""
    return [
        Column("given_name", gettext("Given names"), lambda one: one.given_name),
        Column("family_name", gettext("Family names"), lambda one: one.family_name),
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("organization", gettext("Organization"), _organization),
        Column("post", gettext("Position"), _post, is_usual=False),
        Column("email", gettext("Email address"), lambda one: one.email, is_usual=False, is_contact=True),
        Column("phone", gettext("Phone"), phone, is_usual=False, is_contact=True),
        Column("other_contacts", gettext("Other contact details"), _others, is_usual=False, is_contact=True),
        Column("preferred_language", gettext("Language"), language_text, is_usual=False),
        Column("locality", gettext("Town"), lambda one: one.locality, is_usual=False),
        Column("nationality", gettext("Nationality"), lambda one: country_text(one.nationality), is_usual=False),
        Column("is_at_risk", gettext("At risk"), lambda one: gettext("yes") if one.is_at_risk else "", is_usual=False),
        Column("congresses", gettext("Congresses"), ", ".join, is_usual=False, source=sources.congresses_of),
        *_of_records(RecordKind.PERSON),
    ]


def of_organizations() -> list[Column]:
    """Return the columns of organizations."""
    return [
        Column("name", gettext("Name"), lambda one: one.name),
        Column("acronym", gettext("Acronym"), lambda one: one.acronym),
        Column("classification", gettext("Kind"), lambda one: label(one.classification)),
        Column("sector", gettext("Sector"), lambda one: one.sector),
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("locality", gettext("Town"), lambda one: one.locality, is_usual=False),
        Column("website", gettext("Website"), lambda one: one.website, is_usual=False),
        Column("members", gettext("Members recorded"), int, is_usual=False, source=sources.members_of),
        *_of_records(RecordKind.ORGANIZATION),
    ]


def listed(columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a list on a page, which has the name in front of them."""
    return [column for column in columns if column.name not in _NAMES]


def in_file(names: Sequence[str]) -> list[str]:
    """Return the columns of a file with the same columns as a list on a page; none if those are not known."""
    return [*_NAMES, *names] if names else []


def _of_records(kind: RecordKind) -> list[Column]:
    """Return the columns that people and organizations have in common."""
    owner: RecordColumn = "person_id" if kind is RecordKind.PERSON else "organization_id"
    last, values = sources.last_interactions_by(owner), sources.values_by(owner)
    zone = reader_zone()
    return [
        Column("tags", gettext("Tags"), _tags, is_usual=False, source=sources.tags_by(owner)),
        Column(
            "last_interaction",
            gettext("Last interaction"),
            lambda at: to_local(at, zone).date(),
            is_usual=False,
            source=last,
        ),
        *(
            Column(field.key, field_name(field), partial(_value, field.id), is_usual=False, source=values)
            for field in custom_fields.asked(kind)
        ),
        Column("created_at", gettext("Recorded on"), lambda one: to_local(one.created_at, zone).date(), is_usual=False),
        Column("number", gettext("Number in Encuentro"), lambda one: one.id, is_usual=False),
    ]


def _tags(tags: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(map(in_words, tags))


def _value(field_id: int, values: Mapping[int, CustomValue]) -> Value:
    """Return the value of a field, as a number or a date if it is one. Files are written after the field's session."""
    if field_id not in values:
        return None
    value = values[field_id]
    return value.value if value.field.kind in (FieldKind.NUMBER, FieldKind.DATE) else shown_value(value)


def country_text(code: str | None) -> str:
    """Return the name of a country, or nothing."""
    return country_name(code) if code else ""


def language_text(person: Person) -> str:
    """Return the name of the person's language, or what was typed if it is not known."""
    tag = person.preferred_language
    return language_name(tag) if tag and languages.code_of(tag) else tag or ""


def phone(person: Person) -> str | None:
    """Return a number under which the person can be reached."""
    return next((_text(one) for one in usable(person, *REACHABLE)), None)


def _others(person: Person) -> str:
    """Return the contact details that have no column of their own."""
    shown = {one.text for one in (*usable(person, ContactType.EMAIL)[:1], *usable(person, *REACHABLE)[:1])}
    others = [one for one in usable(person, *ContactType) if one.text not in shown]
    return "; ".join(f"{label(one.type)}: {_text(one)}" for one in others)


def _text(detail: ContactDetail) -> str:
    """Return a contact detail, or that it is hidden from who reads or downloads it."""
    return pgettext("phone number", "hidden") if detail.shown is None else detail.shown


def usable(person: Person, *kinds: ContactType) -> Sequence[ContactDetail]:
    """Return the contact details of some types that can be used today, in the order of the types."""
    today = clock.now().date()
    usable = [one for one in person.contact_details if one.is_current(today) and one.type in kinds]
    return sorted(usable, key=lambda one: kinds.index(one.type))


def current(person: Person) -> Membership | None:
    """Return the first membership that has not ended."""
    today = clock.now().date()
    return next((one for one in person.memberships if (one.end_date or today) >= today), None)


def _organization(person: Person) -> str:
    membership = current(person)
    return membership.organization.name if membership else ""


def _post(person: Person) -> str | None:
    membership = current(person)
    return membership.post if membership else None
