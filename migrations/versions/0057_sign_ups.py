"""Sign-ups"""

import sqlalchemy as sa
from alembic import op

revision = '0057'
down_revision = '0056'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed', 'mailing', 'mailing_test', 'export',
)
NEW_KINDS = (*OLD_KINDS, 'sign_up', 'sign_up_again')
OLD_RECIPIENTS = ('user_id', 'subscription_id', 'delegate_id', 'person_id')
NEW_RECIPIENTS = (*OLD_RECIPIENTS, 'sign_up_id')
CHECKS = {
    'reachable': 'email IS NOT NULL OR phone IS NOT NULL OR withdrawn_at IS NOT NULL',
    'confirmed_first': 'withdrawn_at IS NULL OR confirmed_at IS NOT NULL',
    'whole_call': '(called_at IS NULL) = (call_outcome IS NULL)',
    'assembly_decided': "decided_on IS NULL OR mandate = 'assembly'",
}


def upgrade() -> None:
    """Add the table, the emails, and whether a campaign is open to sign-ups."""
    op.create_table(
        'sign_ups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', _one_of('SignUpKind', 'endorse', 'sign', 'attend', 'host', 'join'), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('phone', sa.String(length=80), nullable=True),
        sa.Column('locale', sa.String(length=12), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=True),
        *(sa.Column(column, sa.String(length=200), nullable=True) for column in ('locality', 'organization_name')),
        sa.Column('mandate', _one_of('Mandate', 'personal', 'member', 'officer', 'assembly'), nullable=True),
        sa.Column('decided_on', sa.Date(), nullable=True),
        sa.Column('details', sa.JSON(), nullable=False),
        sa.Column('consent_text', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(column, sa.DateTime(timezone=True), nullable=True)
            for column in ('confirmed_at', 'withdrawn_at', 'called_at')
        ),
        sa.Column('called_by_id', sa.Integer(), nullable=True),
        sa.Column('call_outcome', _one_of('CallOutcome', 'confirmed', 'declined', 'not_reached'), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        *(sa.CheckConstraint(condition, name=op.f(f'ck_sign_ups_{name}')) for name, condition in CHECKS.items()),
        _key('called_by_id', 'users', 'SET NULL'),
        _key('person_id', 'people', 'SET NULL'),
        _key('campaign_id', 'campaigns', 'CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ups')),
        sqlite_autoincrement=True,
    )
    for column in ('campaign_id', 'person_id', 'withdrawn_at'):
        op.create_index(op.f(f'ix_sign_ups_{column}'), 'sign_ups', [column])
    op.create_index('ix_sign_ups_of_address', 'sign_ups', ['email', 'campaign_id', 'asked_at'])
    standing = "kind = 'endorse' AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL"
    _partial_index('ix_sign_ups_endorsing', ['campaign_id', 'email'], standing, unique=True)
    _partial_index('ix_sign_ups_unconfirmed', ['asked_at'], 'confirmed_at IS NULL', unique=False)
    with op.batch_alter_table('campaigns') as batch_op:
        batch_op.add_column(sa.Column('open_to_sign_ups', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.add_column(sa.Column('sign_up_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_deliveries_sign_up_id'), ['sign_up_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_deliveries_sign_up_id'), 'sign_ups', ['sign_up_id'], ['id'], ondelete='CASCADE'
        )
        _check(batch_op, NEW_KINDS, NEW_RECIPIENTS)


def downgrade() -> None:
    """Remove the table with its emails and what could be undone about it."""
    op.execute("DELETE FROM deliveries WHERE kind IN ('sign_up', 'sign_up_again')")
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'sign_ups.%'")
    with op.batch_alter_table('deliveries') as batch_op:
        _check(batch_op, OLD_KINDS, OLD_RECIPIENTS)
        batch_op.drop_constraint(batch_op.f('fk_deliveries_sign_up_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deliveries_sign_up_id'))
        batch_op.drop_column('sign_up_id')
    with op.batch_alter_table('campaigns') as batch_op:
        batch_op.drop_column('open_to_sign_ups')
    op.drop_table('sign_ups')


def _check(batch_op, kinds, recipients) -> None:
    """Replace the constraints on the kinds of emails and on their recipients."""
    conditions = {
        'DeliveryKind': 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds)),
        'one_recipient': ' + '.join(f'CASE WHEN {one} IS NULL THEN 0 ELSE 1 END' for one in recipients) + ' = 1',
    }
    for name, condition in conditions.items():
        batch_op.drop_constraint(batch_op.f(f'ck_deliveries_{name}'), type_='check')
        batch_op.create_check_constraint(batch_op.f(f'ck_deliveries_{name}'), sa.text(condition))


def _partial_index(name: str, columns: list[str], where: str, *, unique: bool) -> None:
    condition = sa.text(where)
    op.create_index(name, 'sign_ups', columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(column: str, other: str, action: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_sign_ups_{column}'), ondelete=action)
