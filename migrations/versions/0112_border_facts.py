"""What the house knows about entering countries; a consent to calls from travelers"""

import sqlalchemy as sa
from alembic import op

revision = '0112'
down_revision = '0111'

REQUIREMENTS = ('not_needed', 'on_arrival', 'electronic', 'before_travel', 'refused', 'not_known')
CONTACTS = ('emergency', 'embassy', 'consulate', 'help')
TOPICS = ('documents', 'money', 'formalities', 'report', 'other')
PURPOSES = ('email', 'phone', 'messages', 'photos', 'publish_name', 'share', 'press')
CONSENTS = ('consents', 'consent_proofs')


def upgrade() -> None:
    """Add rules of entry, contacts and notes by country; nothing is known before."""
    _create(
        'entry_rules',
        sa.Column('passport', sa.String(length=2), nullable=False),
        sa.Column('requirement', _one_of('EntryRequirement', REQUIREMENTS), nullable=False),
        sa.Column('days', sa.Integer(), nullable=True),
        sa.Column('transit', _one_of('TransitRequirement', REQUIREMENTS), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.CheckConstraint('days BETWEEN 1 AND 3650', name=op.f('ck_entry_rules_days')),
        sa.UniqueConstraint('passport', 'country', name=op.f('uq_entry_rules_passport_country')),
    )
    _create(
        'country_contacts',
        sa.Column('kind', _one_of('ContactKind', CONTACTS), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('passport', sa.String(length=2), nullable=True),
        sa.Column('phone', sa.String(length=80), nullable=True),
        sa.Column('address', sa.String(), nullable=True),
    )
    _create(
        'border_notes',
        sa.Column('topic', _one_of('NoteTopic', TOPICS), nullable=False),
        sa.Column('crossing_id', sa.Integer(), nullable=True),
        sa.Column('text', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ['crossing_id'], ['crossings.id'], name=op.f('fk_border_notes_crossing_id'), ondelete='SET NULL'
        ),
    )
    op.create_index(op.f('ix_border_notes_crossing_id'), 'border_notes', ['crossing_id'])
    _allow((*PURPOSES, 'calls_from_travelers'))


def downgrade() -> None:
    """Remove them, with the consents to such calls."""
    for table in CONSENTS:
        op.execute(f"DELETE FROM {table} WHERE purpose = 'calls_from_travelers'")
    _allow(PURPOSES)
    for table in ('border_notes', 'country_contacts', 'entry_rules'):
        op.drop_table(table)


def _create(table: str, *own: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column('id', sa.Integer(), nullable=False),
        *own,
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('source', sa.String(length=200), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('removed_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['removed_by_id'], ['users.id'], name=op.f(f'fk_{table}_removed_by_id'), ondelete='SET NULL'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f'ix_{table}_country'), table, ['country'])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _allow(purposes: tuple[str, ...]) -> None:
    condition = 'purpose IN ({})'.format(', '.join(f"'{purpose}'" for purpose in purposes))
    for table in CONSENTS:
        with op.batch_alter_table(table) as batch_op:
            name = batch_op.f(f'ck_{table}_ConsentPurpose')
            batch_op.drop_constraint(name, type_='check')
            batch_op.create_check_constraint(name, sa.text(condition))
