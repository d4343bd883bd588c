"""Attending mobilizations"""

import sqlalchemy as sa
from alembic import op

revision = '0064'
down_revision = '0063'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing', 'mailing_test', 'export',
    'sign_up', 'sign_up_again', 'mention',
)
NEW_KINDS = (*OLD_KINDS, 'mobilization_changed')
ATTENDING = sa.text("kind = 'attend' AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Add what somebody attends, and the emails about its changes."""
    with op.batch_alter_table('sign_ups') as table:
        table.add_column(sa.Column('mobilization_id', sa.Integer(), nullable=True))
        table.create_index(table.f('ix_sign_ups_mobilization_id'), ['mobilization_id'])
        table.create_foreign_key(
            table.f('fk_sign_ups_mobilization_id'), 'mobilizations', ['mobilization_id'], ['id'], ondelete='CASCADE'
        )
    op.create_index(
        'ix_sign_ups_attending', 'sign_ups', ['mobilization_id', 'email'], unique=True,
        postgresql_where=ATTENDING, sqlite_where=ATTENDING,
    )
    _check(NEW_KINDS)


def downgrade() -> None:
    """Remove them, with those who signed up to attend."""
    op.execute("DELETE FROM deliveries WHERE kind = 'mobilization_changed'")
    op.execute("DELETE FROM deliveries WHERE sign_up_id IN (SELECT id FROM sign_ups WHERE kind = 'attend')")
    op.execute("DELETE FROM sign_ups WHERE kind = 'attend'")
    _check(OLD_KINDS)
    op.drop_index('ix_sign_ups_attending', 'sign_ups')
    with op.batch_alter_table('sign_ups') as table:
        table.drop_constraint(table.f('fk_sign_ups_mobilization_id'), type_='foreignkey')
        table.drop_index(table.f('ix_sign_ups_mobilization_id'))
        table.drop_column('mobilization_id')


def _check(kinds) -> None:
    condition = sa.text('kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds)))
    with op.batch_alter_table('deliveries') as table:
        table.drop_constraint(table.f('ck_deliveries_DeliveryKind'), type_='check')
        table.create_check_constraint(table.f('ck_deliveries_DeliveryKind'), condition)
