"""Second factors"""

import sqlalchemy as sa
from alembic import op

revision = '0094'
down_revision = '0093'


def upgrade() -> None:
    """Add second factors, their resets, and the settings of the house."""
    op.create_table(
        'factors',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('nonce', sa.String(length=80), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('last_step', sa.Integer(), server_default='0', nullable=False),
        sa.Column('used_codes', sa.Integer(), server_default='0', nullable=False),
        sa.Column('codes_seen_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_factors_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_factors')),
        sa.UniqueConstraint('user_id', name=op.f('uq_factors_user_id')),
    )
    op.create_table(
        'factor_resets',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('approved_by_id', sa.Integer(), nullable=True),
        sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            'approved_by_id IS NULL OR approved_by_id <> asked_by_id', name=op.f('ck_factor_resets_two_admins')
        ),
        *(
            sa.ForeignKeyConstraint([one], ['users.id'], name=op.f(f'fk_factor_resets_{one}'), ondelete='CASCADE')
            for one in ('user_id', 'asked_by_id', 'approved_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_factor_resets')),
        sqlite_autoincrement=True,
    )
    is_open = sa.text('ended_at IS NULL')
    op.create_index(
        'ix_factor_resets_open', 'factor_resets', ['user_id'], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        'house_settings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('factor_roles', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('id = 1', name=op.f('ck_house_settings_only_one')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_house_settings')),
    )


def downgrade() -> None:
    """Remove them: accounts are left with their passwords."""
    op.drop_table('house_settings')
    op.drop_table('factor_resets')
    op.drop_table('factors')
