"""Brigades that anyone may ask to join"""

import sqlalchemy as sa
from alembic import op

revision = '0080'
down_revision = '0079'


def upgrade() -> None:
    """Add whether anyone may ask to join: nobody may at first."""
    with op.batch_alter_table('brigades') as table:
        table.add_column(sa.Column('is_open', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table('brigades') as table:
        table.drop_column('is_open')
