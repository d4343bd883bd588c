"""Texts that may be republished"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    """Let people record that a text may be republished; of the articles so far, nobody has."""
    op.add_column('articles', sa.Column('may_be_republished', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Forget which texts may be republished."""
    op.drop_column('articles', 'may_be_republished')
