"""Mailings to the people of a segment"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'

OLD_KINDS = (
    'invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'help_call',
    'assignment', 'draft', 'member_link', 'address_change', 'address_changed',
)
NEW_KINDS = (*OLD_KINDS, 'mailing', 'mailing_test')
OLD_RECIPIENTS = ('user_id', 'subscription_id', 'delegate_id')
NEW_RECIPIENTS = (*OLD_RECIPIENTS, 'person_id')
USERS = ('created_by_id', 'approved_by_id', 'removed_by_id')
OWNERS = {'congress_id': 'congresses', 'campaign_id': 'campaigns'}
REFERENCES = {'person_id': 'people', 'mailing_id': 'mailings'}


def upgrade() -> None:
    """Add the table, and allow emails to people."""
    op.create_table(
        'mailings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('segment_id', sa.Integer(), nullable=True),
        sa.Column('subject', sa.String(length=200), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('in_language', sa.String(length=12), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(column, sa.DateTime(timezone=True), nullable=True)
            for column in ('approved_at', 'stopped_at', 'removed_at')
        ),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in (*USERS, *OWNERS)),
        sa.Column('sort_key', _folded(), server_default='', nullable=False),
        sa.Column('words', _folded(), server_default='', nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('campaign_id IS NULL OR congress_id IS NULL', name=op.f('ck_mailings_one_place')),
        sa.CheckConstraint('stopped_at IS NULL OR approved_at IS NOT NULL', name=op.f('ck_mailings_approved_first')),
        _key('segment_id', 'segments', 'SET NULL'),
        *(_key(column, 'users', 'SET NULL') for column in USERS),
        *(_key(column, table, 'CASCADE') for column, table in OWNERS.items()),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mailings')),
        sqlite_autoincrement=True,
    )
    for column in ('segment_id', *OWNERS, 'sort_key'):
        op.create_index(op.f(f'ix_mailings_{column}'), 'mailings', [column])
    with op.batch_alter_table('deliveries') as batch_op:
        for column, table in REFERENCES.items():
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_deliveries_{column}'), [column])
            batch_op.create_foreign_key(
                batch_op.f(f'fk_deliveries_{column}'), table, [column], ['id'], ondelete='CASCADE'
            )
        _check(batch_op, NEW_KINDS, NEW_RECIPIENTS)


def downgrade() -> None:
    """Remove the table with its emails, its history and what could be undone about it."""
    op.execute("DELETE FROM deliveries WHERE kind IN ('mailing', 'mailing_test')")
    op.execute("DELETE FROM audit_entries WHERE subject = 'mailings'")
    with op.batch_alter_table('deliveries') as batch_op:
        _check(batch_op, OLD_KINDS, OLD_RECIPIENTS)
        for column in REFERENCES:
            batch_op.drop_constraint(batch_op.f(f'fk_deliveries_{column}'), type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_deliveries_{column}'))
            batch_op.drop_column(column)
    op.drop_table('mailings')


def _check(batch_op, kinds, recipients) -> None:
    """Replace the constraints on the kinds of emails and on their recipients."""
    conditions = {
        'DeliveryKind': 'kind IN ({})'.format(', '.join(f"'{kind}'" for kind in kinds)),
        'one_recipient': ' + '.join(f'CASE WHEN {one} IS NULL THEN 0 ELSE 1 END' for one in recipients) + ' = 1',
    }
    for name, condition in conditions.items():
        batch_op.drop_constraint(batch_op.f(f'ck_deliveries_{name}'), type_='check')
        batch_op.create_check_constraint(batch_op.f(f'ck_deliveries_{name}'), sa.text(condition))


def _key(column: str, other: str, action: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_mailings_{column}'), ondelete=action)


def _folded() -> sa.Text:
    return sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
