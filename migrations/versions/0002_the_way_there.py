"""The way there"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


NEW, OLD = {}, {}
OLD['route_problems', 'Cause'] = "cause IN ('airspace_closed', 'carrier_withdrawn', 'border_closed', 'transit_refused', 'sanctions', 'fuel_shortage', 'insecurity', 'strike', 'demonstration', 'weather', 'police_activity', 'technical_problem', 'other_cause')"
NEW['route_problems', 'Cause'] = "cause IN ('airspace_closed', 'carrier_withdrawn', 'border_closed', 'visa_refused', 'visa_delayed', 'transit_refused', 'detention', 'sanctions', 'fuel_shortage', 'insecurity', 'strike', 'demonstration', 'accident', 'holiday', 'weather', 'maintenance', 'construction', 'police_activity', 'medical_emergency', 'technical_problem', 'other_cause', 'unknown_cause')"
OLD['route_problems', 'Effect'] = "effect IN ('no_service', 'reduced_service', 'significant_delays', 'detour', 'modified_service', 'unknown_effect')"
NEW['route_problems', 'Effect'] = "effect IN ('no_service', 'reduced_service', 'significant_delays', 'detour', 'additional_service', 'modified_service', 'other_effect', 'unknown_effect', 'stop_moved', 'no_effect')"
OLD['deliveries', 'DeliveryKind'] = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest')"
NEW['deliveries', 'DeliveryKind'] = "kind IN ('invitation', 'reminder', 'overdue', 'confirmation', 'digest', 'check_in', 'travel_link')"
OLD['deliveries', 'one_recipient'] = "(user_id IS NULL) <> (subscription_id IS NULL)"
NEW['deliveries', 'one_recipient'] = "CASE WHEN user_id IS NULL THEN 0 ELSE 1 END + CASE WHEN subscription_id IS NULL THEN 0 ELSE 1 END + CASE WHEN delegate_id IS NULL THEN 0 ELSE 1 END = 1"
OLD['informed_entities', 'EntityKind'] = "kind IN ('country_airspace', 'country', 'place', 'carrier')"
NEW['informed_entities', 'EntityKind'] = "kind IN ('country_airspace', 'fir', 'country', 'border', 'crossing', 'place', 'road', 'mode', 'carrier', 'alliance', 'carriers_of', 'nationality', 'leg', 'person')"
OLD['informed_entities', 'subject'] = "(kind IN ('country_airspace', 'country') AND country IS NOT NULL) OR (kind = 'place' AND place_id IS NOT NULL) OR (kind = 'carrier' AND carrier IS NOT NULL)"
NEW['informed_entities', 'subject'] = "(kind = 'country_airspace' AND country IS NOT NULL) OR (kind = 'fir' AND fir IS NOT NULL) OR (kind = 'country' AND country IS NOT NULL) OR (kind = 'border' AND country IS NOT NULL) OR (kind = 'crossing' AND crossing_id IS NOT NULL) OR (kind = 'place' AND place_id IS NOT NULL) OR (kind = 'road' AND place_id IS NOT NULL AND other_place_id IS NOT NULL) OR (kind = 'mode' AND mode IS NOT NULL) OR (kind = 'carrier' AND carrier IS NOT NULL) OR (kind = 'alliance' AND carrier IS NOT NULL) OR (kind = 'carriers_of' AND country IS NOT NULL) OR (kind = 'nationality' AND nationality IS NOT NULL AND country IS NOT NULL) OR (kind = 'leg' AND leg_id IS NOT NULL) OR (kind = 'person' AND delegate_id IS NOT NULL)"
NEW['active_periods', 'daily'] = "(daily_from IS NULL) = (daily_until IS NULL) AND (daily_from IS NULL) = (timezone IS NULL)"
NEW['legs', 'seats'] = "seats BETWEEN 1 AND 5000"
NEW['legs', 'cost'] = "cost >= 0"
NEW['places', 'latitude'] = "latitude BETWEEN -90 AND 90"
NEW['places', 'longitude'] = "longitude BETWEEN -180 AND 180"
NEW['places', 'both'] = "(latitude IS NULL) = (longitude IS NULL)"


def drop_checks(table, checks) -> None:
    """Drop check constraints of a table."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, check in checks:
            if name == table:
                batch_op.drop_constraint(batch_op.f(f'ck_{table}_{check}'), type_='check')


