"""Segments of people and organizations"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'

RECORDS = ('person', 'organization')
KINDS = (
    'name', 'country', 'nationality', 'language', 'town', 'classification', 'sector', 'tag', 'field', 'email', 'phone',
    'member', 'affiliated', 'participation', 'seat', 'delegation', 'interaction', 'quiet', 'consent', 'subscription',
    'recorded', 'segment',
)
OBJECTS = ('tag', 'field', 'congress', 'campaign', 'organization', 'user', 'segment')
COMPARISONS = ('is_set', 'is', 'contains', 'at_least', 'at_most')
ABOUT = {
    'tag_id': 'tags', 'field_id': 'custom_fields', 'in_congress_id': 'congresses', 'in_campaign_id': 'campaigns',
    'organization_id': 'organizations', 'user_id': 'users', 'other_id': 'segments',
}
USERS = ('created_by_id', 'removed_by_id')
OWNERS = {'congress_id': 'congresses', 'campaign_id': 'campaigns'}
MEMBERS = {'person_id': 'people', 'organization_id': 'organizations'}


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        'segments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('purpose', sa.String(), nullable=True),
        sa.Column('record_kind', _one_of(RECORDS, 'RecordKind'), nullable=False),
        sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('columns', sa.JSON(), nullable=False),
        sa.Column('sorting', sa.String(length=80), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in (*USERS, *OWNERS)),
        sa.Column('sort_key', _folded(), server_default='', nullable=False),
        sa.Column('words', _folded(), server_default='', nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint('campaign_id IS NULL OR congress_id IS NULL', name=op.f('ck_segments_one_place')),
        *(_key('segments', column, 'users', 'SET NULL') for column in USERS),
        *(_key('segments', column, table, 'CASCADE') for column, table in OWNERS.items()),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_segments')),
    )
    op.create_table(
        'segment_conditions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('segment_id', sa.Integer(), nullable=False),
        sa.Column('group_number', sa.Integer(), nullable=False),
        sa.Column('is_negated', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('kind', _one_of(KINDS, 'ConditionKind'), nullable=False),
        sa.Column('about', _one_of(OBJECTS, 'ConditionObject'), nullable=True),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in ABOUT),
        sa.Column('comparison', _one_of(COMPARISONS, 'Comparison'), nullable=True),
        sa.Column('text', sa.String(length=200), nullable=True),
        sa.Column('option', sa.String(length=80), nullable=True),
        sa.Column('status', sa.String(length=80), nullable=True),
        sa.Column('number', sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        _key('segment_conditions', 'segment_id', 'segments', 'CASCADE'),
        *(_key('segment_conditions', column, table, 'SET NULL') for column, table in ABOUT.items()),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_segment_conditions')),
    )
    op.create_table(
        'segment_members',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('segment_id', sa.Integer(), nullable=False),
        sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in MEMBERS),
        sa.CheckConstraint('(person_id IS NULL) <> (organization_id IS NULL)', name=op.f('ck_segment_members_one_record')),
        _key('segment_members', 'segment_id', 'segments', 'CASCADE'),
        *(_key('segment_members', column, table, 'CASCADE') for column, table in MEMBERS.items()),
        *(
            sa.UniqueConstraint(
                'segment_id', 'frozen_at', column, name=op.f(f'uq_segment_members_segment_id_frozen_at_{column}')
            )
            for column in MEMBERS
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_segment_members')),
    )
    indexed = {'segments': (*OWNERS, 'sort_key'), 'segment_conditions': ('segment_id', *ABOUT), 'segment_members': MEMBERS}
    for table, columns in indexed.items():
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column])


def downgrade() -> None:
    """Remove the tables, with their history and what could be undone about them."""
    op.execute("DELETE FROM undo_entries WHERE endpoint LIKE 'segment%'")
    op.execute("DELETE FROM audit_entries WHERE subject = 'segments'")
    for table in ('segment_members', 'segment_conditions', 'segments'):
        op.drop_table(table)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, other: str, action: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=action)


def _folded() -> sa.Text:
    return sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
