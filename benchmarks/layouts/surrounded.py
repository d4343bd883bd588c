"""Layouts in which the text is hard to distinguish from what surrounds it."""

from collections.abc import Callable

from benchmarks.layouts.markup import Laid, each, head, in_article, links, page
from benchmarks.layouts.stories import Story


def _old_blog(story: Story) -> Laid:
    menu = "<br>".join(
        f"<a href='/{n}'>{story.title() if n % 3 else word}</a>" for n, word in enumerate(story.menu * 3)
    )
    text = "<br><br>\n".join(story.paragraphs)
    return (
        f"<html>{head(story)}<body bgcolor=white><div id=links>{menu}</div><hr><div><b>{story.headline}</b><br><br>{text}</div>"
        f"<hr>{story.lines[3]}</body></html>"
    ), [*story.paragraphs]


def _tables(story: Story) -> Laid:
    menu = "".join(f"<tr><td><font size=1><a href='/{word}'>{word}</a></font></td></tr>" for word in story.menu)
    text = "".join(f"<font face=Arial size=2>{text}</font><br><br>" for text in story.paragraphs)
    news = "".join(f"<tr><td><a href='/n'>{story.title()}</a></td></tr>" for _ in range(8))
    return (
        f"<html>{head(story)}<body><table width=900><tr><td colspan=3><img src=top.gif></td></tr><tr><td width=150><table>{menu}</table></td>"
        f"<td><font size=5>{story.headline}</font><br>{text}</td><td width=200><table>{news}</table></td></tr>"
        f"<tr><td colspan=3>{story.lines[3]}</td></tr></table></body></html>"
    ), [*story.paragraphs]


def _nameless_boxes(story: Story) -> Laid:
    menu = links(story.menu + [story.title() for _ in range(10)], "div")
    text = "".join(f"<div class=x7f><span>{text}</span></div>" for text in story.paragraphs)
    foot = links((story.title() for _ in range(6)), "div")
    return (
        f"<html>{head(story)}<body><div class=a1><div class=b2>{menu}</div><div class=c3><div class=d4>{story.headline}</div>"
        f"<div class=e5>{text}</div><div class=f6>{foot}</div></div><div class=g7>{each('div', story.lines[1:])}</div></div></body></html>"
    ), [*story.paragraphs]


def _hidden_rest(story: Story) -> Laid:
    shown, rest = story.paragraphs[:2], story.paragraphs[2:]
    body = (
        f"<div class=post-content>{each('p', shown)}</div><div class=rest style='display:none'>{each('p', rest)}</div>"
    )
    return in_article(story, body, story.paragraphs)


def _in_an_aside(story: Story) -> Laid:
    menu = "".join(f"<div class=item><a href='/{word}'>{word}</a></div>" for word in story.menu * 2)
    return (
        f"<html>{head(story)}<body><div class=all>{menu}<aside class=note><h2>{story.headline}</h2>{each('p', story.paragraphs)}</aside>"
        f"<div class=end>{story.lines[3]} {story.lines[2]}</div></div></body></html>"
    ), [*story.paragraphs]


def _form_around(story: Story) -> Laid:
    body = page(
        story, f"<div id=zone><h1>{story.headline}</h1><div class=txt>{each('p', story.paragraphs)}</div></div>"
    )
    return body.replace("<body>", "<body><form id=aspnetForm method=post>").replace("</body>", "</form></body>"), [
        *story.paragraphs
    ]


def _short_in_a_long_frame(story: Story) -> Laid:
    brief = story.paragraphs[:2]
    frame = each(
        "p", (f"{rights} {cookies}" for _ in range(4) for rights, cookies in [(story.lines[3], story.lines[2])])
    )
    body = f"<div class=wrap><h1>{story.headline}</h1><div class=brief>{each('p', brief)}</div></div><div class=about>{frame}</div>"
    return page(story, body), [*brief]


def _pleas_in_the_main(story: Story) -> Laid:
    skip, plea, cookies, _ = story.lines
    box = f"<div class=box><a href='/s'>{skip}</a></div><div class=box><p>{plea}</p></div>"
    body = f"<main id=main>{box}<div class=menu-2>{links(story.menu, 'span')}</div><h1>{story.headline}</h1>{each('p', story.paragraphs)}{box}<div>{cookies}</div></main>"
    return page(story, body), [*story.paragraphs]


def _letters_below(story: Story) -> Laid:
    letters = "".join(f"<div class=opinion><b>{story.name()}</b><p>{story.more(1)}</p></div>" for _ in range(6))
    body = f"<div id=nota><h1>{story.headline}</h1>{each('p', story.paragraphs)}</div><div id=comments>{letters}</div>"
    return page(story, body), [*story.paragraphs]


def _teasers_below(story: Story) -> Laid:
    cards = "".join(
        f"<div class=card><h3><a href='/t'>{story.title()}</a></h3><p>{story.more(1)}</p></div>" for _ in range(5)
    )
    body = f"<main><h1>{story.headline}</h1><div class=txt>{each('p', story.paragraphs)}</div><section class=related-stories>{cards}</section></main>"
    return page(story, body), [*story.paragraphs]


def _menu_with_sentences(story: Story) -> Laid:
    menu = "".join(f"<li><a href='/{word}'><b>{word}</b> {story.more(1)}</a></li>" for word in story.menu[:8])
    body = f"<div class=mega><ul>{menu}</ul></div><div class=pagina><h1>{story.headline}</h1>{each('p', story.paragraphs)}</div>"
    return page(story, body), [*story.paragraphs]


def _list_of_everything(story: Story) -> Laid:
    archive = links(story.title() for _ in range(40))
    body = f"<div id=wrapper><ul>{archive}</ul><div><h1>{story.headline}</h1>{'<br/><br/>'.join(story.paragraphs)}</div></div>"
    return page(story, body), [*story.paragraphs]


def _two_articles(story: Story) -> Laid:
    teaser = f"<article class=teaser><h2><a href='/t'>{story.title()}</a></h2><p>{story.more(2)}</p></article>"
    body = f"{teaser}<article class=full><h1>{story.headline}</h1>{each('p', story.paragraphs)}</article>{teaser}"
    return page(story, body), [*story.paragraphs]


LAYOUTS: dict[str, Callable[[Story], Laid]] = {
    "old blog": _old_blog,
    "tables for layout": _tables,
    "boxes without names": _nameless_boxes,
    "hidden rest": _hidden_rest,
    "article in an aside": _in_an_aside,
    "form around the page": _form_around,
    "short text in a long frame": _short_in_a_long_frame,
    "pleas in the main": _pleas_in_the_main,
    "letters below": _letters_below,
    "teasers below": _teasers_below,
    "menu with sentences": _menu_with_sentences,
    "list of everything": _list_of_everything,
    "two articles": _two_articles,
}
