"""An assignment email refers to all actions that it announces"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'


def upgrade() -> None:
    """Link each email to the actions that were assigned with the one it was stored with."""
    op.create_table(
        'announced_follow_ups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('delivery_id', sa.Integer(), nullable=False),
        sa.Column('follow_up_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_announced_follow_ups_delivery_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['follow_up_id'], ['follow_ups.id'], name=op.f('fk_announced_follow_ups_follow_up_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_announced_follow_ups')),
        sa.UniqueConstraint('delivery_id', 'follow_up_id', name=op.f('uq_announced_follow_ups_delivery_id_follow_up_id')),
    )
    op.create_index(op.f('ix_announced_follow_ups_follow_up_id'), 'announced_follow_ups', ['follow_up_id'])
    op.execute("""
        INSERT INTO announced_follow_ups (delivery_id, follow_up_id)
        SELECT deliveries.id, follow_ups.id FROM deliveries
        JOIN follow_ups AS named ON named.id = deliveries.follow_up_id
        JOIN follow_ups ON follow_ups.id = named.id OR (
            follow_ups.congress_id = named.congress_id
            AND follow_ups.assigned_at = named.assigned_at
            AND follow_ups.assignee_id = deliveries.user_id
        )
        WHERE deliveries.kind = 'assignment'
    """)
    op.execute("UPDATE deliveries SET follow_up_id = NULL WHERE kind = 'assignment'")


def downgrade() -> None:
    """Store each email with the first of its actions."""
    op.execute("""
        UPDATE deliveries SET follow_up_id = (
            SELECT min(follow_up_id) FROM announced_follow_ups WHERE delivery_id = deliveries.id
        )
        WHERE kind = 'assignment'
    """)
    op.drop_table('announced_follow_ups')
