"""Invalid input, slow connections and expired sessions, as seen by users."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, field, fill_in, follow, is_titled, misses, press, sees, sign_in
from tests.factories import utc


@pytest.fixture
def page(site, open_page, at):
    """Alice, signed in, on the first of December."""
    at(utc("2025-12-01 12:00"))
    page = open_page(site)
    sign_in(page, "alice@example.org")
    return page


@pytest.fixture
def congress(site):
    with site.open() as make:
        return make.congress(title="Congress for Peace").id


def organizations(page, name):
    """The number of organizations with this name."""
    page.goto("/organizations")
    return page.get_by_role("link", name=name, exact=True).count()


def test_an_invalid_date_shows_an_error_on_its_field_and_a_link_in_the_summary(page, congress):
    page.goto(f"/congresses/{congress}/problems/new")
    typed = {"Starts": "2025-12-20T00:00", "Ends": "2025-12-09T00:00", "Description": "Closed “until further notice”."}
    chosen = {"What is affected": "a country’s airspace", "Verification": "verified"}
    fill_in(page, chosen | typed | {"The end is an estimate": True})
    press(page, "Save and see which legs it concerns")

    expect(page.get_by_role("alert")).to_contain_text("Nothing has been saved yet")
    wrong = field(page, "Ends")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("The end must be after the start."))
    follow(page, "Ends")
    expect(wrong).to_be_focused()
    for label, value in typed.items():
        expect(field(page, label)).to_have_value(value)
    expect(field(page, "The end is an estimate")).to_be_checked()
    expect(field(page, "Verification").locator("option:checked")).to_have_text("verified")

    fill_in(page, {"Ends": "2025-12-22T00:00"})
    press(page, "Save and see which legs it concerns")
    sees(page, "Recorded. Everyone affected is listed below.", "No upcoming legs are affected.")


def test_an_end_before_the_start_is_rejected_in_the_users_language(site, page, congress):
    press(page, "Español")
    page.goto(f"/congresses/{congress}/edit")
    fill_in(page, {site.says("es", "First day"): "2025-12-13", site.says("es", "Last day"): "2025-12-11"})
    press(page, site.says("es", "Save"))
    follow(page, site.says("es", "Last day"))
    expect(field(page, site.says("es", "Last day"))).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text(site.says("es", "The end date is before the start date."))


def test_all_choices_of_a_form_are_in_the_users_language(site, page, congress):
    press(page, "Español")
    page.goto(f"/congresses/{congress}/problems/new")
    offered = page.locator("select option").all_inner_texts()
    for sentence in ("a country’s airspace", "closed or impossible", "border closed", "not verified"):
        assert site.says("es", sentence) != sentence
        assert site.says("es", sentence) in offered


def test_the_error_for_a_leg_that_arrives_before_it_departs_names_both_zones(site, page, congress):
    with site.open() as make:
        make.place("BOG"), make.place("MAD")
        delegation = make.delegation(make.congress(title="Another")).id
        here = f"/congresses/{congress + 1}/delegations/{delegation}"
    page.goto(f"{here}/legs/new")
    fill_in(page, {"From": "MAD", "Departs": "2025-12-10T12:00", "To": "BOG", "Arrives": "2025-12-10T05:30"})
    press(page, "Save")
    sees(page, "The arrival must be after the departure: Dec 10, 12:00 in Madrid is Dec 10, 06:00 in Bogotá.")
    expect(field(page, "From")).to_have_value("MAD")
    expect(field(page, "Departs")).to_have_value("2025-12-10T12:00")
    fill_in(page, {"Arrives": "2025-12-10T11:45"})
    press(page, "Save")
    sees(page, "Leg saved.", "Wed, Dec 10, 12:00 (Madrid) – Wed, Dec 10, 11:45 (Bogotá)")


def test_ambiguous_input_in_a_pick_field_offers_choices(site, page, congress):
    with site.open() as make:
        make.organization("Union of Dockers"), make.organization("Union of Drivers")
    page.goto(f"/congresses/{congress}/delegations/new")
    fill_in(page, {"Organization": "Union of D", "Traveling from": "Peru", "Seats": "2"})
    press(page, "Save")
    sees(page, "“Union of D” may mean several things. Choose one.", "Union of Drivers (Mexico)")
    expect(field(page, "Organization")).to_have_value("Union of D")
    page.get_by_label("Union of Dockers (Mexico)").check()
    press(page, "Save")
    is_titled(page, re.compile("Union of Dockers"))


def test_going_back_and_resubmitting_a_form_stores_it_once(page):
    typed = {"Given names": "Maura", "Family names": "O’Neill"}
    page.goto("/people/new")
    fill_in(page, typed)
    press(page, "Save")
    is_titled(page, "Maura O’Neill")
    page.go_back()
    is_titled(page, "Record a person")
    for label, value in typed.items():
        expect(field(page, label)).to_have_value(value)
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("A person with this name is already recorded.")
    page.goto("/people")
    sees(page, "1 person.")


def test_going_back_and_saving_other_content_asks_before_it_stores_a_second_record(page, congress):
    page.goto(f"/congresses/{congress}/problems")
    follow(page, "Record a route problem")
    fill_in(page, {"What is affected": "a country’s airspace", "Country": "Venezuela", "Starts": "2025-12-09T00:00"})
    press(page, "Save and see which legs it concerns")
    sees(page, "Recorded. Everyone affected is listed below.")
    page.go_back()
    sees(page, "You have already saved this form.")
    fill_in(page, {"What is affected": "a country’s airspace", "Country": "Peru", "Starts": "2025-12-10T00:00"})
    press(page, "Save and see which legs it concerns")
    sees(page, "You have already saved this page.", "Save as a new entry")


def test_a_second_person_with_the_same_name_is_stored_after_confirmation(page):
    for _ in range(2):
        page.goto("/people/new")
        fill_in(page, {"Given names": "Maura"})
        press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Is this another person?")
    page.get_by_label("It is another person. Record anyway.").check()
    press(page, "Save")
    is_titled(page, "Maura")
    page.goto("/people")
    sees(page, "2 people.")


def test_going_back_and_changing_one_more_thing_does_not_lose_the_change(site, page):
    with site.open() as make:
        person = make.person("Maura", "O’Neill").id
    page.goto(f"/people/{person}/edit")
    fill_in(page, {"Town": "Cork"})
    press(page, "Save")
    sees(page, "Saved.", "Cork")
    page.go_back()
    fill_in(page, {"Position": "treasurer", "Town": "Galway"})
    press(page, "Save")
    sees(page, "Galway")


def test_a_page_restored_by_the_browser_keeps_a_second_change(site, page):
    with site.open() as make:
        person = make.person("Maura", "O’Neill").id
    page.goto(f"/people/{person}/edit")
    hidden = page.locator("form.sheet input[type=hidden]").all()
    kept = {it.get_attribute("name"): it.get_attribute("value") for it in hidden}
    for town in ("Cork", "Galway"):
        typed = {"given_name": "Maura", "country": "", "locality": town}
        page.request.post(f"/people/{person}/edit", form=kept | typed)
    page.goto(f"/people/{person}")
    sees(page, "Galway")


def test_going_back_after_signing_out_shows_no_cached_page(site, page):
    with site.open() as make:
        person = make.person("Maura", "O’Neill", phone="+353 21 555 0100").id
    page.goto(f"/people/{person}/edit")
    expect(field(page, "Phone")).to_have_value("+353 21 555 0100")
    press(page, "Sign out")
    is_titled(page, "Sign in")
    page.go_back()
    is_titled(page, "Sign in")
    misses(page, "Maura")


def test_a_second_tap_on_a_slow_connection_stores_a_form_once(page):
    page.goto("/organizations/new")
    fill_in(page, {"Name": "Union of Bakers", "Country": "Peru"})
    page.get_by_role("button", name="Save", exact=True).dblclick()
    is_titled(page, "Union of Bakers")
    assert organizations(page, "Union of Bakers") == 1


def test_a_session_that_expires_during_a_long_form_loses_no_input(page, congress):
    page.goto(f"/congresses/{congress}/problems/new")
    story = "First line with “quotes”, ñ and ليلى.\n\nSecond paragraph, <b>not bold</b> & whole."
    typed = {
        "Starts": "2025-12-09T00:00",
        "Ends": "2025-12-20T06:00",
        "Description": story,
        "Reference number": "A0012/25",
    }
    chosen = {"What is affected": "a country’s airspace", "Cause": "border closed"}
    fill_in(page, chosen | typed | {"The end is an estimate": True})
    page.context.clear_cookies()
    press(page, "Save and see which legs it concerns")

    is_titled(page, "Sign in")
    sees(page, "Your session has ended. Sign in again. What you entered has been kept and will be restored.")
    fill_in(page, {"Email address": "alice@example.org", "Password": "not this one at all"})
    press(page, "Sign in")
    sees(page, "The email address or password is incorrect.")
    fill_in(page, {"Password": PASSWORD})
    press(page, "Sign in")

    is_titled(page, "What you entered is still here")
    press(page, "Open the form again")
    is_titled(page, "Record a route problem")
    expect(page.get_by_role("alert")).to_have_count(0)
    for label, value in typed.items():
        expect(field(page, label)).to_have_value(value)
    expect(field(page, "Cause").locator("option:checked")).to_have_text("border closed")
    expect(field(page, "The end is an estimate")).to_be_checked()

    press(page, "Save and see which legs it concerns")
    sees(page, "Recorded. Everyone affected is listed below.", "A0012/25", "<b>not bold</b> & whole.")
    page.goto(f"/congresses/{congress}/problems")
    assert page.locator("main li").count() == 1


def test_an_expired_session_keeps_the_chosen_problem_and_delegations(site, page, congress):
    with site.open() as make:
        congress = make.congress(title="Another")
        leg = make.leg(make.delegation(congress))
        problem = make.problem(congress)
        here = f"/congresses/{leg.congress_id}/problems/{problem.id}"
    page.goto(here)
    follow(page, "Assign actions")
    fill_in(page, {"Action title": "Book the bus", "Due": "2025-12-05T18:00"})
    page.get_by_role("checkbox").check()
    page.context.clear_cookies()
    press(page, "Assign")
    sign_in(page, "alice@example.org")
    press(page, "Open the form again")
    expect(field(page, "Action title")).to_have_value("Book the bus")
    expect(page.get_by_role("checkbox")).to_be_checked()
    press(page, "Assign")
    page.goto(here)
    sees(page, "Book the bus", "in hand")


def test_a_form_from_an_older_session_is_shown_again_before_saving(page):
    page.goto("/organizations/new")
    fill_in(page, {"Name": "Union of Bakers", "Country": "Peru"})
    second = page.context.new_page()
    second.goto("/")
    press(second, "Sign out")
    sign_in(second, "alice@example.org")
    second.close()
    press(page, "Save")
    is_titled(page, "What you entered is still here")
    press(page, "Open the form again")
    expect(field(page, "Name")).to_have_value("Union of Bakers")
    press(page, "Save")
    is_titled(page, "Union of Bakers")
    assert organizations(page, "Union of Bakers") == 1


@pytest.mark.parametrize("megabytes", [1, 10])
def test_a_pasted_text_that_is_too_long_is_shown_again(page, megabytes):
    page.goto("/articles/paste")
    text = "The bus leaves at six. " * (megabytes * 1_000_000 // 23)
    answer = page.request.post(
        "/articles/paste",
        multipart={
            "csrf_token": page.locator("main input[name=csrf_token]").get_attribute("value"),
            "idempotency_key": page.locator("main input[name=idempotency_key]").get_attribute("value"),
            "in_language": "en",
            "url": "https://example.org/long",
            "pasted": text,
        },
    )
    html = answer.text()
    assert answer.status == 422
    assert "characters, but the limit is 500,000. Nothing has been lost. Shorten it here." in html
    assert html.count("The bus leaves at six.") == text.count("The bus leaves at six.")
    assert 'value="https://example.org/long"' in html


def test_a_request_over_the_size_limit_gets_an_error_page(page):
    page.goto("/articles/paste")
    token = page.locator("main input[name=csrf_token]").get_attribute("value")
    answer = page.request.post("/articles/paste", multipart={"csrf_token": token, "pasted": "x" * 17 * 1024 * 1024})
    assert answer.status == 413
    assert "That is too large" in answer.text()


def test_hostile_input_is_escaped(page):
    page.goto("/organizations/new")
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}'\"><img src=x onerror=alert(1)>"
    fill_in(page, {"Name": hostile, "Country": "Peru"})
    press(page, "Save")
    is_titled(page, hostile)
    assert page.locator("main script, main img").count() == 0
