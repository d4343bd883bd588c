"""Booked legs replaced by another route, and actions about them"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'

OLD_STATUSES = "'planned', 'booked', 'under_way', 'done', 'cancelled', 'missed'"
OLD_KINDS = "'rebook', 'book', 'consulate_letter', 'accompany', 'alternate', 'remote_seat', 'call'"


def upgrade() -> None:
    """Allow the status of replaced legs, and actions about unused bookings."""
    _allow(f"{OLD_STATUSES}, 'replaced'", f"{OLD_KINDS}, 'cancel_booking', 'refund'")


def downgrade() -> None:
    """Mark replaced legs as canceled, and actions about their bookings as manual ones."""
    op.execute("UPDATE legs SET status = 'cancelled' WHERE status = 'replaced'")
    op.execute("UPDATE follow_ups SET kind = NULL WHERE kind IN ('cancel_booking', 'refund')")
    _allow(OLD_STATUSES, OLD_KINDS)


def _allow(statuses: str, kinds: str) -> None:
    for table, column, name, allowed in (('legs', 'status', 'LegStatus', statuses), ('follow_ups', 'kind', 'FollowUpKind', kinds)):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_{name}'), type_='check')
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{name}'), sa.text(f'{column} IN ({allowed})'))
