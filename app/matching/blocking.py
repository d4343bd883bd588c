"""Blocking keys: only records that share a key are compared. A key combines a name with something else, or is a contact."""

from itertools import product

from app.matching import normalizing
from app.matching.names import Name, names_of
from app.matching.nicknames import initials
from app.matching.records import OrganizationRecord, PersonRecord, Record

_WORDS = """
union sindicato sindical sindicatos trabajadores trabajadoras workers national nacional federacion federation federacao
confederacion confederation central general movimiento movement asociacion association confederacao travailleurs
trabalhadores syndicat nationale movimento uniao of the and for et des
"""
_EMPTY_WORDS = frozenset(_WORDS.split())
"""Words that many organizations have in their names."""


def keys(record: Record) -> frozenset[str]:
    """Return the keys of a record. Keys of people and of organizations are never equal."""
    return frozenset(_of_person(record) if isinstance(record, PersonRecord) else _of_organization(record))


def _of_person(record: PersonRecord) -> set[str]:
    contacts = {f"e:{normalizing.untagged(normalizing.email(one))}" for one in record.emails}
    locals_ = {
        f"l:{local}" for one in record.emails if len(local := _local(one)) >= 6 and not normalizing.is_shared(one)
    }
    numbers = (normalizing.phone(one, record.country) for one in record.phones)
    contacts |= {f"p:{normalizing.phone_ending(one)}" for one in numbers if one}
    around = [f"o{number}" for number in record.organizations]
    place = "".join(normalizing.words_of(record.locality or ""))
    around += [f"t{normalizing.skeleton(place)}"] if place else []
    names = names_of(record)
    inside = {f"{where}:{pair}" for name in names for pair in _pairs(name) for where in around}
    whole = {f"n{record.country or ''}:{_whole(name)}" for name in names if len(name.words) > 1}
    return contacts | locals_ | inside | whole


def _local(address: str) -> str:
    return normalizing.untagged(normalizing.email(address)).partition("@")[0]


def _pairs(name: Name) -> set[str]:
    """Return an initial with a family name, read both ways: what remains if a given name is shortened or the order differs."""
    given, family = (name.given, name.family) if name.given else (name.words, name.words)
    if not family:
        return {f"={normalizing.skeleton(word)}" for word in given}
    straight = {
        f"{letter}.{normalizing.skeleton(last)}"
        for first, last in product(given[:2], family[:2])
        for letter in initials(first)
        if first is not last
    }
    turned = {f"{family[0][:1]}.{normalizing.skeleton(given[0])}"} if name.given else set()
    return straight | turned


def _whole(name: Name) -> str:
    return " ".join(sorted(normalizing.skeleton(word) for word in name.words))


def _of_organization(record: OrganizationRecord) -> set[str]:
    found = {f"w:{normalizing.host(record.website)}"} if record.website else set()
    if record.acronym:
        found.add(f"a{record.country or ''}:{''.join(normalizing.words_of(record.acronym))}")
    for name in (record.name, *record.other_names):
        words = [word for word in normalizing.names_in(name) if word not in _EMPTY_WORDS]
        whole = " ".join(sorted(normalizing.skeleton(word) for word in words))
        found.add(f"g{record.country or ''}:{whole or ' '.join(normalizing.words_of(name))}")
    return found
