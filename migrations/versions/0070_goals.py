"""Goals of campaigns that are counted"""

import sqlalchemy as sa
from alembic import op

revision = '0070'
down_revision = '0069'

KINDS = ('signatures', 'endorsements', 'subscribers', 'organizations', 'mobilizations', 'participants')


def upgrade() -> None:
    """Add what is counted, how many are wanted, and whether the parts of a campaign count."""
    kind = sa.Enum(*KINDS, name='GoalKind', native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table('campaigns') as table:
        table.add_column(sa.Column('goal_kind', kind, nullable=True))
        table.add_column(sa.Column('goal_number', sa.Integer(), nullable=True))
        table.add_column(sa.Column('goal_with_parts', sa.Boolean(), server_default=sa.false(), nullable=False))
        table.create_check_constraint(
            table.f('ck_campaigns_whole_goal'), sa.text('(goal_kind IS NULL) = (goal_number IS NULL)')
        )
        table.create_check_constraint(
            table.f('ck_campaigns_goal_number'), sa.text('goal_number BETWEEN 1 AND 1000000000')
        )


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table('campaigns') as table:
        for name in ('ck_campaigns_goal_number', 'ck_campaigns_whole_goal', 'ck_campaigns_GoalKind'):
            table.drop_constraint(table.f(name), type_='check')
        for column in ('goal_with_parts', 'goal_number', 'goal_kind'):
            table.drop_column(column)
