"""Imports of delegations with their delegates, and of memberships: what rows become, and undoing."""

import pytest
from sqlalchemy import select

from app.domain.imports import imports
from app.domain.travel import places as travel_places
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.imports.imports import ImportKind, ImportRow, ImportStatus, MatchKey, Policy
from app.models.people.memberships import Membership
from app.models.people.people import ContactType, Person
from app.models.travel.places import PlaceKind
from tests.domain.imports.bringing import count, run, undo, verdicts, write

MESSY = """Organización;Viaja desde;Cupos;Nombre;Apellidos;Correo;Participa como;Jefatura
Sindicato de Puertos;Chile;;Ana;Paz;ana@example.org;;sí
SP;Chile;;Luz;Mar;;observadora;
SP;Chile;;Ana;Paz;ana@example.org;;
SP;Perú;3;;;;;
Nadie;Chile;;Sol;Rey;;;
;Chile;;Sol;Rey;;;
SP;Chile;;Sol;Rey;;astronauta;
SP;Bolivia;99999;;;;;"""


@pytest.fixture
def ports(make):
    return make.organization("Sindicato de Puertos", country="CL", acronym="SP")


def contents():
    """Return delegations with their delegates."""
    db.session.expire_all()
    return [
        (one.organization.name, one.country, one.seats,
         [(it.person.full_name, it.capacity.value, it.is_head) for it in one.delegates])
        for one in db.session.scalars(select(Delegation).order_by(Delegation.id))
    ]  # fmt: skip


def test_a_messy_file_of_delegates_is_judged_written_and_undone(make, bring, ports):
    work = bring(MESSY, kind=ImportKind.DELEGATIONS, congress=make.congress())
    assert verdicts(work) == [
        ("created", "new_delegation", "new_person"), ("created", "new_person"), ("joined",),
        ("created", "new_delegation"), ("refused", "unknown_organization"), ("refused", "no_organization"),
        ("refused", "unknown_word"), ("refused", "rule"),
    ]  # fmt: skip
    assert (count(Delegation), count(Person)) == (0, 0)
    write(work, bring.user)
    assert contents()[1] == ("Sindicato de Puertos", "PE", 3, [])
    assert contents()[0][3][:2] == [("Ana Paz", "delegate", True), ("Luz Mar", "observer", False)]
    undo(work, bring.user)
    assert (work.status, count(Delegation), count(Delegate), count(Person)) == (ImportStatus.UNDONE, 0, 0, 0)


def test_recorded_people_and_delegations_are_used_as_they_are(make, bring, ports):
    congress = make.congress()
    ana = make.person("Ana", "Paz", congress=congress, email="ana@example.org")
    delegation = make.delegation(congress, "CL", organization=ports, delegates=0)
    table = "organization,country,name,email,phone\nSP,Chile,Ana Paz,ana@example.org,+56 2 2555 0142"
    work = bring(table, kind=ImportKind.DELEGATIONS, congress=congress)
    assert verdicts(work) == [("created",)]
    write(work, bring.user)
    assert [one.person_id for one in delegation.delegates] == [ana.id]
    assert ana.contact(ContactType.PHONE) is None
    assert bring(table, kind=ImportKind.DELEGATIONS, congress=congress).counts == {"unchanged": 1}
    undo(work, bring.user)
    db.session.expire_all()
    assert (delegation.delegates, count(Person)) == ([], 1)


def test_seats_are_overwritten_only_if_that_was_chosen(make, bring, ports):
    congress = make.congress()
    make.delegation(congress, "CL", organization=ports, delegates=0, seats=3)
    table = "organization,country,seats\nSP,Chile,7"
    assert verdicts(bring(table, kind=ImportKind.DELEGATIONS, congress=congress)) == [("unchanged",)]
    work = bring(table, kind=ImportKind.DELEGATIONS, congress=congress, policy=Policy.OVERWRITE)
    assert verdicts(work) == [("updated", "changes")]
    write(work, bring.user)
    assert contents()[0][2] == 7
    undo(work, bring.user)
    assert contents()[0][2] == 3


def test_people_of_another_congress_are_not_recognized(make, bring, ports):
    make.person("Ana", "Paz", congress=make.congress("There"), email="ana@example.org")
    table = "organization,name,email\nSP,Ana Paz,ana@example.org"
    work = bring(table, kind=ImportKind.DELEGATIONS, congress=make.congress("Here"))
    assert verdicts(work) == [("created", "new_delegation", "new_person")]


def test_an_import_of_delegates_on_which_something_was_built_is_not_undone(make, bring, ports):
    congress = make.congress()
    work = bring("organization,name\nSP,Ana Paz", kind=ImportKind.DELEGATIONS, congress=congress)
    write(work, bring.user)
    make.leg(db.session.scalars(select(Delegation)).one())
    undo(work, bring.user)
    assert (work.status, work.details["names"]) == (ImportStatus.WRITTEN, ["Sindicato de Puertos"])


