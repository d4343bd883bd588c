"""Changes of shared records that wait, and who decides on crossings"""

import sqlalchemy as sa
from alembic import op

revision = '0102'
down_revision = '0101'

RECORDS = {'article_id': 'articles', 'organization_id': 'organizations', 'place_id': 'places', 'crossing_id': 'crossings'}
STATUSES = ('waiting', 'accepted', 'declined')
RULES = ('coordinator', 'two_people')


def upgrade() -> None:
    """Add pending changes, and the rule for crossings."""
    one = ' + '.join(f'CASE WHEN {name} IS NULL THEN 0 ELSE 1 END' for name in RECORDS)
    op.create_table(
        'pending_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in RECORDS),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('after', sa.JSON(), nullable=False),
        sa.Column(
            'status',
            sa.Enum(*STATUSES, name='PendingStatus', native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column('proposed_by_id', sa.Integer(), nullable=True),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f'{one} = 1', name=op.f('ck_pending_changes_one_record')),
        sa.CheckConstraint("(status = 'waiting') = (decided_at IS NULL)", name=op.f('ck_pending_changes_decided')),
        *(
            sa.ForeignKeyConstraint(
                [name], [f'{table}.id'], name=op.f(f'fk_pending_changes_{name}'), ondelete='CASCADE'
            )
            for name, table in RECORDS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ['users.id'], name=op.f(f'fk_pending_changes_{name}'), ondelete='SET NULL'
            )
            for name in ('proposed_by_id', 'decided_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_pending_changes')),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_pending_changes_status', 'pending_changes', ['status', 'proposed_at'])
    for name in (*RECORDS, 'proposed_by_id'):
        op.create_index(op.f(f'ix_pending_changes_{name}'), 'pending_changes', [name])
    with op.batch_alter_table('house_settings') as batch_op:
        batch_op.add_column(sa.Column('crossing_rule', sa.String(length=40), server_default='coordinator', nullable=False))
        batch_op.create_check_constraint(
            op.f('ck_house_settings_CrossingRule'), sa.text('crossing_rule IN ({})'.format(', '.join(f"'{one}'" for one in RULES)))
        )


def downgrade() -> None:
    """Remove them: what waited stays undone."""
    with op.batch_alter_table('house_settings') as batch_op:
        batch_op.drop_constraint(op.f('ck_house_settings_CrossingRule'), type_='check')
        batch_op.drop_column('crossing_rule')
    op.drop_table('pending_changes')
