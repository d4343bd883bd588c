"""Files that are attached to actions"""

import sqlalchemy as sa
from alembic import op

revision = '0082'
down_revision = '0081'

TYPES = ('pdf', 'png', 'jpg', 'webp', 'txt', 'csv', 'docx', 'xlsx', 'odt', 'ods')


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'attachments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('follow_up_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column(
            'file_type',
            sa.Enum(*TYPES, name='FileType', native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['follow_up_id'], ['follow_ups.id'], name=op.f('fk_attachments_follow_up_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_attachments_user_id'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
        sa.UniqueConstraint('key', name=op.f('uq_attachments_key')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_attachments_follow_up_id'), 'attachments', ['follow_up_id'])
    op.create_index(op.f('ix_attachments_user_id'), 'attachments', ['user_id'])


def downgrade() -> None:
    """Remove the table; the files stay in their folder until somebody deletes it."""
    op.drop_table('attachments')
