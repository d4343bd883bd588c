"""Email addresses are normalized; subscription requests and changes of address have tables"""

import re
import unicodedata
from urllib.parse import unquote

import idna
import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'

OLD_KINDS = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link')"
NEW_KINDS = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'digest_test', 'check_in', 'travel_link', 'member_link', 'address_change', 'address_changed')"
DUPLICATE_OF = {'confirmed': 0, 'unconfirmed': 1, 'unsubscribed': 2}
BEFORE = " \t\r\n\xa0\u200c\u200d<([\"“”„‟«»‹›‘’‚,;:¿¡"
AFTER = BEFORE + ".>)]}'`!?"


def upgrade() -> None:
    """Normalize addresses, and create the tables for members' requests and changes of address."""
    one_form_for_accounts()
    one_form_for_subscriptions()
    one_form_for_people()
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_number', sa.Integer(), server_default='0', nullable=False))
    op.create_table('subscription_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('agreed_words', sa.String(), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_subscription_requests_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscriptions.id'], name=op.f('fk_subscription_requests_subscription_id_subscriptions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_requests'))
    )
    op.create_table('address_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('old_email', sa.String(length=254), nullable=False),
    sa.Column('new_email', sa.String(length=254), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('moved_ids', sa.JSON(), nullable=False),
    sa.Column('moved_in_ids', sa.JSON(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_address_changes_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscriptions.id'], name=op.f('fk_address_changes_subscription_id_subscriptions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address_changes'))
    )
    for table in ('subscription_requests', 'address_changes'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f'ix_{table}_campaign_id'), ['campaign_id'], unique=False)
            batch_op.create_index(batch_op.f(f'ix_{table}_subscription_id'), ['subscription_id'], unique=False)
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subscription_request_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('address_change_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_deliveries_subscription_request_id'), ['subscription_request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliveries_address_change_id'), ['address_change_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_subscription_request_id_subscription_requests'), 'subscription_requests', ['subscription_request_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_address_change_id_address_changes'), 'address_changes', ['address_change_id'], ['id'], ondelete='CASCADE')
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(NEW_KINDS))


def downgrade() -> None:
    """Drop requests and changes of address; addresses stay normalized, which every version can read."""
    op.execute("DELETE FROM deliveries WHERE kind IN ('member_link', 'address_change', 'address_changed')")
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_deliveries_DeliveryKind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_deliveries_DeliveryKind'), sa.text(OLD_KINDS))
        batch_op.drop_constraint(batch_op.f('fk_deliveries_address_change_id_address_changes'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_deliveries_subscription_request_id_subscription_requests'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deliveries_address_change_id'))
        batch_op.drop_index(batch_op.f('ix_deliveries_subscription_request_id'))
        batch_op.drop_column('address_change_id')
        batch_op.drop_column('subscription_request_id')
    op.drop_table('address_changes')
    op.drop_table('subscription_requests')
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.drop_column('link_number')


def one_form_for_accounts() -> None:
    """Of two accounts with the same address, the older open one keeps it, with the roles of both; the other is closed."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, email FROM users ORDER BY CASE WHEN deactivated_at IS NULL THEN 0 ELSE 1 END, id")).all()
    keepers: dict[str, int] = {}
    for number, email in rows:
        keepers.setdefault(one_form(email), number)
    for number, email in rows:
        keeper = keepers[one_form(email)]
        if keeper == number:
            continue
        both = {'keeper': keeper, 'number': number}
        connection.execute(sa.text("UPDATE grants SET user_id = :keeper WHERE user_id = :number"), both)
        connection.execute(sa.text("UPDATE follow_ups SET assignee_id = :keeper WHERE assignee_id = :number"), both)
        connection.execute(sa.text("UPDATE users SET email = :email, deactivated_at = COALESCE(deactivated_at, CURRENT_TIMESTAMP) WHERE id = :number"), {'email': f'{number}.{email}'[:254], 'number': number})
    for email, number in keepers.items():
        connection.execute(sa.text("UPDATE users SET email = :email WHERE id = :number AND email <> :email"), {'email': email, 'number': number})


def one_form_for_subscriptions() -> None:
    """Of two subscriptions to a campaign with the same address, the one that receives the most is kept."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, campaign_id, email, status FROM subscriptions ORDER BY id")).all()
    keepers: dict[tuple[int, str], int] = {}
    for number, campaign, email, _status in sorted(rows, key=lambda row: (DUPLICATE_OF[row.status], row.id)):
        place = (campaign, one_form(email))
        if keepers.setdefault(place, number) != number:
            connection.execute(sa.text("DELETE FROM deliveries WHERE subscription_id = :number"), {'number': number})
            connection.execute(sa.text("DELETE FROM subscriptions WHERE id = :number"), {'number': number})
    for (_campaign, email), number in keepers.items():
        connection.execute(sa.text("UPDATE subscriptions SET email = :email WHERE id = :number AND email <> :email"), {'email': email, 'number': number})


def one_form_for_people() -> None:
    """Normalize people's addresses; several people may share one, so nothing is merged."""
    connection = op.get_bind()
    for number, value in connection.execute(sa.text("SELECT id, value FROM contact_details WHERE type = 'email'")).all():
        if one_form(value) != value:
            connection.execute(sa.text("UPDATE contact_details SET value = :value WHERE id = :number"), {'value': one_form(value)[:200], 'number': number})


def one_form(typed: str) -> str:
    """Return an address as `app.email_addresses.normalized` did at the time of this migration."""
    text = visible(typed).translate(str.maketrans("＠﹫", "@@"))
    inside = re.findall(r"<([^<>]*@[^<>]*)>", text)
    text = bare(inside[-1] if inside else text)
    linked = re.fullmatch(r"mailto:([^?]*).*", text, re.IGNORECASE | re.DOTALL)
    text = bare(visible(unquote(linked[1]))) if linked else text
    local, at, domain = text.rpartition("@")
    try:
        domain = idna.decode(idna.encode(domain.strip(), uts46=True))
    except (idna.IDNAError, UnicodeError):
        domain = domain.strip().lower()
    return unicodedata.normalize("NFC", local.strip().lower()) + at + domain


def visible(text: str) -> str:
    """Return text without control and format characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if unicodedata.category(one) not in ("Cf", "Cc") or one in "\u200c\u200d")


def bare(text: str) -> str:
    """Return text without the characters around an address."""
    quoted = text.strip(" \xa0").startswith("'") and text.rstrip(AFTER.replace("'", "")).endswith("'")
    return text.lstrip(BEFORE + "'" if quoted else BEFORE).rstrip(AFTER)
