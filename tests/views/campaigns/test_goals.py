"""The goal of a campaign on its pages, and what its public page says about related campaigns and calls."""

from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import GoalKind


def a_goal(make, **changes):
    values = {"goal_kind": GoalKind.ENDORSEMENTS, "goal_number": 5000, "open_to_sign_ups": True}
    return make.campaign("Peace", **(values | changes))


def test_the_goal_and_how_far_it_is_reached_are_on_the_page_and_on_the_public_page(house, browse):
    with house.open() as make:
        campaign, alice, charlie = a_goal(make), make.user(), make.user()
        make.grant(alice)
        make.sign_up(campaign)
    for client, path in ((browse(alice), f"/campaigns/{campaign.id}"), (browse(), "/c/peace?locale=en")):
        page = client.get(path).text
        assert "1 of 5,000 endorsements" in page
        assert '<progress value="1" max="5000"' in page
    assert "1 de 5.000 apoios" in browse().get("/c/peace?locale=pt").text
    assert browse(charlie).get(f"/campaigns/{campaign.id}").status_code == 404


def test_a_goal_that_is_exceeded_fills_its_bar(house, browse):
    with house.open() as make:
        campaign = a_goal(make, goal_number=1)
        make.sign_up(campaign)
        make.sign_up(campaign)
    page = browse().get("/c/peace?locale=en").text
    assert "2 of 1 endorsement" in page
    assert '<progress value="1" max="1"' in page


def test_a_coordinator_sets_the_goal_and_errors_are_beside_their_fields(house, browse):
    with house.open() as make:
        campaign, alice, bob = make.campaign("Peace"), make.user(), make.user()
        make.grant(alice)
        make.grant(bob, Role.MEMBER, campaign=campaign)
    path = f"/campaigns/{campaign.id}/edit"
    assert browse(bob).get(path).status_code == 403
    refused = browse(alice).edit(path, goal_kind="signatures")
    assert refused.status_code == 422
    assert "Enter the number that you want to reach." in refused.text
    assert browse(alice).edit(path, goal_kind="signatures", goal_number="20").status_code == 302
    assert "0 of 20 signatures" in browse(alice).get(f"/campaigns/{campaign.id}").text


def test_the_public_page_names_related_campaigns_that_have_a_public_page(house, browse):
    with house.open() as make:
        whole = make.campaign("Land and water", open_to_sign_ups=True)
        part = make.campaign("Water", parent_id=whole.id)
        make.campaign("Not public", parent_id=whole.id, open_to_subscribers=False)
        make.campaign("Apart", open_to_sign_ups=True)
        make.call(part, titles={"en": "Come to the river"}, details={"en": "Bring boots."}, url="https://example.org/a")
    page = browse().get("/c/land-and-water").text
    assert '<a href="/c/water">Water</a>' in page
    assert "Not public" not in page
    assert "Apart" not in page
    page = browse().get("/c/water").text
    assert '<a href="/c/land-and-water">Land and water</a>' in page
    assert '<a href="https://example.org/a">Come to the river</a>' in page
    assert "Bring boots." in page
