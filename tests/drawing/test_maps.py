"""Maps as a person would check them: their contents, positions and size."""

import base64
import gzip
import hashlib
import itertools
import random
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.maps import draw_map
from app.drawing.routes import Line, LineKind, Mark, MarkKind
from app.drawing.style import STYLE, STYLE_HASH
from benchmarks.maps import crowded

CARACAS, BOGOTA, MEXICO, CUCUTA, MADRID = (
    (10.49, -66.88),
    (4.71, -74.07),
    (19.43, -99.13),
    (7.89, -72.50),
    (40.42, -3.70),
)
NADI, APIA, SYDNEY, LOS_ANGELES = (-17.755, 177.44), (-13.83, -172.0), (-33.9, 151.2), (34.05, -118.24)
SVG = "{http://www.w3.org/2000/svg}"
MARGIN = 10

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
routes = st.builds(Line, st.lists(points, max_size=4), st.sampled_from(LineKind), st.text(max_size=9), st.booleans())
places = st.builds(Mark, points, st.text(max_size=40), st.sampled_from(MarkKind))


def drawn(lines=(), marks=(), closed=(), **options):
    options = {"title": "Journeys", "description": "Who comes from where", "names": {}} | options
    return draw_map(lines, marks, closed, **options)


def paths(svg, style):
    """Return the points of all paths of a class in pixels, piece by piece."""
    found = []
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        scale = float(re.search(r"[\d.]+", group.get("transform", "1"))[0])
        for path in group.findall(f"{SVG}path"):
            if path.get("class") == style:
                found += [[(x * scale, y * scale) for x, y in piece] for piece in pieces(path.get("d"))]
    return found


