"""Shifts"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0066'
down_revision = '0065'

KINDS = ('brigade_link', 'shift_reminder', 'next_shift')


def upgrade() -> None:
    """Add shifts, their places and swaps, and the emails about them."""
    op.create_table('shifts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('brigade_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=True),
    sa.Column('venue', sa.String(length=200), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_shifts_times')),
    sa.CheckConstraint('needed BETWEEN 1 AND 500', name=op.f('ck_shifts_needed')),
    sa.ForeignKeyConstraint(['brigade_id'], ['brigades.id'], name=op.f('fk_shifts_brigade_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_shifts_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['brigade_roles.id'], name=op.f('fk_shifts_role_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shifts')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('shifts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shifts_brigade_id'), ['brigade_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shifts_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shifts_role_id'), ['role_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shifts_starts_at'), ['starts_at'], unique=False)

    op.create_table('shift_places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shift_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('offered', 'taken', 'approved', 'giving_back', 'given_back', 'swapped', 'attended', 'missed', name='PlaceStatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_shift_id', sa.Integer(), nullable=True),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_shift_places_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['brigade_members.id'], name=op.f('fk_shift_places_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['next_shift_id'], ['shifts.id'], name=op.f('fk_shift_places_next_shift_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['shift_id'], ['shifts.id'], name=op.f('fk_shift_places_shift_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_places')),
    sa.UniqueConstraint('shift_id', 'member_id', name=op.f('uq_shift_places_shift_id_member_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('shift_places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_places_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_places_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_places_next_shift_id'), ['next_shift_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_places_shift_id'), ['shift_id'], unique=False)

    op.create_table('shift_swaps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('other_place_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'agreed', 'done', 'declined', name='SwapStatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_shift_swaps_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_place_id'], ['shift_places.id'], name=op.f('fk_shift_swaps_other_place_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['shift_places.id'], name=op.f('fk_shift_swaps_place_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_swaps'))
    )
    with op.batch_alter_table('shift_swaps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_swaps_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_swaps_other_place_id'), ['other_place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_swaps_place_id'), ['place_id'], unique=False)

    with op.batch_alter_table('brigade_members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_number', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('no_more_asks_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('brigades', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_approval', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('give_back_hours', sa.Integer(), server_default='24', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_brigades_give_back'), 'give_back_hours BETWEEN 0 AND 720')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('brigade_member_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('shift_place_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_deliveries_brigade_member_id'), ['brigade_member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliveries_shift_place_id'), ['shift_place_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_brigade_member_id'), 'brigade_members', ['brigade_member_id'], ['id'], ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_shift_place_id'), 'shift_places', ['shift_place_id'], ['id'], ondelete='CASCADE')
        _check(batch_op, (*_kinds(), *KINDS))



def downgrade() -> None:
    """Remove shifts, with their emails, their history and what could be undone about them."""
    op.execute("DELETE FROM deliveries WHERE kind IN ('brigade_link', 'shift_reminder', 'next_shift')")
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'shift%'")
    op.execute("DELETE FROM audit_entries WHERE subject = 'shifts'")
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        _check(batch_op, [kind for kind in _kinds() if kind not in KINDS])
        batch_op.drop_constraint(batch_op.f('fk_deliveries_shift_place_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_deliveries_brigade_member_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deliveries_shift_place_id'))
        batch_op.drop_index(batch_op.f('ix_deliveries_brigade_member_id'))
        batch_op.drop_column('shift_place_id')
        batch_op.drop_column('brigade_member_id')

    with op.batch_alter_table('brigades', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_brigades_give_back'), type_='check')
        batch_op.drop_column('give_back_hours')
        batch_op.drop_column('needs_approval')

    with op.batch_alter_table('brigade_members', schema=None) as batch_op:
        batch_op.drop_column('no_more_asks_at')
        batch_op.drop_column('link_number')

    op.drop_table('shift_swaps')
    op.drop_table('shift_places')
    op.drop_table('shifts')


def _kinds() -> list[str]:
    """Return the kinds of email that the database allows."""
    checks = {one['name']: one['sqltext'] for one in sa.inspect(op.get_bind()).get_check_constraints('deliveries')}
    return re.findall(r"'(\w+)'", checks['ck_deliveries_DeliveryKind'])


def _check(batch_op, kinds) -> None:
    """Replace the constraint on the kinds of emails."""
    condition = 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds))
    batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
    batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(condition))
