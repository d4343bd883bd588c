"""Places that people edit have a revision number"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    """Add revision numbers, starting with the first."""
    op.add_column('places', sa.Column('revision', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    """Drop the revision numbers."""
    op.drop_column('places', 'revision')
