"""Rows that people edit have a revision number"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'

REVISED = (
    'articles', 'calls', 'campaigns', 'congresses', 'crossings', 'delegations', 'follow_ups', 'journeys', 'legs', 'notes',
    'organizations', 'people', 'route_problems', 'users',
)


def upgrade() -> None:
    """Add revision numbers, starting with the first."""
    for table in REVISED:
        op.add_column(table, sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
    op.add_column('submissions', sa.Column('revision', sa.Integer(), nullable=True))
    op.add_column('submissions', sa.Column('fields', sa.String(), nullable=True))
    op.add_column('submissions', sa.Column('editor', sa.String(length=2000), nullable=True))


def downgrade() -> None:
    """Drop the revision numbers."""
    op.drop_column('submissions', 'editor')
    op.drop_column('submissions', 'fields')
    op.drop_column('submissions', 'revision')
    for table in reversed(REVISED):
        op.drop_column(table, 'revision')