def pieces(d):
    for piece in d.split("M")[1:]:
        start, _, steps = piece.rstrip("z").partition("l")
        x, y = map(float, re.findall(r"-?\d+", start))
        dots = [(x, y)]
        figures = list(map(float, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(figures[::2], figures[1::2], strict=True):
            x, y = x + dx, y + dy
            dots.append((x, y))
        yield dots


def size(svg):
    return [float(figure) for figure in ET.fromstring(svg).get("viewBox").split()[2:]]


def labels(svg):
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_map_has_a_title_and_a_description():
    root = ET.fromstring(drawn(title="Journeys & closures"))
    names = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root.find(f"*[@id='{name}']").text for name in names] == ["Journeys & closures", "Who comes from where"]


def test_the_csp_hash_matches_the_style_in_the_map():
    style = ET.fromstring(drawn()).find(f"{SVG}style").text
    assert style == STYLE
    assert "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() == STYLE_HASH


def test_there_are_no_inline_styles():
    assert " style=" not in drawn([Line([MEXICO, CARACAS], LineKind.HIT, "x")], [], {"VE"})


def test_a_hostile_label_is_escaped():
    hostile = "</text><script>alert('1')</script>\x00\ud800\u202e&\""
    svg = drawn(
        [Line([MEXICO, CARACAS], LineKind.WAY, hostile)],
        [Mark(CARACAS, hostile, MarkKind.CONGRESS)],
        {"VE"},
        title=hostile,
        description=hostile,
        names={"VE": hostile},
    )
    svg.encode()
    assert not list(ET.fromstring(svg).iter(f"{SVG}script"))
    assert any(label.startswith("</text><script>") for label in labels(svg))
    assert not {"\x00", "\u202e"} & set(svg)


def test_each_kind_has_its_own_stroke_and_a_title():
    svg = drawn([Line([MEXICO, (20.0 + n, -60)], kind, f"Leg {n}") for n, kind in enumerate(LineKind)])
    assert all(len(paths(svg, kind)) == 1 for kind in LineKind)
    assert all(f"Leg {n}" in svg for n in range(len(LineKind)))
    assert all(f".map .{kind}{{" in STYLE for kind in LineKind)


def test_affected_legs_have_a_cross():
    hit = drawn([Line([MEXICO, CARACAS], LineKind.HIT, "")])
    (way,), (cross, _) = paths(hit, "hit"), paths_of_cross(hit)
    assert abs(cross[0] - (way[0][0] + way[-1][0]) / 2) < 25
    assert 'class="cross"' not in drawn([Line([MEXICO, CARACAS], LineKind.WAY, "")])


def paths_of_cross(svg):
    d = next(path.get("d") for path in ET.fromstring(svg).iter(f"{SVG}path") if path.get("class") == "cross")
    x, y = map(float, re.match(r"M(-?\d+) ?(-?\d+)", d).groups())
    return (x / 4 + 4.5, y / 4 + 4.5), d


def test_journeys_on_the_same_route_are_one_line_with_all_titles():
    svg = drawn([Line([MEXICO, CARACAS], LineKind.WAY, title) for title in ("Teachers", "Miners", "Miners")])
    assert len(paths(svg, "way")) == 1
    assert "<title>Teachers; Miners</title>" in svg


def test_a_closed_country_is_hatched_and_labeled():
    svg = drawn([Line([BOGOTA, CARACAS], LineKind.HIT, "")], [], {"VE"}, names={"VE": "Venezuela", "CO": "Colombia"})
    root = ET.fromstring(svg)
    (shut,) = (path for path in root.iter(f"{SVG}path") if path.get("class") == "shut")
    assert root.find(f"{SVG}pattern").get("id") in shut.get("fill")
    assert "Venezuela" in labels(svg)


def test_a_very_small_closed_country_is_still_visible():
    svg = drawn([Line([MEXICO, MADRID], LineKind.WAY, "")], [], {"GD"})
    assert 'class="shut"' in svg


def test_a_closed_country_outside_the_map_is_not_drawn():
    assert 'class="shut"' not in drawn([Line([BOGOTA, CARACAS], LineKind.WAY, "")], [], {"JP", "nowhere"})


def test_a_disputed_border_is_dashed_unless_the_host_decides():
    sahara = [Mark((25.0, -10.0), "x", MarkKind.END), Mark((30.0, -8.0), "y", MarkKind.END)]
    assert len(paths(drawn([], sahara), "border disputed")) >= 2
    decided = drawn([], sahara, {"MA"}, merged={"EH": "MA"})
    alone = drawn([], sahara, {"MA"})
    assert not paths(decided, "border disputed")
    assert max(y for way in paths(decided, "shut") for _, y in way) > max(
        y for way in paths(alone, "shut") for _, y in way
    )


def test_a_route_over_the_antimeridian_is_in_one_piece():
    svg = drawn([Line([NADI, APIA], LineKind.WAY, ""), Line([SYDNEY, LOS_ANGELES], LineKind.DONE, "")], [], {"FJ"})
    for style in ("way", "done"):
        (way,) = paths(svg, style)
        assert max(abs(x2 - x) for (x, _), (x2, _) in itertools.pairwise(way)) < 180
    width, _ = size(svg)
    for style in ("land", "shut"):
        for ring in paths(svg, style):
            streaks = [x2 - x for (x, y), (x2, y2) in itertools.pairwise(ring) if 0 < y < 380 and abs(y2 - y) < 3]
            assert max(map(abs, streaks), default=0) < width / 4


def test_on_a_world_map_a_line_may_leave_and_reenter():
    around = [Line([(0.0, x), (0.0, x + 60)], LineKind.WAY, "") for x in range(-180, 180, 60)]
    svg = drawn(around)
    width, _ = size(svg)
    steps = [abs(b[0] - a[0]) for way in paths(svg, "way") for a, b in itertools.pairwise(way)]
    assert max(steps) <= width / 5
    assert sum(steps) == pytest.approx(width, abs=20)


def test_the_label_of_the_congress_takes_precedence_over_others():
    crowd = [Mark((CARACAS[0] + n / 50, CARACAS[1]), f"Very long name {n}", MarkKind.STOP) for n in range(30)]
    svg = drawn([Line([MEXICO, CARACAS], LineKind.WAY, "")], [*crowd, Mark(CARACAS, "Caracas", MarkKind.CONGRESS)])
    assert "Caracas" in labels(svg)
    assert len(labels(svg)) < 12


def test_labels_do_not_overlap_and_stay_inside_the_map():
    chance = random.Random(5)
    marks = [Mark((chance.uniform(-30, 30), chance.uniform(-100, -40)), f"Place {n}", MarkKind.END) for n in range(60)]
    svg = drawn([], marks)
    width, height = size(svg)
    boxes = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        wide = 6.0 * len(text.text)
        left = float(text.get("x")) - {None: 0, "e": wide, "m": wide / 2}[text.get("class")]
        boxes.append((left, float(text.get("y")) - 8, left + wide, float(text.get("y"))))
    assert len(boxes) > 20
    assert all(left >= 0 and top >= 0 and right <= width and bottom <= height for left, top, right, bottom in boxes)
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_width_and_height_are_kept():
    assert size(drawn([Line([MEXICO, CARACAS], LineKind.WAY, "")], width=360, height=500)) == [360, 500]
    assert size(drawn(width=1000))[0] == 1000


@settings(max_examples=60)
@given(
    st.lists(routes, max_size=4), st.lists(places, max_size=4), st.sets(st.sampled_from(["VE", "RU", "FJ", "AQ", "XK"]))
)
def test_nothing_is_drawn_outside_the_map_and_the_output_is_valid_xml(lines, marks, closed):
    svg = drawn(lines, marks, closed, names={"RU": "Россия", "AQ": "<&>"})
    width, height = size(svg)
    root = ET.fromstring(svg)
    for group in root.iter(f"{SVG}g"):
        scale = float(re.search(r"[\d.]+", group.get("transform", "1"))[0])
        for path in group.findall(f"{SVG}path"):
            if "a" in path.get("d") or group.get("transform") is None or path.get("class") in ("cross", "halo"):
                continue
            for piece in pieces(path.get("d")):
                for x, y in piece:
                    assert -MARGIN <= x * scale <= width + MARGIN
                    assert -MARGIN <= y * scale <= height + MARGIN
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx")) <= width
        assert 0 <= float(circle.get("cy")) <= height


def test_a_world_map_is_small_enough_for_a_phone():
    assert len(gzip.compress(drawn(*crowded()).encode())) <= 15 * 1024


def test_a_map_of_a_region_is_smaller():
    lines = [Line([place, CARACAS], LineKind.HIT, "x") for place in (MEXICO, BOGOTA, MADRID)]
    lines.append(Line([BOGOTA, CUCUTA, CARACAS], LineKind.OTHER_WAY, "overland", arc=False))
    assert len(gzip.compress(drawn(lines, [Mark(CARACAS, "Caracas", MarkKind.CONGRESS)], {"VE"}).encode())) <= 8 * 1024
