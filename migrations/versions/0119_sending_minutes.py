"""How fast emails were sent, and what is left of deliveries that are no longer kept"""

import sqlalchemy as sa
from alembic import op

revision = '0119'
down_revision = '0118'

_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link',
    'help_call', 'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing',
    'mailing_test', 'export', 'account_changed', 'brigade_link', 'shift_reminder', 'next_shift', 'shift_changed',
    'sign_up', 'sign_up_again', 'sign_up_decided', 'mention', 'escalation', 'mobilization_changed', 'new_version',
    'brigade_action', 'alarm', 'role_ends',
)  # fmt: skip


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        'sending_minutes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('minute', sa.DateTime(timezone=True), nullable=False),
        sa.Column('emails', sa.Integer(), nullable=False),
        sa.Column('seconds', sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sending_minutes')),
        sa.UniqueConstraint('minute', name=op.f('uq_sending_minutes_minute')),
    )
    kind = sa.Enum(*_KINDS, name='DeliveryKind', native_enum=False, create_constraint=True, length=40)
    op.create_table(
        'delivery_totals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', kind, nullable=False),
        sa.Column('about', sa.String(length=80), nullable=False),
        sa.Column('digest_id', sa.Integer(), nullable=True),
        sa.Column('mailing_id', sa.Integer(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ('sent', 'failed', 'withdrawn', 'bounced')),
        sa.ForeignKeyConstraint(
            ['digest_id'], ['digests.id'], name=op.f('fk_delivery_totals_digest_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['mailing_id'], ['mailings.id'], name=op.f('fk_delivery_totals_mailing_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_totals')),
        sa.UniqueConstraint('kind', 'about', 'day', name=op.f('uq_delivery_totals_kind_about_day')),
    )
    op.create_index(op.f('ix_delivery_totals_digest_id'), 'delivery_totals', ['digest_id'])
    op.create_index(op.f('ix_delivery_totals_mailing_id'), 'delivery_totals', ['mailing_id'])


def downgrade() -> None:
    """Remove them."""
    op.drop_table('delivery_totals')
    op.drop_table('sending_minutes')
