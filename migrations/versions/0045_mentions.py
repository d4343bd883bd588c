"""People and organizations that articles name"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'

RECORDS = {'person_id': 'people', 'organization_id': 'organizations'}


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        'mentions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('article_id', sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in RECORDS),
        sa.Column(
            'kind',
            sa.Enum('author', 'subject', 'quoted', name='MentionKind', native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('(person_id IS NULL) <> (organization_id IS NULL)', name=op.f('ck_mentions_one_record')),
        sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_mentions_article_id'), ondelete='CASCADE'),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_mentions_{column}'), ondelete='CASCADE')
            for column, table in RECORDS.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mentions')),
        *(
            sa.UniqueConstraint('article_id', column, name=op.f(f'uq_mentions_article_id_{column}'))
            for column in RECORDS
        ),
    )
    for column in RECORDS:
        op.create_index(op.f(f'ix_mentions_{column}'), 'mentions', [column])


def downgrade() -> None:
    """Remove the table, with what could be undone about it."""
    op.execute("DELETE FROM undo_entries WHERE endpoint = 'mentions.remove'")
    op.drop_table('mentions')
