"""Imports of people: read once, checked, written whole or not at all, and undone."""

import io
import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.imports import imports, writing
from app.domain.people import contact_details, people
from app.domain.people.people import facts
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.imports import run_imports
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import (
    Import,
    ImportFile,
    ImportKind,
    ImportRow,
    ImportStatus,
    MatchKey,
    Policy,
    Verdict,
)
from app.models.people.organizations import Classification, Organization
from app.models.people.people import ContactType, Person
from app.models.scoping import Scope, enter_scope
from app.text import sort_key
from tests.domain.imports.bringing import count, run, undo, verdicts, write
from tests.tables.workbooks import MAIN, workbook


def contents():
    """Return people with all that an import may write."""
    db.session.expire_all()
    return [
        (one.full_name, one.words, one.sort_key, one.country, one.preferred_language, one.locality,
         [(it.type, it.value) for it in one.contact_details],
         [(it.organization.name, it.post, it.start_date) for it in one.memberships],
         [it.key for it in one.participations])
        for one in db.session.scalars(select(Person).order_by(Person.id))
    ]  # fmt: skip


def test_people_are_written_as_if_they_had_been_recorded_by_hand(make, bring):
    congress, union = make.congress(), make.organization("Sindicato Único", acronym="SU")
    work = bring(
        """Nombre;Apellidos;Correo;Teléfono;País;Idioma;Sindicato;Cargo;Ciudad
        José;Núñez O’Higgins;JOSE@Example.org;+56 2 2555 0142;Chile;español;SU;vocero;Ñuñoa""",
        congress=congress,
    )
    write(work, bring.user)
    values = make.person_values(
        "José", "Núñez O’Higgins", country="CL", preferred_language="es", locality="Ñuñoa", email="jose@example.org",
        phone="+56225550142", organization=union, post="vocero",
    )  # fmt: skip
    people.create(values, congress_id=congress.id)
    imported, by_hand = contents()
    assert imported == by_hand
    one, other = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "people").order_by(AuditEntry.id)
    ).unique()
    assert (one.verb, one.before, one.after) == (other.verb, other.before, other.after)
    assert (
        facts(db.session.get(Person, one.subject_id)).keys() == facts(db.session.get(Person, other.subject_id)).keys()
    )


def test_a_full_name_is_divided_and_a_comma_puts_the_family_name_first(bring):
    write(bring('Nombre\nMaría del Carmen Pérez Soto\n"García, Ana"\nPelé', country="CL"), bring.user)
    assert [(one.given_name, one.family_name) for one in db.session.scalars(select(Person).order_by(Person.id))] == [
        ("María del Carmen", "Pérez Soto"), ("Ana", "García"), ("Pelé", None),
    ]  # fmt: skip


def test_the_same_person_in_many_rows_is_one_person_with_all_details(bring):
    rows = "\n".join(f"Ana Paz,ana@example.org,+58 212 555 01{number:02}" for number in range(40))
    work = bring(f"name,email,phone\n{rows}")
    assert work.counts == {"created": 1, "joined": 39}
    write(work, bring.user)
    [person] = db.session.scalars(select(Person))
    assert len(person.contact_details) == 41


def test_another_name_with_the_same_address_is_refused_with_the_number_of_the_row(bring):
    work = bring("name,email\nAna Paz,office@example.org\nLuz Mar,office@example.org")
    assert verdicts(work) == [("created",), ("refused", "other_name_above")]
    refused = db.session.scalars(select(ImportRow).where(ImportRow.verdict == Verdict.REFUSED)).one()
    assert refused.reasons == [["other_name_above", "", "2"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",a@example.org,,", "no_name"),
        (f"{'Ana ' * 75},a@example.org,,", "too_long"),
        ("Ana,a@@example,,", "bad_email"),
        ("Ana,,Atlantis,", "unknown_country"),
        ("Ana,,,31.31.2020", "bad_date"),
    ],
)
def test_a_row_that_cannot_be_imported_is_refused_with_the_reason(bring, row, code):
    assert verdicts(bring(f"name,email,country,since\n{row}")) == [("refused", code)]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("josé@example.org", "josé@example.org"), ("ANA@MÜNCHEN.example", "ana@münchen.example")],
)
def test_addresses_with_accents_are_kept(bring, cell, kept):
    write(bring(f"name,email\nAna,{cell}"), bring.user)
    assert db.session.scalars(select(Person)).one().email == kept


