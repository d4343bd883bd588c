"""Invitations to digests"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'


def upgrade() -> None:
    """Add who invited."""
    with op.batch_alter_table('subscription_requests') as table:
        table.add_column(sa.Column('invited_by_id', sa.Integer(), nullable=True))
        name = table.f('fk_subscription_requests_invited_by_id')
        table.create_foreign_key(name, 'users', ['invited_by_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    """Remove who invited, with what could be undone about invitations and their unsent emails."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'enrolling.invite'")
    op.execute(
        "DELETE FROM deliveries WHERE sent_at IS NULL AND subscription_request_id IN "
        '(SELECT id FROM subscription_requests WHERE invited_by_id IS NOT NULL)'
    )
    with op.batch_alter_table('subscription_requests') as table:
        table.drop_constraint(table.f('fk_subscription_requests_invited_by_id'), type_='foreignkey')
        table.drop_column('invited_by_id')
