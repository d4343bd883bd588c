"""Accounts can be removed and restored"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    """Add who removed an account and when."""
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_users_removed_by_id'), 'users', ['removed_by_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    """Close removed accounts, and drop the columns."""
    op.execute("UPDATE users SET deactivated_at = removed_at WHERE removed_at IS NOT NULL AND deactivated_at IS NULL")
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_users_removed_by_id'), type_='foreignkey')
        batch_op.drop_column('removed_by_id')
        batch_op.drop_column('removed_at')
