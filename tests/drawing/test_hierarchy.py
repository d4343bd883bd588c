"""The drawing of a hierarchy."""

from lxml import etree

from app.drawing.hierarchy import Branch, draw_hierarchy

SVG = "{http://www.w3.org/2000/svg}"


def drawn(branches, **options):
    return etree.fromstring(draw_hierarchy(branches, title="Structure", **options).encode())


def test_each_entry_is_named_and_tied_to_the_one_above():
    root = drawn([Branch("World", 0), Branch("Federation", 1), Branch("Union", 2, is_focus=True), Branch("Other", 1)])
    assert [one.text for one in root.iter(f"{SVG}text")] == ["World", "Federation", "Union", "Other"]
    assert [one.get("class") for one in root.iter(f"{SVG}text")] == [None, None, "own", None]
    starts = [one.get("d").partition("V")[0] for one in root.iter(f"{SVG}path")]
    assert len(starts) == 3
    assert starts[0] == starts[2] != starts[1]


def test_names_stay_inside_the_picture_and_are_escaped():
    deep = [Branch(f"<b> & a very long name of an organization number {depth}", depth) for depth in range(12)]
    root = drawn(deep, width=320)
    for one in root.iter(f"{SVG}text"):
        assert one.text.startswith("<b> &")
        assert one.text.endswith("…")
        assert int(one.get("x")) + 7.6 * len(one.text) <= 330
