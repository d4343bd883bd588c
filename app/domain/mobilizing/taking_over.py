"""Sign-ups that are taken over: the person behind one is recorded, or found among those recorded, with her consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.congress.delegate_lists import TWO_FAMILY_NAMES
from app.domain.congress.name_lines import split_name
from app.domain.people import consents, people
from app.domain_errors import DomainError
from app.extensions import db
from app.matching.comparing import Decision
from app.matching.records import PersonRecord
from app.models.accounts.accounts import User
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.people import Person
from app.queries.people import duplicates
from app.queries.people.duplicates import Alike
from app.text import N_
from app.times import to_local

MOST_AT_ONCE = 500
"""The most sign-ups that are taken over together."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking over many sign-ups does."""

    known: list[tuple[SignUp, Person]]
    """Those whose person is certainly recorded."""
    new: list[SignUp]
    """Those to whom nobody recorded is similar."""
    unclear: list[SignUp]
    """Those that a person has to look at."""


def alike(sign_up: SignUp) -> list[Alike[Person]]:
    """Return the people in scope who may be the one behind a sign-up, the most probable first."""
    given, family = _names(sign_up)
    return duplicates.people_like(
        PersonRecord(
            given,
            family,
            emails=(sign_up.email,) if sign_up.email else (),
            phones=(sign_up.phone,) if sign_up.phone else (),
            country=sign_up.country,
            locality=sign_up.locality,
        )
    )


def take_over(sign_up: SignUp, person: Person | None, *, by: User) -> Person:
    """Record the person behind a sign-up, or tie it to `person`, and carry over what was agreed to.

    Raises DomainError if it does not count, or has been taken over already.
    """
    if not sign_up.is_confirmed:
        raise DomainError(None, N_("It has been withdrawn meanwhile."))
    if sign_up.person_id is not None:
        raise DomainError(None, N_("It has been taken over already."))
    taken = person or _new(sign_up)
    sign_up.person = taken
    _carry_consents(sign_up, taken, by)
    db.session.flush()
    return taken


def plan(sign_ups: Iterable[SignUp]) -> Plan:
    """Return what becomes of several sign-ups. Of two from one new person, the second one has to be looked at."""
    known, new, unclear, seen = [], [], [], set[str]()
    for one in sign_ups:
        found, reached = alike(one), one.email or one.phone or ""
        sure = [match.row for match in found if match.verdict.decision is Decision.SURE]
        if len(sure) == 1:
            known.append((one, sure[0]))
        elif found or reached in seen:
            unclear.append(one)
        else:
            new.append(one)
            seen.add(reached)
    return Plan(known, new, unclear)


def carry_out(planned: Plan, *, by: User) -> int:
    """Take over what is clear, and return how many were taken over."""
    for sign_up, person in planned.known:
        take_over(sign_up, person, by=by)
    for sign_up in planned.new:
        take_over(sign_up, None, by=by)
    return len(planned.known) + len(planned.new)


def _names(sign_up: SignUp) -> tuple[str, str | None]:
    given, family = split_name(sign_up.name, two_family_names=(sign_up.country or "") in TWO_FAMILY_NAMES)
    return (given, family or None) if given else (sign_up.name, None)


def _new(sign_up: SignUp) -> Person:
    given, family = _names(sign_up)
    return people.create(
        {
            "given_name": given,
            "family_name": family,
            "family_name_first": False,
            "preferred_language": sign_up.locale,
            "country": sign_up.country,
            "nationality": None,
            "locality": sign_up.locality,
            "email": sign_up.email,
            "phone": sign_up.phone,
            "is_at_risk": None,
            "organization": None,
            "post": None,
        },
        campaign_id=sign_up.campaign_id,
    )


def _carry_consents(sign_up: SignUp, person: Person, by: User) -> None:
    """Record that the person agreed to be contacted, in her words and on her day, unless she has said otherwise since."""
    day, how = _agreed_on(sign_up), ConsentMeans.FORM if sign_up.called_at is None else ConsentMeans.PHONE
    purposes = [ConsentPurpose.EMAIL] if sign_up.email else []
    purposes += [ConsentPurpose.PHONE] if sign_up.phone else []
    for purpose in purposes:
        said = consents.by_purpose(person)[purpose]
        if all(one.given_at != day and (one.withdrawn_at is None or one.withdrawn_at < day) for one in said):
            values = consents.ConsentValues(purpose=purpose, given_at=day, how=how, words=sign_up.consent_text)
            consents.give(person, values, by=by)


def _agreed_on(sign_up: SignUp) -> date:
    return to_local(sign_up.asked_at, sign_up.campaign.timezone).date()
