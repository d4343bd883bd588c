"""Mailboxes that cannot be read"""

import sqlalchemy as sa
from alembic import op

revision = '0123'
down_revision = '0122'

_NEVER_REUSED = {'sqlite_autoincrement': True}
_OLD = "sign IN ('database', 'letters', 'worker', 'beat', 'backup', 'disk', 'messages', 'proxy')"
_NEW = "sign IN ('database', 'letters', 'returned', 'worker', 'beat', 'backup', 'disk', 'messages', 'proxy')"


def upgrade() -> None:
    """Add what is known of them, and the sign of the alarm."""
    op.create_table(
        'inbox_troubles',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column(
            'reason',
            sa.Enum(
                'away', 'insecure', 'closed', 'folder',
                name=op.f('ck_inbox_troubles_InboxReason'), native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox_troubles')),
        sa.UniqueConstraint('name', name=op.f('uq_inbox_troubles_name')),
    )  # fmt: skip
    _check_sign(_NEW)


def downgrade() -> None:
    """Remove both."""
    op.execute("DELETE FROM alarms WHERE sign = 'returned'")
    _check_sign(_OLD)
    op.drop_table('inbox_troubles')


def _check_sign(condition: str) -> None:
    with op.batch_alter_table('alarms', table_kwargs=_NEVER_REUSED) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_alarms_Sign'), type_='check')
    with op.batch_alter_table('alarms', table_kwargs=_NEVER_REUSED) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_alarms_Sign'), condition)
