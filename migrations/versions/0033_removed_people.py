"""People can be removed and restored, with their seats; undo entries refer to the people that they concern"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'

PARENTS = {
    'contact_details': 'person_id', 'memberships': 'person_id', 'other_names': 'person_id', 'participations': 'person_id',
    'interactions': 'person_id', 'person_tags': 'person_id', 'audit_entries': 'person_id', 'delegates': 'person_id', 'travelers': 'delegate_id', 'check_ins': 'delegate_id',
    'given_answers': 'delegate_id', 'help_calls': 'delegate_id', 'deliveries': 'delegate_id',
    'informed_entities': 'delegate_id',
}
"""The column by which a row depends on a person, directly or through a seat."""


def upgrade() -> None:
    """Add the columns and the table, and note the people of what can be undone already, as far as its rows still tell."""
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_people_removed_by_id'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL')
    where = sa.text('removed_at IS NOT NULL')
    op.create_index('ix_people_removed', 'people', ['removed_at'], postgresql_where=where, sqlite_where=where)
    _refer_to_people(ondelete='CASCADE')
    op.create_table(
        'undone_people',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['undo_entries.id'], name=op.f('fk_undone_people_entry_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_undone_people_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_undone_people')),
        sa.UniqueConstraint('entry_id', 'person_id', name=op.f('uq_undone_people_entry_id_person_id')),
    )
    op.create_index(op.f('ix_undone_people_person_id'), 'undone_people', ['person_id'])
    _fill()


def downgrade() -> None:
    """Remove them; removed people are listed again."""
    op.drop_table('undone_people')
    _refer_to_people(ondelete='RESTRICT')
    op.drop_index('ix_people_removed', 'people')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_people_removed_by_id'), type_='foreignkey')
        batch_op.drop_column('removed_by_id')
        batch_op.drop_column('removed_at')


def _refer_to_people(ondelete: str) -> None:
    with op.batch_alter_table('delegates', schema=None) as batch_op:
        name = batch_op.f('fk_delegates_person_id')
        batch_op.drop_constraint(name, type_='foreignkey')
        batch_op.create_foreign_key(name, 'people', ['person_id'], ['id'], ondelete=ondelete)


def _fill() -> None:
    connection = op.get_bind()
    entries = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    links = sa.table('undone_people', sa.column('entry_id'), sa.column('person_id'))
    people = set(connection.scalars(sa.text('SELECT id FROM people')))
    seats = {number: person_id for number, person_id in connection.execute(sa.text('SELECT id, person_id FROM delegates'))}
    for entry in connection.execute(sa.select(entries)).all():
        gone = {one['id']: one['before']['person_id'] for one in entry.changes if (one['do'], one['table']) == ('delete', 'delegates')}
        found = {_person(connection, one, seats | gone) for one in entry.changes}
        for person_id in sorted(found & people):
            connection.execute(sa.insert(links).values(entry_id=entry.id, person_id=person_id))


def _person(connection: sa.Connection, change: dict, seats: dict[int, int]) -> int | None:
    table = change['table']
    if table == 'people':
        return change['id']
    column = PARENTS.get(table)
    values = {**change['after'], **change['before']}
    if column and column not in values:
        stored = sa.select(sa.column(column)).select_from(sa.table(table)).where(sa.column('id') == change['id'])
        values[column] = connection.scalar(stored)
    number = values.get(column)
    return seats.get(number) if column == 'delegate_id' else number
