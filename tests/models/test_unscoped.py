"""Statements that a scope cannot restrict are refused in every scope, unless they give a reason."""

import pytest
from sqlalchemy import (
    DDL,
    Integer,
    MetaData,
    case,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import aliased, join

from app.extensions import Base, db
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.models.scoping import EVERYTHING, OutOfScope, Scope, Scoped, enter_scope

REASON = {"unscoped": "the test gives one"}
SEATS, BODIES = Delegation.__table__, Organization.__table__
OTHER = aliased(Delegation)
TREE = select(SEATS.c.id).cte("tree", recursive=True)
SCOPES = {"none": None, "empty": Scope(), "one congress": Scope(frozenset({1})), "everything": EVERYTHING}

READS = {
    "table": select(SEATS),
    "column": select(SEATS.c.id),
    "count": select(func.count()).select_from(SEATS),
    "function": select(func.max(SEATS.c.id)),
    "case": select(case((SEATS.c.id == 1, 2), else_=3)),
    "window": select(func.row_number().over(order_by=SEATS.c.id)),
    "alias": select(SEATS.alias().c.id),
    "join": select(BODIES.c.id).join(SEATS, SEATS.c.organization_id == BODIES.c.id),
    "join from": select(BODIES.c.id).select_from(BODIES.outerjoin(SEATS)),
    "union": select(BODIES.c.id).union(select(SEATS.c.id)),
    "subquery": select(select(SEATS.c.id).subquery().c.id),
    "scalar subquery": select(BODIES.c.id, select(func.max(SEATS.c.id)).scalar_subquery()),
    "in": select(BODIES.c.id).where(tuple_(BODIES.c.id, 1).in_(select(SEATS.c.organization_id, SEATS.c.seats))),
    "exists": select(exists().where(SEATS.c.id == 1)),
    "exists from": select(exists().select_from(SEATS)),
    "order": select(BODIES.c.id).order_by(select(func.max(SEATS.c.id)).scalar_subquery()),
    "limit": select(BODIES.c.id).limit(select(func.max(SEATS.c.id)).scalar_subquery()),
    "condition": select(BODIES.c.id).where(SEATS.c.organization_id == BODIES.c.id),
    "cte": select(TREE.union_all(select(TREE.c.id + 1).where(TREE.c.id < 3)).c.id),
    "named table": select(table("delegations", column("id"))),
    "table described elsewhere": select(func.count()).select_from(SEATS.to_metadata(MetaData())),
    "beside a model": select(Organization.id, SEATS.c.id).where(SEATS.c.organization_id == Organization.id),
    "under a model": select(Organization).where(Organization.id.in_(select(SEATS.c.organization_id))),
    "joined to a model": select(Organization.id).join(SEATS, SEATS.c.organization_id == Organization.id),
    "under the condition of a join": select(Organization.id).select_from(
        join(Organization, Delegation, Organization.id.in_(select(SEATS.c.organization_id)))
    ),
    "beside its own model's alias": select(OTHER.id).where(SEATS.c.id == OTHER.id),
    "under its own model": select(Delegation.id).where(Delegation.id.in_(select(SEATS.c.id))),
    "as its model": select(aliased(Delegation, select(SEATS).subquery()).id),
    "text": text("SELECT 1"),
    "text with columns": text("SELECT 1 AS id").columns(id=Integer),
    "text for a model": select(Organization).from_statement(text("SELECT * FROM organizations")),
    "text in order": select(Organization.id).order_by(text("1")),
    "text as a column": select(literal_column("(SELECT 1)")),
    "text as a table": select(func.count()).select_from(text("delegations")),
}

WRITES = {
    "update": update(SEATS).values(seats=99),
    "delete": delete(SEATS),
    "delete returning": delete(SEATS).returning(SEATS.c.id),
    "insert": insert(SEATS),
    "text": text("UPDATE delegations SET seats = 99"),
    "update from it": update(BODIES).values(name=select(func.max(SEATS.c.country)).scalar_subquery()),
    "insert from it": insert(BODIES).from_select(["name"], select(SEATS.c.country)),
    "insert values of it": insert(BODIES).values(
        [{"name": "Here"}, {"name": select(func.max(SEATS.c.country)).scalar_subquery()}]
    ),
    "insert from its model": insert(BODIES).from_select(["name"], select(Delegation.country)),
    "update a model from it": update(Organization).values(name=select(func.max(SEATS.c.country)).scalar_subquery()),
    "delete a model with it": delete(Organization).where(Organization.id.in_(select(SEATS.c.organization_id))),
}

WAYS = {
    "execute": db.session.execute,
    "scalars": db.session.scalars,
    "scalar": db.session.scalar,
    "connection": lambda statement, **how: db.session.connection().execute(statement, **how),
}


@pytest.fixture
def delegation(make):
    yield make.delegation(make.congress())
    enter_scope(EVERYTHING)


def within(scope):
    if scope is None:
        db.session.info.pop("scope", None)
    else:
        enter_scope(scope)


def is_refused(ask):
    try:
        ask()
    except OutOfScope:
        return True
    return False


def stored():
    every = select(SEATS.c.id, SEATS.c.seats, BODIES.c.id, BODIES.c.name).join_from(SEATS, BODIES)
    return db.session.execute(every, execution_options=REASON).all()


@pytest.mark.parametrize("statement", READS.values(), ids=READS)
def test_statements_that_a_scope_cannot_restrict_are_read_only_with_a_reason(delegation, statement):
    for name, scope in SCOPES.items():
        for way, ask in WAYS.items():
            within(scope)
            assert is_refused(lambda ask=ask: ask(statement)), (name, way)
            assert is_refused(lambda ask=ask: ask(statement.execution_options(unscoped=" "))), (name, way)
    within(EVERYTHING)
    assert not is_refused(lambda: db.session.execute(statement.execution_options(**REASON)).all())
    assert not is_refused(lambda: db.session.execute(statement, execution_options=REASON).all())


@pytest.mark.parametrize("statement", WRITES.values(), ids=WRITES)
def test_statements_that_a_scope_cannot_restrict_write_only_with_a_reason(delegation, statement):
    before = stored()
    for name, scope in SCOPES.items():
        for way in ("execute", "connection"):
            within(scope)
            assert is_refused(lambda way=way: WAYS[way](statement)), (name, way)
            assert stored() == before, (name, way)


def test_a_reason_lets_a_statement_write(delegation):
    db.session.execute(update(SEATS).values(seats=99), execution_options=REASON)
    assert db.session.scalar(select(SEATS.c.seats).execution_options(**REASON)) == 99
    db.session.connection().execute(delete(SEATS), execution_options=REASON)
    assert stored() == []


def test_every_scoped_table_needs_a_reason_and_no_other_does(make):
    for mapper in Base.registry.mappers:
        named = select(func.count()).select_from(mapper.local_table)
        assert is_refused(lambda named=named: db.session.scalar(named)) == issubclass(mapper.class_, Scoped), mapper


def test_a_table_is_recognized_by_its_name_in_capitals(make):
    assert is_refused(lambda: db.session.execute(select(table("DELEGATIONS", column("id")).c.id)))


@pytest.mark.parametrize("reason", ["", " \n", None, True, 1, ["why"]])
def test_a_reason_must_be_text(delegation, reason):
    assert is_refused(lambda: db.session.execute(select(SEATS), execution_options={"unscoped": reason}))


def test_raw_sql_strings_need_a_reason_too(delegation):
    connection = db.session.connection()
    assert is_refused(lambda: connection.exec_driver_sql("SELECT id FROM delegations"))
    assert connection.exec_driver_sql("SELECT id FROM delegations", execution_options=REASON).all() == [
        (delegation.id,)
    ]
    assert is_refused(lambda: db.session.execute(DDL("DROP TABLE delegations")))
    assert is_refused(lambda: connection.execute(DDL("DROP TABLE delegations")))
    assert stored()


def test_a_reason_applies_to_a_statement_and_not_to_a_connection(delegation):
    db.session.commit()
    connection = db.session.connection(execution_options=REASON)
    assert is_refused(lambda: connection.execute(select(SEATS)))
    assert is_refused(lambda: connection.exec_driver_sql("SELECT id FROM delegations"))
    assert is_refused(lambda: db.session.execute(select(SEATS)))


def test_models_are_not_read_without_the_session(delegation):
    for statement in (select(Delegation), select(Delegation.id), update(Delegation).values(seats=99)):
        assert is_refused(lambda statement=statement: db.session.connection().execute(statement))
    assert db.session.connection().execute(select(Organization.id)).all() == [(delegation.organization_id,)]


def test_a_reason_does_not_lift_the_restriction_of_models(make, delegation):
    there = make.delegation(make.congress("There"))
    enter_scope(Scope(frozenset({there.congress_id})))
    asked = select(Delegation.id, select(func.count()).select_from(SEATS).scalar_subquery())
    assert db.session.execute(asked, execution_options=REASON).all() == [(there.id, 2)]
    assert is_refused(lambda: db.session.execute(update(Delegation).values(seats=9), execution_options=REASON))
    del db.session.info["scope"]
    assert is_refused(lambda: db.session.execute(select(Delegation.id), execution_options=REASON))


def test_bulk_operations_outside_the_unit_of_work_are_refused(delegation):
    row = {"id": delegation.id, "seats": 99, "revision": delegation.revision}
    copy = {name: getattr(delegation, name) for name in SEATS.c.keys() if name != "id"}  # noqa: SIM118
    before = stored()
    db.session.commit()
    for write in (
        lambda: db.session.bulk_update_mappings(Delegation, [row]),
        lambda: db.session.bulk_insert_mappings(Delegation, [copy]),
        lambda: db.session.bulk_save_objects([Delegation(**copy)]),
    ):
        assert is_refused(write)
        db.session.rollback()
        assert stored() == before
    db.session.execute(update(Delegation), [row])
    assert db.session.scalar(select(Delegation.seats)) == 99


def test_checks_are_active_again_after_a_failed_flush(delegation):
    db.session.commit()
    db.session.add(Delegation(congress_id=delegation.congress_id))
    with pytest.raises((IntegrityError, StatementError)):
        db.session.flush()
    db.session.rollback()
    assert is_refused(lambda: db.session.execute(select(SEATS)))
    delegation.seats = delegation.seats  # no actual change
    db.session.flush()
    with db.session.begin_nested():
        assert is_refused(lambda: db.session.execute(select(SEATS)))
