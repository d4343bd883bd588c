"""Incoming articles, and the feeds that list them"""

import hashlib
import re
from urllib.parse import SplitResult, urlsplit

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    """Create feeds and incoming articles, and add keys that are equal for all variants of an address."""
    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('address_key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=True),
    sa.Column('etag', sa.String(length=500), nullable=True),
    sa.Column('last_modified', sa.String(length=500), nullable=True),
    sa.Column('body_hash', sa.String(length=80), nullable=True),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_fetch_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_word', sa.String(length=80), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim', sa.String(length=80), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_feeds_created_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('address_key', name=op.f('uq_feeds_address_key'))
    )
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feeds_next_fetch_at'), ['next_fetch_at'], unique=False)

    op.create_table('intakes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum('address', 'text', 'feed', 'mail', name=op.f('ck_intakes_IntakeSource'), native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('status', sa.Enum('listed', 'waiting', 'read', 'failed', 'kept', 'refused', name=op.f('ck_intakes_IntakeStatus'), native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=True),
    sa.Column('address_key', sa.String(length=80), nullable=True),
    sa.Column('pasted', sa.String(), nullable=True),
    sa.Column('in_language', sa.String(length=12), nullable=True),
    sa.Column('word', sa.String(length=80), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=True),
    sa.Column('feed_id', sa.Integer(), nullable=True),
    sa.Column('entry_key', sa.String(length=80), nullable=True),
    sa.Column('mail_key', sa.String(length=80), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim', sa.String(length=80), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(source = 'feed') = (feed_id IS NOT NULL)", name=op.f('ck_intakes_feed')),
    sa.CheckConstraint("source = 'feed' OR created_by_id IS NOT NULL", name=op.f('ck_intakes_somebody')),
    sa.CheckConstraint('url IS NOT NULL OR pasted IS NOT NULL', name=op.f('ck_intakes_something')),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_intakes_article_id_articles'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_intakes_created_by_id_users'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_intakes_feed_id_feeds'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intakes')),
    sa.UniqueConstraint('feed_id', 'entry_key', name=op.f('uq_intakes_feed_id_entry_key')),
    sa.UniqueConstraint('mail_key', name=op.f('uq_intakes_mail_key'))
    )
    with op.batch_alter_table('intakes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intakes_address_key'), ['address_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_intakes_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_intakes_status'), ['status'], unique=False)

    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address_key', sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f('ix_articles_address_key'), ['address_key'], unique=False)
    _fill_in_keys()


def downgrade() -> None:
    """Drop incoming articles, feeds and address keys."""
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_articles_address_key'))
        batch_op.drop_column('address_key')
    op.drop_table('intakes')
    op.drop_table('feeds')


def _fill_in_keys() -> None:
    articles = sa.table('articles', sa.column('id'), sa.column('url'), sa.column('address_key'))
    connection = op.get_bind()
    for number, url in connection.execute(sa.select(articles.c.id, articles.c.url).where(articles.c.url.is_not(None))).all():
        connection.execute(articles.update().where(articles.c.id == number).values(address_key=_key(url)))


def _key(url: str) -> str:
    """Return the key as app/reading/addresses.py did at the time of this migration."""
    try:
        parts = urlsplit(''.join(url.split()))
        name, port = (parts.hostname or '').rstrip('.'), parts.port
    except ValueError:
        normal = url
    else:
        name = f'[{name}]' if ':' in name else name
        host = name if port in (None, {'http': 80, 'https': 443}.get(parts.scheme)) else f'{name}:{port}'
        asked = [one for one in parts.query.split('&') if one and not re.fullmatch(r'(?i)utm_\w+|fbclid|gclid', one.partition('=')[0])]
        normal = SplitResult(parts.scheme, host, parts.path.rstrip('/'), '&'.join(asked), '').geturl()
    return hashlib.sha256(normal.encode('utf-8', 'replace')).hexdigest()
