"""Fields of the house's own: managed by admins, filled in on the forms of people and organizations."""

import pytest

from app.domain.people import segments
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.custom_fields import Comparison, FieldKind, RecordKind
from app.models.people.organizations import Organization
from app.models.people.segments import ConditionKind
from tests.views.pages import text
from tests.views.test_history import history_on

CHOICE = {"option_new1_es": "Español", "option_new1_en": "Spanish", "option_new2_es": "Portugués"}


@pytest.fixture
def world(house, browse):
    """An admin; Alice and Bob work on the congress of a person, Charlie on another one."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie, admin = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Admin"))
        for user, congress in ((alice, here), (bob, here), (charlie, there)):
            make.grant(user, Role.ORGANIZER, congress=congress)
        make.grant(admin, Role.ADMIN)
        make.custom_field(
            RecordKind.PERSON, FieldKind.ASSESSMENT, name="Commitment", options=["absent", "", "", "active", "leads"]
        )
        make.custom_field(RecordKind.PERSON, FieldKind.NUMBER, name="Meetings", reasons={"en": "To share the work."})
        world = {"person": f"/people/{make.person('Rosa', 'Luz', congress=here).id}"}
        world["union"] = f"/organizations/{make.organization('Union of Dockers').id}"
    return world | {user.name.lower(): browse(user) for user in (alice, bob, charlie, admin)}


def test_a_value_is_recorded_shown_merged_and_concealed_in_the_history(world):
    form = text(world["alice"].get(f"{world['person']}/edit"))
    assert "Why we ask: To share the work." in form
    late = world["bob"].typed(f"{world['person']}/edit", custom_2="7")
    assert world["alice"].edit(f"{world['person']}/edit", custom_1="4").status_code == 302
    assert world["bob"].post(f"{world['person']}/edit", late).status_code == 302
    page = text(world["alice"].get(world["person"]))
    assert "4 · active" in page
    assert page.index("Meetings") < page.index("<bdi>7</bdi>")
    assert "Other information: changed" in history_on(world["alice"], world["person"])
    assert world["charlie"].get(world["person"]).status_code == 404
    conflict = world["bob"].typed(f"{world['person']}/edit", custom_1="1")
    world["alice"].edit(f"{world['person']}/edit", custom_1="5")
    assert world["bob"].post(f"{world['person']}/edit", conflict).status_code == 409


@pytest.mark.parametrize("changes", [{"custom_2": "many"}, {"custom_1": "6"}, {"custom_2": "1e30"}])
def test_a_wrong_value_has_its_error_beside_the_field(world, changes):
    refused = world["alice"].post(
        f"{world['person']}/edit", world["alice"].typed(f"{world['person']}/edit", locality="Cork", **changes)
    )
    assert refused.status_code == 422
    [name] = changes
    assert f'id="{name}-error"' in refused.text
    assert 'value="Cork"' in refused.text


def test_a_choice_is_added_in_two_languages_and_shown_in_the_known_one(world):
    path = "/fields/new/organization/choice"
    assert "Enter a name in at least one language." in text(world["admin"].post(path, CHOICE))
    assert "Enter at least two options." in text(
        world["admin"].post(path, {"name_es": "Lengua", "option_new1_es": "Una"})
    )
    added = world["admin"].post(path, {"name_es": "Lengua", **CHOICE})
    shown = text(world["admin"].get(added.location))
    assert shown.index("Lengua") < shown.index("Spanish") < shown.index("Portugués")
    world["alice"].edit(f"{world['union']}/edit", custom_3="2")
    assert "<bdi>Portugués</bdi>" in text(world["charlie"].get(world["union"]))
    refused = world["admin"].edit("/fields/3/edit", option_2_es="", option_new1_es="Quechua")
    assert refused.status_code == 422
    assert "Records with this option: 1. Rename it, or change those records first." in text(refused)
    assert world["admin"].edit("/fields/3/edit", option_2_es="Portugués del Brasil").status_code == 302
    assert "<bdi>Portugués del Brasil</bdi>" in text(world["charlie"].get(world["union"]))


def test_a_retired_field_is_neither_asked_nor_shown_and_comes_back_with_its_values(world):
    world["alice"].edit(f"{world['person']}/edit", custom_2="7")
    world["admin"].post("/fields/2/retire", {"idempotency_key": "k"})
    assert "Meetings" not in text(world["alice"].get(world["person"]))
    assert "custom_2" not in text(world["alice"].get(f"{world['person']}/edit"))
    world["alice"].edit(f"{world['person']}/edit", locality="Cork")
    assert "1 value is removed with it." in text(world["admin"].get("/fields/2/remove"))
    world["admin"].post("/fields/2/bring-back", {"idempotency_key": "l"})
    assert "<bdi>7</bdi>" in text(world["alice"].get(world["person"]))


def test_removing_a_field_or_a_tag_names_the_segments_that_ask_for_it(world, house):
    with house.open() as make:
        union = db.session.get_one(Organization, 1)
        tag = make.tagging(union).tag
        for name, values in (("Old", {"tag_id": tag.id}), ("Call", {"tag_id": tag.id}), ("Busy", {"field_id": 2})):
            kind = ConditionKind.TAG if "tag_id" in values else ConditionKind.FIELD
            comparison = {} if "tag_id" in values else {"comparison": Comparison.IS_SET}
            make.condition(segment := make.segment(name=name), kind, **values, **comparison)
            if name == "Old":
                segments.remove(segment, by=None)
                db.session.commit()
    said = "It is part of “{}”: that condition will be met by nobody."
    assert said.format("Call") in text(world["admin"].get(f"/tags/{tag.id}/remove"))
    assert said.format("Busy") in text(world["admin"].get("/fields/2/remove"))
    assert "It is part of" not in text(world["admin"].get("/fields/1/remove"))


def test_fields_are_moved_and_only_admins_of_everything_manage_them(world):
    assert world["alice"].get("/fields").status_code == 404
    world["admin"].post("/fields/2/up", {"idempotency_key": "k"})
    listed = text(world["admin"].get("/fields"))
    assert listed.index("Meetings") < listed.index("Commitment")
