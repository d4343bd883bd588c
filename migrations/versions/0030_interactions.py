"""Interactions with people and organizations, their next steps, and undo entries that belong to a person"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'

KINDS = ('call', 'visit', 'meeting', 'letter', 'email', 'message', 'other')
KEYS = {
    'person_id': ('people', 'CASCADE'), 'organization_id': ('organizations', 'CASCADE'), 'congress_id': ('congresses', 'CASCADE'),
    'campaign_id': ('campaigns', 'CASCADE'), 'created_by_id': ('users', 'SET NULL'),
}
NEW_KEYS = {'follow_ups': ('interaction_id', 'interactions', 'SET NULL'), 'undo_entries': ('person_id', 'people', 'CASCADE')}


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        'interactions',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in KEYS),
        sa.Column('kind', sa.Enum(*KINDS, name='InteractionKind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('initiative', sa.Enum('ours', 'theirs', name='Initiative', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('subject', sa.String(length=200), nullable=False),
        sa.Column('body', sa.String(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('person_id IS NOT NULL OR organization_id IS NOT NULL', name=op.f('ck_interactions_with_someone')),
        sa.CheckConstraint('campaign_id IS NULL OR congress_id IS NULL', name=op.f('ck_interactions_one_place')),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_interactions_{column}'), ondelete=action)
            for column, (table, action) in KEYS.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_interactions')),
    )
    for column in ('person_id', 'organization_id', 'congress_id', 'campaign_id', 'occurred_at'):
        op.create_index(op.f(f'ix_interactions_{column}'), 'interactions', [column])
    for name, (column, table, action) in NEW_KEYS.items():
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{name}_{column}'), table, [column], ['id'], ondelete=action)
            batch_op.create_index(batch_op.f(f'ix_{name}_{column}'), [column])


def downgrade() -> None:
    """Remove them, with what could be undone about them."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'interactions.remove'")
    for name, (column, _table, _action) in NEW_KEYS.items():
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{name}_{column}'))
            batch_op.drop_constraint(batch_op.f(f'fk_{name}_{column}'), type_='foreignkey')
            batch_op.drop_column(column)
    op.drop_table('interactions')
