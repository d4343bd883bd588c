"""Undo entries refer to the delegations that they concern"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'

PARENTS = {
    'delegates': {'delegation_id': 'delegations'},
    'journeys': {'delegation_id': 'delegations'},
    'legs': {'journey_id': 'journeys'},
    'travellers': {'journey_id': 'journeys', 'delegate_id': 'delegates'},
    'overflights': {'leg_id': 'legs'},
    'check_ins': {'delegate_id': 'delegates', 'problem_id': 'route_problems'},
    'given_answers': {'delegate_id': 'delegates'},
    'help_calls': {'delegate_id': 'delegates'},
    'deliveries': {'delegate_id': 'delegates', 'follow_up_id': 'follow_ups'},
    'hit_records': {'delegation_id': 'delegations'},
    'follow_ups': {'delegation_id': 'delegations', 'problem_id': 'route_problems'},
    'active_periods': {'problem_id': 'route_problems'},
    'informed_entities': {'problem_id': 'route_problems', 'leg_id': 'legs', 'delegate_id': 'delegates'},
}
"""The columns by which a row depends on another one."""

Row = dict[str, Any]


def upgrade() -> None:
    """Note the delegations of what can be undone already, as far as its rows still tell."""
    op.create_table('undone_delegations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_undone_delegations_delegation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_id'], ['undo_entries.id'], name=op.f('fk_undone_delegations_entry_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_undone_delegations')),
    sa.UniqueConstraint('entry_id', 'delegation_id', name=op.f('uq_undone_delegations_entry_id_delegation_id'))
    )
    with op.batch_alter_table('undone_delegations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_undone_delegations_delegation_id'), ['delegation_id'], unique=False)
    _fill()


def downgrade() -> None:
    """Forget which delegations an entry concerns."""
    op.drop_table('undone_delegations')


def _fill() -> None:
    connection = op.get_bind()
    entries = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    links = sa.table('undone_delegations', sa.column('entry_id'), sa.column('delegation_id'))
    standing = set(connection.scalars(sa.text('SELECT id FROM delegations')))
    for entry in connection.execute(sa.select(entries)).all():
        kept = {(one['table'], one['id']): {**one['after'], **one['before']} for one in entry.changes}
        found = set().union(*(_delegations(connection, kept, *named) for named in kept)) & standing
        for delegation_id in sorted(found):
            connection.execute(sa.insert(links).values(entry_id=entry.id, delegation_id=delegation_id))


def _delegations(connection: sa.Connection, kept: dict[tuple[str, int], Row], table: str, number: int) -> set[int]:
    if table == 'delegations':
        return {number}
    row = next(iter(_rows(connection, table, 'id', number)), {}) | kept.get((table, number), {})
    parents = {parent: row[column] for column, parent in PARENTS.get(table, {}).items() if row.get(column)}
    problem = number if table == 'route_problems' else parents.pop('route_problems', None)
    found = set().union(*(_delegations(connection, kept, *named) for named in parents.items()))
    for entity in _rows(connection, 'informed_entities', 'problem_id', problem) if not found else ():
        named = [(parent, entity[column]) for column, parent in PARENTS['informed_entities'].items() if column != 'problem_id']
        found |= set().union(*(_delegations(connection, kept, *one) for one in named if one[1]))
    return found


def _rows(connection: sa.Connection, table: str, column: str, number: int | None) -> list[Row]:
    if table not in PARENTS or number is None:
        return []
    columns = [sa.column(name) for name in ('id', *PARENTS[table])]
    rows = connection.execute(sa.select(*columns).select_from(sa.table(table)).where(sa.column(column) == number))
    return [dict(row._mapping) for row in rows]