def test_columns_are_recognized_in_the_lower_of_two_header_rows(bring):
    table = "Persona;;Contacto;;País\nNombre;Apellido;Correo;Celular;\nAna;Paz;ana@example.org;+58212555011;Chile\nLuz;Mar;;;Peru"
    work = bring(table.encode())
    assert work.mapping == ["given_name", "family_name", "email", "phone", "country"]
    assert work.counts == {"created": 2}


def workbook_of(*sheets):
    """Return a workbook with sheets, each a name, a state, and rows of texts."""

    def cell(text):
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    parts = {
        f"xl/worksheets/sheet{number}.xml": f"<worksheet {MAIN}><sheetData>"
        + "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        + "</sheetData></worksheet>"
        for number, (_name, _state, rows) in enumerate(sheets, start=1)
    }
    return workbook(sheets=[(name, state) for name, state, _rows in sheets], extra=parts)


PEOPLE = [["name", "email"], ["Ana Paz", "ana@example.org"]]


def test_a_file_with_several_sheets_waits_for_the_choice_of_one_and_reads_only_that(bring):
    others = [["name", "town"], ["Luz Mar", "Cork"], ["Sol Rey", "Lima"]]
    file = workbook_of(
        ("Members", "visible", PEOPLE), ("Notes", "visible", [["only a title"]]), ("2024", "visible", others)
    )
    work = imports.begin(file, "people.xlsx", ImportKind.PEOPLE, by=bring.user)
    run(work)
    assert work.status is ImportStatus.OPENED
    assert work.sheets == [
        {"name": "Members", "header": ["name", "email"]}, {"name": "2024", "header": ["name", "town"]},
    ]  # fmt: skip
    assert (count(ImportRow), count(ImportFile)) == (0, 1)
    with pytest.raises(DomainError):
        imports.choose_sheet(work, 2, by=bring.user)
    imports.choose_sheet(work, 1, by=bring.user)
    run(work)
    assert (work.status, work.sheet, work.header, work.total) == (ImportStatus.READ, "2024", ["name", "town"], 2)
    assert (count(ImportRow), count(ImportFile)) == (2, 0)
    with pytest.raises(DomainError):
        imports.choose_sheet(work, 0, by=bring.user)


@pytest.mark.parametrize(
    "other",
    [
        ("Old", "hidden", PEOPLE),
        ("Title", "visible", [["only a title"]]),
        ("Wide", "visible", [["x"] * 400, ["1"] * 400]),
    ],
)
def test_hidden_empty_and_unreadable_sheets_are_not_offered(bring, other):
    work = imports.begin(
        workbook_of(other, ("Members", "visible", PEOPLE)), "people.xlsx", ImportKind.PEOPLE, by=bring.user
    )
    run(work)
    assert (work.status, work.sheet, work.total) == (ImportStatus.READ, "Members", 1)


def test_names_in_other_scripts_and_hostile_cells_are_kept_as_text(bring):
    table = "name,phone\n=HYPERLINK(1),call 1-800-UNION\nمحمد العربي,\n✊🏽 Luz,\n<script>,\nAna\u202eLuz,"
    write(bring(table.encode()), bring.user)
    people = db.session.scalars(select(Person).order_by(Person.id)).all()
    names = [one.full_name for one in people]
    assert names == ["=Hyperlink(1)", "محمد العربي", "✊🏽 Luz", "<script>", "AnaLuz"]
    assert people[0].contact(ContactType.PHONE) == "call 1-800-UNION"


def test_local_phone_numbers_get_the_code_of_the_country(bring):
    write(bring("name,phone\nAna,0212-555 0142", country="VE"), bring.user)
    assert db.session.scalars(select(Person)).one().contact(ContactType.PHONE) == "+582125550142"


