"""Days of action and mobilizations"""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0058'


def upgrade() -> None:
    """Add days of action, mobilizations, and their hosts."""
    op.create_table('days_of_action',
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('synchronized_by', sa.Enum('same_instant', 'same_local_hour', name='Synchronization', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('timezone', sa.String(length=64), nullable=True),
    sa.Column('local_day', sa.Date(), nullable=True),
    sa.Column('local_hour', sa.Time(), nullable=True),
    sa.Column('hosts_until', sa.Date(), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(synchronized_by = 'same_instant') = (starts_at IS NOT NULL AND timezone IS NOT NULL)", name=op.f('ck_days_of_action_instant')),
    sa.CheckConstraint("(synchronized_by = 'same_local_hour') = (local_day IS NOT NULL AND local_hour IS NOT NULL)", name=op.f('ck_days_of_action_local')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_days_of_action_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['removed_by_id'], ['users.id'], name=op.f('fk_days_of_action_removed_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_days_of_action'))
    )
    with op.batch_alter_table('days_of_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_days_of_action_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('mobilizations',
    sa.Column('day_of_action_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('duration_minutes', sa.Integer(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('contact', sa.String(), nullable=True),
    sa.Column('expected_turnout', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('proposed', 'confirmed', 'moved', 'cancelled', 'held', name='MobilizationStatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('change_reason', sa.String(), nullable=True),
    sa.Column('turnout_least', sa.Integer(), nullable=True),
    sa.Column('turnout_most', sa.Integer(), nullable=True),
    sa.Column('not_counted', sa.Boolean(), nullable=False),
    sa.Column('turnout_by', sa.String(length=200), nullable=True),
    sa.Column('turnout_source', sa.String(length=2000), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(turnout_least IS NULL) = (turnout_most IS NULL)', name=op.f('ck_mobilizations_both')),
    sa.CheckConstraint('0 <= turnout_least AND turnout_least <= turnout_most AND turnout_most <= 100000000', name=op.f('ck_mobilizations_turnout')),
    sa.CheckConstraint('NOT (not_counted AND turnout_least IS NOT NULL)', name=op.f('ck_mobilizations_counted')),
    sa.CheckConstraint('duration_minutes BETWEEN 1 AND 43200', name=op.f('ck_mobilizations_duration')),
    sa.CheckConstraint('expected_turnout BETWEEN 0 AND 100000000', name=op.f('ck_mobilizations_expected')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_mobilizations_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_of_action_id'], ['days_of_action.id'], name=op.f('fk_mobilizations_day_of_action_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_mobilizations_place_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['removed_by_id'], ['users.id'], name=op.f('fk_mobilizations_removed_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mobilizations'))
    )
    with op.batch_alter_table('mobilizations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mobilizations_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mobilizations_day_of_action_id'), ['day_of_action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mobilizations_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mobilizations_starts_at'), ['starts_at'], unique=False)

    op.create_table('mobilization_hosts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mobilization_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_mobilization_hosts_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mobilization_id'], ['mobilizations.id'], name=op.f('fk_mobilization_hosts_mobilization_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_mobilization_hosts_organization_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mobilization_hosts')),
    sa.UniqueConstraint('mobilization_id', 'organization_id', name=op.f('uq_mobilization_hosts_mobilization_id_organization_id'))
    )
    with op.batch_alter_table('mobilization_hosts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mobilization_hosts_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mobilization_hosts_organization_id'), ['organization_id'], unique=False)



def downgrade() -> None:
    """Remove them, with their history and what could be undone about them."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'mobilization_changes.remove_host'")
    op.execute("DELETE FROM audit_entries WHERE subject IN ('days_of_action', 'mobilizations')")
    with op.batch_alter_table('mobilization_hosts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mobilization_hosts_organization_id'))
        batch_op.drop_index(batch_op.f('ix_mobilization_hosts_campaign_id'))

    op.drop_table('mobilization_hosts')
    with op.batch_alter_table('mobilizations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mobilizations_starts_at'))
        batch_op.drop_index(batch_op.f('ix_mobilizations_place_id'))
        batch_op.drop_index(batch_op.f('ix_mobilizations_day_of_action_id'))
        batch_op.drop_index(batch_op.f('ix_mobilizations_campaign_id'))

    op.drop_table('mobilizations')
    with op.batch_alter_table('days_of_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_days_of_action_campaign_id'))

    op.drop_table('days_of_action')
