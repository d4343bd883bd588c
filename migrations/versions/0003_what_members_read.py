"""What members read"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    """Tie the versions of an article together."""
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('translators', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('version_of_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version_kind', sa.Enum('translation', 'republication', name=batch_op.f('ck_articles_VersionKind'), native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_articles_version_of_id_articles'), 'articles', ['version_of_id'], ['id'], ondelete='RESTRICT')
        batch_op.create_check_constraint(batch_op.f('ck_articles_version'), '(version_of_id IS NULL) = (version_kind IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_articles_version_of_another'), 'version_of_id <> id')
        batch_op.create_index(batch_op.f('ix_articles_version_of_id'), ['version_of_id'], unique=False)


def downgrade() -> None:
    """Forget which articles are versions of each other."""
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_articles_version_of_id'))
        batch_op.drop_constraint(batch_op.f('ck_articles_version_of_another'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_articles_version'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_articles_version_of_id_articles'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('ck_articles_VersionKind'), type_='check')
        batch_op.drop_column('version_kind')
        batch_op.drop_column('version_of_id')
        batch_op.drop_column('translators')
