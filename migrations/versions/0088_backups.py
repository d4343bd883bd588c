"""Backups that were made"""

import sqlalchemy as sa
from alembic import op

revision = '0088'
down_revision = '0087'


def upgrade() -> None:
    """Add the record of backups."""
    op.create_table(
        'backups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=True),
        sa.Column('size', sa.BigInteger(), nullable=True),
        sa.Column('row_count', sa.BigInteger(), nullable=True),
        sa.Column('failure', sa.String(), nullable=True),
        sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_backups')),
    )
    good = sa.text('failure IS NULL')
    op.create_index('ix_backups_good', 'backups', ['made_at'], postgresql_where=good, sqlite_where=good)


def downgrade() -> None:
    """Remove it."""
    op.drop_table('backups')