@pytest.mark.parametrize(
    ("policy", "verdict", "locality", "contacts"),
    [
        (Policy.FILL, "updated", "Cork", 2),
        (Policy.OVERWRITE, "updated", "Galway", 2),
        (Policy.LEAVE, "unchanged", "Cork", 1),
    ],
)
def test_what_happens_to_recorded_people_is_chosen_and_can_be_undone(make, bring, policy, verdict, locality, contacts):
    make.person("Ana", "Paz", email="ana@example.org", locality="Cork")
    before = contents()
    work = bring(
        "name,email,phone,town\nAna Paz,ana@example.org,+353 1 555 0100,Galway\nNew One,n@example.org,,", policy=policy
    )
    assert verdicts(work)[0][0] == verdict
    write(work, bring.user)
    known = db.session.scalars(select(Person).order_by(Person.id)).first()
    assert (known.locality, len(known.contact_details)) == (locality, contacts)
    undo(work, bring.user)
    assert work.status is ImportStatus.UNDONE
    assert contents() == before


def test_importing_the_same_file_twice_changes_nothing(bring):
    table = "name,email,organization\nAna Paz,ana@example.org,\nLuz Mar,,\nSol Rey,,"
    write(bring(table), bring.user)
    before = contents()
    again = bring(table)
    assert again.counts == {"unchanged": 3}
    assert contents() == before


def test_a_name_alone_is_not_enough_evidence(make, bring):
    union, other = make.organization("SU"), make.organization("SO")
    make.person("Ana", "Paz", organization=union)
    table = "name,organization\nAna Paz,SU\nAna Paz,SO\nAna Paz,"
    assert verdicts(bring(table, key=MatchKey.NAME)) == [("unchanged",), ("created",), ("created",)]
    assert other.id


def test_unknown_organizations_are_never_recorded_in_silence(make, bring):
    union = make.organization("Unión de Puertos")
    work = bring("name,organization\nAna,STAL\nLuz,Puertos\nSol,Puertos\nMar,")
    assert verdicts(work) == [("refused", "unknown_organization")] * 3 + [("created",)]
    assert {one["name"]: one["rows"] for one in work.unknown.values()} == {"STAL": 1, "Puertos": 2}
    imports.decide(work, {sort_key("Puertos"): union, sort_key("STAL"): "PT"}, Classification.UNION, by=bring.user)
    run(work)
    assert verdicts(work) == [("created",)] * 4
    assert count(Organization) == 1
    write(work, bring.user)
    assert [one[7][0][0] for one in contents() if one[7]] == ["STAL", "Unión de Puertos", "Unión de Puertos"]
    undo(work, bring.user)
    assert (count(Organization), count(Person)) == (1, 0)


def test_only_people_who_are_visible_in_the_congress_are_recognized(make, bring):
    here, there = make.congress("Here"), make.congress("There")
    make.person("Ana", "Paz", congress=there, email="ana@example.org")
    work = bring("name,email\nAna Paz,ana@example.org", congress=here)
    assert verdicts(work) == [("created",)]
    write(work, bring.user)
    enter_scope(Scope(congress_ids=frozenset({there.id})))
    assert db.session.scalars(select(Import)).all() == []
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_a_delegate_whom_others_recorded_is_refused(make, bring):
    here, there = make.congress("Here"), make.congress("There")
    seated = make.person("Ana", "Paz", congress=there, email="ana@example.org")
    make.seat(make.delegation(here), seated)
    assert verdicts(bring("name,email\nAna Paz,ana@example.org", congress=here)) == [("refused", "not_editable")]


def test_nothing_is_written_if_the_records_have_changed_since_the_preview(make, bring):
    work = bring("name,email\nAna Paz,ana@example.org\nLuz Mar,luz@example.org")
    make.person("Luz", "Mar", email="luz@example.org")
    write(work, bring.user)
    assert (work.status, work.failure, count(Person)) == (ImportStatus.CHECKED, writing.CHANGED, 1)
    assert verdicts(work) == [("created",), ("unchanged",)]
    write(work, bring.user)
    assert (work.status, count(Person)) == (ImportStatus.WRITTEN, 2)


