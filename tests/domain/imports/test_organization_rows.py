"""Imports of organizations: what rows become, what happens to recorded ones, and undoing."""

import pytest
from sqlalchemy import select

from app.domain.people import organization_parts, organizations
from app.domain.people.organizations import OrganizationValues
from app.extensions import db
from app.models.imports.imports import Import, ImportKind, ImportRow, ImportStatus, MatchKey, Policy
from app.models.people.affiliations import Affiliation
from app.models.people.organizations import Classification, Organization, OrganizationContactType
from tests.domain.imports.bringing import count, undo, verdicts, write

KIND = ImportKind.ORGANIZATIONS
MESSY = """Organización;Siglas;Tipo;Rama;País;Ciudad;Dirección;Teléfono;Correo;Sitio web;Pertenece a;Otros nombres
Sindicato de Puertos;SP;sindicato;portuario;Chile;Valparaíso;Muelle 1;+56 32 255 0142;SP@Example.org;sp.example.org;FTM;Los Muelles
Federación de Trabajadores del Mar;FTM;;;Chile;;;;;;;
Central Única;CU;planeta;;Chile;;;;;;;
;XX;;;Chile;;;;;;;
Unión del Cobre;;;;Atlántida;;;;;;;
Unión del Salitre;;;;Chile;;;;malo@;;;
Unión del Carbón;;;;Chile;;;;;;No Existe;"""


def contents():
    """Return all that an import of organizations may write."""
    db.session.expire_all()
    listed = db.session.scalars(select(Organization).order_by(Organization.id)).all()
    return [
        (one.name, one.acronym, one.classification, one.sector, one.country, one.locality, one.website, one.words,
         [(it.type, it.value) for it in one.contact_details], [it.name for it in one.other_names])
        for one in listed
    ], [(one.organization.name, one.parent.name) for one in db.session.scalars(select(Affiliation).order_by(Affiliation.id))]  # fmt: skip


def test_a_messy_file_is_judged_row_by_row(bring):
    work = bring(MESSY, kind=KIND)
    assert verdicts(work) == [
        ("created",), ("created",), ("refused", "unknown_word"), ("refused", "no_name"), ("refused", "unknown_country"),
        ("refused", "bad_email"), ("refused", "unknown_organization"),
    ]  # fmt: skip
    assert count(Organization) == 0
    assert [one["name"] for one in work.unknown.values()] == ["No Existe"]


def test_organizations_are_written_with_their_parts_after_the_one_that_they_belong_to(bring):
    work = bring(MESSY, kind=KIND)
    write(work, bring.user)
    listed, affiliated = contents()
    by_name = {one[0]: one for one in listed}
    assert by_name["Sindicato de Puertos"][1:7] == (
        "SP", Classification.UNION, "portuario", "CL", "Valparaíso", "https://sp.example.org",
    )  # fmt: skip
    assert by_name["Sindicato de Puertos"][8:] == (
        [(OrganizationContactType.ADDRESS, "Muelle 1"), (OrganizationContactType.PHONE, "+56322550142"),
         (OrganizationContactType.EMAIL, "sp@example.org")], ["Los Muelles"],
    )  # fmt: skip
    assert by_name["Federación de Trabajadores del Mar"][2] is Classification.FEDERATION
    assert affiliated == [("Sindicato de Puertos", "Federación de Trabajadores del Mar")]
    undo(work, bring.user)
    assert (work.status, contents()) == (ImportStatus.UNDONE, ([], []))


@pytest.mark.parametrize(
    ("policy", "verdict", "sector", "locality", "contacts"),
    [
        (Policy.FILL, "updated", "ports", "Cork", 1),
        (Policy.OVERWRITE, "updated", "ports", "Galway", 1),
        (Policy.LEAVE, "unchanged", None, "Cork", 0),
    ],
)
def test_what_happens_to_recorded_organizations_is_chosen_and_undone(
    make, bring, policy, verdict, sector, locality, contacts
):
    make.affiliation(
        make.organization("Dockers", country="IE", acronym="DK", locality="Cork"), make.organization("All")
    )
    before = contents()
    work = bring(
        "name,country,town,sector,phone,other names\nDK,IE,Galway,ports,+353 1 555 0100,Ports", kind=KIND, policy=policy
    )
    assert verdicts(work)[0][0] == verdict
    if policy is not Policy.LEAVE:
        write(work, bring.user)
    [known] = [one for one in contents()[0] if one[0] == "Dockers"]
    assert (known[3], known[5], len(known[8])) == (sector, locality, contacts)
    if policy is not Policy.LEAVE:
        undo(work, bring.user)
    assert contents() == before


def test_importing_the_same_file_twice_changes_nothing(bring):
    write(bring(MESSY, kind=KIND), bring.user)
    assert bring(MESSY, kind=KIND).counts == {"unchanged": 2, "refused": 5}


