"""Whether two records are about the same person or organization, with the evidence for it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.later import fuzz
from app.matching import normalizing
from app.matching.common import COMMON
from app.matching.names import Agreement, Way, agreement
from app.matching.records import OrganizationRecord, PersonRecord, Record


class Evidence(StrEnum):
    """What agrees or contradicts, as codes that the application puts into words."""

    NAME = "name"
    NAME_ORDER = "name_order"
    NICKNAME = "nickname"
    SPELLING = "spelling"
    INITIAL = "initial"
    LEFT_OUT = "left_out"
    """One of the names is longer: a second given name or family name."""
    TRANSLITERATED = "transliterated"
    EMAIL = "email"
    EMAIL_TAG = "email_tag"
    """The same address with another part after a plus sign."""
    EMAIL_SHARED = "email_shared"
    """The same address, which looks like that of an office."""
    EMAIL_NAME = "email_name"
    """The same name before the at sign, at another provider."""
    PHONE = "phone"
    PHONE_ENDING = "phone_ending"
    ORGANIZATION = "organization"
    PLACE = "place"
    COUNTRY = "country"
    WEBSITE = "website"
    ACRONYM = "acronym"
    OTHER_EMAIL = "other_email"
    OTHER_PHONE = "other_phone"
    OTHER_ORGANIZATION = "other_organization"
    OTHER_PLACE = "other_place"
    OTHER_COUNTRY = "other_country"


class Decision(StrEnum):
    """What the comparison says."""

    SURE = "sure"
    LIKELY = "likely"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a comparison."""

    score: float
    """The estimated probability, from 0 to 1, that both records are about the same one."""
    evidence: tuple[Evidence, ...]
    decision: Decision


_E = Evidence
_SECOND = frozenset({
    _E.EMAIL, _E.EMAIL_TAG, _E.EMAIL_SHARED, _E.EMAIL_NAME, _E.PHONE, _E.PHONE_ENDING, _E.ORGANIZATION, _E.PLACE,
    _E.WEBSITE, _E.ACRONYM,
})  # fmt: skip
"""What has to be there besides the name."""
_WEIGHTS = {
    _E.NAME: 0.7, _E.NAME_ORDER: -0.4, _E.NICKNAME: 0.0, _E.SPELLING: 0.0, _E.INITIAL: -0.3, _E.LEFT_OUT: 0.3,
    _E.TRANSLITERATED: 0.2, _E.EMAIL: 5.1, _E.EMAIL_TAG: 3.8, _E.EMAIL_SHARED: 1.5, _E.EMAIL_NAME: 1.0, _E.PHONE: 5.2,
    _E.PHONE_ENDING: 3.0, _E.ORGANIZATION: 3.2, _E.PLACE: 2.3, _E.COUNTRY: 0.9, _E.OTHER_EMAIL: -1.8,
    _E.OTHER_PHONE: -0.9, _E.OTHER_ORGANIZATION: -1.4, _E.OTHER_PLACE: -1.0, _E.OTHER_COUNTRY: -3.0,
}  # fmt: skip
"""Logarithms of likelihood ratios, fitted to the tuning half of the pairs in `benchmarks/pairs.py`."""
_START = -2.5
_RARE, _COMMON = 0.5, 0.35
"""The weight of a word that both names have."""
_SURE, _LIKELY = 0.96, 0.66
_SIMILAR = 88.0
"""The least similarity of names of organizations, in percent."""


def compare(one: Record, other: Record) -> Verdict:
    """Compare two records of the same kind.

    Names alone never make a pair: it is unlikely without a second evidence, and whenever the names contradict each other.
    """
    if isinstance(one, PersonRecord) and isinstance(other, PersonRecord):
        return _compare_people(one, other)
    if isinstance(one, OrganizationRecord) and isinstance(other, OrganizationRecord):
        return _compare_organizations(one, other)
    raise TypeError("a person is never an organization")


def _compare_people(one: PersonRecord, other: PersonRecord) -> Verdict:
    named = agreement(one, other)
    around = tuple(_around(one, other))
    if named is None:
        return Verdict(0.0, around, Decision.UNLIKELY)
    evidence = (*_of_names(named), *around)
    words = sum(_COMMON if word in COMMON else _RARE for word in named.matched if len(word) > 1)
    return _judged(_START + words + sum(_WEIGHTS[code] for code in evidence), evidence)


def _judged(odds: float, evidence: tuple[Evidence, ...]) -> Verdict:
    score = 1 / (1 + math.exp(-odds))
    if not _SECOND.intersection(evidence):
        return Verdict(min(score, 0.5), evidence, Decision.UNLIKELY)
    decision = Decision.SURE if score >= _SURE else Decision.LIKELY if score >= _LIKELY else Decision.UNLIKELY
    return Verdict(score, evidence, decision)


