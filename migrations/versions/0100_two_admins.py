"""What needs two admins"""

import sqlalchemy as sa
from alembic import op

revision = '0100'
down_revision = '0099'

REASONS = ('by_owner', 'account_closed', 'segment_removed', 'not_allowed', 'failed')
NEW_REASON = 'needs_two'


def upgrade() -> None:
    """Add requests for an approval, and what needs one: nothing at first."""
    op.create_table(
        'approval_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', _one_of('ApprovalKind', 'grant', 'export', 'rule'), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decision', _one_of('Decision', 'approved', 'refused'), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('user_id', sa.Integer(), nullable=True),
        sa.Column('role', _one_of('Role', 'admin', 'coordinator', 'organizer', 'member'), nullable=True),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('what', sa.Text(), nullable=True),
        sa.Column('row_count', sa.Integer(), nullable=True),
        sa.Column('rules', sa.JSON(), server_default='[]', nullable=False),
        sa.CheckConstraint(
            'decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f('ck_approval_requests_two_people')
        ),
        *(
            sa.ForeignKeyConstraint([one], ['users.id'], name=op.f(f'fk_approval_requests_{one}'), ondelete=action)
            for one, action in (('asked_by_id', 'CASCADE'), ('decided_by_id', 'SET NULL'), ('user_id', 'CASCADE'))
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_requests')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_approval_requests_asked_by_id'), 'approval_requests', ['asked_by_id'])
    _allow((*REASONS, NEW_REASON))
    op.add_column('house_settings', sa.Column('rules', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    """Remove both: nothing needs two admins anymore."""
    op.execute(f"UPDATE scheduled_exports SET stop_reason = 'by_owner' WHERE stop_reason = '{NEW_REASON}'")
    _allow(REASONS)
    with op.batch_alter_table('house_settings') as table:
        table.drop_column('rules')
    op.drop_table('approval_requests')


def _allow(reasons: tuple[str, ...]) -> None:
    condition = 'stop_reason IN ({})'.format(', '.join(f"'{reason}'" for reason in reasons))
    with op.batch_alter_table('scheduled_exports') as table:
        table.drop_constraint(table.f('ck_scheduled_exports_StopReason'), type_='check')
        table.create_check_constraint(table.f('ck_scheduled_exports_StopReason'), sa.text(condition))


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
