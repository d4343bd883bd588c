"""What the tests of selected people share."""

import pytest

from app.models.accounts.accounts import Role


@pytest.fixture
def world(house, browse):
    """Three people of Alice's congress, on which Bob works too, and Dora's person in another one; Charlie has nothing."""
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign("Land")
        users = {name: make.user(name.title()) for name in ("alice", "bob", "charlie", "dora")}
        make.grant(users["alice"], Role.COORDINATOR, congress=here)
        make.grant(users["alice"], Role.ORGANIZER, campaign=campaign)
        make.grant(users["bob"], Role.ORGANIZER, congress=here)
        make.grant(users["dora"], Role.COORDINATOR, congress=there)
        people = [make.person(name, "Luz", congress=here).id for name in ("Ana", "Bea", "Carla")]
        hers = make.person("Delia", "Sol", congress=there).id
        unions = [make.organization("Dockers").id, make.organization("Miners").id]
        make.tag("Cook")
        make.tag()
        world = {"people": people, "hers": hers, "unions": unions}
        world["ids"] = {name: user.id for name, user in users.items()}
        world |= {"here": f"congress:{here.id}", "land": f"campaign:{campaign.id}", "there": f"congress:{there.id}"}
    return world | {name: browse(user) for name, user in users.items()}
