"""Indexes of what an email is about"""

import sqlalchemy as sa
from alembic import op

revision = '0120'
down_revision = '0119'

_COLUMNS = (
    'user_id', 'subscription_id', 'delegate_id', 'person_id', 'sign_up_id', 'check_in_id', 'help_call_id', 'follow_up_id',
    'digest_id', 'digest_part_id', 'subscription_request_id', 'address_change_id', 'mailing_id', 'brigade_member_id',
    'shift_place_id', 'shift_notice_id',
)  # fmt: skip


def upgrade() -> None:
    """On PostgreSQL, leave out the emails that are about something else."""
    _index(lambda column: sa.text(f'{column} IS NOT NULL'))


def downgrade() -> None:
    """Index all emails again."""
    _index(lambda _column: None)


def _index(where) -> None:
    if op.get_bind().dialect.name != 'postgresql':
        return
    for column in _COLUMNS:
        op.drop_index(f'ix_deliveries_{column}', 'deliveries')
        op.create_index(f'ix_deliveries_{column}', 'deliveries', [column], postgresql_where=where(column))
