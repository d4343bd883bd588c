"""Digests that become drafts again"""

from alembic import op

revision = '0122'
down_revision = '0121'

_OLD = "status IN ('draft', 'proposed', 'approved', 'paused', 'stopped', 'sent', 'discarded')"
_NEW = "status IN ('draft', 'proposed', 'approved', 'paused', 'stopped', 'reopening', 'sent', 'discarded')"


def upgrade() -> None:
    """Add the status."""
    _check_status(_NEW)


def downgrade() -> None:
    """Leave those that are on their way stopped: what is left of them can be sent or taken back."""
    op.execute("UPDATE digests SET status = 'stopped' WHERE status = 'reopening'")
    _check_status(_OLD)


def _check_status(condition: str) -> None:
    with op.batch_alter_table('digests') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_digests_DigestStatus'), type_='check')
    with op.batch_alter_table('digests') as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_digests_DigestStatus'), condition)