@pytest.mark.parametrize("builds", ["edit", "seat", "interaction", "consent"])
def test_an_import_on_which_something_was_built_is_not_undone(make, bring, builds):
    congress = make.congress()
    work = bring("name,email\nAna Paz,ana@example.org\nLuz Mar,luz@example.org", congress=congress)
    write(work, bring.user)
    ana = db.session.scalars(select(Person).order_by(Person.id)).first()
    if builds == "seat":
        make.seat(make.delegation(congress), ana)
    elif builds == "edit":
        detail = {"type": ContactType.OTHER, "value": "x", "note": None, "valid_from": None, "valid_until": None}
        contact_details.add(ana, detail)
    elif builds == "consent":
        make.consent(ana)
    else:
        make.interaction(ana)
    undo(work, bring.user)
    assert work.status is ImportStatus.WRITTEN
    assert work.details["names"] == ["Ana Paz"]


def test_a_corrected_row_is_checked_again(bring):
    work = bring("name,email\nAna,wrong\nLuz,luz@example.org")
    row = db.session.scalars(select(ImportRow).order_by(ImportRow.number).limit(1)).one()
    imports.correct(row, {1: "luz@example.org"}, by=bring.user)
    run(work)
    assert verdicts(work) == [("created",), ("refused", "other_name_above")]


def test_the_file_is_deleted_once_it_is_read_and_the_cells_once_they_are_written(bring):
    work = bring("name,email\nAna,ana@example.org\nLuz,wrong")
    assert count(ImportFile) == 0
    write(work, bring.user)
    cells = db.session.scalars(select(ImportRow.cells).order_by(ImportRow.number)).all()
    assert cells == [None, ["Luz", "wrong"]]


def test_what_is_not_imported_is_deleted_after_some_days(bring, at):
    bring("name\nAna")
    written = bring("name,email\nLuz,luz@example.org\nSol,wrong")
    write(written, bring.user)
    at(clock.now() + imports.UNFINISHED_FOR + timedelta(days=1))
    imports.sweep()
    assert (count(Import), count(ImportRow)) == (1, 2)
    at(clock.now() + imports.WRITTEN_FOR)
    imports.sweep()
    assert (count(Import), count(ImportRow)) == (1, 0)


def test_columns_are_recognized_again_as_they_were_chosen(bring):
    first = bring("Columna,name\nana@example.org,Ana", mapping=["", "given_name"])
    again = bring("Columna,name\nluz@example.org,Luz")
    assert (first.mapping, again.mapping) == (["", "given_name"],) * 2


def test_a_worker_that_is_killed_anywhere_leaves_nothing_twice(make, bring, monkeypatch, at):
    monkeypatch.setattr("app.queries.imports.imports.BATCH", 2)
    monkeypatch.setattr("app.domain.imports.staging.BATCH", 2)
    table = "name,email\n" + "\n".join(f"Ana{number},a{number}@example.org" for number in range(5))
    work = imports.begin(io.BytesIO(table.encode()), "people.csv", by=bring.user)
    db.session.commit()
    number, hour = work.id, itertools.count(1)

    def killed(after):
        beats = itertools.count(1)

        def beat():
            if next(beats) == after:
                raise SystemExit

        at(clock.now() + timedelta(hours=next(hour)))
        try:
            run_imports.run_due_imports(after_each=beat)
        except SystemExit:
            db.session.rollback()

    for after in (1, 2, 99):
        killed(after)
    work = db.session.get(Import, number)
    assert (work.status, count(ImportRow)) == (ImportStatus.READ, 5)
    values = {"mapping": list(work.mapping), "key": work.key, "key_field": None, "policy": work.policy, "country": None}
    imports.map_columns(work, values, by=bring.user)
    db.session.commit()
    for after in (1, 99):
        killed(after)
    work = db.session.get(Import, number)
    assert work.counts == {"created": 5}
    imports.write(work, by=bring.user)
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr("app.domain.imports.people_writing.AuditEntry", None)
        killed(99)
        assert count(Person) == 0
    killed(99)
    assert (db.session.get(Import, number).status, count(Person)) == (ImportStatus.WRITTEN, 5)
