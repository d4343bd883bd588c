"""Column types that several nouns share."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Enum, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.dialects import UTCDateTime, by_character

PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Instant = Annotated[datetime, mapped_column(UTCDateTime())]
Name = Annotated[str, mapped_column(String(200))]
Short = Annotated[str, mapped_column(String(80))]
CountryCode = Annotated[str, mapped_column(String(2))]
ZoneName = Annotated[str, mapped_column(String(64))]
LanguageTag = Annotated[str, mapped_column(String(12))]
EmailAddress = Annotated[str, mapped_column(String(254))]
Folded = Annotated[str, mapped_column(by_character())]
"""Text that is compared character by character, whatever language the database was set up for."""
WebAddress = Annotated[str, mapped_column(String(2000))]


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
