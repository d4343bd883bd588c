"""What members read"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


NEW, OLD = {}, {}
OLD['campaigns', 'Frequency'] = "digest_frequency IN ('never', 'daily', 'weekly')"
NEW['campaigns', 'Frequency'] = "digest_frequency IN ('never', 'each_article', 'daily', 'weekly', 'monthly')"
OLD['digests', 'DigestStatus'] = "status IN ('draft', 'approved', 'sent', 'discarded')"
NEW['digests', 'DigestStatus'] = "status IN ('draft', 'proposed', 'approved', 'stopped', 'sent', 'discarded')"
OLD['deliveries', 'DeliveryKind'] = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'check_in', 'travel_link')"
NEW['deliveries', 'DeliveryKind'] = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link')"


def turn_checks(before, after) -> None:
    """Replace check constraints."""
    for (table, name), _condition in before.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_{name}'), type_='check')
    for (table, name), condition in after.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{name}'), condition)


def require(table, *columns) -> None:
    """Make columns NOT NULL after they have been filled in."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.alter_column(column, nullable=False)


def upgrade() -> None:
    """Link versions of articles; add members' preferences; store versions in digests."""
    turn_checks(OLD, NEW)
    upgrade_articles()
    upgrade_campaigns()
    upgrade_subscriptions()
    upgrade_digests()
    create_calls()


