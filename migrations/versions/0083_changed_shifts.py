"""Emails about shifts that are moved or removed"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0083'
down_revision = '0082'

NEW_KIND = 'shift_changed'


def upgrade() -> None:
    """Add how shifts were before, and the emails about it."""
    op.create_table(
        'shift_notices',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('shift_number', sa.Integer(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('timezone', sa.String(length=64), nullable=False),
        sa.Column('venue', sa.String(length=200), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f'{other}.id'], name=op.f(f'fk_shift_notices_{column}'), ondelete='CASCADE'
            )
            for column, other in (('member_id', 'brigade_members'), ('campaign_id', 'campaigns'))
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_notices')),
    )
    op.create_index(op.f('ix_shift_notices_campaign_id'), 'shift_notices', ['campaign_id'])
    op.create_index(op.f('ix_shift_notices_member_id'), 'shift_notices', ['member_id'])
    with op.batch_alter_table('deliveries') as table:
        table.add_column(sa.Column('shift_notice_id', sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f('fk_deliveries_shift_notice_id'), 'shift_notices', ['shift_notice_id'], ['id'], ondelete='CASCADE'
        )
    op.create_index(op.f('ix_deliveries_shift_notice_id'), 'deliveries', ['shift_notice_id'])
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove them."""
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))
    op.drop_index(op.f('ix_deliveries_shift_notice_id'), 'deliveries')
    with op.batch_alter_table('deliveries') as table:
        table.drop_constraint(table.f('fk_deliveries_shift_notice_id'), type_='foreignkey')
        table.drop_column('shift_notice_id')
    op.drop_table('shift_notices')


def _kinds() -> tuple[str, ...]:
    """Return the kinds of email that the database allows."""
    checks = {one['name']: one['sqltext'] for one in sa.inspect(op.get_bind()).get_check_constraints('deliveries')}
    return tuple(re.findall(r"'(\w+)'", checks['ck_deliveries_DeliveryKind']))


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))
