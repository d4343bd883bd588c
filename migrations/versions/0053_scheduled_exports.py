"""Scheduled exports of segments, and their files"""

import sqlalchemy as sa
from alembic import op

revision = '0053'
down_revision = '0052'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing', 'mailing_test',
)
NEW_KINDS = (*OLD_KINDS, 'export')
FREQUENCIES = ('daily', 'weekly', 'monthly')
REASONS = ('by_owner', 'account_closed', 'segment_removed', 'not_allowed', 'failed')
FORMATS = ('xlsx', 'csv', 'vcf')


def upgrade() -> None:
    """Add the tables, and allow emails about files."""
    op.create_table(
        'scheduled_exports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('segment_id', sa.Integer(), nullable=False),
        sa.Column('frequency', _one_of(FREQUENCIES, 'ExportFrequency'), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in ('weekday', 'day', 'hour')),
        sa.Column('file_format', _one_of(FORMATS, 'FileFormat'), nullable=False),
        sa.Column('with_contacts', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('stop_reason', _one_of(REASONS, 'StopReason'), nullable=True),
        sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
        sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('claim', sa.String(length=80), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        _key('scheduled_exports', 'user_id', 'users'),
        _key('scheduled_exports', 'segment_id', 'segments'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_scheduled_exports')),
    )
    running = sa.text('stopped_at IS NULL')
    op.create_index(
        'ix_scheduled_exports_next', 'scheduled_exports', ['next_at'], postgresql_where=running, sqlite_where=running
    )
    op.create_table(
        'exported_files',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('scheduled_export_id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.DateTime(timezone=True), nullable=False) for column in ('due_at', 'made_at')),
        sa.Column('file_format', _one_of(FORMATS, 'FileFormat'), nullable=False),
        sa.Column('rows', sa.Integer(), nullable=False),
        _key('exported_files', 'scheduled_export_id', 'scheduled_exports'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exported_files')),
        sa.UniqueConstraint(
            'scheduled_export_id', 'due_at', name=op.f('uq_exported_files_scheduled_export_id_due_at')
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'exported_file_pieces',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('exported_file_id', sa.Integer(), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=False),
        _key('exported_file_pieces', 'exported_file_id', 'exported_files'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exported_file_pieces')),
    )
    for table, column in (
        ('scheduled_exports', 'user_id'), ('scheduled_exports', 'segment_id'), ('exported_files', 'made_at'),
        ('exported_file_pieces', 'exported_file_id'),
    ):
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    _allow(NEW_KINDS)


def downgrade() -> None:
    """Remove the tables and the emails about files."""
    op.execute("DELETE FROM deliveries WHERE kind = 'export'")
    _allow(OLD_KINDS)
    for table in ('exported_file_pieces', 'exported_files', 'scheduled_exports'):
        op.drop_table(table)


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete='CASCADE')
