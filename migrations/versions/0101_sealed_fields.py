"""Sealed fields"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = '0101'
down_revision = '0100'

NOTES = [('check_ins', 'note'), ('given_answers', 'note'), ('help_calls', 'closing_note'), ('legs', 'booking_reference')]
NATIONALITY = ('people', 'nationality')
CHANGES = ('undo_entries', 'changes')
BEFORE = ('import_rows', 'before')
SEALED = [*NOTES, NATIONALITY, CHANGES, BEFORE]


def upgrade() -> None:
    """Encrypt notes of travelers, booking references, nationalities, and the copies of rows that can be restored."""
    for table in ('people', 'informed_entities'):
        op.add_column(table, sa.Column('nationality_digest', sa.String(length=40), nullable=True))
    op.add_column('house_settings', sa.Column('key_check', sa.String(), nullable=True))
    op.create_index('ix_people_nationality_digest', 'people', ['nationality_digest'])
    if op.get_bind().dialect.name == 'postgresql':  # SQLite stores texts of any length in any column of texts
        op.alter_column('people', 'nationality', type_=sa.String())
        op.alter_column('legs', 'booking_reference', type_=sa.String())
    for table, column in (CHANGES, BEFORE):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(
                column, type_=sa.Text(), existing_type=sa.JSON(), existing_nullable=table == 'import_rows',
                postgresql_using=f'{column}::text',
            )  # fmt: skip
    keyring = getattr(op.get_bind().dialect, 'keyring', None)
    for table in ('people', 'informed_entities'):
        _write(table, 'nationality', 'nationality_digest', lambda value: keyring.digest(value, 'nationality'))
    for table, column in SEALED:
        place = f'{table}.{column}'
        _write(table, column, column, lambda value, place=place: keyring.seal(value, place))
    _conceal_in_histories()


def downgrade() -> None:
    """Store them as they are."""
    keyring = getattr(op.get_bind().dialect, 'keyring', None)
    for table, column in SEALED:
        place = f'{table}.{column}'
        _write(table, column, column, lambda value, place=place: keyring.open(value, place))
    for table, column in (CHANGES, BEFORE):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(
                column, type_=sa.JSON(), existing_type=sa.Text(), existing_nullable=table == 'import_rows',
                postgresql_using=f'{column}::json',
            )  # fmt: skip
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('legs', 'booking_reference', type_=sa.String(length=80))
        op.alter_column('people', 'nationality', type_=sa.String(length=2))
    op.drop_index('ix_people_nationality_digest', 'people')
    for table, column in (
        ('people', 'nationality_digest'),
        ('informed_entities', 'nationality_digest'),
        ('house_settings', 'key_check'),
    ):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')


def _write(table: str, source: str, target: str, change: Callable[[str], str]) -> None:
    """Write what a function makes of each value of a column, a thousand rows at a time."""
    rows = sa.table(table, sa.column('id', sa.Integer()), sa.column(source, sa.Text()), sa.column(target, sa.Text()))
    bind, last = op.get_bind(), 0
    wanted = sa.select(rows.c.id, rows.c[source]).where(rows.c[source].is_not(None)).order_by(rows.c.id).limit(1000)
    statement = rows.update().where(rows.c.id == sa.bindparam('number')).values({target: sa.bindparam('value')})
    while found := bind.execute(wanted.where(rows.c.id > last)).all():
        bind.execute(statement, [{'number': number, 'value': change(value)} for number, value in found])
        last = found[-1][0]


def _conceal_in_histories() -> None:
    """Let the histories of people say that a nationality changed, and no longer from what to what."""
    entries = sa.table(
        'audit_entries', sa.column('id', sa.Integer()), sa.column('subject', sa.String()),
        sa.column('before', sa.JSON()), sa.column('after', sa.JSON()),
    )  # fmt: skip
    bind, last = op.get_bind(), 0
    wanted = sa.select(entries).where(entries.c.subject == 'people').order_by(entries.c.id).limit(1000)
    while found := bind.execute(wanted.where(entries.c.id > last)).all():
        last = found[-1].id
        for row in found:
            told = [facts.get('nationality') for facts in (row.before, row.after)]
            if any(told):
                concealed = [
                    {name: None if name == 'nationality' else value for name, value in facts.items()}
                    for facts in (row.before, row.after)
                ]
                values = dict(zip(('before', 'after'), concealed, strict=True))
                bind.execute(entries.update().where(entries.c.id == row.id).values(values))
