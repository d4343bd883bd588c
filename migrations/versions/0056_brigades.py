"""Brigades"""

import sqlalchemy as sa
from alembic import op

revision = '0056'
down_revision = '0055'


def upgrade() -> None:
    """Add brigades with their roles and members."""
    op.create_table('brigades',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.String(), nullable=True),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('locality', sa.String(length=200), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_brigades_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['removed_by_id'], ['users.id'], name=op.f('fk_brigades_removed_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brigades')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('brigades', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brigades_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('brigade_roles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('brigade_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('coordinator', 'press', 'legal', 'transport', 'translation', 'logistics', 'health', 'food', 'childcare', 'safety', 'training', 'other', name='RoleKind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=True),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'other') = (name IS NOT NULL)", name=op.f('ck_brigade_roles_name')),
    sa.CheckConstraint('needed BETWEEN 1 AND 500', name=op.f('ck_brigade_roles_needed')),
    sa.ForeignKeyConstraint(['brigade_id'], ['brigades.id'], name=op.f('fk_brigade_roles_brigade_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_brigade_roles_campaign_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brigade_roles')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('brigade_roles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brigade_roles_brigade_id'), ['brigade_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_brigade_roles_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('brigade_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('brigade_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('asked', 'confirmed', 'left', name='MemberStatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('skills', sa.String(length=200), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('channel', sa.Enum('email', 'phone', name='Channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('until >= since', name=op.f('ck_brigade_members_dates')),
    sa.ForeignKeyConstraint(['brigade_id'], ['brigades.id'], name=op.f('fk_brigade_members_brigade_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_brigade_members_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_brigade_members_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['brigade_roles.id'], name=op.f('fk_brigade_members_role_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brigade_members')),
    sa.UniqueConstraint('brigade_id', 'person_id', name=op.f('uq_brigade_members_brigade_id_person_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('brigade_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brigade_members_brigade_id'), ['brigade_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_brigade_members_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_brigade_members_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_brigade_members_role_id'), ['role_id'], unique=False)



def downgrade() -> None:
    """Remove brigades, with their history and what could be undone about them."""
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'brigade%'")
    op.execute("DELETE FROM audit_entries WHERE subject IN ('brigades', 'brigade_members')")
    op.drop_table('brigade_members')
    op.drop_table('brigade_roles')
    op.drop_table('brigades')
