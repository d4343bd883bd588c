"""The table of land and water."""

import random

import numpy as np

from app.geography.cells import cells
from app.geography.shores import Shores
from app.geography.world import SEA


def test_the_table_agrees_with_the_map_in_the_middle_of_its_cells():
    chance = random.Random(4)
    columns = [(chance.randrange(3600), chance.randrange(7200)) for _ in range(2000)]
    points = [(-90 + (row + 0.5) / 20, -180 + (column + 0.5) / 20) for row, column in columns]
    latitude, longitude = (np.array([point[side] for point in points]) for side in (0, 1))
    table = Shores().is_land(latitude, longitude).tolist()
    wrong = sum(one != (cells().part_at(point) != SEA) for one, point in zip(table, points, strict=True))
    assert wrong <= 2  # where the middle of a cell is on a line


def test_a_bridge_is_land_and_no_other_table_knows_of_it():
    strait, away = np.array([55.64]), np.array([12.8])
    assert not Shores().is_land(strait, away)[0]
    assert Shores([((55.676, 12.568), (55.605, 13.0))]).is_land(strait, away)[0]
    assert not Shores().is_land(strait, away)[0]
