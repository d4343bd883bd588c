"""Factories for each model, with plausible defaults."""

import io
import itertools
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from PIL import Image
from sqlalchemy import func, select

from app import clock, one_time, webauthn
from app.attached_files import Shelf
from app.domain import pending
from app.domain.accounts import accounts, factors, passkeys, sessions
from app.domain.actions import attachments, follow_ups, saved_filters, templates
from app.domain.campaigns import calls, campaigns, partners, subscriptions
from app.domain.congress import congresses, delegations, resolutions
from app.domain.imports import imports, running
from app.domain.mobilizing import (
    brigade_members,
    brigades,
    coverage,
    days_of_action,
    letters,
    mobilizations,
    proposals,
    shift_places,
    shifts,
    sign_ups,
    statements,
    targets,
)
from app.domain.people import (
    affiliations,
    conditions,
    consents,
    contact_details,
    custom_fields,
    custom_values,
    interactions,
    mailings,
    memberships,
    merges,
    organization_parts,
    organizations,
    other_names,
    people,
    relations,
    scheduled_exports,
    segments,
    taggings,
    tags,
)
from app.domain.people.conditions import ConditionValues
from app.domain.people.merges import MergedPersonValues
from app.domain.people.organizations import OrganizationValues
from app.domain.press import articles, feeds, intakes, mentions, notes
from app.domain.travel import border_facts, legs, parties, places, problems, ruled_out_roads
from app.domain.travel.problems import EntityValues
from app.extensions import db
from app.matching.comparing import Decision
from app.models.accounts.accounts import Role, User
from app.models.accounts.approvals import ApprovalKind, ApprovalRequest
from app.models.accounts.exports import FileFormat
from app.models.actions.follow_ups import Priority
from app.models.actions.parts import ChecklistItem
from app.models.actions.saved_filters import SavedFilter
from app.models.campaigns.campaigns import Approval, Campaign, CampaignStatus, Frequency
from app.models.campaigns.partners import PartnerRole
from app.models.congress.congresses import CongressStatus
from app.models.congress.delegations import Capacity, DelegationStatus
from app.models.mobilizing.brigades import Channel, MemberStatus, RoleKind
from app.models.mobilizing.days_of_action import Synchronization
from app.models.mobilizing.sign_ups import Mandate, SignUpKind
from app.models.mobilizing.targets import EntryKind, TargetKind
from app.models.people.affiliations import AffiliationKind
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.duplicates import OrganizationPair, PersonPair
from app.models.people.interactions import InteractionKind
from app.models.people.organizations import Classification, OrganizationContactType, OrganizationNameKind
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType, Person
from app.models.people.relations import RelationKind
from app.models.people.scheduled_exports import ExportedFile, ExportFrequency, FilePiece
from app.models.people.segments import ConditionKind
from app.models.press.articles import VersionKind
from app.models.press.intakes import Intake, IntakeSource
from app.models.press.mentions import MentionKind
from app.models.press.versions import SuggestionKind, VersionSuggestion
from app.models.travel.border_facts import ContactKind, EntryRequirement, NoteTopic
from app.models.travel.journeys import Direction, LegStatus
from app.models.travel.places import Mode, PlaceKind
from app.models.travel.problems import Cause, Effect, EntityKind, Severity, Verification
from app.models.travel.ruled_out_roads import RoadKind
from app.queries.accounts import factors as factor_queries
from app.queries.people import custom_fields as field_queries
from app.queries.people import tags as tag_queries
from app.queries.travel import places as place_queries
from app.reading.feeds import Entry
from app.webauthn import Party
from tests.authenticator import Authenticator

