"""Extracting the lines of an article: neither the whole page nor only its first part."""

import pytest

from app.reading.choosing import chosen
from app.reading.lines import Line
from app.reading.pages import read_page
from benchmarks import layouts
from benchmarks.bodies import body_scores, own_pages

URL = "https://elmuelle.example.org/huelga"
TEXT = [
    "The dockers of Valmar left work on Monday after the port authority refused to pay the extra hours of the winter.",
    "Some eight hundred people joined the picket, which stood all night before the north gate with fire and soup.",
    "The company did not answer our questions, and the ministry said that it would mediate when both sides asked for it.",
    "Talks go on at the union hall on Thursday, where an assembly will decide whether the strike continues.",
    "A cook at the school across the road had brought bread, and the drivers of the night bus stopped to ask for news.",
    "Nobody in the square could remember a longer strike, although the oldest of them had been there in the year of the flood.",
]
OTHER = (
    "The museum of the harbor shows photographs of the old ferries until the end of the month, and entry costs nothing."
)
MENU = "".join(
    f"<li><a href=/{word}>{word}</a></li>"
    for word in ["Home", "News", "Regions", "Economy", "Culture", "Opinion", "Letters"]
)


def read(body: str) -> tuple[str, ...]:
    html = f"<html><body><nav><ul>{MENU}</ul></nav>{body}<footer>All rights reserved.</footer></body></html>"
    return read_page(html, URL).paragraphs


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_teaser_before_the_article_is_not_the_article():
    teaser = f"<article class=teaser><h2><a href=/t>Old ferries</a></h2><p>{OTHER}</p></article>"
    full = f"<article class=full><h1>Strike in the port</h1>{paragraphs(TEXT)}</article>"
    assert read(f"{teaser}{full}{teaser}") == tuple(TEXT)


def test_forty_links_above_a_text_with_line_breaks_are_not_part_of_it():
    titles = "".join(
        f"<li><a href=/{number}>An older story of the harbor, number {number}</a></li>" for number in range(40)
    )
    assert read(f"<div id=wrapper><ul>{titles}</ul><div><h1>Strike</h1>{'<br><br>'.join(TEXT)}</div></div>") == tuple(
        TEXT
    )


@pytest.mark.parametrize(
    "rest",
    [
        "<div class=rest style='display:none'>{}</div>",
        "<div class='premium-content expandable'>{}</div>",
        "<div class=ad>Advertisement</div><div class=post-content>{}</div>",
    ],
)
def test_the_rest_of_an_article_in_another_container_is_read(rest):
    body = f"<div class=post-content>{paragraphs(TEXT[:3])}</div>{rest.format(paragraphs(TEXT[3:]))}"
    assert read(f"<article><h1>Strike in the port</h1>{body}</article>") == tuple(TEXT)


def test_a_lead_in_the_header_of_the_article_is_read():
    body = f"<header><h1>Strike</h1><p>{TEXT[0]}</p></header><div class=article-body>{paragraphs(TEXT[1:])}</div>"
    assert read(f"<article>{body}</article>") == tuple(TEXT)


@pytest.mark.parametrize(
    "beside",
    [
        f"<div class=note><p>{OTHER}</p></div>",
        f"<div class=related>{paragraphs([OTHER, OTHER[::-1] + '.'])}</div>",
        f"<aside>{paragraphs([OTHER, OTHER + ' Children are welcome too.'])}</aside>",
        f"<div id=comments>{paragraphs([OTHER, OTHER + ' Children are welcome too.'])}</div>",
    ],
)
def test_notes_other_articles_and_comments_next_to_the_article_are_left_out(beside):
    body = f"<h1>Strike in the port</h1><div class=article-body>{paragraphs(TEXT)}</div>{beside}"
    assert read(f"<article>{body}</article>") == tuple(TEXT)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("<figure class=pullquote><blockquote><p>{}</p></blockquote></figure>", OTHER),
        ("<figure><pre><code>print(len(members))</code></pre></figure>", "print(len(members))"),
        (
            "<figure><table><tr><td>For</td><td>612</td></tr><tr><td>Against</td><td>44</td></tr></table></figure>",
            "For 612",
        ),
    ],
)
def test_text_in_a_figure_besides_its_caption_is_kept(figure, text):
    caption = "<figure><img src=a.jpg><figcaption>The picket at dawn</figcaption></figure>"
    body = f"{paragraphs(TEXT[:3])}{figure.format(OTHER)}{caption}{paragraphs(TEXT[3:])}"
    found = read(f"<article><h1>Strike in the port</h1>{body}</article>")
    assert text in " ".join(found)
    assert "The picket at dawn" not in " ".join(found)


