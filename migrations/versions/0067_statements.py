"""Statements and their signatures"""

import sqlalchemy as sa
from alembic import op

revision = '0067'
down_revision = '0066'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing', 'mailing_test', 'export',
    'sign_up', 'sign_up_again', 'mention', 'mobilization_changed',
    'brigade_link', 'shift_reminder', 'next_shift',
)
NEW_KINDS = (*OLD_KINDS, 'new_version')
CHECKS = {
    'signs_a_version': "(version_id IS NOT NULL) = (kind = 'sign')",
    'signs_for_somebody': "kind <> 'sign' OR mandate IS NOT NULL",
}


def upgrade() -> None:
    """Add the tables, and what a signature says."""
    op.create_table(
        'statements',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.JSON(), nullable=False) for column in ('titles', 'texts')),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        _key('statements', 'campaign_id', 'campaigns'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statements')),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'statement_versions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.JSON(), nullable=False) for column in ('titles', 'texts')),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        _key('statement_versions', 'statement_id', 'statements'),
        _key('statement_versions', 'campaign_id', 'campaigns'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_versions')),
        sa.UniqueConstraint('statement_id', 'number', name=op.f('uq_statement_versions_statement_id_number')),
        sqlite_autoincrement=True,
    )
    for table in ('statements', 'statement_versions'):
        op.create_index(op.f(f'ix_{table}_campaign_id'), table, ['campaign_id'])
    with op.batch_alter_table('sign_ups') as batch_op:
        batch_op.add_column(sa.Column('version_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_named', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_foreign_key(
            batch_op.f('fk_sign_ups_version_id'), 'statement_versions', ['version_id'], ['id'], ondelete='CASCADE'
        )
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_sign_ups_{name}'), sa.text(condition))
    standing = sa.text('confirmed_at IS NOT NULL AND withdrawn_at IS NULL')
    op.create_index(
        'ix_sign_ups_signing', 'sign_ups', ['version_id', 'email'], unique=True, postgresql_where=standing,
        sqlite_where=standing,
    )
    op.create_index(
        'ix_sign_ups_signatures', 'sign_ups', ['version_id', 'mandate', 'confirmed_at', 'id', 'withdrawn_at']
    )
    withdrawn = sa.text('withdrawn_at IS NOT NULL')
    op.create_index(
        'ix_sign_ups_withdrawals', 'sign_ups', ['version_id', 'mandate', 'withdrawn_at'], postgresql_where=withdrawn,
        sqlite_where=withdrawn,
    )
    _allow(NEW_KINDS)


def downgrade() -> None:
    """Remove statements, with their signatures, emails and histories."""
    op.execute("DELETE FROM deliveries WHERE kind = 'new_version'")
    op.execute("DELETE FROM sign_ups WHERE kind = 'sign'")
    op.execute("DELETE FROM audit_entries WHERE subject = 'statements'")
    _allow(OLD_KINDS)
    for name in ('withdrawals', 'signatures', 'signing'):
        op.drop_index(f'ix_sign_ups_{name}', 'sign_ups')
    with op.batch_alter_table('sign_ups') as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f'ck_sign_ups_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_sign_ups_version_id'), type_='foreignkey')
        batch_op.drop_column('is_named')
        batch_op.drop_column('version_id')
    for table in ('statement_versions', 'statements'):
        op.drop_table(table)


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete='CASCADE')