def test_memberships_are_of_recorded_people_and_written_and_undone(make, bring, ports):
    congress, other = make.congress(), make.organization("Federation")
    ana = make.person("Ana", "Paz", congress=congress, email="ana@example.org")
    make.person("Luz", "Mar", congress=congress)
    table = """name,email,organization,position,on behalf of,since,until
    Ana Paz,ana@example.org,Federation,secretary,SP,2020-01-01,
    Luz Mar,,Federation,,,,
    Sol Rey,sol@example.org,Federation,,,,
    Ana Paz,ana@example.org,SP,,SP,,
    Ana Paz,ana@example.org,Nobody,,,,
    Ana Paz,ana@example.org,SP,,,2021-01-01,2020-01-01"""
    work = bring(table, kind=ImportKind.MEMBERSHIPS, congress=congress)
    assert verdicts(work) == [
        ("created",), ("refused", "unknown_person"), ("refused", "unknown_person"), ("refused", "rule"),
        ("refused", "unknown_organization"), ("refused", "dates_reversed"),
    ]  # fmt: skip
    write(work, bring.user)
    [held] = db.session.scalars(select(Membership)).all()
    assert (held.person, held.organization, held.on_behalf_of, held.post) == (ana, other, ports, "secretary")
    assert bring(table, kind=ImportKind.MEMBERSHIPS, congress=congress).counts["unchanged"] == 1
    undo(work, bring.user)
    assert (work.status, count(Membership), count(Person)) == (ImportStatus.UNDONE, 0, 2)


@pytest.mark.parametrize(
    ("policy", "post", "until"),
    [
        (Policy.FILL, "clerk", "2024-05-01"),
        (Policy.OVERWRITE, "secretary", "2024-05-01"),
        (Policy.LEAVE, "clerk", "None"),
    ],
)
def test_what_happens_to_recorded_memberships_is_chosen(make, bring, policy, post, until):
    union = make.organization("Ports")
    ana = make.person("Ana", "Paz", congress=(congress := make.congress()))
    held = make.membership(ana, organization=union, post="clerk")
    table = "name,organization,position,until\nAna Paz,Ports,secretary,2024-05-01"
    work = bring(table, kind=ImportKind.MEMBERSHIPS, congress=congress, policy=policy, key=MatchKey.NAME)
    assert verdicts(work)[0][0] == ("unchanged" if policy is Policy.LEAVE else "updated")
    if policy is not Policy.LEAVE:
        write(work, bring.user)
    assert (held.post, str(held.end_date)) == (post, until)


PLACES = """Organización;Viaja desde;Sale de
SP;Colombia;bogota
SP;;Ciudad de México (MEX), MX
SP;;San José, Costa Rica
SP;;San José
SP;;Nowhere
SP;Chile;BOG"""


@pytest.fixture
def places(make):
    make.place("BOG"), make.place("MEX")
    for country in ("CR", "UY"):
        travel_places.add_place(name="San José", kind=PlaceKind.CITY, country=country, code=None, timezone=None)


def test_the_place_of_departure_is_one_that_is_called_exactly_so(make, bring, ports, places):
    congress = make.congress()
    work = bring(PLACES, kind=ImportKind.DELEGATIONS, congress=congress, country="AR")
    assert verdicts(work) == [("created", "new_delegation")] * 3 + [
        ("refused", "several_places"), ("refused", "unknown_place"), ("refused", "rule"),
    ]  # fmt: skip
    ambiguous = db.session.scalars(select(ImportRow).where(ImportRow.number == 5)).one()
    assert ambiguous.reasons[0][3] == "San José, CR · San José, UY"
    imports.correct(ambiguous, {2: "San José, UY"}, by=bring.user)
    run(work)
    write(work, bring.user)
    found = db.session.scalars(select(Delegation).order_by(Delegation.id))
    assert [(one.country, one.origin.country) for one in found] == [
        ("CO", "CO"),
        ("MX", "MX"),
        ("CR", "CR"),
        ("UY", "UY"),
    ]


def test_a_missing_place_of_departure_is_added_and_taken_back(make, bring, ports, places):
    congress = make.congress()
    recorded = make.delegation(congress, "CO", organization=ports, delegates=0)
    table = "organization,departure airport\nSP,BOG"
    work = bring(table, kind=ImportKind.DELEGATIONS, congress=congress)
    assert verdicts(work) == [("updated", "changes")]
    write(work, bring.user)
    assert recorded.origin.code == "BOG"
    undo(work, bring.user)
    db.session.expire_all()
    assert recorded.origin is None