def test_formulas_are_kept_in_their_visible_form():
    formula = (
        "<math><mi>w</mi><mo>=</mo><mn>40</mn><annotation encoding='application/x-tex'>w=40\\frac</annotation></math>"
    )
    found = read(
        f"<article><h1>Strike</h1>{paragraphs(TEXT[:3])}<p>Their wage is {formula} crowns an hour.</p></article>"
    )
    assert found[-1] == "Their wage is w=40 crowns an hour."


def test_an_article_in_an_aside_or_a_form_is_read():
    for tag in ("aside", "form", "footer"):
        assert read(f"<{tag} class=note><h2>Strike in the port</h2>{paragraphs(TEXT)}</{tag}>") == tuple(TEXT)


def prose(count: int, start: int = 0) -> list[Line]:
    return [
        Line(f"{TEXT[place % 6]} Chapter {place} of it was the longest one.", "p")
        for place in range(start, start + count)
    ]


OTHERS = [
    Line(f"In hall {number} the museum shows what number {number} of the ferries brought home in {number} years.", "p")
    for number in range(20)
]
MENU_LINES = [Line(f"Section {number} of the older archive of stories", "p") for number in range(30)]


@pytest.mark.parametrize(
    ("fast", "slow", "is_fast"),
    [
        pytest.param(prose(8), prose(8), True, id="both the same"),
        pytest.param(prose(3), prose(9), False, id="the slow way goes on in sentences"),
        pytest.param(prose(4), [*MENU_LINES, *prose(4)], True, id="the slow way adds a menu"),
        pytest.param(prose(4), [*prose(4), Line("You may also like", "head"), *OTHERS], True, id="and other articles"),
        pytest.param([*MENU_LINES, *prose(4)], prose(4), False, id="the fast way adds a menu"),
        pytest.param(
            [*prose(2), *(Line(f"Local {number}", "list") for number in range(60)), *prose(4, 2)], prose(6), True, id="and a list"
        ),
        pytest.param([Line("A teaser about the ferries.", "p")], prose(6), False, id="the fast way found something else"),
        pytest.param(prose(6), [Line("A teaser about the ferries.", "p")], True, id="the slow way found something else"),
        pytest.param([], prose(2), False, id="the fast way found nothing"),
        pytest.param(prose(2), [], True, id="the slow way found nothing"),
    ],
)  # fmt: skip
def test_the_result_with_the_text_and_little_else_is_chosen(fast, slow, is_fast):
    assert chosen(fast, slow) is (fast if is_fast else slow)


@pytest.mark.parametrize("chosen", layouts.SETS)
def test_results_on_our_own_pages_are_at_least_as_good_as_trafilatura_in_both_halves(chosen):
    pages = own_pages(chosen)
    for held_out in (False, True):
        half = [one for one in pages if one.held_out == held_out]
        assert len(half) >= 30
        ours, plain = (body_scores((text, one.marked) for one, text in texts)[2] for texts in (
            [(one, one.page.text) for one in half], [(one, one.plain) for one in half],
        ))  # fmt: skip
        assert ours >= max(plain, 0.95)


def test_each_layout_belongs_to_one_half():
    halves = {
        name: {made.held_out for made in layouts.pages(chosen) if made.name.rsplit(" ", 1)[0] == name}
        for chosen, (made_by, _languages, _seeds) in layouts.SETS.items()
        for name in made_by
    }
    assert all(len(half) == 1 for half in halves.values())
    assert {True, False} == set().union(*halves.values())


@pytest.mark.parametrize("name", list(layouts.scripted.LAYOUTS))
def test_a_text_that_is_only_in_the_json_of_a_script_is_read(name):
    html, paragraphs = layouts.scripted.LAYOUTS[name](layouts.story(name, 1))
    text = read_page(html, "https://example.org/").text
    assert all(paragraph in text for paragraph in paragraphs)


def test_a_script_with_other_texts_does_not_replace_a_short_article():
    other = (
        "The council of another town met on Monday. It spoke of roads. Nobody voted, and all went home at noon. " * 20
    )
    text = (
        "The dockers voted on Friday to stay out, and the port stayed closed for the whole night and the day after it. "
        * 6
    )
    html = f'<html><body><article><h1>Dockers stay out</h1><p>{text}</p></article><script>window.x = {{"a": [{{"b": "{other}"}}]}}</script></body></html>'
    assert read_page(html, "https://example.org/").text == text.strip()
