"""What members were told of their places in shifts, and how often calendars have to take something over"""

import sqlalchemy as sa
from alembic import op

revision = '0085'
down_revision = '0084'

STATUSES = ('offered', 'taken', 'approved', 'giving_back', 'given_back', 'swapped', 'attended', 'missed')


def upgrade() -> None:
    """Count what changes for calendars, and add what a place was to the notices about shifts."""
    for name in ('shifts', 'shift_places', 'shift_notices'):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('shift_notices') as table:
        table.add_column(sa.Column('place_status', sa.String(length=40), server_default='approved', nullable=True))
        table.create_check_constraint(
            table.f('ck_shift_notices_PlaceStatus'),
            'place_status IN ({})'.format(', '.join(f"'{one}'" for one in STATUSES)),
        )
    with op.batch_alter_table('shift_notices') as table:  # only the notices that are there have these values
        table.alter_column('sequence', server_default=None, existing_type=sa.Integer(), existing_nullable=False)
        table.alter_column('place_status', server_default=None, existing_type=sa.String(40), existing_nullable=True)


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table('shift_notices') as table:
        table.drop_constraint(table.f('ck_shift_notices_PlaceStatus'), type_='check')
        table.drop_column('place_status')
    for name in ('shift_notices', 'shift_places', 'shifts'):
        with op.batch_alter_table(name) as table:
            table.drop_column('sequence')
