"""Layouts in the style of common publishing systems and news sites."""

from collections.abc import Callable

from benchmarks.layouts.markup import Laid, each, head, links, page
from benchmarks.layouts.stories import Story


def _shell(story: Story, body: str) -> str:
    return f"<!doctype html><html lang={story.language}>{head(story)}<body>{body}</body></html>"


def _teasers(story: Story, count: int, name: str) -> str:
    return "".join(
        f"<div class={name}><a href='/t{n}'>{story.title()}</a><p>{story.more(1)}</p></div>" for n in range(count)
    )


def _blog_with_labels(story: Story) -> Laid:
    archive = links([f"{year} ({story.chance.randint(2, 90)})" for year in range(2008, 2026)])
    text = "<br /><br />".join(story.paragraphs)
    body = (
        f"<div class=content-outer><div class=main><div class='post hentry'><h3 class='post-title entry-title'>{story.headline}</h3>"
        f"<div class=post-header></div><div class='post-body entry-content'><div class=separator style='clear: both'><a href=x.jpg><img src=x.jpg></a></div>"
        f"{text}<div style='clear: both;'></div></div><div class=post-footer><span class=post-author>{story.name()}</span>"
        f"<span class=post-labels><a href=/l>{story.menu[3]}</a></span></div></div></div>"
        f"<div class=sidebar><h2>{story.menu[7]}</h2><ul>{archive}</ul><div class=profile>{story.more(2)}</div></div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _plugins_around(story: Story) -> Laid:
    share = links(["Facebook", "X", "WhatsApp", "Telegram", "E-mail"])
    related = "".join(f"<div class=rel><h4><a href='/r'>{story.title()}</a></h4></div>" for _ in range(3))
    comments = "".join(
        f"<li class=comment><div class=comment-content><p>{story.more(1)}</p></div></li>" for _ in range(4)
    )
    body = (
        f"<div id=primary><main><article class='post type-post hentry'><header class=entry-header><h1 class=entry-title>{story.headline}</h1></header>"
        f"<div class=entry-content>{each('p', story.paragraphs)}<div class='sharedaddy sd-sharing-enabled'><h3>Share</h3><ul>{share}</ul></div>"
        f"<div id=jp-relatedposts class=jp-relatedposts>{related}</div></div></article>"
        f"<nav class='navigation post-navigation'><a href='/p'>{story.title()}</a><a href='/n'>{story.title()}</a></nav>"
        f"<div id=comments class=comments-area><ol>{comments}</ol></div></main></div>"
    )
    return page(story, body), [*story.paragraphs]


def _joomla(story: Story) -> Laid:
    body = (
        f"<div class=container><div class=row><div class=span3><ul class='nav menu'>{links(story.menu)}</ul></div><div class=span6>"
        f"<div class=item-page itemscope><div class=page-header><h2 itemprop=headline>{story.headline}</h2></div>"
        f"<div class=icons><ul class=actions>{links(['Print', 'Email'])}</ul></div><dl class=article-info><dt>Info</dt><dd>{story.name()}</dd>"
        f"<dd>Hits: {story.chance.randint(100, 9000)}</dd></dl><div itemprop=articleBody>{each('p', story.paragraphs, 'style=text-align:justify')}</div>"
        f"<ul class='pager pagenav'>{links([story.title(), story.title()])}</ul></div></div><div class=span3>{_teasers(story, 4, 'moduletable')}</div></div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _drupal(story: Story) -> Laid:
    body = (
        f"<div id=page><div class='region region-header'>{links(story.menu, 'span')}</div><div class=breadcrumb><a href=/>{story.menu[0]}</a> » {story.headline}</div>"
        f"<div class='node node-article'><div class=submitted>{story.name()}</div><div class=content><div class='field field-name-body field-type-text-with-summary'>"
        f"<div class=field-items><div class='field-item even' property='content:encoded'>{each('p', story.paragraphs)}</div></div></div>"
        f"<div class='field field-name-field-tags'>{links(story.menu[4:8], 'span')}</div></div><ul class='links inline'>{links(['Login'])}</ul></div>"
        f"<div class='region region-sidebar-second'>{_teasers(story, 5, 'views-row')}</div><div class=region-footer>{story.lines[3]}</div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _spip(story: Story) -> Laid:
    lead, rest = story.paragraphs[0], story.paragraphs[1:]
    body = (
        f"<div id=page><div id=nav><ul>{links(story.menu)}</ul></div><div id=conteneur><div id=contenu><div class=cartouche><h1 class=crayon>{story.headline}</h1></div>"
        f"<div class='crayon article-chapo-12 chapo'><p>{lead}</p></div><div class='crayon article-texte-12 texte'>{each('p', rest, 'class=spip')}</div>"
        f"</div></div><div id=extra>{_teasers(story, 4, 'rubriques')}</div><div id=pied>{story.lines[3]}</div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _numbered_elements(story: Story) -> Laid:
    blocks = "".join(
        f"<div id=c{n} class='frame frame-default frame-type-text'><div class=ce-bodytext><p>{text}</p></div></div>"
        for n, text in enumerate(story.paragraphs)
    )
    body = f"<div id=content-main class=col-md-9><!--TYPO3SEARCH_begin--><h1>{story.headline}</h1>{blocks}<!--TYPO3SEARCH_end--></div>"
    return page(story, body), [*story.paragraphs]


def _newsletter_platform(story: Story) -> Laid:
    form = f"<div class='subscription-widget-wrap'><div class=preamble><p class=cta-caption>{story.lines[1]}</p></div><form><input type=email><button>OK</button></form></div>"
    above, below = story.paragraphs[:3], story.paragraphs[3:]
    body = (
        f"<div class=single-post><article class='newsletter-post post'><div class=post-header><h1 class=post-title>{story.headline}</h1><h3 class=subtitle>{story.title()}</h3>"
        f"<div class=byline-wrapper><a href=/u>{story.name()}</a></div></div><div class=available-content><div dir=auto class='body markup'>"
        f"{each('p', above)}{form}{each('p', below)}{form}</div></div><div class=post-footer><a href=/c>12</a></div></article></div>"
    )
    return page(story, body), [*story.paragraphs]


def _writers_platform(story: Story) -> Laid:
    text = "".join(
        f"<p id=a{n} class='pw-post-body-paragraph mr ms'>{one}</p>" for n, one in enumerate(story.paragraphs)
    )
    more = "".join(
        f"<div class=l><a href=/x><h2>{story.title()}</h2><h3>{story.more(1)}</h3></a></div>" for _ in range(4)
    )
    body = (
        f"<div id=root><div class=a><div class=b><a href=/s>Sign in</a></div><article><div class=l><section><div><div class='fs ft'><h1 class=pw-post-title>{story.headline}</h1>"
        f"<div class=ab><div><a href=/u>{story.name()}</a></div><div><span>7 min read</span></div><div><button>Listen</button></div></div>{text}</div></div></section></div></article>"
        f"<div class=k><p>{story.name()}</p><p>1.2K Followers</p></div><div class=m>{more}</div></div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _text_blocks_of_components(story: Story) -> Laid:
    def block(text: str) -> str:
        return f"<div data-component=text-block class=ssrcss-1><div class=ssrcss-2><p class=ssrcss-3>{text}</p></div></div>"

    between = f"<div data-component=links-block><ul>{links(story.title() for _ in range(3))}</ul></div>"
    blocks = [block(text) for text in story.paragraphs]
    body = f"<main id=main-content><article><div data-component=headline-block><h1>{story.headline}</h1></div>{''.join(blocks[:4])}{between}{''.join(blocks[4:])}</article></main>"
    return page(story, body), [*story.paragraphs]


def _interstitial_links(story: Story) -> Laid:
    linked = f"<p class='c-paragraph interstitial-link'><a href='/i'>[{story.title()}]</a></p>"
    text = "".join(
        f"<p class='c-paragraph'>{one}</p>{linked if n % 3 == 1 else ''}" for n, one in enumerate(story.paragraphs)
    )
    body = f"<div id=fusion-app><section class='article-body__content'><h1>{story.headline}</h1>{text}<div class=taboola>{_teasers(story, 3, 'tb')}</div></section></div>"
    return page(story, body), [*story.paragraphs]


def _accelerated(story: Story) -> Laid:
    ad = "<amp-ad width=300 height=250 type=doubleclick><div placeholder></div></amp-ad>"
    text = ad.join(f"<p>{one}</p>" for one in story.paragraphs)
    body = (
        f"<amp-sidebar id=sb><ul>{links(story.menu)}</ul></amp-sidebar><header class=amp-head>El Muelle</header><div class=amp-wp-article><div class=amp-wp-article-header>"
        f"<h1>{story.headline}</h1></div><div class=amp-wp-article-content>{text}</div><div class=amp-related>{links(story.title() for _ in range(4))}</div></div>"
        f"<amp-consent id=c layout=nodisplay><div id=u>{story.lines[2]}</div></amp-consent>"
    )
    return _shell(story, body), [*story.paragraphs]


def _site_of_panels(story: Story) -> Laid:
    text = "".join(
        f"<p class=font_8><span style='font-size:16px'>{one}</span></p><p class=font_8>&nbsp;</p>"
        for one in story.paragraphs
    )
    body = (
        f"<div id=SITE_CONTAINER><div id=masterPage><header><nav>{links(story.menu)}</nav></header><main><div id=c1><div data-testid=mesh-container-content>"
        f"<div data-testid=richTextElement><h2 class=font_2>{story.headline}</h2></div><div data-testid=richTextElement>{text}</div></div></div></main>"
        f"<footer>{story.lines[3]}</footer></div></div>"
    )
    return _shell(story, body), [*story.paragraphs]


def _blocks_and_pictures(story: Story) -> Laid:
    middle = len(story.paragraphs) // 2
    image = f"<div class='sqs-block image-block'><div class=sqs-block-content><figure><img src=a.jpg><figcaption>{story.more(1)}</figcaption></figure></div></div>"
    parts = [
        f"<div class='sqs-block html-block'><div class=sqs-block-content>{each('p', part)}</div></div>"
        for part in (story.paragraphs[:2], story.paragraphs[2:middle], story.paragraphs[middle:])
    ]
    body = f"<section class=Main-content><article class='entry hentry'><h1 class=entry-title>{story.headline}</h1><div class=sqs-layout>{image.join(parts)}</div></article></section>"
    return page(story, body), [*story.paragraphs]


def _drop_cap(story: Story) -> Laid:
    first = story.paragraphs[0]
    text = f"<p><span class=dropcap>{first[0]}</span>{first[1:]}</p>{each('p', story.paragraphs[1:])}"
    body = f"<div class=td-post-content><h1>{story.headline}</h1>{text}</div><div class=td_block_related>{_teasers(story, 3, 'td-item')}</div>"
    return page(story, body), [*story.paragraphs]


def _interview(story: Story) -> Laid:
    questions = [f"{title}?" for title in (story.title() for _ in story.paragraphs)]
    text = [one for pair in zip(questions, story.paragraphs, strict=True) for one in pair]
    marked = "".join(f"<p>{f'<strong>{one}</strong>' if n % 2 == 0 else one}</p>" for n, one in enumerate(text))
    return page(story, f"<div class=single-content><h1>{story.headline}</h1>{marked}</div>"), text


def _demands(story: Story) -> Laid:
    demands = [f"{story.title()};" for _ in range(7)]
    signed = [f"{story.name()}, {story.name()}" for _ in range(9)]
    above, below = story.paragraphs[:3], story.paragraphs[3:]
    marked = (
        f"{each('p', above)}<ul>{each('li', demands)}</ul>{each('p', below)}<ul class=firmas>{each('li', signed)}</ul>"
    )
    return page(story, f"<div class=node__content><h1>{story.headline}</h1>{marked}</div>"), [
        *above,
        *demands,
        *below,
        *signed,
    ]


def _listicle(story: Story) -> Laid:
    titles = [f"{n}. {story.title()}" for n in range(1, len(story.paragraphs) + 1)]
    parts = "".join(
        f"<h2>{title}</h2><figure><img src=x.jpg></figure><p>{text}</p>"
        for title, text in zip(titles, story.paragraphs, strict=True)
    )
    text = [one for pair in zip(titles, story.paragraphs, strict=True) for one in pair]
    return page(story, f"<main><article><h1>{story.headline}</h1>{parts}</article></main>"), text


def _app_of_boxes(story: Story) -> Laid:
    text = "".join(
        f"<div dir=auto class='css-146c3p1 r-bcqeeo'><span class=css-1jxf684>{one}</span></div>"
        for one in story.paragraphs
    )
    more = "".join(f"<div dir=auto class='css-146c3p1'><a href=/x>{story.title()}</a></div>" for _ in range(8))
    body = f"<div id=react-root><div class=r-13awgt0><div class=css-nav>{links(story.menu, 'div')}</div><div class=css-175oi2r><h1>{story.headline}</h1>{text}</div><div class=r-side>{more}</div></div></div>"
    return _shell(story, body), [*story.paragraphs]


def _read_more_folded(story: Story) -> Laid:
    shown, rest = story.paragraphs[:3], story.paragraphs[3:]
    body = (
        f"<main><article><h1>{story.headline}</h1><div class=nota-texto>{each('p', shown)}<button class=ver-mas>+</button>"
        f"<div class='collapse' hidden>{each('p', rest)}</div></div></article></main>"
    )
    return page(story, body), [*story.paragraphs]


def _rich_links(story: Story) -> Laid:
    aside = f"<aside data-component=rich-link class=element-rich-link><a href='/r'><h3>{story.title()}</h3><p>{story.more(1)}</p></a></aside>"
    text = "".join(f"<p class=dcr-1>{one}</p>{aside if n == 2 else ''}" for n, one in enumerate(story.paragraphs))
    body = f"<main><article><div data-gu-name=headline><h1>{story.headline}</h1></div><div id=maincontent><div class=article-body-commercial-selector>{text}</div></div></article>{_teasers(story, 5, 'fc-item')}</main>"
    return page(story, body), [*story.paragraphs]


LAYOUTS: dict[str, Callable[[Story], Laid]] = {
    "blog with labels": _blog_with_labels,
    "plugins around": _plugins_around,
    "component of a portal": _joomla,
    "fields of a node": _drupal,
    "lead and text apart": _spip,
    "numbered elements": _numbered_elements,
    "newsletter platform": _newsletter_platform,
    "platform for writers": _writers_platform,
    "text blocks of components": _text_blocks_of_components,
    "interstitial links": _interstitial_links,
    "accelerated page": _accelerated,
    "site of panels": _site_of_panels,
    "blocks and pictures": _blocks_and_pictures,
    "drop cap": _drop_cap,
    "interview": _interview,
    "demands and signatures": _demands,
    "numbered list": _listicle,
    "app of boxes": _app_of_boxes,
    "folded rest": _read_more_folded,
    "rich links": _rich_links,
}
