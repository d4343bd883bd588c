"""Search, notes, versions and link checks of articles"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'

PARTS = {'headline': 'A', 'authors': 'B', 'publisher': 'C', 'text': 'D'}


def words(text) -> str:
    """Return the search words of a text, without accents and capitals."""
    decomposed = unicodedata.normalize('NFKD', (text or '').casefold())
    plain = ''.join(char for char in decomposed if not unicodedata.combining(char))
    said = ' '.join(word[:60] for word in re.findall(r'[^\W_]+', plain))
    return said.encode()[:400_000].decode(errors='ignore')


def create_search() -> str:
    """Create the search table; return the statement that inserts a row."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE article_search USING fts5(headline, authors, publisher, text, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3')")
        return 'INSERT INTO article_search (rowid, headline, authors, publisher, text) VALUES (:id, :headline, :authors, :publisher, :text)'
    op.execute('CREATE TABLE article_search (article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, words TSVECTOR NOT NULL)')
    op.execute('CREATE INDEX ix_article_search_words ON article_search USING gin (words)')
    weighed = ' || '.join(f"setweight(to_tsvector('simple', :{name}), '{weight}')" for name, weight in PARTS.items())
    return f'INSERT INTO article_search (article_id, words) VALUES (:id, {weighed})'


def fill_search(row) -> None:
    """Index existing articles."""
    connection = op.get_bind()
    for (number,) in connection.execute(sa.text('SELECT id FROM articles ORDER BY id')).all():
        asked = sa.text('SELECT headline, authors, publisher, text FROM articles WHERE id = :id')
        parts = connection.execute(asked, {'id': number}).one()
        connection.execute(sa.text(row), {'id': number, **{name: words(part) for name, part in zip(PARTS, parts, strict=True)}})


def upgrade() -> None:
    """Create the tables and columns for searching, versions, notes and link checks."""
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('updated_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('compared_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('link_checked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('link_word', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('link_failures', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('link_broken_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_articles_listed', ['created_at', 'version_of_id', 'in_language', 'publisher', 'date_published', 'link_broken_since'], unique=False)
        batch_op.create_index('ix_articles_not_compared', ['id'], unique=False, sqlite_where=sa.text('compared_at IS NULL'), postgresql_where=sa.text('compared_at IS NULL'))
        batch_op.create_index('ix_articles_failing', ['link_checked_at'], unique=False, sqlite_where=sa.text('link_failures > 0'), postgresql_where=sa.text('link_failures > 0'))
        batch_op.create_index(batch_op.f('ix_articles_link_checked_at'), ['link_checked_at'], unique=False)
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_feed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('version_suggestions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('same', 'translation', name='SuggestionKind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('likeness', sa.Double(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('article_id > other_id', name=op.f('ck_version_suggestions_later_first')),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_version_suggestions_article_id_articles'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['articles.id'], name=op.f('fk_version_suggestions_other_id_articles'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_version_suggestions')),
    sa.UniqueConstraint('article_id', 'other_id', name=op.f('uq_version_suggestions_article_id_other_id'))
    )
    with op.batch_alter_table('version_suggestions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_version_suggestions_other_id'), ['other_id'], unique=False)
    op.create_table('notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('quotation', sa.String(), nullable=False),
    sa.Column('prefix', sa.String(length=32), nullable=False),
    sa.Column('suffix', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('congress_id', sa.Integer(), nullable=True),
    sa.Column('campaign_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('campaign_id IS NULL OR congress_id IS NULL', name=op.f('ck_notes_one_place')),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_notes_article_id_articles'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_notes_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_notes_congress_id_congresses'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_notes_created_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes'))
    )
    with op.batch_alter_table('notes', schema=None) as batch_op:
        for column in ('article_id', 'campaign_id', 'congress_id'):
            batch_op.create_index(batch_op.f(f'ix_notes_{column}'), [column], unique=False)
    op.create_table('link_rounds',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('claim', sa.String(length=80), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_link_rounds'))
    )
    fill_search(create_search())


def downgrade() -> None:
    """Drop them."""
    op.execute('DROP TABLE article_search')
    for table in ('link_rounds', 'notes', 'version_suggestions'):
        op.drop_table(table)
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_column('public_feed')
    with op.batch_alter_table('articles', schema=None) as batch_op:
        for index in ('ix_articles_link_checked_at', 'ix_articles_failing', 'ix_articles_not_compared', 'ix_articles_listed'):
            batch_op.drop_index(index)
        for column in ('link_broken_since', 'link_failures', 'link_word', 'link_checked_at', 'compared_at', 'updated_at'):
            batch_op.drop_column(column)
