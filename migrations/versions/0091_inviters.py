"""Who invited the owner of an account"""

import sqlalchemy as sa
from alembic import op

revision = '0091'
down_revision = '0090'


def upgrade() -> None:
    """Add who invited the owner of an account."""
    with op.batch_alter_table('users') as table:
        table.add_column(sa.Column('invited_by_id', sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f('fk_users_invited_by_id'), 'users', ['invited_by_id'], ['id'], ondelete='SET NULL'
        )


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('users') as table:
        table.drop_constraint(table.f('fk_users_invited_by_id'), type_='foreignkey')
        table.drop_column('invited_by_id')
