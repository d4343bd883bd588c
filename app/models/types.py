"""Column types that several nouns share."""

import json
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import Dialect, Enum, String, Text, TypeDecorator
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.sql import operators

from app.dialects import UTCDateTime, by_character
from app.sealing import Box, Keyring
from app.times import known_zone

PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Instant = Annotated[datetime, mapped_column(UTCDateTime())]


class _Zone(TypeDecorator[str]):
    """The name of a time zone; one that this machine does not know is read as UTC, and stays stored as it is."""

    impl = String(64)
    cache_ok = True

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the zone, so that what is computed in it goes on."""
        return None if value is None else known_zone(value)


Name = Annotated[str, mapped_column(String(200))]
Short = Annotated[str, mapped_column(String(80))]
CountryCode = Annotated[str, mapped_column(String(2))]
ZoneName = Annotated[str, mapped_column(_Zone())]
"""A time zone of the IANA database."""
LanguageTag = Annotated[str, mapped_column(String(12))]
EmailAddress = Annotated[str, mapped_column(String(254))]
Folded = Annotated[str, mapped_column(by_character())]
"""Text that is compared character by character, whatever language the database was set up for."""
WebAddress = Annotated[str, mapped_column(String(2000))]


class Sealed(TypeDecorator[str]):
    """Sensitive text, which the database only has encrypted; see `app/sealing.py`.

    Nothing can be compared with it in SQL, except for whether there is a value.
    """

    impl = String
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[str]):
        """Refuses comparisons that would silently match nothing."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            """Compare with NULL only."""
            if op not in (operators.is_, operators.is_not):
                raise TypeError("A sealed column cannot be compared in SQL; compare its digest.")
            return super().operate(op, *other, **kwargs)

    comparator_factory = Comparator

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt a value."""
        return None if value is None else keyring_of(dialect).seal(value, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt a stored value."""
        return None if value is None else keyring_of(dialect).open(value, self.place)


class SealedJSON(Sealed):
    """Values as JSON, which the database only has encrypted."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Encrypt a value; None is stored as NULL."""
        text = None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return super().process_bind_param(text, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decrypt a stored value."""
        text = super().process_result_value(value, dialect)
        return None if text is None else json.loads(text)


class SealedDigest(TypeDecorator[str]):
    """A keyed digest of the value of another column, by which equal values are found.

    The value is written, and the digest is read. Digests of one place can be compared with each other.
    """

    impl = String(40)
    cache_ok = True

    def __init__(self, of: str, place: str) -> None:
        super().__init__()
        self.of = of
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the digest of a value."""
        return None if value is None else keyring_of(dialect).digest(value, self.place)


class AddressDigest(TypeDecorator[str]):
    """A keyed digest of an email address that the house does not store. An address is written, and the digest is read.

    Its key follows from SECRET_KEY, not from the key for sensitive fields: a digest cannot be computed again without the
    address, so it has to outlive `encuentro rotate-key`.
    """

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the digest of an address; what is a digest already stays what it is."""
        return None if value is None else digest_of_address(value, dialect)


def digest_of_address(address: str, dialect: Dialect) -> str:
    """Return the digest of a normalized email address."""
    ring: Keyring = getattr(dialect, "address_keyring", _NO_KEYS)
    return ring.digest(address, "addresses")


def keyring_of(dialect: Dialect) -> Keyring | Box:
    """Return the keys for the sensitive fields of a database, which its engine was given, or what is left of them."""
    ring: Keyring | Box = getattr(dialect, "keyring", _NO_KEYS)
    return ring


def give_keyring(dialect: Dialect, ring: Keyring | Box) -> None:
    """Give the engine of a database its keys, or only what is left of them."""
    dialect.keyring = ring  # type: ignore[attr-defined]


_NO_KEYS = Keyring(())
NATIONALITY = SealedDigest("nationality", "nationality")
"""People and what refuses them are compared by it."""


class Revised:
    """A row that people edit in a form. Its revision counts the changes.

    An UPDATE of a row whose revision is no longer the one that was read raises StaleDataError: of two transactions that
    change it at the same moment, only one commits. How their forms are merged: app/forms/merging.py.
    """

    revision: Mapped[int] = mapped_column(default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return what lets SQLAlchemy compare and count the revision."""
        return {"version_id_col": cls.revision}

    def touch(self) -> None:
        """Count a change, even one that only concerns rows that are edited together with this one."""
        self.revision += 1


def one_of(values: type[StrEnum], *, name: str = "") -> Enum:
    """Return a column type that stores one of `values` by its value and rejects any other.

    A second column of the same table with the same values needs a name for its constraint.
    """
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or values.__name__,
        values_callable=lambda members: [member.value for member in members],
    )
