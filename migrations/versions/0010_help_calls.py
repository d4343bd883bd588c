"""Calls for help, and every answer"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'

OLD_KINDS = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'member_link', 'address_change', 'address_changed')"
NEW_KINDS = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call', 'assignment', 'draft', 'member_link', 'address_change', 'address_changed')"


def upgrade() -> None:
    """Create tables for answers and calls for help, and allow emails about calls, assignments and drafts."""
    op.create_table('help_calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('closing_note', sa.String(), nullable=True),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('closed_at IS NOT NULL OR closed_by_id IS NULL', name=op.f('ck_help_calls_closed')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['users.id'], name=op.f('fk_help_calls_closed_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_help_calls_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_help_calls_delegate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_calls'))
    )
    with op.batch_alter_table('help_calls', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_help_calls_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_calls_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index('uq_help_calls_open', ['delegate_id'], unique=True, postgresql_where=sa.text('closed_at IS NULL'), sqlite_where=sa.text('closed_at IS NULL'))

    op.create_table('given_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('check_in_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Enum('safe', 'need_help', name='Answer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heard_by_id', sa.Integer(), nullable=True),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_ins.id'], name=op.f('fk_given_answers_check_in_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_given_answers_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_given_answers_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['heard_by_id'], ['users.id'], name=op.f('fk_given_answers_heard_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_answers'))
    )
    with op.batch_alter_table('given_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_given_answers_check_in_id'), ['check_in_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_answers_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_answers_delegate_id'), ['delegate_id'], unique=False)

    with op.batch_alter_table('congresses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('help_name', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('help_phone', sa.String(length=80), nullable=True))

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('help_call_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_deliveries_help_call_id'), ['help_call_id'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(NEW_KINDS))
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_help_call_id'), 'help_calls', ['help_call_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE follow_ups SET assigned_at = created_at")
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.alter_column('assigned_at', existing_type=sa.DateTime(timezone=True), nullable=False)

    op.execute(
        "INSERT INTO given_answers (congress_id, delegate_id, check_in_id, answer, note, given_at)"
        " SELECT congress_id, delegate_id, id, answer, note, answered_at FROM check_ins WHERE answer IS NOT NULL"
    )
    op.execute(
        "INSERT INTO help_calls (congress_id, delegate_id, called_at)"
        " SELECT congress_id, delegate_id, MIN(answered_at) FROM check_ins WHERE answer = 'need_help'"
        " GROUP BY congress_id, delegate_id"
    )



def downgrade() -> None:
    """Drop calls for help and earlier answers; the latest answer stays with its check-in."""
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_column('assigned_at')

    op.execute("DELETE FROM deliveries WHERE kind IN ('help_call', 'assignment', 'draft')")
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(OLD_KINDS))
        batch_op.drop_constraint(batch_op.f('fk_deliveries_help_call_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deliveries_help_call_id'))
        batch_op.drop_column('help_call_id')

    with op.batch_alter_table('congresses', schema=None) as batch_op:
        batch_op.drop_column('help_phone')
        batch_op.drop_column('help_name')

    with op.batch_alter_table('given_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_given_answers_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_given_answers_congress_id'))
        batch_op.drop_index(batch_op.f('ix_given_answers_check_in_id'))

    op.drop_table('given_answers')
    with op.batch_alter_table('help_calls', schema=None) as batch_op:
        batch_op.drop_index('uq_help_calls_open', postgresql_where=sa.text('closed_at IS NULL'), sqlite_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_help_calls_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_help_calls_congress_id'))

    op.drop_table('help_calls')