def _of_names(named: Agreement) -> Iterator[Evidence]:
    if set(named.ways) == {Way.EQUAL} and not named.left_out:
        yield Evidence.NAME
    for way, code in ((Way.NICKNAME, _E.NICKNAME), (Way.SPELLING, _E.SPELLING), (Way.INITIAL, _E.INITIAL)):
        if way in named.ways and not (way is Way.SPELLING and named.is_transliterated):
            yield code
    if named.left_out:
        yield Evidence.LEFT_OUT
    if named.is_reordered:
        yield Evidence.NAME_ORDER
    if named.is_transliterated:
        yield Evidence.TRANSLITERATED


def _around(one: PersonRecord, other: PersonRecord) -> Iterator[Evidence]:
    """Yield what the records say besides the names."""
    if one.emails and other.emails:
        yield _of_emails(one.emails, other.emails)
    phones, others = _phones(one), _phones(other)
    if phones and others:
        endings = {normalizing.phone_ending(number) for number in phones & others}
        shared = {normalizing.phone_ending(number) for number in phones} & {
            normalizing.phone_ending(number) for number in others
        }
        yield _E.PHONE if endings else _E.PHONE_ENDING if shared else _E.OTHER_PHONE
    if one.organizations and other.organizations:
        yield _E.ORGANIZATION if one.organizations & other.organizations else _E.OTHER_ORGANIZATION
    yield from _of_places(one, other)


def _of_emails(emails: tuple[str, ...], others: tuple[str, ...]) -> Evidence:
    own, theirs = {normalizing.email(one) for one in emails}, {normalizing.email(one) for one in others}
    same = own & theirs
    if same:
        return _E.EMAIL_SHARED if all(map(normalizing.is_shared, same)) else _E.EMAIL
    bare, others_bare = set(map(normalizing.untagged, own)), set(map(normalizing.untagged, theirs))
    if bare & others_bare:
        return _E.EMAIL_TAG
    locals_ = {one.partition("@")[0] for one in bare} & {one.partition("@")[0] for one in others_bare}
    personal = [local for local in locals_ if len(local) >= 6 and not normalizing.is_shared(local)]
    return _E.EMAIL_NAME if personal else _E.OTHER_EMAIL


def _phones(record: PersonRecord) -> set[str]:
    found = (normalizing.phone(number, record.country) for number in record.phones)
    return {number for number in found if number}


def _of_places(one: PersonRecord, other: PersonRecord) -> Iterator[Evidence]:
    same_country = one.country == other.country if one.country and other.country else None
    if same_country is False:
        yield _E.OTHER_COUNTRY
        return
    place, other_place = normalizing.words_of(one.locality or ""), normalizing.words_of(other.locality or "")
    if place and other_place:
        alike = fuzz.token_set_ratio(" ".join(place), " ".join(other_place)) >= _SIMILAR
        yield _E.PLACE if alike else _E.OTHER_PLACE
    elif same_country:
        yield _E.COUNTRY


def _compare_organizations(one: OrganizationRecord, other: OrganizationRecord) -> Verdict:
    """Compare names in any order and spelling; the second evidence is the website, or the acronym in the same country."""
    evidence: list[Evidence] = []
    similar = max(
        fuzz.token_sort_ratio(" ".join(normalizing.names_in(a)), " ".join(normalizing.names_in(b)))
        for a in (one.name, *one.other_names)
        for b in (other.name, *other.other_names)
    )
    is_same_country = bool(one.country) and one.country == other.country
    if similar >= _SIMILAR:
        evidence.append(_E.NAME if similar == 100 else _E.SPELLING)
    if one.website and other.website and normalizing.host(one.website) == normalizing.host(other.website):
        evidence.append(_E.WEBSITE)
    if is_same_country and one.acronym and other.acronym and _acronym(one.acronym) == _acronym(other.acronym):
        evidence.append(_E.ACRONYM)
    if one.country and other.country:
        evidence.append(_E.COUNTRY if is_same_country else _E.OTHER_COUNTRY)
    return _of_organizations(similar, is_same_country, tuple(evidence))


def _of_organizations(similar: float, is_same_country: bool, evidence: tuple[Evidence, ...]) -> Verdict:
    second = len(_SECOND.intersection(evidence))
    if similar < _SIMILAR or not is_same_country:
        likely = second == 2 and similar >= 50
        return Verdict(similar / 200, evidence, Decision.LIKELY if likely else Decision.UNLIKELY)
    score = similar / 100 * (0.85 + 0.07 * min(second, 2))
    is_sure = similar == 100 or (second and similar >= 95)
    if is_sure and second:
        return Verdict(score, evidence, Decision.SURE)
    return Verdict(score, evidence, Decision.LIKELY if similar == 100 or second else Decision.UNLIKELY)


def _acronym(text: str) -> str:
    return "".join(normalizing.words_of(text))