def add_checks(table, checks) -> None:
    """Add check constraints to a table."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for (name, check), condition in checks.items():
            if name == table:
                batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{check}'), condition)


def plain(text) -> str:
    """Return text without accents, capitals and repeated spaces."""
    decomposed = unicodedata.normalize('NFKD', text.casefold())
    return ' '.join(''.join(char for char in decomposed if not unicodedata.combining(char)).split())


def fill_in() -> None:
    """Fill in the folded form of existing names."""
    connection = op.get_bind()
    for table in ('legs', 'informed_entities'):
        named = connection.execute(sa.text(f'SELECT DISTINCT carrier FROM {table} WHERE carrier IS NOT NULL'))
        for (carrier,) in named.all():
            change = sa.text(f'UPDATE {table} SET carrier_key = :key WHERE carrier = :carrier')
            connection.execute(change, {'key': plain(carrier), 'carrier': carrier})
    for number, name, code in connection.execute(sa.text('SELECT id, name, code FROM places')).all():
        words = ' '.join(plain(one) for one in (name, code) if one)
        connection.execute(sa.text('UPDATE places SET words = :words WHERE id = :id'), {'words': words, 'id': number})


def upgrade() -> None:
    """Upgrade the schema."""
    for table in sorted({table for table, _check in OLD}):
        drop_checks(table, OLD)
    op.create_table('carriers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('iata', sa.String(length=80), nullable=True),
    sa.Column('icao', sa.String(length=80), nullable=True),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('alliance', sa.String(length=80), nullable=True),
    sa.Column('kind', sa.Enum('passenger', 'cargo', 'ceased', 'private', name='CarrierKind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carriers')),
    sa.UniqueConstraint('icao', name=op.f('uq_carriers_icao'))
    )
    with op.batch_alter_table('carriers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carriers_alliance'), ['alliance'], unique=False)
        batch_op.create_index(batch_op.f('ix_carriers_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_carriers_iata'), ['iata'], unique=False)
        batch_op.create_index(batch_op.f('ix_carriers_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_carriers_name'), ['name'], unique=False)

    op.create_table('network_editions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_editions'))
    )
    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_audit_entries_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_audit_entries_congress_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index('ix_audit_entries_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('crossings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('near_id', sa.Integer(), nullable=False),
    sa.Column('far_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.Enum('air', 'rail', 'road', 'sea', 'river', 'foot', name='Mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opens', sa.Time(), nullable=True),
    sa.Column('closes', sa.Time(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('formalities', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('verified_by', sa.String(length=200), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('banned', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(opens IS NULL) = (closes IS NULL)', name=op.f('ck_crossings_hours')),
    sa.CheckConstraint('minutes BETWEEN 0 AND 10080', name=op.f('ck_crossings_minutes')),
    sa.CheckConstraint('near_id <> far_id', name=op.f('ck_crossings_sides')),
    sa.ForeignKeyConstraint(['far_id'], ['places.id'], name=op.f('fk_crossings_far_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['near_id'], ['places.id'], name=op.f('fk_crossings_near_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_crossings_place_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crossings')),
    sa.UniqueConstraint('near_id', 'far_id', 'name', name=op.f('uq_crossings_near_id_far_id_name'))
    )
    with op.batch_alter_table('crossings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_crossings_far_id'), ['far_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_crossings_near_id'), ['near_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_crossings_place_id'), ['place_id'], unique=False)

    op.create_table('services',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('origin_id', sa.Integer(), nullable=False),
    sa.Column('destination_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.Enum('air', 'rail', 'road', 'sea', 'river', 'foot', name='Mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('carrier_id', sa.Integer(), nullable=True),
    sa.Column('frequency', sa.Integer(), nullable=False),
    sa.Column('fresh', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('cost', sa.Integer(), nullable=True),
    sa.Column('last_confirmed', sa.Date(), nullable=True),
    sa.Column('source', sa.Enum('file', 'entered', name='ServiceSource', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('banned', sa.Boolean(), nullable=False),
    sa.CheckConstraint('origin_id <> destination_id', name=op.f('ck_services_ends')),
    sa.ForeignKeyConstraint(['carrier_id'], ['carriers.id'], name=op.f('fk_services_carrier_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['destination_id'], ['places.id'], name=op.f('fk_services_destination_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['origin_id'], ['places.id'], name=op.f('fk_services_origin_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_services')),
    sa.UniqueConstraint('origin_id', 'destination_id', 'mode', 'carrier_id', 'source', name=op.f('uq_services_origin_id_destination_id_mode_carrier_id_source'))
    )
    with op.batch_alter_table('services', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_services_carrier_id'), ['carrier_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_services_destination_id'), ['destination_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_services_origin_id'), ['origin_id'], unique=False)

    op.create_table('check_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('problem_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Enum('safe', 'need_help', name='Answer', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_check_ins_answered')),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_check_ins_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_check_ins_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['problem_id'], ['route_problems.id'], name=op.f('fk_check_ins_problem_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_ins')),
    sa.UniqueConstraint('problem_id', 'delegate_id', name=op.f('uq_check_ins_problem_id_delegate_id'))
    )
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_ins_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_ins_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_ins_problem_id'), ['problem_id'], unique=False)

    op.create_table('travellers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('journey_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_travellers_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_travellers_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['journey_id'], ['journeys.id'], name=op.f('fk_travellers_journey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travellers')),
    sa.UniqueConstraint('journey_id', 'delegate_id', name=op.f('uq_travellers_journey_id_delegate_id'))
    )
    with op.batch_alter_table('travellers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_travellers_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_travellers_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_travellers_journey_id'), ['journey_id'], unique=False)

    op.create_table('hit_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('problem_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('leg_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('direct', 'knock_on', 'detour', 'warning', name='HitKind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('way', sa.String(length=200), nullable=False),
    sa.Column('departs_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_hit_records_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_hit_records_delegation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['leg_id'], ['legs.id'], name=op.f('fk_hit_records_leg_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['problem_id'], ['route_problems.id'], name=op.f('fk_hit_records_problem_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hit_records'))
    )
    with op.batch_alter_table('hit_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hit_records_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hit_records_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hit_records_leg_id'), ['leg_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hit_records_problem_id'), ['problem_id'], unique=False)

    op.create_table('overflights',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('leg_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('congress_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['congress_id'], ['congresses.id'], name=op.f('fk_overflights_congress_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['leg_id'], ['legs.id'], name=op.f('fk_overflights_leg_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overflights')),
    sa.UniqueConstraint('leg_id', 'country', name=op.f('uq_overflights_leg_id_country'))
    )
    with op.batch_alter_table('overflights', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_overflights_congress_id'), ['congress_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_overflights_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_overflights_leg_id'), ['leg_id'], unique=False)

    with op.batch_alter_table('active_periods', schema=None) as batch_op:
        batch_op.add_column(sa.Column('daily_from', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('daily_until', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('timezone', sa.String(length=64), nullable=True))

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_number', sa.Integer(), nullable=False, server_default='1'))

    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('problem_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('unable_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_delegations_problem_id'), ['problem_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_delegations_problem_id'), 'route_problems', ['problem_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delegate_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('check_in_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_deliveries_check_in_id'), ['check_in_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliveries_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_check_in_id'), 'check_ins', ['check_in_id'], ['id'], ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_deliveries_delegate_id'), 'delegates', ['delegate_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('rebook', 'book', 'consulate_letter', 'accompany', 'alternate', 'remote_seat', 'call', name='FollowUpKind', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('informed_entities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('other_country', sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column('fir', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('other_place_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('crossing_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('mode', sa.Enum('air', 'rail', 'road', 'sea', 'river', 'foot', name='Mode', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('carrier_key', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('carrier_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('nationality', sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column('leg_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('delegate_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_informed_entities_crossing_id'), ['crossing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informed_entities_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informed_entities_leg_id'), ['leg_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_informed_entities_leg_id'), 'legs', ['leg_id'], ['id'], ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_informed_entities_crossing_id'), 'crossings', ['crossing_id'], ['id'], ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_informed_entities_carrier_id'), 'carriers', ['carrier_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_informed_entities_other_place_id'), 'places', ['other_place_id'], ['id'], ondelete='RESTRICT')
        batch_op.create_foreign_key(batch_op.f('fk_informed_entities_delegate_id'), 'delegates', ['delegate_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('journeys', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_journeys_delegation_id_direction'), type_='unique')

    with op.batch_alter_table('legs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('carrier_key', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('carrier_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('crossing_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('around_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('booking_reference', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('seats', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('cost', sa.Numeric(precision=12, scale=2), nullable=True))
        batch_op.add_column(sa.Column('currency', sa.String(length=3), nullable=True))
        batch_op.create_index(batch_op.f('ix_legs_around_id'), ['around_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_legs_carrier_id'), ['carrier_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_legs_carrier_key'), ['carrier_key'], unique=False)
        batch_op.create_index('ix_legs_congress_id_departs_at', ['congress_id', 'departs_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_legs_crossing_id'), ['crossing_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_legs_around_id'), 'route_problems', ['around_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_legs_carrier_id'), 'carriers', ['carrier_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_legs_crossing_id'), 'crossings', ['crossing_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('nationality', sa.String(length=2), nullable=True))

    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.add_column(sa.Column('icao', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('fir', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('latitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('words', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_places_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_places_fir'), ['fir'], unique=False)

    with op.batch_alter_table('route_problems', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source_quote', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('verified_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_route_problems_verified_by_id'), 'users', ['verified_by_id'], ['id'], ondelete='SET NULL')

    for table in sorted({table for table, _check in NEW}):
        add_checks(table, NEW)
    fill_in()


def downgrade() -> None:
    """Downgrade the schema."""
    op.execute("DELETE FROM deliveries WHERE kind IN ('check_in', 'travel_link')")
    op.execute("DELETE FROM route_problems WHERE id IN (SELECT problem_id FROM informed_entities WHERE kind NOT IN ('country_airspace', 'country', 'place', 'carrier'))")
    op.execute("DELETE FROM informed_entities WHERE problem_id NOT IN (SELECT id FROM route_problems)")  # SQLite does not follow references now
    op.execute("UPDATE route_problems SET cause = 'other_cause' WHERE cause IN ('visa_refused', 'visa_delayed', 'detention', 'accident', 'holiday', 'maintenance', 'construction', 'medical_emergency', 'unknown_cause')")
    op.execute("UPDATE route_problems SET effect = 'unknown_effect' WHERE effect IN ('additional_service', 'other_effect', 'stop_moved', 'no_effect')")
    op.execute("UPDATE legs SET journey_id = (SELECT MIN(same.id) FROM journeys AS same, journeys AS own WHERE own.id = legs.journey_id AND same.delegation_id = own.delegation_id AND same.direction = own.direction)")
    op.execute("DELETE FROM journeys WHERE id NOT IN (SELECT MIN(same.id) FROM journeys AS same GROUP BY same.delegation_id, same.direction)")
    with_columns = [('informed_entities', 'Mode'), ('follow_ups', 'FollowUpKind')]
    for table in sorted({table for table, _check in (*NEW, *with_columns)}):
        drop_checks(table, (*NEW, *with_columns))
    with op.batch_alter_table('route_problems', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_route_problems_verified_by_id'), type_='foreignkey')
        batch_op.drop_column('verified_at')
        batch_op.drop_column('verified_by_id')
        batch_op.drop_column('source_quote')

    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_places_fir'))
        batch_op.drop_index(batch_op.f('ix_places_country'))
        batch_op.drop_column('words')
        batch_op.drop_column('longitude')
        batch_op.drop_column('latitude')
        batch_op.drop_column('fir')
        batch_op.drop_column('icao')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('nationality')

    with op.batch_alter_table('legs', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_legs_crossing_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_legs_carrier_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_legs_around_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_legs_crossing_id'))
        batch_op.drop_index('ix_legs_congress_id_departs_at')
        batch_op.drop_index(batch_op.f('ix_legs_carrier_key'))
        batch_op.drop_index(batch_op.f('ix_legs_carrier_id'))
        batch_op.drop_index(batch_op.f('ix_legs_around_id'))
        batch_op.drop_column('currency')
        batch_op.drop_column('cost')
        batch_op.drop_column('seats')
        batch_op.drop_column('booking_reference')
        batch_op.drop_column('around_id')
        batch_op.drop_column('crossing_id')
        batch_op.drop_column('carrier_id')
        batch_op.drop_column('carrier_key')

    with op.batch_alter_table('journeys', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_journeys_delegation_id_direction'), ['delegation_id', 'direction'])

    with op.batch_alter_table('informed_entities', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_informed_entities_delegate_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_informed_entities_other_place_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_informed_entities_carrier_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_informed_entities_crossing_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_informed_entities_leg_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_informed_entities_leg_id'))
        batch_op.drop_index(batch_op.f('ix_informed_entities_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_informed_entities_crossing_id'))
        batch_op.drop_column('delegate_id')
        batch_op.drop_column('leg_id')
        batch_op.drop_column('nationality')
        batch_op.drop_column('carrier_id')
        batch_op.drop_column('carrier_key')
        batch_op.drop_column('mode')
        batch_op.drop_column('crossing_id')
        batch_op.drop_column('other_place_id')
        batch_op.drop_column('fir')
        batch_op.drop_column('other_country')

    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('kind')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_deliveries_delegate_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_deliveries_check_in_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deliveries_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_deliveries_check_in_id'))
        batch_op.drop_column('check_in_id')
        batch_op.drop_column('delegate_id')

    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_delegations_problem_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_delegations_problem_id'))
        batch_op.drop_column('unable_since')
        batch_op.drop_column('problem_id')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_column('link_number')

    with op.batch_alter_table('active_periods', schema=None) as batch_op:
        batch_op.drop_column('timezone')
        batch_op.drop_column('daily_until')
        batch_op.drop_column('daily_from')

    with op.batch_alter_table('overflights', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_overflights_leg_id'))
        batch_op.drop_index(batch_op.f('ix_overflights_country'))
        batch_op.drop_index(batch_op.f('ix_overflights_congress_id'))

    op.drop_table('overflights')
    with op.batch_alter_table('hit_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hit_records_problem_id'))
        batch_op.drop_index(batch_op.f('ix_hit_records_leg_id'))
        batch_op.drop_index(batch_op.f('ix_hit_records_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_hit_records_congress_id'))

    op.drop_table('hit_records')
    with op.batch_alter_table('travellers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_travellers_journey_id'))
        batch_op.drop_index(batch_op.f('ix_travellers_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_travellers_congress_id'))

    op.drop_table('travellers')
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_ins_problem_id'))
        batch_op.drop_index(batch_op.f('ix_check_ins_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_check_ins_congress_id'))

    op.drop_table('check_ins')
    with op.batch_alter_table('services', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_services_origin_id'))
        batch_op.drop_index(batch_op.f('ix_services_destination_id'))
        batch_op.drop_index(batch_op.f('ix_services_carrier_id'))

    op.drop_table('services')
    with op.batch_alter_table('crossings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_crossings_place_id'))
        batch_op.drop_index(batch_op.f('ix_crossings_near_id'))
        batch_op.drop_index(batch_op.f('ix_crossings_far_id'))

    op.drop_table('crossings')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entries_subject')
        batch_op.drop_index(batch_op.f('ix_audit_entries_congress_id'))

    op.drop_table('audit_entries')
    op.drop_table('network_editions')
    with op.batch_alter_table('carriers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carriers_name'))
        batch_op.drop_index(batch_op.f('ix_carriers_key'))
        batch_op.drop_index(batch_op.f('ix_carriers_iata'))
        batch_op.drop_index(batch_op.f('ix_carriers_country'))
        batch_op.drop_index(batch_op.f('ix_carriers_alliance'))

    op.drop_table('carriers')
    for table in sorted({table for table, _check in OLD}):
        add_checks(table, OLD)
