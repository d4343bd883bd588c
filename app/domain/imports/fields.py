"""What a column of a file can be."""

from enum import StrEnum


class Field(StrEnum):
    """A field that a column can be imported into."""

    FULL_NAME = "full_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    SIGNAL = "signal"
    THROUGH = "through"
    ORGANIZATION = "organization"
    ORGANIZATION_COUNTRY = "organization_country"
    POST = "post"
    ON_BEHALF_OF = "on_behalf_of"
    START_DATE = "start_date"
    END_DATE = "end_date"
    COUNTRY = "country"
    LOCALITY = "locality"
    NATIONALITY = "nationality"
    LANGUAGE = "preferred_language"
    PASSPORT_NAME = "passport"
    BADGE_NAME = "badge"
    KNOWN_AS = "known_as"
    OTHER_CONTACTS = "other_contacts"
    """Contact details, each with its type, as a downloaded list has them."""
    RECORD_NUMBER = "record_number"
    NAME = "name"
    ACRONYM = "acronym"
    OTHER_NAME = "other_name"
    CLASSIFICATION = "classification"
    SECTOR = "sector"
    ADDRESS = "address"
    WEBSITE = "website"
    DEPARTURE_COUNTRY = "departure_country"
    DEPARTURE_PLACE = "departure_place"
    SEATS = "seats"
    CAPACITY = "capacity"
    IS_HEAD = "is_head"
    DIRECTION = "direction"
    ORIGIN = "origin"
    DESTINATION = "destination"
    DEPARTS = "departs"
    ARRIVES = "arrives"
    MODE = "mode"
    CARRIER = "carrier"
    NUMBER = "number"
    STATUS = "status"
    BOOKING = "booking_reference"
    PARENT = "parent"
    """The organization that an organization belongs to."""


MANY = frozenset({
    Field.EMAIL, Field.PHONE, Field.WHATSAPP, Field.SIGNAL, Field.THROUGH,
    Field.KNOWN_AS, Field.OTHER_NAME, Field.ADDRESS,
})  # fmt: skip
"""Fields that several columns of a file can be imported into."""
