"""Locks of the whole house"""

import sqlalchemy as sa
from alembic import op

revision = '0105'
down_revision = '0104'

PEOPLE = ('locked_by_id', 'first_id', 'opened_by_id')


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'house_locks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('standing', sa.Integer(), nullable=True),
        sa.Column('box', sa.String(length=80), nullable=False),
        sa.Column('locked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('locked_by_id', sa.Integer(), nullable=True),
        sa.Column('first_id', sa.Integer(), nullable=True),
        sa.Column('first_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('opened_by_id', sa.Integer(), nullable=True),
        sa.Column('refused', sa.Integer(), server_default='0', nullable=False),
        sa.CheckConstraint('standing = 1', name=op.f('ck_house_locks_stands')),
        sa.CheckConstraint('(standing IS NULL) = (opened_at IS NOT NULL)', name=op.f('ck_house_locks_opened')),
        sa.CheckConstraint(
            'opened_by_id IS NULL OR first_id IS NULL OR opened_by_id <> first_id',
            name=op.f('ck_house_locks_two_people'),
        ),
        *(
            sa.ForeignKeyConstraint([name], ['users.id'], name=op.f(f'fk_house_locks_{name}'), ondelete='SET NULL')
            for name in PEOPLE
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_house_locks')),
        sa.UniqueConstraint('standing', name=op.f('uq_house_locks_standing')),
    )


def downgrade() -> None:
    """Remove it: a house that is locked is open then, except for a key that was sealed."""
    op.drop_table('house_locks')