PLACES = {
    "CCS": ("Caracas", "airport", "VE", "America/Caracas", 10.603, -66.991),
    "BOG": ("Bogotá", "airport", "CO", "America/Bogota", 4.702, -74.147),
    "MEX": ("Ciudad de México", "airport", "MX", "America/Mexico_City", 19.436, -99.072),
    "MAD": ("Madrid", "airport", "ES", "Europe/Madrid", 40.472, -3.561),
    "CUC": ("Cúcuta", "airport", "CO", "America/Bogota", 7.928, -72.512),
    "POS": ("Port of Spain", "airport", "TT", "America/Port_of_Spain", 10.595, -61.337),
    "JFK": ("New York", "airport", "US", "America/New_York", 40.640, -73.779),
    "Cúcuta": ("Cúcuta", "city", "CO", "America/Bogota", 7.894, -72.508),
    "San Antonio": ("San Antonio del Táchira", "city", "VE", "America/Caracas", 7.814, -72.443),
    "Maicao": ("Maicao", "city", "CO", "America/Bogota", 11.384, -72.243),
    "Paraguachón": ("Paraguachón", "city", "VE", "America/Caracas", 11.361, -72.119),
    "Puente": ("Puente Simón Bolívar", "crossing", "CO", "America/Bogota", 7.817, -72.451),
    "Pacaraima": ("Pacaraima", "city", "BR", "America/Boa_Vista", 4.431, -61.146),
    "Santa Elena": ("Santa Elena de Uairén", "city", "VE", "America/Caracas", 4.602, -61.111),
    "Terminal": ("Terminal Los Lagos", "city", "VE", "America/Caracas", 10.64, -71.61),
}
"""Airports by their code, other places by a short name. The terminal is the only one that is not built in."""
REGIONS = {"CCS": "SVZM", "BOG": "SKED", "CUC": "SKED", "MEX": "MMFR", "MAD": "LECM", "POS": "TTZP", "JFK": "KZNY"}
"""The flight information regions of the airports."""


