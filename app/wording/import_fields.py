"""The names of fields that columns are imported into, and of keys by which rows are recognized."""

from flask_babel import gettext

from app.domain.imports.fields import Field
from app.models.imports.imports import ImportKind, MatchKey
from app.queries.people import custom_fields as field_queries
from app.text import N_
from app.wording.custom_fields import field_name as own_name

FIELD_NAMES: dict[Field, str] = {
    Field.FULL_NAME: N_("Full name"),
    Field.GIVEN_NAME: N_("Given names"),
    Field.FAMILY_NAME: N_("Family names"),
    Field.EMAIL: N_("Email address"),
    Field.PHONE: N_("Phone"),
    Field.WHATSAPP: N_("WhatsApp"),
    Field.SIGNAL: N_("Signal"),
    Field.THROUGH: N_("Through someone else"),
    Field.ORGANIZATION: N_("Organization"),
    Field.ORGANIZATION_COUNTRY: N_("Country of the organization"),
    Field.POST: N_("Position"),
    Field.ON_BEHALF_OF: N_("On behalf of"),
    Field.START_DATE: N_("Member since"),
    Field.END_DATE: N_("Member until"),
    Field.COUNTRY: N_("Country"),
    Field.LOCALITY: N_("Town"),
    Field.NATIONALITY: N_("Nationality"),
    Field.LANGUAGE: N_("Language"),
    Field.PASSPORT_NAME: N_("Name in the passport"),
    Field.BADGE_NAME: N_("Name on the badge"),
    Field.KNOWN_AS: N_("Also known as"),
    Field.OTHER_CONTACTS: N_("Other contact details"),
    Field.RECORD_NUMBER: N_("Number in Encuentro"),
    Field.NAME: N_("Name"),
    Field.ACRONYM: N_("Acronym"),
    Field.OTHER_NAME: N_("Other names"),
    Field.CLASSIFICATION: N_("Kind"),
    Field.SECTOR: N_("Sector"),
    Field.ADDRESS: N_("Postal address"),
    Field.WEBSITE: N_("Website"),
    Field.PARENT: N_("Belongs to"),
    Field.DEPARTURE_COUNTRY: N_("Traveling from"),
    Field.DEPARTURE_PLACE: N_("Place of departure"),
    Field.SEATS: N_("Seats"),
    Field.CAPACITY: N_("Takes part as"),
    Field.IS_HEAD: N_("Head of delegation"),
    Field.DIRECTION: N_("Direction"),
    Field.ORIGIN: N_("From"),
    Field.DESTINATION: N_("To"),
    Field.DEPARTS: N_("Departs"),
    Field.ARRIVES: N_("Arrives"),
    Field.MODE: N_("Mode of travel"),
    Field.CARRIER: N_("Carrier"),
    Field.NUMBER: N_("Number"),
    Field.STATUS: N_("Status"),
    Field.BOOKING: N_("Booking reference"),
}

_KEYS: dict[MatchKey, str] = {
    MatchKey.RECORD_NUMBER: N_("the number in Encuentro"),
    MatchKey.EMAIL: N_("the email address"),
    MatchKey.PHONE: N_("the phone number"),
    MatchKey.NAME: N_("the name together with the organization"),
    MatchKey.WEBSITE: N_("the website"),
    MatchKey.COURSE: N_("the delegation, both places and the day of departure"),
    MatchKey.SERVICE: N_("the delegation, the number of the service and the day of departure"),
}
_KEYS_OF_KINDS: dict[tuple[ImportKind, MatchKey], str] = {
    (ImportKind.ORGANIZATIONS, MatchKey.NAME): N_("the name or the acronym, and the country"),
}
"""Keys that have another name for a kind."""


def field_name(name: str) -> str:
    """Return the name of a field, also of the house's own; nothing for a reason that is about no field."""
    if name in FIELD_NAMES or not name:
        return str(gettext(FIELD_NAMES[Field(name)])) if name else ""
    field = field_queries.with_key(name)
    return own_name(field) if field else ""


def key_name(kind: ImportKind, key: MatchKey) -> str:
    """Return the name of a key."""
    return str(gettext(_KEYS_OF_KINDS.get((kind, key)) or _KEYS[key]))
