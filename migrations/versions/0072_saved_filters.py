"""Saved filters of lists of actions"""

import sqlalchemy as sa
from alembic import op

revision = '0072'
down_revision = '0071'


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'saved_filters',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('parameters', sa.JSON(), nullable=False),
        sa.Column('is_default', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_saved_filters_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filters')),
        sa.UniqueConstraint('user_id', 'name', name=op.f('uq_saved_filters_user_id_name')),
    )
    op.create_index(
        'ix_saved_filters_default', 'saved_filters', ['user_id'],
        unique=True, postgresql_where=sa.text('is_default'), sqlite_where=sa.text('is_default'),
    )  # fmt: skip


def downgrade() -> None:
    """Remove the filters."""
    op.drop_table('saved_filters')