def photo(width=6, height=4, kind="JPEG", **options):
    """Return the bytes of a picture that is red on its left and blue on its right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


PHOTO = photo()


def utc(text):
    """Return an instant from text such as `2025-12-10 14:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def going_on():
    """Return the days of a congress that is being held now, whose personal links work."""
    today = clock.now().date()
    return {"start_date": today - timedelta(days=1), "end_date": today + timedelta(days=1)}


def minute(instant):
    """Return an instant rounded down to the minute, because the clock runs on during a test."""
    return instant and instant.replace(second=0, microsecond=0)


def local(text):
    """Return a local time."""
    return datetime.fromisoformat(text)


def period(starts_at, ends_at=None, **hours):
    """Return a period in the form that the domain takes."""
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "daily_from": None,
        "daily_until": None,
        "timezone": None,
    } | hours


class Factories:
    """Creates rows through the domain and commits them, so that pages can see them."""

    def __init__(self):
        self._numbers = itertools.count(1)

    def _done(self, row):
        db.session.commit()
        return row

    def user(self, name="Alice", *, locale="en", timezone="America/Caracas", password=None, email=None):
        user = accounts.create_user(
            email=email or f"{name.lower()}{next(self._numbers)}@example.org",
            name=name, locale=locale, timezone=timezone, password=password, invited=False,
        )  # fmt: skip
        return self._done(user)

    def session(self, user, device="Firefox · Android"):
        return sessions.begin(user, device)[0]

    def factor(self, user, secret_key="for tests only"):
        factors.begin(user)
        factor = factor_queries.of(user.id)
        code = one_time.code_at(one_time.secret_of(secret_key, factor.nonce), one_time.step_at(clock.now()) - 1)
        factors.turn_on(factor, user, code, secret_key)
        return self._done(factor)

    def approval_request(self, user, role=Role.MEMBER, *, by=None):
        asked = ApprovalRequest(
            kind=ApprovalKind.GRANT, asked_by_id=(by or self.user()).id, asked_at=clock.now(), user_id=user.id, role=role,
        )  # fmt: skip
        db.session.add(asked)
        return self._done(asked)

    def passkey(self, user, name="Phone", device=None):
        party, challenge = Party("encuentro.test", "https://encuentro.test"), webauthn.new_challenge()
        options = webauthn.creation_options(
            party, challenge, handle=b"handle", name=user.email, shown=user.name, existing=()
        )
        made = webauthn.made(party, challenge, (device or Authenticator()).make(options))
        return self._done(passkeys.add(user, name, made, challenge))

    def pending(self, user, record=None, **values):
        values = values or {"headline": "Proposed"}
        return self._done(pending.propose(record or self.article(f"By {user.name}"), values, by=user))

    def factor_reset(self, user):
        self.factor(user)
        factors.ask_reset(user, by=self.user())
        reset = factor_queries.open_reset(user.id)
        factors.approve_reset(reset, by=self.user())
        return self._done(reset)

    def grant(self, user, role=Role.COORDINATOR, *, congress=None, campaign=None, ends_at=None):
        given = accounts.grant(
            user, role, by=None, congress_id=congress.id if congress else None,
            campaign_id=campaign.id if campaign else None, ends_at=ends_at,
        )  # fmt: skip
        return self._done(given)

    def congress(self, title="Congress for Peace", **changes):
        values = {
            "title": title, "edition": None, "theme": None, "venue": None, "locality": "Caracas", "country": "VE",
            "start_date": date(2025, 12, 11), "end_date": date(2025, 12, 13), "timezone": "America/Caracas",
            "status": CongressStatus.CONFIRMED,
        }  # fmt: skip
        return self._done(congresses.create(values | changes))

    def organization(self, name=None, country="MX", **changes):
        values = {
            "name": name or f"Union {next(self._numbers)}", "acronym": None, "classification": Classification.UNION,
            "sector": None, "country": country, "locality": None, "website": None,
        }  # fmt: skip
        return self._done(organizations.create(values | changes))

    def organization_name(self, organization, name="Union of the Ports", kind=OrganizationNameKind.FORMER):
        return self._done(organization_parts.add_name(organization, {"kind": kind, "name": name}))

    def organization_contact(self, organization, value="12 Harbor Road, Callao", **changes):
        values = {
            "type": OrganizationContactType.ADDRESS, "value": value, "note": None, "valid_from": None, "valid_until": None,
        }  # fmt: skip
        return self._done(organization_parts.add_contact(organization, values | changes))

    def person_values(self, given_name="Rosa", family_name="Luz", **changes):
        return {
            "given_name": given_name, "family_name": family_name, "family_name_first": False, "preferred_language": None,
            "country": None, "nationality": None, "locality": None, "email": None, "phone": None, "organization": None,
            "is_at_risk": None, "post": None,
        } | changes  # fmt: skip

    def person(self, given_name="Rosa", family_name="Luz", *, congress=None, campaign=None, **changes):
        person = people.create(
            self.person_values(given_name, family_name, **changes),
            congress_id=congress.id if congress else None,
            campaign_id=campaign.id if campaign else None,
        )
        return self._done(person)

    def affiliation(self, organization, parent=None, **changes):
        values = {
            "parent": parent or self.organization(), "kind": AffiliationKind.MEMBER, "start_date": None, "end_date": None,
        }  # fmt: skip
        return self._done(affiliations.add(organization, values | changes))

    def contact_detail(self, person, value="+58 212 5550142", **changes):
        values = {"type": ContactType.PHONE, "value": value, "note": None, "valid_from": None, "valid_until": None}
        return self._done(contact_details.add(person, values | changes))

    def interaction(self, person=None, *, congress=None, campaign=None, by=None, **changes):
        values = {
            "organization": None, "kind": InteractionKind.CALL, "initiative": None, "occurred_at": clock.now(),
            "subject": "Who travels", "body": "She said that two will come.",
            "congress_id": congress.id if congress else None, "campaign_id": campaign.id if campaign else None,
        }  # fmt: skip
        return self._done(interactions.record(person, values | changes, by=by))

    def membership(self, person, **changes):
        values = {
            "organization": changes.pop("organization", None) or self.organization(), "post": None, "on_behalf_of": None,
            "start_date": None, "end_date": None,
        }  # fmt: skip
        return self._done(memberships.add(person, values | changes))

    def other_name(self, person, name="Rosa Maria Luz", kind=NameKind.PASSPORT):
        return self._done(other_names.add(person, {"kind": kind, "name": name}))

    def relation(self, person, other, kind=RelationKind.COLLEAGUE, **changes):
        values = {"kind": kind, "note": None, "start_date": None, "end_date": None}
        return self._done(relations.add(person, other, values | changes))

    def consent(self, person, purpose=ConsentPurpose.EMAIL, *, by=None, withdrawn_at=None, **changes):
        values = {"purpose": purpose, "given_at": date(2025, 3, 8), "how": ConsentMeans.PAPER, "words": "Write to me."}
        consent = consents.give(person, values | changes, by=by)
        if withdrawn_at:
            consents.withdraw(consent, withdrawn_at, ConsentMeans.PHONE, by=by)
        return self._done(consent)

    def tag(self, name="Interpreter", *, spanish=None, **changes):
        values = {"names": {"es": spanish, "en": name}, "group": None, "description": None}
        return self._done(next(iter(tag_queries.named(name)), None) or tags.create(values | changes))

    def custom_field(self, of=RecordKind.ORGANIZATION, kind=FieldKind.TEXT, *, name="Motto", options=(), **texts):
        labels = [(str(number), {"en": label}) for number, label in enumerate(options, start=1)]
        values = {"names": {"en": name}, "helps": {}, "reasons": {}, "options": labels}
        return self._done(custom_fields.create(of, kind, values | texts))

    def custom_value(self, record, field, value="Peace"):
        custom_values.record_all(record, {field: value})
        db.session.commit()
        return next(one for one in field_queries.of_record(record) if one.field_id == field.id)

    def segment(self, of=RecordKind.PERSON, name="To call", *, congress=None, campaign=None, by=None):
        ids = {"congress_id": congress and congress.id, "campaign_id": campaign and campaign.id}
        return self._done(segments.create(of, {"name": name, "purpose": None}, by=by, **ids))

    def condition(self, segment, kind=ConditionKind.NAME, group=None, **values):
        return self._done(conditions.add(segment, kind, ConditionValues(**values or {"text": "Rosa"}), group))

    def mailing(self, segment=None, *, by=None, congress=None, campaign=None, **changes):
        segment = segment or self.segment(congress=congress, campaign=campaign)
        values = {"subject": "See you in May", "text": "Dear friends,\n\nwe meet in May.", "in_language": "en"}
        return self._done(mailings.create(segment, values | changes, by=by))

    def scheduled_export(self, segment, user, **changes):
        values = {
            "frequency": ExportFrequency.DAILY, "weekday": 0, "day": 1, "hour": 7, "file_format": FileFormat.CSV,
            "with_contacts": False,
        }  # fmt: skip
        return self._done(scheduled_exports.create(segment, values | changes, by=user))

    def saved_filter(self, user, parameters=None, **changes):
        number = db.session.scalar(select(func.count()).select_from(SavedFilter)) + 1
        values = {"name": f"Filter {number}", "is_default": False}
        return self._done(saved_filters.save(user, parameters or {"show": "open"}, values | changes))

    def exported_file(self, schedule, content=b"name"):
        now = clock.now()
        file = ExportedFile(
            scheduled_export=schedule, due_at=now, made_at=now, file_format=schedule.file_format, rows=1
        )
        db.session.add(file)
        db.session.flush()
        db.session.add(FilePiece(exported_file_id=file.id, data=content))
        return self._done(file)

    def tagging(self, record, name="Interpreter"):
        return self._done(taggings.put_on(record, self.tag(name)))

    def person_pair(self, one, other):
        return self._pair(PersonPair, one, other)

    def organization_pair(self, one, other):
        return self._pair(OrganizationPair, one, other)

    def merge(self, kept, gone):
        if isinstance(kept, Person):
            return self._done(merges.merge_people(kept, gone, merges.combined(MergedPersonValues, kept, gone), by=None))
        values = merges.combined(OrganizationValues, kept, gone)
        return self._done(merges.merge_organizations(kept, gone, values, by=None))

    def _pair(self, model, one, other):
        first_id, second_id = sorted((one.id, other.id))
        pair = model(
            first_id=first_id, second_id=second_id, score=0.99, decision=Decision.SURE, evidence=["name", "phone"],
            found_at=clock.now(),
        )  # fmt: skip
        db.session.add(pair)
        return self._done(pair)

    def delegation(self, congress, country="MX", *, seats=3, delegates=2, **changes):
        values = {
            "organization": changes.pop("organization", None) or self.organization(country=country),
            "country": country, "origin": None, "seats": seats, "status": DelegationStatus.ACCEPTED, "reason": None, "problem": None,
        }  # fmt: skip
        delegation = delegations.create(congress, values | changes)
        for number in range(delegates):
            person = self.person(f"Delegate {number}", congress=congress)
            delegations.add_delegate(delegation, person, capacity=Capacity.DELEGATE, is_head=number == 0)
        return self._done(delegation)

    def imported(self, *, congress=None, campaign=None):
        """Upload a file for a congress or campaign, and read it; another one waits to be read."""
        ids = {"congress_id": congress and congress.id, "campaign_id": campaign and campaign.id}
        for content in (b"name\nAna", b"name\nLuz"):
            work = imports.begin(io.BytesIO(content), "people.csv", by=self.user(), **ids)
        for _read in running.step(work):
            pass
        return self._done(work)

    def seat(self, delegation, person, *, is_head=False):
        seated = delegations.add_delegate(delegation, person, capacity=Capacity.DELEGATE, is_head=is_head)
        return self._done(seated)

    def place(self, code):
        known = next((place for place in place_queries.search(code) if place.code == code), None)
        if known:
            return known
        name, kind, country, timezone, latitude, longitude = PLACES[code]
        place = places.add_place(
            name=name,
            kind=PlaceKind(kind),
            code=code if kind == "airport" else None,
            country=country,
            timezone=timezone,
            latitude=latitude,
            longitude=longitude,
        )
        place.fir = REGIONS.get(code)
        return self._done(place)

    def carrier(self, name, iata=None, icao=None, country=None, *, alliance=None):
        known = places.find_carrier(name, create=True)
        known.iata, known.icao, known.country, known.alliance = iata, icao, country, alliance
        return self._done(known)

    def crossing(self, near="Cúcuta", far="San Antonio", *, post=None, **changes):
        values = {
            "name": f"{near} – {far}", "near": self.place(near), "far": self.place(far), "mode": Mode.FOOT, "opens": None,
            "closes": None, "minutes": 60, "formalities": None, "note": None, "rank": 0,
        }  # fmt: skip
        crossing = places.add_crossing(values | changes)
        crossing.place = self.place(post) if post else None
        return self._done(crossing)

    def entry_rule(self, passport="MX", country="VE", **changes):
        values = {
            "passport": passport, "requirement": EntryRequirement.NOT_NEEDED, "days": 90, "transit": EntryRequirement.NOT_KNOWN,
            "note": None, "source": "Consulate, by phone", "checked_on": clock.now().date(),
        }  # fmt: skip
        return self._done(border_facts.add_rule(country, values | changes))

    def country_contact(self, country="VE", **changes):
        values = {
            "kind": ContactKind.EMERGENCY, "name": "Police", "passport": None, "phone": "911", "address": None,
            "source": "Website", "checked_on": clock.now().date(),
        }  # fmt: skip
        return self._done(border_facts.add_contact(country, values | changes))

    def border_note(self, country="VE", **changes):
        values = {
            "topic": NoteTopic.DOCUMENTS, "crossing": None, "text": "Two copies", "source": "Ana", "checked_on": clock.now().date(),
        }  # fmt: skip
        return self._done(border_facts.add_note(country, values | changes))

    def ruled_out_road(self, kind="country", *, by=None, **changes):
        values = {
            "kind": RoadKind(kind), "one": None, "other": None, "country": "CO" if kind == "country" else None,
            "crossing": None, "since": None, "until": None, "reason": "Armed strike", "source": "The union",
            "checked_on": clock.now().date(),
        }  # fmt: skip
        return self._done(ruled_out_roads.rule_out(values | changes, by=by or self.user("Rita")))

    def service(self, origin="CUC", destination="BOG", *, carrier=None):
        values = {
            "origin": self.place(origin), "destination": self.place(destination), "mode": Mode.AIR, "carrier": carrier,
            "frequency": 7, "minutes": None, "cost": None, "note": None,
        }  # fmt: skip
        return self._done(places.add_service(values))

    def party(self, delegation, *delegates, direction=Direction.OUT):
        return self._done(parties.begin_party(delegation, direction, delegates))

    def leg_values(
        self, origin="BOG", destination="CCS", departs="2025-12-10 10:00", arrives="2025-12-10 13:00", **changes
    ):
        values = {
            "direction": Direction.OUT, "journey": None, "mode": Mode.AIR, "carrier": "Avianca", "number": None,
            "origin": self.place(origin), "destination": self.place(destination), "crossing": None,
            "departs": local(departs), "arrives": local(arrives) if arrives else None, "status": LegStatus.BOOKED,
            "booking_reference": None, "seats": None, "cost": None, "currency": None,
        }  # fmt: skip
        return values | changes

    def leg(self, delegation, *args, **changes):
        return self._done(legs.add_leg(delegation, self.leg_values(*args, **changes)))

    def problem_values(self, starts="2025-12-09 00:00", ends="2025-12-20 00:00", *, kind="country_airspace", **changes):
        named = {name: changes.pop(name) for name in EntityValues.__annotations__ if name in changes}
        entity = self.entity_values(kind, **{"country": "VE"} | named)
        values = {
            "cause": Cause.AIRSPACE_CLOSED, "effect": Effect.NO_SERVICE, "severity_level": Severity.SEVERE,
            "cause_detail": None, "verification": Verification.VERIFIED, "reference": None, "source_url": None,
            "source_quote": None, "end_estimated": True, "entities": [entity],
            **period(utc(starts), utc(ends) if ends else None),
        }  # fmt: skip
        return values | changes

    def entity_values(self, kind, **changes):
        return dict.fromkeys(EntityValues.__annotations__) | {"kind": EntityKind(kind)} | changes

    def problem(self, congress, *args, **changes):
        return self._done(problems.create(congress, self.problem_values(*args, **changes), by=None))

    def follow_up_values(self, assignee, due_at=None, **changes):
        values = {
            "title": "Book the bus", "note": "Ask for Pedro at the bridge", "assignee": assignee,
            "due_at": due_at or clock.now() + timedelta(days=3), "remind_before_hours": 24, "priority": Priority.NORMAL,
            "escalate_to": None, "escalate_after_hours": None,
        }  # fmt: skip
        return values | changes

    def follow_up(self, place, assignee, due_at=None, *, delegation=None, by=..., **changes):
        about = {name: changes.pop(name) for name in follow_ups.About.__annotations__ if name in changes}
        values = self.follow_up_values(assignee, due_at, **changes)
        if by is ...:  # assigning to oneself sends no email
            by = assignee if isinstance(assignee, User) else None
        where = {"campaign_id" if isinstance(place, Campaign) else "congress_id": place and place.id}
        named = [delegation] if delegation else []
        return self._done(follow_ups.assign(values, by=by, delegations=named, **where, **about)[0])

    def checklist_item(self, follow_up, text="Ask for the number"):
        item = ChecklistItem(follow_up=follow_up, text=text)
        db.session.add(item)
        return self._done(item)

    def attachment(self, follow_up, name="letter.pdf", content=b"%PDF-1.7 %%EOF"):
        shelf, user = Shelf(current_app.config["SETTINGS"].attachments_dir), self.user()
        values = {"name": name, "content": content}
        return self._done(attachments.attach(follow_up, values, shelf, most_megabytes=1, by=user))

    def template(self, place=None, title="Before a congress", **items):
        """Return a template; `items` are titles by their distance, such as `before_7` or `after_1`."""
        where = {"campaign_id" if isinstance(place, Campaign) else "congress_id": place.id} if place else {}
        template = templates.create({"title": title, "note": None}, by=None, where=where)
        for distance, name in items.items():
            self.template_item(template, name, int(distance.replace("before_", "-").removeprefix("after_")))
        return self._done(template)

    def template_item(self, template, title="Book rooms", offset_days=-7, **changes):
        values = {
            "title": title, "note": None, "offset_days": offset_days, "at": time(9), "remind_before_hours": 24,
            "priority": Priority.NORMAL, "role": None,
        }  # fmt: skip
        return self._done(templates.add_item(template, values | changes))

    def campaign(self, title="Peace and sovereignty", **changes):
        values = {
            "title": title, "slug": None, "goal": "To be heard", "goal_kind": None, "goal_number": None, "goal_with_parts": False,
            "related_congress_id": None,
            "parent_id": None, "countries": [], "languages": [], "resolution_ids": [],
            "start_date": date(2025, 12, 1), "end_date": None, "status": CampaignStatus.RUNNING,
            "open_to_subscribers": True, "open_to_sign_ups": False, "public_feed": False, "timezone": "America/Caracas", "digest_frequency": Frequency.WEEKLY,
            "digest_weekday": 4, "digest_hour": 8, "digest_approval": Approval.ONE_PERSON, "public_archive": False,
        }  # fmt: skip
        return self._done(campaigns.create(values | changes))

    def partner(self, campaign, organization=None, role=PartnerRole.TAKES_PART):
        return self._done(partners.add(campaign, organization or self.organization(), role))

    def resolution(self, congress, title="Against the blockade", **changes):
        values = {
            "number": "1", "title": title, "text": "We call for action.", "in_language": "en", "adopted_on": None,
        }  # fmt: skip
        return self._done(resolutions.create(congress, values | changes))

    def article(self, headline="Delegations take the road", **changes):
        values = {
            "headline": headline, "authors": "Ana Ruiz", "translators": None, "publisher": "The Paper", "date_published": date(2025, 1, 5),
            "in_language": "en", "url": None, "original_publisher": None, "original_date": None,
            "republication_notice": None, "may_be_republished": False, "disclaimer": None, "captions": None, "text": "They went by land.",
            "excerpt": "They went by land.",
        }  # fmt: skip
        return self._done(articles.create(values | changes, by=None))

    def version(self, original, language, kind=VersionKind.TRANSLATION, **changes):
        article = self.article(f"{original.headline} ({language})", in_language=language, **changes)
        article.version_of_id, article.version_kind = original.id, kind
        return self._done(article)

    def feed(self, url=None):
        return self._done(feeds.add(url or f"https://paper{next(self._numbers)}.example.org/feed", by=None))

    def entry(self, feed=None, url=None, *, day=None, **changes):
        feed, number = feed or self.feed(), next(self._numbers)
        values = {
            "id": f"entry {number}", "url": url or f"https://paper.example.org/{number}", "headline": f"Strike {number}",
            "authors": (), "date_published": day, "summary": "They stopped work.", "language": "en",
        }  # fmt: skip
        feeds.list_entries(feed, "The Paper", [Entry(**values | changes)], first=False)
        return self._done(db.session.scalars(select(Intake).order_by(Intake.id.desc())).first())

    def intake(self, user, url="https://paper.example.org/brought", **changes):
        return self._done(intakes.begin(IntakeSource.ADDRESS, by=user, url=url, **changes))

    def cite(self, article, campaign):
        return self._done(articles.cite_in_campaign(article, campaign, by=None))

    def day_of_action(self, campaign, starts=None, **changes):
        soon = clock.now().replace(hour=18, minute=0, second=0, microsecond=0, tzinfo=None) + timedelta(days=30)
        values = {
            "titles": {"en": "Day for water"}, "texts": {}, "synchronized_by": Synchronization.SAME_LOCAL_HOUR,
            "starts": starts or soon, "timezone": None, "is_public": True,
        }  # fmt: skip
        return self._done(days_of_action.create(campaign, values | changes))

    def mobilization(self, campaign, day=None, *, place=None, host=None, **changes):
        values = {
            "title": "March for water",
            "languages": ["es"],
            "contact": None,
            "notes": None,
            "expected_turnout": None,
        }
        placed = {
            "place": place or self.place("BOG"), "address": None, "timezone": None, "duration_minutes": 120,
            "starts": None if day else local("2025-12-12 18:00"),
        }  # fmt: skip
        status = {"status": changes.pop("status")} if "status" in changes else {}
        values, placed = (kind | {key: changes[key] for key in kind if key in changes} for kind in (values, placed))
        return self._done(mobilizations.create(campaign, day, values, placed, host=host, **status))

    def target(self, campaign, name="Port Authority", **changes):
        values = {
            "kind": TargetKind.INSTITUTION, "name": name, "post": None, "organization": None, "country": "CO",
            "letter_language": None, "email": "post@example.org", "phone": None, "postal_address": None, "website": None,
            "demand": "Open the port", "open_to_letters": True, "closed_because": None,
        }  # fmt: skip
        return self._done(targets.create(campaign, values | changes))

    def target_entry(self, target, kind=EntryKind.REPLIED, happened_on=None, **changes):
        values = {"kind": kind, "happened_on": happened_on or clock.now().date(), "text": None, "article": None}
        return self._done(targets.log(target, values | changes, by=None))

    def letter_text(self, campaign, subject="Open the port", **changes):
        values = {"letter_language": "en", "subject": subject, "body": "Dear {target},\nopen it."} | changes
        return self._done(letters.create_text(campaign, values))

    def sent_letter(self, target, country="CO", locale="en"):
        return self._done(letters.count(target, country=country, locale=locale))

    def call(self, campaign, **changes):
        values = {
            "titles": {"en": "Come to the square"}, "details": {}, "url": None, "starts_at": None,
            "timezone": campaign.timezone, "last_day": None,
        }  # fmt: skip
        return self._done(calls.create(campaign, values | changes))

    def brigade(self, campaign, name="Translators", *, roles=((RoleKind.TRANSLATION, 3),), **changes):
        values = {
            "name": name, "purpose": None, "country": None, "locality": None, "languages": [],
            "timezone": campaign.timezone, "is_open": False, "needs_approval": False, "give_back_hours": 24,
        }  # fmt: skip
        brigade = brigades.create(campaign, values | changes)
        for kind, needed in roles:
            brigades.add_role(brigade, {"kind": kind, "name": None, "needed": needed})
        return self._done(brigade)

    def brigade_member(self, brigade, person=None, **changes):
        values = {
            "role": next(iter(brigade.roles), None), "status": MemberStatus.CONFIRMED, "since": None, "until": None,
            "skills": None, "languages": [], "channel": Channel.EMAIL,
        }  # fmt: skip
        person = person or self.person("Rosa", campaign=brigade.campaign)
        return self._done(brigade_members.add(brigade, person, values | changes))

    def shift(self, brigade, starts="2025-12-10T09:00", *, hours=4, days=1, **changes):
        begins = datetime.fromisoformat(starts)
        values = {
            "role": None, "language": None, "venue": "Plaza Bolívar, Caracas", "starts": begins,
            "ends": begins + timedelta(hours=hours), "timezone": brigade.timezone, "needed": 2, "note": None,
        }  # fmt: skip
        made = shifts.create(brigade, values | changes, days=days)
        return self._done(made if days > 1 else made[0])

    def shift_place(self, shift, member=None):
        member = member or self.brigade_member(shift.brigade)
        return self._done(shift_places.take(shift, member, by_coordinator=True))

    def mention(self, article, record, kind=MentionKind.SUBJECT):
        return self._done(mentions.add(article, record, kind))

    def note(self, article, quotation="They went", *, congress=None, campaign=None, by=None, body=None):
        values = {
            "quotation": quotation, "place": None, "body": body, "congress_id": congress.id if congress else None,
            "campaign_id": campaign.id if campaign else None,
        }  # fmt: skip
        return self._done(notes.create(article, values, by=by))

    def suggestion(self, article, other, kind=SuggestionKind.SAME):
        later, earlier = sorted((article, other), key=lambda one: -one.id)
        suggestion = VersionSuggestion(
            article_id=later.id, other_id=earlier.id, kind=kind, likeness=0.9, made_at=clock.now()
        )
        db.session.add(suggestion)
        return self._done(suggestion)

    def sign_up(self, campaign, kind=SignUpKind.ENDORSE, *, confirmed=True, about=None, **changes):
        number = next(self._numbers)
        values = {
            "name": f"Ana {number}", "email": f"ana{number}@example.org", "phone": None, "locale": "en", "country": "CO",
            "locality": "Cali", "organization_name": None, "mandate": None, "decided_on": None, "is_named": True, "details": {},
            "consent_text": "You may keep this.",
        }  # fmt: skip
        sign_up = sign_ups.ask(campaign, kind, values | changes, **(about or {}))
        if confirmed:
            sign_ups.confirm(sign_up)
        return self._done(sign_up)

    def picture(self, mobilization, *, is_shown=True, **changes):
        values = {"content": PHOTO, "description": "A crowd with lanterns", "credit": None} | changes
        return self._done(coverage.add_picture(mobilization, values, is_shown=is_shown))

    def press_link(self, mobilization, url="https://news.example.org/lanterns", *, article=None, title="Lanterns"):
        values = {"article": article, "url": None if article else url, "title": title}
        return self._done(coverage.add_press_link(mobilization, values))

    def proposal(self, day, *, approved=False, title="March of the ports", **changes):
        values = {"title": title, "languages": ["es"], "contact": None, "notes": None, "expected_turnout": None}
        placed = {
            "place": self.place("BOG"), "address": None, "timezone": None, "duration_minutes": 120, "starts": None,
        }  # fmt: skip
        said = {"details": proposals.details_of(day, values, placed), "organization_name": "Union of the Ports"}
        about = {"day_of_action_id": day.id}
        sign_up = self.sign_up(day.campaign, SignUpKind.HOST, about=about, **(said | changes))
        if approved:
            proposals.approve(sign_up, None, by=self.user())
        return self._done(sign_up)

    def statement(self, campaign, *, published=True, **changes):
        values = {
            "titles": {"es": "Por la paz", "en": "For peace"}, "texts": {"es": "Queremos la paz.", "en": "We want peace."},
        }  # fmt: skip
        statement = statements.create(campaign, values | changes)
        if published:
            statements.publish(statement)
        return self._done(statement)

    def signature(self, version, **changes):
        values = {"mandate": Mandate.PERSONAL, "about": {"version_id": version.id}} | changes
        return self.sign_up(version.statement.campaign, SignUpKind.SIGN, **values)

    def subscription(self, campaign, email=None, *, languages=("en",), confirmed=True, **preferences):
        subscription = subscriptions.request(
            campaign, email=email or f"member{next(self._numbers)}@example.org",
            preferences=subscriptions.default_preferences(campaign, list(languages)) | preferences, consent_text="I want to receive it.",
        )  # fmt: skip
        if confirmed:
            subscriptions.confirm(subscription)
        return self._done(subscription)
