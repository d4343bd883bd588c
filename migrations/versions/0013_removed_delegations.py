"""Delegations can be removed and restored"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    """Add who removed a delegation and when; its actions are deleted with it."""
    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_delegations_removed_by_id'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index('ix_delegations_removed', ['removed_at'], unique=False, postgresql_where=sa.text('removed_at IS NOT NULL'), sqlite_where=sa.text('removed_at IS NOT NULL'))

    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_follow_ups_delegation_id'), type_='foreignkey')
        batch_op.create_foreign_key(batch_op.f('fk_follow_ups_delegation_id'), 'delegations', ['delegation_id'], ['id'], ondelete='CASCADE')


def downgrade() -> None:
    """Delete removed delegations with their actions, and drop the columns."""
    op.execute("DELETE FROM delegations WHERE removed_at IS NOT NULL")
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_follow_ups_delegation_id'), type_='foreignkey')
        batch_op.create_foreign_key(batch_op.f('fk_follow_ups_delegation_id'), 'delegations', ['delegation_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.drop_index('ix_delegations_removed', postgresql_where=sa.text('removed_at IS NOT NULL'), sqlite_where=sa.text('removed_at IS NOT NULL'))
        batch_op.drop_constraint(batch_op.f('fk_delegations_removed_by_id'), type_='foreignkey')
        batch_op.drop_column('removed_by_id')
        batch_op.drop_column('removed_at')
