"""Emails a week before a role ends"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0098'
down_revision = '0097'

NEW_KIND = 'role_ends'


def upgrade() -> None:
    """Allow the new kind of email."""
    _allow((*_kinds(), NEW_KIND))


def downgrade() -> None:
    """Remove it, and the emails of this kind."""
    op.execute(f"DELETE FROM deliveries WHERE kind = '{NEW_KIND}'")
    _allow(tuple(kind for kind in _kinds() if kind != NEW_KIND))


def _kinds() -> tuple[str, ...]:
    """Return the kinds of email that the database allows."""
    checks = {one['name']: one['sqltext'] for one in sa.inspect(op.get_bind()).get_check_constraints('deliveries')}
    return tuple(re.findall(r"'(\w+)'", checks['ck_deliveries_DeliveryKind']))


def _allow(kinds: tuple[str, ...]) -> None:
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))
