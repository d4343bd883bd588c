"""Layouts that interrupt the text, or in which much of it is not plain paragraphs."""

from collections.abc import Callable

from benchmarks.layouts.markup import Laid, each, in_article, links, page
from benchmarks.layouts.stories import Story

_CODE = (
    "import csv",
    "with open('members.csv') as file:",
    "    rows = list(csv.reader(file))",
    "print(len(rows), 'members')",
)


def _halves(story: Story) -> tuple[tuple[str, ...], tuple[str, ...]]:
    middle = len(story.paragraphs) // 2
    return story.paragraphs[:middle], story.paragraphs[middle:]


def _between(story: Story, extra: str, text: list[str]) -> Laid:
    """Insert something after the second paragraph."""
    above, below = story.paragraphs[:2], story.paragraphs[2:]
    return in_article(story, each("p", above) + extra + each("p", below), [*above, *text, *below])


def _boxes_of_many_names(story: Story) -> Laid:
    names = ("article-body", "chunk-2", "cuerpo-extra", "resto", "end-part")
    parts = [story.paragraphs[place::5] for place in range(5)]
    boxes = "".join(
        f"<div class={name}>{each('p', part)}</div><div class=ad></div>"
        for name, part in zip(names, parts, strict=True)
    )
    return in_article(story, boxes, [text for part in parts for text in part])


def _article_for_each_part(story: Story) -> Laid:
    first, second = _halves(story)
    parts = "".join(
        f"<article class=chapter><h2>{story.title()}</h2>{each('p', part)}</article>" for part in (first, second)
    )
    return page(story, f"<main><h1>{story.headline}</h1>{parts}</main>"), [*story.paragraphs]


def _alike(story: Story) -> Laid:
    places = [story.name() for _ in range(9)]
    start = story.more(1).rstrip(".")
    texts = [
        f"{start}: {place}, {story.chance.randint(20, 400)} - {story.chance.randint(20, 400)}." for place in places
    ]
    return _between(story, each("p", texts), texts)


def _steps(story: Story) -> Laid:
    steps = [story.more(2) for _ in range(6)]
    return _between(story, f"<ol>{each('li', steps)}</ol>", steps)


def _short_items(story: Story) -> Laid:
    items = [f"{story.name()} ({story.chance.randint(1, 90)})" for _ in range(14)]
    return _between(story, f"<ul>{each('li', items)}</ul>", items)


def _code(story: Story) -> Laid:
    code = "\n".join(_CODE)
    return _between(story, f"<pre><code class=language-python>{code}</code></pre>", [code])


def _code_in_a_figure(story: Story) -> Laid:
    code = "\n".join(_CODE)
    return _between(story, f"<figure class=highlight><pre><code>{code}</code></pre></figure>", [code])


def _formulas(story: Story) -> Laid:
    formula = "<math><mi>w</mi><mo>=</mo><mfrac><mi>h</mi><mn>40</mn></mfrac><annotation encoding='application/x-tex'>w=\\frac{h}{40}</annotation></math>"
    texts = [story.more(1) for _ in range(2)]
    marked = "".join(f"<p>{text} {formula} {text}</p>" for text in texts)
    return _between(story, marked, [f"{text} w=h40 {text}" for text in texts])


def _quotation_in_a_figure(story: Story) -> Laid:
    quoted = [story.more(2), story.more(1)]
    return _between(
        story, f"<figure class=wp-block-pullquote><blockquote>{each('p', quoted)}</blockquote></figure>", quoted
    )


def _table_in_a_figure(story: Story) -> Laid:
    rows = [(story.name(), story.chance.randint(20, 400), story.chance.randint(20, 400)) for _ in range(8)]
    cells = "".join(f"<tr>{each('td', map(str, row))}</tr>" for row in rows)
    return _between(
        story,
        f"<figure class=wp-block-table><table>{cells}</table></figure>",
        [" ".join(map(str, row)) for row in rows],
    )


def _questions(story: Story) -> Laid:
    questions = [f"{title}?" for title in (story.title() for _ in story.paragraphs)]
    pairs = "".join(
        f"<dt>{question}</dt><dd>{answer}</dd>" for question, answer in zip(questions, story.paragraphs, strict=True)
    )
    text = [one for pair in zip(questions, story.paragraphs, strict=True) for one in pair]
    return in_article(story, f"<dl>{pairs}</dl>", text)


def _many_headings(story: Story) -> Laid:
    titles = [story.title() for _ in story.paragraphs]
    parts = "".join(
        f"<section><h3>{title}</h3><p>{text}</p></section>"
        for title, text in zip(titles, story.paragraphs, strict=True)
    )
    return in_article(story, parts, [one for pair in zip(titles, story.paragraphs, strict=True) for one in pair])


def _open_letter(story: Story) -> Laid:
    above, letter = story.paragraphs[:1], story.paragraphs[1:]
    return in_article(story, f"{each('p', above)}<blockquote>{each('p', letter)}</blockquote>", story.paragraphs)


def _verses(story: Story) -> Laid:
    verses = [story.more(1) for _ in range(12)]
    return _between(story, f"<div class=song>{'<br>'.join(verses)}</div>", verses)


