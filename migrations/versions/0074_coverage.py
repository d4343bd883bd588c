"""Pictures of mobilizations, and what the press wrote about them"""

import sqlalchemy as sa
from alembic import op

revision = '0074'
down_revision = '0073'


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        'mobilization_pictures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('mobilization_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('description', sa.String(), nullable=False),
        sa.Column('credit', sa.String(length=200), nullable=True),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('small', sa.LargeBinary(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('removed_by_id', sa.Integer(), nullable=True),
        _key('mobilization_pictures', 'mobilization_id', 'mobilizations'),
        _key('mobilization_pictures', 'campaign_id', 'campaigns'),
        _key('mobilization_pictures', 'removed_by_id', 'users', 'SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mobilization_pictures')),
        sa.UniqueConstraint('key', name=op.f('uq_mobilization_pictures_key')),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'press_links',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('mobilization_id', sa.Integer(), nullable=False),
        sa.Column('article_id', sa.Integer(), nullable=True),
        sa.Column('url', sa.String(length=2000), nullable=True),
        sa.Column('title', sa.String(length=200), nullable=True),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('campaign_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(article_id IS NULL) <> (url IS NULL)', name=op.f('ck_press_links_one_target')),
        _key('press_links', 'mobilization_id', 'mobilizations'),
        _key('press_links', 'article_id', 'articles'),
        _key('press_links', 'campaign_id', 'campaigns'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_press_links')),
        sa.UniqueConstraint('mobilization_id', 'article_id', name=op.f('uq_press_links_mobilization_id_article_id')),
        sa.UniqueConstraint('mobilization_id', 'url', name=op.f('uq_press_links_mobilization_id_url')),
    )
    op.create_index(op.f('ix_mobilization_pictures_campaign_id'), 'mobilization_pictures', ['campaign_id'])
    op.create_index(op.f('ix_mobilization_pictures_mobilization_id'), 'mobilization_pictures', ['mobilization_id'])
    op.create_index(op.f('ix_press_links_campaign_id'), 'press_links', ['campaign_id'])
    op.create_index(op.f('ix_press_links_article_id'), 'press_links', ['article_id'])


def downgrade() -> None:
    """Remove both tables, with the histories of the pictures."""
    op.execute("DELETE FROM audit_entries WHERE subject = 'mobilization_pictures'")
    op.drop_table('press_links')
    op.drop_table('mobilization_pictures')


def _key(table: str, column: str, other: str, action: str = 'CASCADE') -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=action)
