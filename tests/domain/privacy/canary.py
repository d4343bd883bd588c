"""A person with unique texts who takes part in as much as possible, and looking for these texts afterwards."""

from pathlib import Path

from sqlalchemy import inspect, select, text

from app.domain.accounts import exports
from app.domain.accounts.exports import Exported
from app.domain.actions import comments
from app.domain.campaigns import address_changes
from app.domain.imports import imports
from app.domain.mail import deliveries
from app.domain.people import contact_details
from app.domain.recording import recording
from app.domain.travel import check_ins
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.exports import FileFormat
from app.models.mobilizing.sign_ups import SignUpKind
from app.models.people.custom_fields import RecordKind
from app.models.people.people import ContactType, Person
from app.models.travel.check_ins import Answer
from tests.domain.imports.bringing import Bringing, run

GIVEN, FAMILY = "Quetzalia", "Xochimilka"
NAME, EMAIL, NEW_EMAIL = f"{GIVEN} {FAMILY}", "quetza.canary@example.org", "canary.quetza@example.org"
PHONE, PASSPORT, OTHER = "+58 412 7391846", "ZX99817263", "Kanarienvogel"
TRACES = ("quetzalia", "xochimilka", "quetza.canary", "canary.quetza", "7391846", "99817263", "kanarienvogel")


class Canary:
    """The person and what she takes part in."""

    def __init__(self, make):
        self.make = make
        self.congress, self.campaign = make.congress(), make.campaign()
        self.alice = make.user("Alice")
        self.person = make.person(
            GIVEN, FAMILY, congress=self.congress, campaign=self.campaign, email=EMAIL, phone=PHONE, nationality="VE"
        )
        self._people()
        self._travel()
        self._public()
        self._files()
        deliver_due()
        db.session.commit()

    def _people(self):
        make, person = self.make, self.person
        make.other_name(person, f"{OTHER} {FAMILY}")
        make.consent(person)
        make.tagging(person)
        make.relation(person, make.person("Stays", congress=self.congress))
        make.interaction(person, congress=self.congress, by=self.alice, body=f"{NAME} will come.")
        field = make.custom_field(RecordKind.PERSON, name="Passport")
        make.custom_value(person, field, PASSPORT)
        with recording("contact_details.remove", NAME, by=self.alice):
            contact_details.remove(make.contact_detail(person, PHONE, type=ContactType.WHATSAPP))
        written = Bringing(self.alice)(f"name,email\n{NAME} {OTHER},{NEW_EMAIL}")
        imports.write(written, by=self.alice)
        run(written)
        twin = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
        self.ids = {person.id, twin.id}
        make.merge(person, twin)

    def _travel(self):
        make = self.make
        self.delegation = make.delegation(self.congress, delegates=1)
        seat = make.seat(self.delegation, self.person, is_head=True)
        make.leg(self.delegation)
        check_ins.ask(make.problem(self.congress, "2025-12-04 00:00"))
        check_ins.record_report(seat, Answer.NEED_HELP, f"{PASSPORT} was taken.")
        deliveries.queue_links(self.delegation)
        given = make.follow_up(self.congress, self.person, by=self.alice, title="Call the consulate")
        comments.comment(given, "On my way.", person=self.person)
        self.file = make.attachment(
            make.follow_up(self.congress, self.alice, person=self.person), "visa.txt", f"{NAME}".encode()
        )

    def _public(self):
        make = self.make
        version = make.statement(self.campaign).versions[0]
        self.signature = make.signature(version, name=NAME, email=EMAIL)
        make.sign_up(self.campaign, SignUpKind.ENDORSE, confirmed=False, name=NAME, email=None, phone=PHONE)
        member = make.subscription(self.campaign, EMAIL)
        change = address_changes.request(member, NEW_EMAIL)
        address_changes.confirm(change, [member])
        db.session.commit()

    def _files(self):
        make = self.make
        bring = Bringing(self.alice)
        bring(f"name,email,phone\n{NAME},{EMAIL},{PHONE}\nStays Luz,stays@example.org,")
        segment = make.segment(by=self.alice)
        make.exported_file(make.scheduled_export(segment, self.alice), f"name\n{NAME}".encode())
        exports.record(self.alice, Exported.PEOPLE, FileFormat.CSV, rows=1, with_contacts=True)
        article = make.article()
        make.mention(article, self.person)
        db.session.commit()


def in_files(folder: Path) -> dict[str, set[str]]:
    """Return the texts of hers that are in the files of a folder, by file."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        traces = {one for one in TRACES if one.encode() in content}
        if traces:
            found[str(path.relative_to(folder))] = traces
    return found


def in_tables() -> dict[str, set[str]]:
    """Return the texts of hers that are in the columns of all tables, as the database sends them, by table."""
    found: dict[str, set[str]] = {}
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                content = " ".join(_plain(value) for value in row).lower()
                found.setdefault(table, set()).update(one for one in TRACES if one in content)
    return {table: traces for table, traces in found.items() if traces}


def _plain(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
