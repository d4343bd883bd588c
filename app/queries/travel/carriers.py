"""Which carrier a name, a code or the number of a flight means."""

import re
from functools import cache

from sqlalchemy import or_, select

from app import gazetteer
from app.extensions import db
from app.models.travel.places import Carrier
from app.text import plain

_NUMBER = re.compile(r"^\s*([A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})\s?\d{1,4}[A-Z]?\s*$", re.IGNORECASE)
_COMPANY = (
    "airlines airline airways lines líneas linhas lignes aéreas aériennes aerolíneas aerolinhas aviación compañía "
    "compagnie company corporation corp inc ltd limited plc ag ab oy sa s a c v ca sl spa gmbh co de del da of the"
)
"""Words that the long name of a carrier has and its usual one may not, such as Iberia Líneas Aéreas S.A."""


def meant(text: str | None, number: str | None = None) -> Carrier | None:
    """Return the carrier with this name or code, or else the one that a flight number starts with.

    A number that was typed as the name, such as IB6845, means the carrier whose code it starts with.
    """
    if not text:
        return _of_number(number) if number else None
    return _named(text) or _of_number(text)


def _of_number(number: str) -> Carrier | None:
    prefix = _NUMBER.match(number)
    return _coded(prefix[1]) if prefix else None


def _named(text: str) -> Carrier | None:
    key = plain(text)
    found = select(Carrier).where(Carrier.key == key).order_by(Carrier.kind != "passenger", Carrier.id)
    known = db.session.scalars(found).first() or (_coded(text.strip()) if len(text.strip()) in (2, 3) else None)
    return known or _beginning(key) or _official(key)


def _beginning(key: str) -> Carrier | None:
    """Return the only passenger carrier whose name starts with the text: `Copa` finds `Copa Airlines`."""
    longer = select(Carrier).where(Carrier.key.startswith(f"{key} ", autoescape=True), Carrier.kind == "passenger")
    found = db.session.scalars(longer.where(Carrier.country.is_not(None)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _official(key: str) -> Carrier | None:
    """Return the carrier with this official name, or the only one whose name differs only in what companies are called."""
    code = _official_names().get(_bare(key) or key)
    if code is not None:
        return _coded(code)
    bare = _bare(key)
    if not bare:
        return None
    similar = select(Carrier).where(
        or_(Carrier.key == bare, Carrier.key.startswith(f"{bare} ", autoescape=True)), Carrier.kind == "passenger"
    )
    found = [one for one in db.session.scalars(similar.order_by(Carrier.id).limit(20)) if _bare(one.key) == bare]
    return found[0] if len(found) == 1 else None


@cache
def _official_names() -> dict[str, str]:
    """Return the ICAO codes of carriers by their official names, without what companies are called."""
    return {_bare(plain(name)): code for code, names in gazetteer.read("carrier_names").items() for name in names}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(plain(_COMPANY).split())


def _bare(key: str) -> str:
    """Return a folded name without the words that say what kind of company it is."""
    return " ".join(word for word in re.split(r"[^\w]+", key) if word and word not in _fillers())


def _coded(code: str) -> Carrier | None:
    wanted = code.upper()
    coded = select(Carrier).where(or_(Carrier.iata == wanted, Carrier.icao == wanted))
    return db.session.scalars(coded.order_by(Carrier.kind != "passenger", Carrier.id)).first()
