"""The table of travelers and the status of delegations on their way have their American names"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'

STATUSES = ('invited', 'accepted', 'arrived', 'unable_to_attend')
OLD = {'table': 'travellers', 'status': 'travelling'}
NEW = {'table': 'travelers', 'status': 'traveling'}


def upgrade() -> None:
    """Rename both, also in the history and in the stored changes that can be undone."""
    _rename(OLD, NEW)


def downgrade() -> None:
    """Give both their previous names."""
    _rename(NEW, OLD)


def _rename(old: dict[str, str], new: dict[str, str]) -> None:
    _move_rows(old['table'], new['table'])
    _allow(old['status'], new['status'])
    op.execute(sa.text('UPDATE delegations SET status = :new WHERE status = :old').bindparams(
        new=new['status'], old=old['status']
    ))
    _allow(new['status'])
    connection = op.get_bind()
    undo = sa.table('undo_entries', sa.column('id'), sa.column('changes', sa.JSON()))
    for entry in connection.execute(sa.select(undo)).all():
        changes = [_renamed(change, old, new) for change in entry.changes]
        if changes != entry.changes:
            connection.execute(undo.update().where(undo.c.id == entry.id).values(changes=changes))
    history = sa.table(
        'audit_entries', *map(sa.column, ('id', 'subject')), sa.column('before', sa.JSON()), sa.column('after', sa.JSON())
    )
    for entry in connection.execute(sa.select(history).where(history.c.subject == 'delegations')).all():
        sides = _sides({'before': entry.before, 'after': entry.after}, old, new)
        connection.execute(history.update().where(history.c.id == entry.id).values(sides))


def _move_rows(old: str, new: str) -> None:
    """Make the table anew, because the names of its constraints and indexes contain its name."""
    op.create_table(
        new,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('journey_id', sa.Integer(), nullable=False),
        sa.Column('delegate_id', sa.Integer(), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f(f'fk_{new}_congress_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f(f'fk_{new}_delegate_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['journey_id'], ['journeys.id'], name=op.f(f'fk_{new}_journey_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{new}')),
        sa.UniqueConstraint('journey_id', 'delegate_id', name=op.f(f'uq_{new}_journey_id_delegate_id')),
    )
    columns = 'id, journey_id, delegate_id, congress_id'
    op.execute(f'INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}')
    op.drop_table(old)
    for column in ('congress_id', 'delegate_id', 'journey_id'):
        op.create_index(op.f(f'ix_{new}_{column}'), new, [column])
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(f"SELECT setval(pg_get_serial_sequence('{new}', 'id'), coalesce(max(id), 0) + 1, false) FROM {new}")


def _allow(*statuses: str) -> None:
    """Let delegations have the common statuses and these."""
    allowed = ', '.join(f"'{status}'" for status in (*STATUSES, *statuses))
    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_delegations_DelegationStatus'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_delegations_DelegationStatus'), sa.text(f'status IN ({allowed})'))


def _renamed(change: dict[str, Any], old: dict[str, str], new: dict[str, str]) -> dict[str, Any]:
    """Return a stored change with the new names."""
    if change['table'] == old['table']:
        return change | {'table': new['table']}
    if change['table'] == 'delegations':
        return change | _sides(change, old, new)
    if change['table'] == 'audit_entries' and change['after'].get('subject') == 'delegations':
        return change | {'after': change['after'] | _sides(change['after'], old, new)}
    return change


def _sides(values: dict[str, Any], old: dict[str, str], new: dict[str, str]) -> dict[str, Any]:
    """Return both sides of a change to a delegation with the new status."""
    return {side: _with_status(values[side], old, new) for side in ('before', 'after')}


def _with_status(values: dict[str, Any], old: dict[str, str], new: dict[str, str]) -> dict[str, Any]:
    return values | {'status': new['status']} if values.get('status') == old['status'] else values
