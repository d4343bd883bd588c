"""What a list's download contains can be imported again: every heading is understood, and nothing is changed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import countries
from app.domain.imports.cells import Cells, columns_of
from app.domain.imports.fields import Field
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.imports.imports import Import
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType
from app.wording.labels import country_name

FIELDS = {
    "given_name": "given_name", "family_name": "family_name", "country": "country", "organization": "organization",
    "post": "post", "email": "email", "phone": "phone", "other_contacts": "other_contacts",
    "preferred_language": "preferred_language", "locality": "locality", "nationality": "nationality",
    "congresses": "", "tags": "", "last_interaction": "", "custom_1": "custom_1", "custom_2": "custom_2",
    "custom_3": "custom_3", "custom_4": "custom_4", "custom_5": "custom_5",
    "created_at": "", "number": "record_number",
}  # fmt: skip
"""The columns of a download, and what they are in an import; what follows from other records is not imported."""


@pytest.fixture
def people(house):
    """People as life has them: one name only, homonyms, several numbers, ended memberships, hostile names."""
    with house.open() as make:
        union = make.organization("Sindicato de Puertos; Único", country="CL")
        ana = make.person(
            "Ana", "Paz Soto", email="ana@example.org", phone="+56225550142", country="CL", nationality="AR",
            preferred_language="es", locality="Ñuñoa", organization=union, post="vocera",
        )  # fmt: skip
        make.contact_detail(ana, type=ContactType.EMAIL, value="ana.paz@example.net")
        make.contact_detail(ana, type=ContactType.WHATSAPP, value="+56225550143")
        make.contact_detail(ana, type=ContactType.OTHER, value="Skype: ana; after six")
        make.custom_value(ana, make.custom_field(RecordKind.PERSON, name="Member number"), "00107")
        make.custom_value(
            ana, make.custom_field(RecordKind.PERSON, FieldKind.NUMBER, name="Years of work"), Decimal("7.5")
        )
        for kind, value in ((FieldKind.DATE, date(2019, 5, 1)), (FieldKind.YES_NO, False)):
            make.custom_value(ana, make.custom_field(RecordKind.PERSON, kind, name=kind.value), value)
        shift = make.custom_field(RecordKind.PERSON, FieldKind.CHOICE, name="Shift", options=("Day", "Night & late"))
        make.custom_value(ana, shift, "2")
        make.tagging(ana)
        make.interaction(ana)
        make.other_name(ana, kind=NameKind.PASSPORT, name="ANA MARÍA PAZ SOTO")
        make.other_name(ana, kind=NameKind.KNOWN_AS, name="Anita")
        luz = make.person("María del Carmen", None, country="VE")
        make.contact_detail(luz, type=ContactType.SIGNAL, value="+582125550142")
        make.person("Luz", "Mar")
        make.person("Luz", "Mar", country="PE")
        make.person("=HYPERLINK(1)", "محمد ✊🏽", preferred_language="pt")
        former = make.person("Sol", "Rey")
        make.membership(former, organization=union, end_date=date(2020, 1, 1))


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "vcf"])
def test_what_is_downloaded_is_left_alone_when_it_is_imported_again(house, browse, people, locale, file_format):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
    alice = browse(user)
    with alice.client.session_transaction() as session:
        session["locale"] = locale
    file = alice.post("/people/download", {"file_format": file_format, "columns": list(FIELDS)}).data
    sent = {"file": (io.BytesIO(file), "people"), "subject": "", "idempotency_key": "one"}
    path = alice.post("/people/imports/upload/people", sent, content_type="multipart/form-data").location
    with house.open():
        work = db.session.scalars(select(Import)).one()
        if file_format != "vcf":
            assert work.mapping == list(FIELDS.values())
        assert (work.key, work.total) == ("record_number", 6)
    alice.edit(f"{path}/columns")
    with house.open():
        assert db.session.scalars(select(Import)).one().counts == {"unchanged": 6}


@pytest.mark.parametrize("locale", ["es", "en"])
def test_every_country_is_understood_by_the_name_that_downloads_have(app, locale):
    with app.test_request_context(headers={"Accept-Language": locale}):
        read = {
            code: Cells([country_name(code)], None, columns_of(["country"])).country(Field.COUNTRY)
            for code in countries.named("en")
        }
    assert {code: found for code, found in read.items() if code != found} == {}
