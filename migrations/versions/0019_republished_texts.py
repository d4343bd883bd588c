"""Texts that may be republished"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    """Add whether a text may be republished; false for existing articles."""
    op.add_column('articles', sa.Column('may_be_republished', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column('articles', 'may_be_republished')
