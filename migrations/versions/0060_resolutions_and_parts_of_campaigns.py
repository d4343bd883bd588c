"""Resolutions, and where campaigns come from and take place"""

import sqlalchemy as sa
from alembic import op

revision = '0060'
down_revision = '0059'


def upgrade() -> None:
    """Add the tables, and the columns of campaigns."""
    op.create_table(
        'resolutions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(length=80), nullable=True),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('in_language', sa.String(length=12), nullable=False),
        sa.Column('adopted_on', sa.Date(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('congress_id', sa.Integer(), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('removed_by_id', sa.Integer(), nullable=True),
        sa.Column('sort_key', _folded(), server_default='', nullable=False),
        sa.Column('words', _folded(), server_default='', nullable=False),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        _key('resolutions', 'congress_id', 'congresses', 'CASCADE'),
        _key('resolutions', 'removed_by_id', 'users', 'SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_resolutions')),
        sqlite_autoincrement=True,
    )
    for column in ('congress_id', 'sort_key'):
        op.create_index(op.f(f'ix_resolutions_{column}'), 'resolutions', [column])
    op.create_table(
        'origins',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('resolution_id', sa.Integer(), nullable=False),
        _key('origins', 'campaign_id', 'campaigns', 'CASCADE'),
        _key('origins', 'resolution_id', 'resolutions', 'CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_origins')),
        sa.UniqueConstraint('campaign_id', 'resolution_id', name=op.f('uq_origins_campaign_id_resolution_id')),
    )
    op.create_table(
        'partners',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.Enum(
            'convenes', 'takes_part', 'supports', name='PartnerRole', native_enum=False, create_constraint=True, length=40,
        ), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        _key('partners', 'campaign_id', 'campaigns', 'CASCADE'),
        _key('partners', 'organization_id', 'organizations', 'CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_partners')),
        sa.UniqueConstraint('campaign_id', 'organization_id', name=op.f('uq_partners_campaign_id_organization_id')),
    )
    for table, column in (
        ('origins', 'campaign_id'), ('origins', 'resolution_id'), ('partners', 'campaign_id'), ('partners', 'organization_id'),
    ):
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    with op.batch_alter_table('campaigns') as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('countries', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('languages', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_index(batch_op.f('ix_campaigns_parent_id'), ['parent_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_campaigns_parent_id'), 'campaigns', ['parent_id'], ['id'], ondelete='SET NULL'
        )


def downgrade() -> None:
    """Remove them, with the history of resolutions."""
    op.execute("DELETE FROM audit_entries WHERE subject = 'resolutions'")
    with op.batch_alter_table('campaigns') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaigns_parent_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_campaigns_parent_id'))
        for column in ('parent_id', 'countries', 'languages'):
            batch_op.drop_column(column)
    for table in ('partners', 'origins', 'resolutions'):
        op.drop_table(table)


def _key(table: str, column: str, other: str, action: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=action)


def _folded() -> sa.Text:
    return sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