@pytest.mark.parametrize(
    ("key", "row", "expected"),
    [
        (MatchKey.WEBSITE, "Ports United,,http://www.ports.example.org/,MX", ("updated", "changes", "changes")),
        (MatchKey.WEBSITE, "Something Else,,ports.example.org,MX", ("refused", "other_organization")),
        (MatchKey.EMAIL, "The Ports,a@example.org,,MX", ("updated", "changes")),
        (MatchKey.NAME, "Ports,,,PE", ("created",)),
        (MatchKey.NAME, "Ports,,,", ("unchanged",)),
        (MatchKey.NAME, "Mines,,,", ("refused", "no_country")),
    ],
)
def test_the_key_decides_which_organization_is_meant(make, bring, key, row, expected):
    ports = make.organization("Ports", website="https://ports.example.org")
    make.organization_contact(ports, "a@example.org", type=OrganizationContactType.EMAIL)
    work = bring(f"name,email,website,country\n{row}", kind=KIND, key=key, policy=Policy.OVERWRITE)
    assert verdicts(work) == [expected]


def test_the_same_organization_in_several_rows_is_one_with_all_details(bring):
    work = bring("name,country,phone\nPorts,MX,+52 55 5555 0101\nPORTS,MX,+52 55 5555 0102", kind=KIND)
    assert work.counts == {"created": 1, "joined": 1}
    write(work, bring.user)
    [[organization], _] = contents()
    assert len(organization[8]) == 2


def test_circles_are_refused_and_a_recorded_one_too(make, bring):
    make.affiliation(make.organization("C"), make.organization("D"))
    table = "name,country,belongs to\nA,MX,B\nB,MX,A\nD,MX,C\nE,MX,E"
    assert verdicts(bring(table, kind=KIND)) == [
        ("refused", "circle"), ("refused", "circle"), ("refused", "rule"), ("refused", "circle"),
    ]  # fmt: skip


def test_an_organization_to_which_others_belong_is_recorded_only_if_a_person_says_so(bring):
    table = "name,country,belongs to\nPorts,MX,All Unions"
    work = bring(table, kind=KIND)
    assert verdicts(work) == [("refused", "unknown_organization")]
    work = bring(table, kind=KIND, record={"All Unions": "MX"})
    assert verdicts(work) == [("created",)]
    write(work, bring.user)
    assert contents()[1] == [("Ports", "All Unions")]
    undo(work, bring.user)
    assert contents() == ([], [])


@pytest.mark.parametrize("builds", ["member", "edit", "part", "removal"])
def test_an_import_on_which_something_was_built_is_not_undone(make, bring, builds):
    work = bring("name,country\nPorts,MX\nMines,MX", kind=KIND)
    write(work, bring.user)
    ports = db.session.scalars(select(Organization).order_by(Organization.id)).first()
    if builds == "member":
        make.person("Ana", "Paz", organization=ports)
    elif builds == "part":
        make.organization_contact(ports)
    elif builds == "removal":
        organizations.remove(ports, by=bring.user)
    else:
        values = {name: getattr(ports, name) for name in OrganizationValues.__annotations__}
        organizations.update(ports, values | {"sector": "ports"})
    undo(work, bring.user)
    assert (work.status, work.details["names"]) == (ImportStatus.WRITTEN, ["Ports"])


def test_changes_of_something_else_do_not_keep_an_import_from_being_undone(make, bring):
    known = make.organization("Dockers", country="IE")
    work = bring("name,country,phone\nDockers,IE,+353 1 555 0100", kind=KIND)
    write(work, bring.user)
    organization_parts.add_name(known, {"kind": "former", "name": "Old Dockers"})
    undo(work, bring.user)
    assert (work.status, [one.name for one in known.other_names]) == (ImportStatus.UNDONE, ["Old Dockers"])
    assert known.contact_details == []


def test_nothing_is_written_if_the_records_have_changed_since_the_preview(make, bring):
    work = bring("name,country\nPorts,MX\nMines,MX", kind=KIND)
    make.organization("Mines")
    write(work, bring.user)
    assert (work.status, count(Organization)) == (ImportStatus.CHECKED, 1)
    assert verdicts(work) == [("created",), ("unchanged",)]


def test_rows_are_kept_and_cells_are_deleted_once_they_are_written(bring):
    work = bring("name,country\nPorts,MX\nMines,Atlantis", kind=KIND)
    write(work, bring.user)
    rows = db.session.scalars(select(ImportRow).order_by(ImportRow.number)).all()
    assert [one.cells for one in rows] == [None, ["Mines", "Atlantis"]]
    assert db.session.get(Organization, rows[0].record_id).name == "Ports"


def test_a_file_with_too_many_rows_is_not_read(bring, monkeypatch):
    monkeypatch.setattr("app.domain.imports.organization_rows.OrganizationsKind.most_rows", 1)
    work = bring.begin("name,country\nPorts,MX\nMines,MX", kind=KIND)
    assert (work.status, work.failure, count(Import)) == (ImportStatus.FAILED, "too_many_rows", 1)


def test_organizations_that_only_others_use_are_left_alone(make, bring):
    here, there = make.congress(), make.congress(title="There")
    ours, theirs = make.organization("Ours", country="IE"), make.organization("Theirs", country="IE")
    make.delegation(here, organization=ours)
    make.delegation(there, organization=theirs)
    table = "name,country,sector\nOurs,IE,ports\nTheirs,IE,ports"
    work = bring(table, kind=KIND, congress=here, policy=Policy.OVERWRITE)
    assert [verdict for verdict, *_rest in verdicts(work)] == ["updated", "unchanged"]
    write(work, bring.user)
    assert (ours.sector, theirs.sector) == ("ports", None)
