"""People and organizations are found by the words of their names, and people by an address or a number"""

import sqlalchemy as sa
from alembic import op

from app.dialects import by_character
from app.dialects.name_triggers import create_indexes, drop_indexes, learn_articles
from app.text import contact_key

revision = '0035'
down_revision = '0034'


def upgrade() -> None:
    """Add the vocabulary and the indexes; what fills those of names runs after all migrations."""
    op.create_table(
        'search_words',
        sa.Column('word', by_character(), nullable=False),
        sa.PrimaryKeyConstraint('word', name=op.f('pk_search_words')),
        sqlite_with_rowid=False,
    )
    create_indexes(op.get_bind())
    learn_articles(op.get_bind())
    op.add_column('contact_details', sa.Column('key', by_character(), server_default='', nullable=False))
    details = sa.table('contact_details', sa.column('id', sa.Integer), sa.column('value', sa.String), sa.column('key', sa.String))
    rows = op.get_bind().execute(sa.select(details.c.id, details.c.value)).all()
    for number, value in rows:
        op.execute(sa.update(details).where(details.c.id == number).values(key=contact_key(value)))
    op.create_index(op.f('ix_contact_details_key'), 'contact_details', ['key'])


def downgrade() -> None:
    """Remove them."""
    op.drop_index(op.f('ix_contact_details_key'), 'contact_details')
    with op.batch_alter_table('contact_details') as batch_op:
        batch_op.drop_column('key')
    drop_indexes(op.get_bind())
    op.drop_table('search_words')