def _details(story: Story) -> Laid:
    titles = [story.title() for _ in story.paragraphs]
    parts = "".join(
        f"<details><summary>{title}</summary><p>{text}</p></details>"
        for title, text in zip(titles, story.paragraphs, strict=True)
    )
    return in_article(story, parts, [one for pair in zip(titles, story.paragraphs, strict=True) for one in pair])


def _columns(story: Story) -> Laid:
    first, second = _halves(story)
    body = f"<h1>{story.headline}</h1><div class=row><div class=col-6>{each('p', first)}</div><div class=col-6>{each('p', second)}</div></div>"
    return page(story, f"<div class=container>{body}</div>"), [*story.paragraphs]


def _site_builder(story: Story) -> Laid:
    widgets = "".join(
        f"<div class='elementor-widget elementor-widget-text-editor'><div class=elementor-widget-container><p>{text}</p></div></div>"
        for text in story.paragraphs
    )
    return page(
        story, f"<div class=elementor><h1>{story.headline}</h1><div class=elementor-section>{widgets}</div></div>"
    ), [*story.paragraphs]


def _paywall_names(story: Story) -> Laid:
    first, second = _halves(story)
    body = f"<div class=article-text>{each('p', first)}</div><div class='premium-content expandable'>{each('p', second)}</div>"
    return in_article(story, body, story.paragraphs)


def _spans(story: Story) -> Laid:
    return in_article(
        story,
        f"<div class=contenido>{'<br><br>'.join(each('span', [text]) for text in story.paragraphs)}</div>",
        story.paragraphs,
    )


def _own_elements(story: Story) -> Laid:
    return in_article(story, f"<x-body>{each('x-paragraph', story.paragraphs)}</x-body>", story.paragraphs)


def _boxes_for_paragraphs(story: Story) -> Laid:
    return in_article(
        story, f"<div class=draft>{each('div', story.paragraphs, 'data-block=true')}</div>", story.paragraphs
    )


def _results(story: Story) -> Laid:
    rows = [(story.name(), story.more(1)) for _ in range(10)]
    cells = "".join(f"<tr>{each('td', row)}</tr>" for row in rows)
    return _between(story, f"<table class=results>{cells}</table>", [" ".join(row) for row in rows])


def _lead_in_the_header(story: Story) -> Laid:
    lead, rest = story.paragraphs[:2], story.paragraphs[2:]
    body = f"<article><header><h1>{story.headline}</h1>{each('p', lead, 'class=lead')}</header><div class=article-body>{each('p', rest)}</div></article>"
    return page(story, body), [*story.paragraphs]


def _many_links(story: Story) -> Laid:
    def with_links(text: str) -> str:
        words = text.split()
        return " ".join(
            f"<a href='/w/{word}'>{word}</a>" if place % 3 == 0 else word for place, word in enumerate(words)
        )

    return page(story, f"<div id=wiki><h1>{story.headline}</h1>{each('p', map(with_links, story.paragraphs))}</div>"), [
        *story.paragraphs
    ]


def _notes_at_the_foot(story: Story) -> Laid:
    notes = [f"{story.name()}, {story.title()}, {story.chance.randint(1950, 2020)}." for _ in range(5)]
    return in_article(
        story,
        f"{each('p', story.paragraphs)}<section class=notes><ol>{each('li', notes)}</ol></section>",
        [*story.paragraphs, *notes],
    )


def _sections_with_links_between(story: Story) -> Laid:
    between = f"<div class=more><a href='/t'>{story.title()}</a></div>"
    return in_article(
        story,
        between.join(f"<section class=s{place}><p>{text}</p></section>" for place, text in enumerate(story.paragraphs)),
        story.paragraphs,
    )


def _pages_of_one(story: Story) -> Laid:
    first, second = _halves(story)
    body = f"<div class=page-content id=p1><h1>{story.headline}</h1>{each('p', first)}</div><div class=pager>{links(['1', '2'], 'span')}</div>"
    return page(story, f"{body}<div class=page-content id=p2>{each('p', second)}</div>"), [*story.paragraphs]


LAYOUTS: dict[str, Callable[[Story], Laid]] = {
    "boxes of many names": _boxes_of_many_names,
    "an article for each part": _article_for_each_part,
    "paragraphs alike": _alike,
    "steps in a list": _steps,
    "short items": _short_items,
    "code": _code,
    "code in a figure": _code_in_a_figure,
    "formulas": _formulas,
    "quotation in a figure": _quotation_in_a_figure,
    "table in a figure": _table_in_a_figure,
    "questions and answers": _questions,
    "many headings": _many_headings,
    "open letter": _open_letter,
    "verses": _verses,
    "details to open": _details,
    "columns": _columns,
    "site builder": _site_builder,
    "names of a paywall": _paywall_names,
    "spans alone": _spans,
    "own elements": _own_elements,
    "boxes for paragraphs": _boxes_for_paragraphs,
    "results in a table": _results,
    "lead in the header": _lead_in_the_header,
    "many links": _many_links,
    "notes at the foot": _notes_at_the_foot,
    "links between sections": _sections_with_links_between,
    "two pages in one": _pages_of_one,
}