def upgrade_articles() -> None:
    """Link the versions of an article."""
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('translators', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('version_of_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version_kind', sa.Enum('translation', 'republication', name=batch_op.f('ck_articles_VersionKind'), native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_articles_version_of_id'), 'articles', ['version_of_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_articles_version'), '(version_of_id IS NULL) = (version_kind IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_articles_version_of_another'), 'version_of_id <> id')
        batch_op.create_index(batch_op.f('ix_articles_version_of_id'), ['version_of_id'], unique=False)


def upgrade_campaigns() -> None:
    """Add the approval and archive settings."""
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest_approval', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('public_archive', sa.Boolean(), nullable=True))
    op.execute(sa.text('UPDATE campaigns SET digest_approval = :one, public_archive = :no').bindparams(one='one_person', no=False))
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_campaigns_Approval'), "digest_approval IN ('nobody', 'one_person', 'second_person')")
    require('campaigns', 'digest_approval', 'public_archive')


def upgrade_subscriptions() -> None:
    """Give each member the schedule of the campaign; earlier digests count as received."""
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('languages', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('frequency', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('weekday', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('hour', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('covered_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('next_letter_at', sa.DateTime(timezone=True), nullable=True))
    own = '(SELECT {} FROM campaigns WHERE campaigns.id = subscriptions.campaign_id)'
    op.execute(
        "UPDATE subscriptions SET languages = language,"
        f" frequency = {own.format('''CASE digest_frequency WHEN 'daily' THEN 'daily' ELSE 'weekly' END''')},"
        f" weekday = {own.format('digest_weekday')}, hour = {own.format('digest_hour')}"
    )
    op.execute(
        f"UPDATE subscriptions SET next_letter_at = coalesce({own.format('next_digest_at')}, confirmed_at),"
        " covered_until = coalesce((SELECT max(period_end) FROM digests WHERE digests.campaign_id = subscriptions.campaign_id"
        " AND status <> 'draft'), confirmed_at) WHERE status = 'confirmed'"
    )
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.drop_column('language')
        batch_op.create_check_constraint(batch_op.f('ck_subscriptions_Frequency'), "frequency IN ('never', 'each_article', 'daily', 'weekly', 'monthly')")
        batch_op.create_check_constraint(batch_op.f('ck_subscriptions_some_frequency'), "frequency <> 'never'")
        batch_op.create_check_constraint(batch_op.f('ck_subscriptions_weekday'), 'weekday BETWEEN 0 AND 6')
        batch_op.create_check_constraint(batch_op.f('ck_subscriptions_hour'), 'hour BETWEEN 0 AND 23')
        batch_op.create_index('ix_subscriptions_due', ['campaign_id', 'status', 'next_letter_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscriptions_email'), ['email'], unique=False)
    require('subscriptions', 'languages', 'frequency', 'weekday', 'hour')


def upgrade_digests() -> None:
    """Store each article of a digest with its versions, and one rendered email per group of members."""
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('serves_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('approval', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('openings', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('with_calls', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('figures', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('send_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('proposed_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_digests_proposed_by_id'), 'users', ['proposed_by_id'], ['id'], ondelete='SET NULL')
    digests = sa.table('digests', sa.column('id'), sa.column('campaign_id'), sa.column('status'), sa.column('approval'), sa.column('revision'), sa.column('opening'), sa.column('openings', sa.JSON()), sa.column('with_calls'))
    connection = op.get_bind()
    for row in connection.execute(sa.select(digests.c.id, digests.c.opening)).all():
        words = {'es': row.opening} if row.opening else {}
        connection.execute(digests.update().where(digests.c.id == row.id).values(openings=words, approval='one_person', revision=1, with_calls=True))
    latest = sa.text("UPDATE digests SET status = 'discarded' WHERE status = 'draft' AND id NOT IN (SELECT max(id) FROM digests WHERE status = 'draft' GROUP BY campaign_id)")
    connection.execute(latest)  # its articles are composed again into the only draft that a campaign can have now
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.drop_column('opening')
        batch_op.create_check_constraint(batch_op.f('ck_digests_Approval'), "approval IN ('nobody', 'one_person', 'second_person')")
        batch_op.drop_constraint(batch_op.f('uq_digests_campaign_id_period_start'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digests_campaign_id_period_end'), ['campaign_id', 'period_end'])
        batch_op.create_index('uq_digests_open', ['campaign_id'], unique=True, sqlite_where=sa.text("status IN ('draft', 'proposed')"), postgresql_where=sa.text("status IN ('draft', 'proposed')"))
    require('digests', 'approval', 'revision', 'openings', 'with_calls')
    op.create_table('digest_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('excerpt', sa.String(), nullable=False),
    sa.Column('cited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_digest_versions_article_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_digest_versions_campaign_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['digest_items.id'], name=op.f('fk_digest_versions_item_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_versions')),
    sa.UniqueConstraint('item_id', 'article_id', name=op.f('uq_digest_versions_item_id_article_id'))
    )
    with op.batch_alter_table('digest_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_versions_article_id'), ['article_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_digest_versions_campaign_id'), ['campaign_id'], unique=False)
    op.execute(
        'INSERT INTO digest_versions (item_id, article_id, excerpt, cited_at, campaign_id)'
        ' SELECT i.id, i.article_id, i.excerpt, coalesce((SELECT min(c.cited_at) FROM citations c'
        ' WHERE c.campaign_id = i.campaign_id AND c.article_id = i.article_id), d.period_start), i.campaign_id'
        ' FROM digest_items i JOIN digests d ON d.id = i.digest_id'
    )
    with op.batch_alter_table('digest_items', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_digest_items_campaign_id_article_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digest_items_digest_id_article_id'), ['digest_id', 'article_id'])
        batch_op.drop_column('excerpt')
    with op.batch_alter_table('digest_parts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(length=80), nullable=True))
    op.execute('UPDATE digest_parts SET key = locale')
    with op.batch_alter_table('digest_parts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_digest_parts_digest_id_locale'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digest_parts_digest_id_key'), ['digest_id', 'key'])
    require('digest_parts', 'key')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest_part_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('covered_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_digest_part_id'), 'digest_parts', ['digest_part_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index(batch_op.f('ix_deliveries_digest_part_id'), ['digest_part_id'], unique=False)


def create_calls() -> None:
    """Create the calls to action."""
    op.create_table('calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_calls_campaign_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calls'))
    )
    with op.batch_alter_table('calls', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calls_campaign_id'), ['campaign_id'], unique=False)


def downgrade() -> None:
    """Return to one schedule and one language for all members of a campaign."""
    op.drop_table('calls')
    downgrade_digests()
    downgrade_subscriptions()
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_campaigns_Approval'), type_='check')
        batch_op.drop_column('digest_approval')
        batch_op.drop_column('public_archive')
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_articles_version_of_id'))
        batch_op.drop_constraint(batch_op.f('ck_articles_version_of_another'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_articles_version'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_articles_version_of_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('ck_articles_VersionKind'), type_='check')
        batch_op.drop_column('version_kind')
        batch_op.drop_column('version_of_id')
        batch_op.drop_column('translators')
    op.execute("UPDATE campaigns SET digest_frequency = 'daily' WHERE digest_frequency = 'each_article'")
    op.execute("UPDATE campaigns SET digest_frequency = 'weekly' WHERE digest_frequency = 'monthly'")
    op.execute("UPDATE digests SET status = 'draft' WHERE status = 'proposed'")
    op.execute("UPDATE digests SET status = 'sent' WHERE status = 'stopped'")
    op.execute("DELETE FROM deliveries WHERE kind = 'digest_test'")
    turn_checks(NEW, OLD)


def downgrade_digests() -> None:
    """Keep only the cited version of each article, in its first digest."""
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliveries_digest_part_id'))
        batch_op.drop_constraint(batch_op.f('fk_deliveries_digest_part_id'), type_='foreignkey')
        batch_op.drop_column('covered_from')
        batch_op.drop_column('digest_part_id')
    op.execute('DELETE FROM digest_parts WHERE id NOT IN (SELECT min(id) FROM digest_parts GROUP BY digest_id, locale)')
    with op.batch_alter_table('digest_parts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_digest_parts_digest_id_key'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digest_parts_digest_id_locale'), ['digest_id', 'locale'])
        batch_op.drop_column('key')
    with op.batch_alter_table('digest_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('excerpt', sa.String(), nullable=True))
    op.execute(
        "UPDATE digest_items SET excerpt = coalesce((SELECT v.excerpt FROM digest_versions v WHERE v.item_id = digest_items.id"
        " AND v.article_id = digest_items.article_id), '')"
    )
    op.drop_table('digest_versions')
    op.execute('DELETE FROM digest_items WHERE id NOT IN (SELECT min(id) FROM digest_items GROUP BY campaign_id, article_id)')
    with op.batch_alter_table('digest_items', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_digest_items_digest_id_article_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digest_items_campaign_id_article_id'), ['campaign_id', 'article_id'])
    require('digest_items', 'excerpt')
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opening', sa.String(), nullable=True))
    digests = sa.table('digests', sa.column('id'), sa.column('opening'), sa.column('openings', sa.JSON()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(digests.c.id, digests.c.openings)).all():
        connection.execute(digests.update().where(digests.c.id == row.id).values(opening=next(iter((row.openings or {}).values()), None)))
    op.execute('DELETE FROM digests WHERE id NOT IN (SELECT min(id) FROM digests GROUP BY campaign_id, period_start)')
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.drop_index('uq_digests_open')
        batch_op.drop_constraint(batch_op.f('uq_digests_campaign_id_period_end'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_digests_campaign_id_period_start'), ['campaign_id', 'period_start'])
        batch_op.drop_constraint(batch_op.f('fk_digests_proposed_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('ck_digests_Approval'), type_='check')
        for column in ('proposed_by_id', 'send_at', 'figures', 'with_calls', 'openings', 'revision', 'approval', 'serves_until'):
            batch_op.drop_column(column)


def downgrade_subscriptions() -> None:
    """Keep only a member's most preferred language."""
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=12), nullable=True))
    op.execute('UPDATE subscriptions SET language = substr(languages, 1, 2)')
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscriptions_email'))
        batch_op.drop_index('ix_subscriptions_due')
        for name in ('hour', 'weekday', 'some_frequency', 'Frequency'):
            batch_op.drop_constraint(batch_op.f(f'ck_subscriptions_{name}'), type_='check')
        for column in ('next_letter_at', 'covered_until', 'hour', 'weekday', 'frequency', 'languages'):
            batch_op.drop_column(column)
    require('subscriptions', 'language')
