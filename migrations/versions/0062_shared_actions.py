"""Links, checklists and comments of actions"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0062'
down_revision = '0061'

NEW_KIND = 'mention'


def upgrade() -> None:
    """Add the tables and the number of the link, and allow emails about mentions."""
    with op.batch_alter_table('follow_ups') as table:
        table.add_column(sa.Column('link_number', sa.Integer(), server_default='1', nullable=False))
    op.create_table(
        'checklist_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(length=200), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('follow_up_id', sa.Integer(), nullable=False),
        _key('checklist_items', 'follow_up_id', 'follow_ups', 'CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_items')),
    )
    op.create_table(
        'follow_up_comments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('body', sa.String(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('follow_up_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('user_id IS NULL OR person_id IS NULL', name=op.f('ck_follow_up_comments_one_author')),
        _key('follow_up_comments', 'user_id', 'users', 'SET NULL'),
        _key('follow_up_comments', 'person_id', 'people', 'SET NULL'),
        _key('follow_up_comments', 'follow_up_id', 'follow_ups', 'CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_comments')),
    )
    for table_name, column in (
        ('checklist_items', 'follow_up_id'), ('follow_up_comments', 'follow_up_id'), ('follow_up_comments', 'user_id'),
        ('follow_up_comments', 'person_id'),
    ):
        op.create_index(op.f(f'ix_{table_name}_{column}'), table_name, [column])
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove them, with what could be undone about them."""
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'action_parts.%'")
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    op.execute('DELETE FROM deliveries WHERE person_id IS NOT NULL AND mailing_id IS NULL')
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))
    for table_name in ('follow_up_comments', 'checklist_items'):
        op.drop_table(table_name)
    with op.batch_alter_table('follow_ups') as table:
        table.drop_column('link_number')


def _kinds() -> tuple[str, ...]:
    """Return the kinds of email that the database allows."""
    checks = {one['name']: one['sqltext'] for one in sa.inspect(op.get_bind()).get_check_constraints('deliveries')}
    return tuple(re.findall(r"'(\w+)'", checks['ck_deliveries_DeliveryKind']))


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))


def _key(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=ondelete)
