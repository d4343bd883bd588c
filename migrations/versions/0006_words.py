"""Names are searched and sorted the same on every database, and languages are known ones"""

import unicodedata

import sqlalchemy as sa
from alembic import op

from app import languages
from app.dialects import by_character
from app.text import plain, searchable, sort_key, words_of

revision = '0006'
down_revision = '0005'

NAMED = ('people', 'organizations', 'places')
KEYS = {'legs': ('carrier', 'carrier_key'), 'informed_entities': ('carrier', 'carrier_key'), 'carriers': ('name', 'key')}
PARTS = {'headline': 'A', 'authors': 'B', 'publisher': 'C', 'text': 'D'}
CHANGED = 'øłđðþæœıħŧŋɓɗƙƴʼʻʹʽʾʿꞌØŁĐÐÞÆŒĦŦŊƁƊƘƳ'
"""Characters that are folded differently than before."""


def before(text) -> str:
    """Return a name as folded before."""
    decomposed = unicodedata.normalize('NFKD', text.casefold())
    return ' '.join(''.join(char for char in decomposed if not unicodedata.combining(char)).split())


def rewrite(table, columns, row_of) -> None:
    """Recompute the columns derived from the `columns` of each row, with `row_of`."""
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT id, {', '.join(columns)} FROM {table}")).all()
    changes = [(row[0], row_of(*row[1:])) for row in rows]
    for number, change in changes:
        if change:
            said = ', '.join(f'{name} = :{name}' for name in change)
            connection.execute(sa.text(f'UPDATE {table} SET {said} WHERE id = :id'), {**change, 'id': number})


def person(given, family, language):
    """Return the search and sort keys of a person, and the language code if it is recognized."""
    full = f'{given} {family}' if family else given
    change = {'words': searchable(full), 'sort_key': sort_key(family, given)}
    known = languages.code_of(language) if language else None
    return change | ({'preferred_language': known} if known else {})


def place(name, code, said):
    """Return the search and sort keys of a place, including its earlier search names."""
    named = searchable(name, code)
    more = [word for word in said.split() if word not in named.split()]
    return {'words': ' '.join([named, *map(plain, more)]), 'sort_key': sort_key(name)}


def find_again() -> None:
    """Index articles again whose words are folded differently than before."""
    connection = op.get_bind()
    letters = ' OR '.join(f"{part} LIKE '%{letter}%'" for part in PARTS for letter in CHANGED)
    for (number,) in connection.execute(sa.text(f'SELECT id FROM articles WHERE {letters}')).all():
        asked = sa.text(f"SELECT {', '.join(PARTS)} FROM articles WHERE id = :id")
        parts = connection.execute(asked, {'id': number}).one()
        said = [' '.join(words_of(part or '')).encode()[:400_000].decode(errors='ignore') for part in parts]
        values = {'id': number, **dict(zip(PARTS, said, strict=True))}
        if connection.dialect.name == 'sqlite':
            write = 'UPDATE article_search SET headline = :headline, authors = :authors, publisher = :publisher, text = :text WHERE rowid = :id'
        else:
            weighed = ' || '.join(f"setweight(to_tsvector('simple', :{name}), '{weight}')" for name, weight in PARTS.items())
            write = f'UPDATE article_search SET words = {weighed} WHERE article_id = :id'
        connection.execute(sa.text(write), values)


def upgrade() -> None:
    """Add search and sort keys; languages become codes if recognized, otherwise they stay for a person to correct."""
    for table in NAMED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table == 'places':
                batch_op.alter_column('words', existing_type=sa.Text(), type_=by_character(), existing_nullable=False, existing_server_default='')
            else:
                batch_op.add_column(sa.Column('words', by_character(), nullable=False, server_default=''))
            batch_op.add_column(sa.Column('sort_key', by_character(), nullable=False, server_default=''))
            batch_op.create_index(batch_op.f(f'ix_{table}_sort_key'), ['sort_key'], unique=False)
            if table == 'people':
                batch_op.drop_index(batch_op.f('ix_people_family_name'))
    rewrite('people', ('given_name', 'family_name', 'preferred_language'), person)
    rewrite('organizations', ('name', 'acronym'), lambda name, acronym: {'words': searchable(name, acronym), 'sort_key': sort_key(name)})
    rewrite('places', ('name', 'code', 'words'), place)
    for table, (name, key) in KEYS.items():
        rewrite(table, (name,), lambda text, key=key: {key: plain(text)} if text else {})
    find_again()


def downgrade() -> None:
    """Drop the search and sort keys."""
    for table, (name, key) in KEYS.items():
        rewrite(table, (name,), lambda text, key=key: {key: before(text)} if text else {})
    rewrite('places', ('name', 'code', 'words'), lambda name, code, said: {'words': ' '.join(dict.fromkeys([*map(before, filter(None, (name, code))), said]))})
    for table in NAMED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_sort_key'))
            batch_op.drop_column('sort_key')
            if table == 'places':
                batch_op.alter_column('words', existing_type=by_character(), type_=sa.Text(), existing_nullable=False, existing_server_default='')
            else:
                batch_op.drop_column('words')
            if table == 'people':
                batch_op.create_index(batch_op.f('ix_people_family_name'), ['family_name'], unique=False)
