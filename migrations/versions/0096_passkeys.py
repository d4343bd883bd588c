"""Passkeys, and recovery codes of accounts"""

import sqlalchemy as sa
from alembic import op

revision = '0096'
down_revision = '0095'


def upgrade() -> None:
    """Add passkeys; recovery codes that were written down keep working, because they keep what they are derived from."""
    op.create_table(
        'recovery_codes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('nonce', sa.String(length=80), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('used', sa.Integer(), server_default='0', nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_recovery_codes_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes')),
        sa.UniqueConstraint('user_id', name=op.f('uq_recovery_codes_user_id')),
    )
    op.create_table(
        'passkeys',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('credential_id', sa.String(length=1400), nullable=False),
        sa.Column('credential', sa.LargeBinary(), nullable=False),
        sa.Column('sign_count', sa.BigInteger(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_passkeys_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
        sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_passkeys_user_id'), 'passkeys', ['user_id'])
    op.create_table(
        'used_challenges',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_used_challenges')),
    )
    op.execute(
        'INSERT INTO recovery_codes (user_id, nonce, created_at, used, seen_at)'
        ' SELECT user_id, nonce, confirmed_at, used_codes, codes_seen_at FROM factors WHERE confirmed_at IS NOT NULL'
    )
    with op.batch_alter_table('factors') as batch_op:
        batch_op.drop_column('used_codes')
        batch_op.drop_column('codes_seen_at')


def downgrade() -> None:
    """Give the recovery codes back to the one-time codes that they were derived with; others are shown anew."""
    with op.batch_alter_table('factors') as batch_op:
        batch_op.add_column(sa.Column('used_codes', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('codes_seen_at', sa.DateTime(timezone=True), nullable=True))
    same = 'FROM recovery_codes WHERE recovery_codes.user_id = factors.user_id AND recovery_codes.nonce = factors.nonce'
    op.execute(f'UPDATE factors SET used_codes = coalesce((SELECT used {same}), 0), codes_seen_at = (SELECT seen_at {same})')
    op.drop_table('used_challenges')
    op.drop_table('passkeys')
    op.drop_table('recovery_codes')
