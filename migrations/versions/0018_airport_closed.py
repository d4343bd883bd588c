"""A closed airport is a cause"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'

OLD = (
    "'airspace_closed', 'carrier_withdrawn', 'border_closed', 'visa_refused', 'visa_delayed', 'transit_refused', 'detention', "
    "'sanctions', 'fuel_shortage', 'insecurity', 'strike', 'demonstration', 'accident', 'holiday', 'weather', 'maintenance', "
    "'construction', 'police_activity', 'medical_emergency', 'technical_problem', 'other_cause', 'unknown_cause'"
)


def upgrade() -> None:
    """Allow the cause of a closed airport."""
    _allow(f"{OLD}, 'airport_closed'")


def downgrade() -> None:
    """Change problems with this cause to another cause."""
    op.execute("UPDATE route_problems SET cause = 'other_cause' WHERE cause = 'airport_closed'")
    _allow(OLD)


def _allow(causes: str) -> None:
    with op.batch_alter_table('route_problems', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_route_problems_Cause'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_route_problems_Cause'), sa.text(f'cause IN ({causes})'))
