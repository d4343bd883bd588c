"""Places that people travel between, and what connects them: crossings, carriers, services. Public, shared by all."""

from datetime import date, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.naming import Sorted
from app.models.removing import Removable
from app.models.types import CountryCode, Folded, Instant, Name, PrimaryKey, Revised, Short, ZoneName, one_of


class PlaceKind(StrEnum):
    """The kind of place."""

    AIRPORT = "airport"
    CITY = "city"
    CROSSING = "crossing"
    PORT = "port"


class Mode(StrEnum):
    """The mode of travel of a leg."""

    AIR = "air"
    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    RIVER = "river"
    FOOT = "foot"


USUAL, OTHER = "|", "~"
"""Separators in `Place.words`; folded text does not contain them."""


class Place(Revised, Base, Sorted, Removable):
    """A place where a leg starts or ends. A removed one is kept for the rows that name it; see docs/decisions/0012."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("name", "country", "kind"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both"),
    )

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    kind: Mapped[PlaceKind] = mapped_column(one_of(PlaceKind))
    code: Mapped[Short | None] = mapped_column(unique=True)
    """IATA code of an airport, UN/LOCODE of a port."""
    icao: Mapped[Short | None]
    fir: Mapped[Short | None] = mapped_column(index=True)
    """The flight information region of an airport, if known."""
    country: Mapped[CountryCode] = mapped_column(index=True)
    timezone: Mapped[ZoneName]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]
    """How many people live in a town, if known: of towns with the same name, a larger one is meant more often."""
    words: Mapped[Folded] = mapped_column(default="")
    """All its names, folded, for searching. See `app.text.searchable`; a town's names in other languages follow between
    the separators USUAL, and those that few people know between OTHER."""

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the name."""
        return (self.name,)

    @property
    def label(self) -> str:
        """The place as it is typed and shown: `Bogotá (BOG), CO`."""
        return f"{self.name} ({self.code}), {self.country}" if self.code else f"{self.name}, {self.country}"

    @property
    def called(self) -> str:
        """The place in a sentence: an airport with its code, so that it is not confused with its town."""
        return f"{self.name} ({self.code})" if self.code and self.kind is PlaceKind.AIRPORT else self.name

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, if known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


class Crossing(Revised, Base):
    """A border crossing between the towns on its two sides. Only a verified one that is not banned is ever proposed."""

    __tablename__ = "crossings"
    __table_args__ = (
        UniqueConstraint("near_id", "far_id", "name"),
        CheckConstraint("near_id <> far_id", name="sides"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="hours"),
        CheckConstraint("minutes BETWEEN 0 AND 10080", name="minutes"),
    )

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    """The border post itself, if legs can start or end there."""
    near_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    far_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    mode: Mapped[Mode] = mapped_column(one_of(Mode))
    opens: Mapped[time | None]
    """With `closes`: its daily hours in the local time of the near side; both empty if it never closes."""
    closes: Mapped[time | None]
    minutes: Mapped[int]
    """How long crossing takes, including formalities."""
    formalities: Mapped[str | None]
    note: Mapped[str | None]
    verified_by: Mapped[Name | None]
    verified_at: Mapped[Instant | None]
    rank: Mapped[int] = mapped_column(default=0)
    """Organizers' preference: the higher the better; each point counts as one hour when routes are compared."""
    banned: Mapped[bool] = mapped_column(default=False)

    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
    near: Mapped[Place] = relationship(foreign_keys=[near_id], lazy="joined", innerjoin=True)
    far: Mapped[Place] = relationship(foreign_keys=[far_id], lazy="joined", innerjoin=True)

    @property
    def label(self) -> str:
        """The crossing as it is typed and shown: `Paraguachón, CO–VE`."""
        return f"{self.name}, {self.near.country}–{self.far.country}"

    @property
    def usable(self) -> bool:
        """Whether it may be proposed."""
        return self.verified_at is not None and not self.banned and not self.is_cut_off

    @property
    def is_cut_off(self) -> bool:
        """Whether the town on one of its sides was removed."""
        return self.near.removed_at is not None or self.far.removed_at is not None


class CarrierKind(StrEnum):
    """Whether a carrier carries passengers."""

    PASSENGER = "passenger"
    CARGO = "cargo"
    CEASED = "ceased"
    PRIVATE = "private"


class Carrier(Base):
    """A transport company; those that no longer carry passengers, or never did, are stored so that they are not proposed."""

    __tablename__ = "carriers"

    id: Mapped[PrimaryKey]
    name: Mapped[Name] = mapped_column(index=True)
    key: Mapped[Name] = mapped_column(index=True)
    """The name, folded; see `app.text.plain`."""
    iata: Mapped[Short | None] = mapped_column(index=True)
    icao: Mapped[Short | None] = mapped_column(unique=True)
    country: Mapped[CountryCode | None] = mapped_column(index=True)
    alliance: Mapped[Short | None] = mapped_column(index=True)
    kind: Mapped[CarrierKind] = mapped_column(one_of(CarrierKind))


class ServiceSource(StrEnum):
    """The source of a service: a file of routes, an organizer, or the ferry and train lines that come with Encuentro."""

    FILE = "file"
    ENTERED = "entered"
    BUILT_IN = "built_in"


class Service(Base):
    """A direct service from one place to another: read from a file of routes, built in, or added by an organizer."""

    __tablename__ = "services"
    __table_args__ = (
        UniqueConstraint("origin_id", "destination_id", "mode", "carrier_id", "source"),
        CheckConstraint("origin_id <> destination_id", name="ends"),
    )

    id: Mapped[PrimaryKey]
    origin_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), index=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), index=True)
    mode: Mapped[Mode] = mapped_column(one_of(Mode))
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carriers.id", ondelete="CASCADE"), index=True)
    frequency: Mapped[int]
    """How often it runs: distinct callsigns in a file of routes, otherwise departures a week."""
    fresh: Mapped[int]
    """How many of them are new or recently changed."""
    minutes: Mapped[int | None]
    """How long it takes; estimated from the distance if unknown."""
    cost: Mapped[int | None]
    """Fare in US dollars, if known."""
    last_confirmed: Mapped[date | None]
    source: Mapped[ServiceSource] = mapped_column(one_of(ServiceSource))
    note: Mapped[str | None]
    banned: Mapped[bool] = mapped_column(default=False)

    origin: Mapped[Place] = relationship(foreign_keys=[origin_id])
    destination: Mapped[Place] = relationship(foreign_keys=[destination_id])
    carrier: Mapped[Carrier | None] = relationship()


class NetworkEdition(Base):
    """A single row: when places, crossings, carriers or services last changed, so that a process can tell that its copy is old."""

    __tablename__ = "network_editions"

    id: Mapped[PrimaryKey]
    number: Mapped[int]
    changed_at: Mapped[Instant]
    gazetteer: Mapped[Short | None]
    """The edition of the built-in data that was loaded last; see `app.gazetteer.edition`."""
