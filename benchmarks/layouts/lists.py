"""Front pages, lists of links and live blogs; and articles that look like them."""

from collections.abc import Callable

from benchmarks.layouts.markup import each, links, page
from benchmarks.layouts.shown import Shown, an_article, linked_data
from benchmarks.layouts.stories import Story


def _front_of_cards(story: Story) -> Shown:
    cards = "".join(
        f"<article class=card><h2><a href='/n{n}'>{story.title()}</a></h2><p>{story.more(2)}</p></article>"
        for n in range(14)
    )
    return Shown(
        page(story, f"<main>{cards}</main>").replace(story.headline, "El Muelle"), "https://www.elmuelle.example/"
    )


def _front_of_sections(story: Story) -> Shown:
    sections = "".join(
        f"<section><h2>{word}</h2>"
        + "".join(
            f"<div><a href='/{word}/{n}'><h3>{story.title()}</h3></a><p>{story.more(1)}</p></div>" for n in range(4)
        )
        + "</section>"
        for word in story.menu[1:7]
    )
    data = linked_data(**{"@type": "WebSite", "name": "El Muelle", "url": "https://www.elmuelle.example/"})
    return Shown(
        page(story, f"{data}<div id=home>{sections}</div>").replace(story.headline, "El Muelle"),
        f"https://www.elmuelle.example/{story.language}/",
    )


def _front_with_one_large(story: Story) -> Shown:
    large = f"<div class=apertura><h1><a href='/apertura'>{story.title()}</a></h1><p>{story.more(3)}</p><p>{story.more(3)}</p></div>"
    rest = "".join(
        f"<div class=nota><h2><a href='/n{n}'>{story.title()}</a></h2><p>{story.more(2)}</p></div>" for n in range(9)
    )
    return Shown(
        page(story, f"<main>{large}{rest}</main>").replace(story.headline, "El Muelle"), "https://www.elmuelle.example"
    )


def _site_of_one_text(story: Story) -> Shown:
    return Shown(an_article(story), "https://www.huelgadelpuerto.example/")


def _headlines_of_a_topic(story: Story) -> Shown:
    items = "".join(
        f"<li><a href='/n{n}'>{story.title()}</a> <time datetime=2026-05-{n + 1:02}>{n + 1}/5/2026</time></li>"
        for n in range(25)
    )
    return Shown(
        page(story, f"<main><h1>{story.menu[3]}</h1><ul>{items}</ul><a href='?page=2'>2</a></main>").replace(
            story.headline, story.menu[3]
        ),
        "https://www.elmuelle.example/tema/puerto",
    )


def _teasers_of_a_section(story: Story) -> Shown:
    items = "".join(
        f"<article class='post'><h2 class=entry-title><a href='/n{n}'>{story.title()}</a></h2><div class=entry-summary><p>{story.more(2)}</p><a href='/n{n}'>→</a></div></article>"
        for n in range(10)
    )
    data = linked_data(**{"@type": "CollectionPage", "name": story.menu[2]})
    return Shown(
        page(story, f"{data}<main><h1>{story.menu[2]}</h1>{items}</main>").replace(story.headline, story.menu[2]),
        "https://www.elmuelle.example/category/regiones/",
    )


def _results_of_a_search(story: Story) -> Shown:
    items = "".join(
        f"<div class=result><a href='/n{n}'><b>{story.title()}</b></a><br>{story.more(1)}<br><small>elmuelle.example/n{n}</small></div>"
        for n in range(12)
    )
    return Shown(
        page(story, f"<div id=results><h2>{story.menu[12]}</h2>{items}</div>").replace(story.headline, story.menu[12]),
        "https://www.elmuelle.example/?s=huelga",
    )


def _brief_among_links(story: Story) -> Shown:
    items = links(story.title() for _ in range(20))
    body = f"<main><article><h1>{story.headline}</h1>{each('p', story.paragraphs[:3])}</article><div class=mas><ul>{items}</ul></div></main>"
    return Shown(page(story, body))


def _reading_list(story: Story) -> Shown:
    def with_link(text: str) -> str:
        return f"{text} <a href='https://otro.example/'>{story.title()}</a>. {story.more(1)}"

    return Shown(
        page(
            story,
            f"<main><article><h1>{story.headline}</h1>{each('p', map(with_link, story.paragraphs))}</article></main>",
        )
    )


def _live_data(story: Story) -> Shown:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": story.title(),
            "datePublished": f"2026-05-04T{hour:02}:10:00Z",
            "articleBody": text,
        }
        for hour, text in enumerate(story.paragraphs, 8)
    ]
    data = linked_data(
        **{
            "@type": "LiveBlogPosting",
            "headline": story.headline,
            "coverageStartTime": "2026-05-04T08:00:00Z",
            "liveBlogUpdate": updates,
        }
    )
    posts = "".join(
        f"<div class=u><time datetime='2026-05-04T{hour:02}:10:00Z'>{hour}:10</time><h2>{story.title()}</h2><p>{text}</p></div>"
        for hour, text in enumerate(story.paragraphs, 8)
    )
    return Shown(page(story, f"{data}<main><h1>{story.headline}</h1>{posts}</main>"))


def _live_posts(story: Story) -> Shown:
    posts = "".join(
        f"<article class=live-post id=p{hour}><header><time datetime='2026-05-04T{hour:02}:{story.chance.randint(10, 59)}:00Z'>{hour}:10</time></header><h3>{story.title()}</h3><p>{text}</p></article>"
        for hour, text in enumerate(story.paragraphs, 8)
    )
    return Shown(page(story, f"<main><h1>{story.headline}</h1><div class=liveblog>{posts}</div></main>"))


def _live_minutes(story: Story) -> Shown:
    posts = "".join(
        f"<div class=entrada><strong>{hour}.{story.chance.randint(10, 59)}h</strong><p>{text}</p></div>"
        for hour, text in enumerate(story.paragraphs, 8)
    )
    return Shown(page(story, f"<main><article><h1>{story.headline}</h1>{posts}</article></main>"))


def _chronology(story: Story) -> Shown:
    years = "".join(f"<h3>{1974 + n}</h3><p>{text}</p>" for n, text in enumerate(story.paragraphs))
    return Shown(page(story, f"<main><article><h1>{story.headline}</h1>{years}</article></main>"))


def _comments_with_times(story: Story) -> Shown:
    comments = "".join(
        f"<li class=comment><time datetime='2026-05-04T{hour:02}:10:00Z'>{hour}:10</time><p>{story.more(1)}</p></li>"
        for hour in range(8, 16)
    )
    return Shown(
        page(
            story,
            f"<main><article><h1>{story.headline}</h1>{each('p', story.paragraphs)}</article><ol class=comments>{comments}</ol></main>",
        )
    )


LAYOUTS: dict[str, dict[str, Callable[[Story], Shown]]] = {
    "front_page": {"cards": _front_of_cards, "sections": _front_of_sections, "one large": _front_with_one_large},
    "link_list": {
        "headlines of a topic": _headlines_of_a_topic,
        "teasers of a section": _teasers_of_a_section,
        "results of a search": _results_of_a_search,
    },
    "live_blog": {"live data": _live_data, "live posts": _live_posts, "minutes": _live_minutes},
    "article": {
        "site of one text": _site_of_one_text,
        "brief among links": _brief_among_links,
        "reading list": _reading_list,
        "chronology": _chronology,
        "comments with times": _comments_with_times,
    },
}
"""The function that turns a story into a page, by its kind and the name of the layout."""
