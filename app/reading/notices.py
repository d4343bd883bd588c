"""Recognizes what republished articles carry besides their text: notices, disclaimers and captions, in four languages."""

import re
from collections.abc import Sequence

LONGEST = 800
"""Characters. A longer sentence is text; the limit also protects the patterns from hostile input."""

_ARTICLE = r"article|piece|essay|story|text|interview|column|post|artículo|texto|nota|columna|entrevista|crónica|artigo|matéria|reportagem|texte|tribune|entretien"
_THIS = rf"^(?:(?:this|the|it|este|esta|el|la|o|est[ea]|cet|cette|ce|le|il)\s+)?(?:(?:{_ARTICLE})\s+)?"

_PERMISSIONS = (
    rf"{_THIS}(?:may|can) (?:be )?(?:freely )?(?:be )?(?:republished|reprinted|reproduced|reposted|shared)\b|^(?:please )?(?:feel )?free to (?:republish|reprint|repost|share)\b|^(?:republi|repri|reprodu)\w+ (?:\S+ ){{0,4}}is (?:permitted|allowed|free|authorized|welcome)\b",
    rf"{_THIS}(?:(?:se )?puede (?:ser )?(?:libremente )?|se (?:permite|autoriza) (?:libremente )?(?:la |su )?(?:libre )?)(?:republica|reproduc|replica|compart|difu)\w+|^(?:la |su )?(?:libre )?(?:republicación|reproducción|difusión)\b.{{0,60}}\b(?:libre|permitida|autorizada)\b",
    rf"{_THIS}pode ser (?:livremente )?(?:republica|reproduzid|compartilha)\w+|^(?:é )?(?:livre|permitida|autorizada) a (?:republica|reprodu)\w+|^(?:a )?(?:reprodução|republicação)\b.{{0,60}}\b(?:livre|permitida|autorizada)\b",
    rf"{_THIS}peut (?:librement )?être (?:librement )?(?:republié|reproduit|repris|partagé)e?\b|^(?:la )?(?:republication|reproduction)\b.{{0,60}}\b(?:libre|permise|autorisée)\b",
)
"""Permission to republish, in English, Spanish, Portuguese and French."""

_NOTICES = (
    *_PERMISSIONS,
    # English
    r"\b(?:originally|first) (?:appeared|published|posted|ran|written)\b|\b(?:appeared|published|ran) (?:originally|first)\b|\b(?:republished|reprinted|reposted|cross-?posted) (?:from|with|under|by|here|courtesy)\b",
    r"^translated (?:from|by|into)\b.*\b(?:from|by|for)\b|^translat(?:ion|ed)(?: by|:)|^this (?:article|piece|essay|story|text|interview)\b.{0,60}\btranslated\b|\b(?:published|used|reproduced|shared) (?:here )?(?:with|by) (?:the )?(?:kind )?permission\b|\bunder (?:a|the) creative commons\b",
    r"^(?:this|the) (?:article|piece|essay|story|text|interview|column|post) (?:by .{1,60} )?(?:appeared|ran|was published) in\b",
    # Spanish
    r"\b(?:publicad[oa]|aparecid[oa]|apareció|se publicó|publicó|salió) (?:originalmente|originariamente|por primera vez|inicialmente|antes)\b|\boriginalmente (?:publicad[oa]|apareció|en)\b",
    r"\b(?:reproducid[oa]|republicad[oa]|replicad[oa]) (?:con|de|por|bajo|desde)\b|\b(?:reproducimos|compartimos|republicamos) (?:\S+ ){0,8}(?:con permiso|con autorización|publicad[oa]|de la revista|del diario)|^(?:\w+ ){0,2}(?:re)?tomad[oa] (?:con permiso )?de\b",
    r"^traducción(?: del?| al?|:| por|$)|^(?:este |esta )?(?:artículo |texto |nota )?(?:fue |ha sido )?traducid[oa] (?:del|por|al|para)\b|\b(?:bajo|con) (?:una )?licencia creative commons\b|\b(?:publicad[oa]|reproducid[oa]) con (?:permiso|autorización)\b|^este (?:artículo|texto) (?:fue publicado|apareció|se publicó) en\b",
    # Portuguese
    r"\b(?:publicad[oa]|divulgad[oa]|apareceu|saiu|veiculad[oa]) (?:originalmente|inicialmente|primeiro|primeiramente|antes)\b|\b(?:reproduzid[oa]|republicad[oa]|reproduzimos) (?:com|d[eoa]|por|sob|aqui)\b|\boriginalmente (?:publicad[oa]|em|n[oa])\b",
    r"^tradução(?: d[eoa]| para|:| por)|^(?:est[ea] )?(?:artigo |texto |matéria )?(?:foi )?traduzid[oa] (?:d[eoa]|por|para)\b|\bsob (?:uma |a )?licença creative commons\b|^est[ea] (?:artigo|texto|matéria|reportagem) (?:foi publicad[oa]|saiu|apareceu) (?:n[oa]|em)\b|\bcom (?:a )?(?:permissão|autorização) d[eoa]\b",
    # French
    r"\b(?:publié|paru|parue|publiée)e?s? (?:initialement|à l['’]origine|d['’]abord|pour la première fois|originellement|originalement)\b|\b(?:initialement|originellement|d['’]abord) (?:publiée?|parue?)\b|\b(?:repris|reprise|reproduite?|republiée?) (?:de|du|avec|ici|par|sous|depuis)\b",
    r"^traduction(?: d[ue]| par| :|:)|^(?:cet article |ce texte )?(?:a été )?traduite? (?:de|du|par|en|depuis)\b|\bsous (?:une |la )?licence creative commons\b|^(?:cet article|ce texte|cette tribune|cette enquête) (?:est paru|a été publié|est parue|a été publiée|a paru)e? (?:dans|sur|par|en)\b|\bavec (?:l['’](?:aimable )?autorisation|la permission) (?:de|du|d['’])",
)
_NOTICE = re.compile("|".join(_NOTICES), re.IGNORECASE)
_LICENSES = (
    r"\bcreative commons\b|\bcc[ -]by\b|\bcopyleft\b",
    r"\b(?:public domain|dominio público|domínio público|domaine public)\b",
)
_PERMISSION = re.compile("|".join((*_PERMISSIONS, *_LICENSES)), re.IGNORECASE)
_RESERVED = re.compile(
    r"\b(?:(?:may|can|must|shall) not|cannot|prohibited|forbidden|all rights reserved|without (?:\w+ ){0,3}(?:permission|consent|authorization)|only (?:with|by|after))\b"
    r"|\b(?:s[oó]lo (?:con|previa)|únicamente con|no (?:se )?(?:puede|permite|autoriza)\w*|prohib\w+|sin (?:\w+ ){0,3}(?:permiso|autorización|consentimiento)|todos los derechos reservados)\b"
    r"|\b(?:(?:só|somente|apenas) com|não (?:pode|é permitid)\w*|proibid\w+|sem (?:\w+ ){0,3}(?:permissão|autorização)|todos os direitos reservados)\b"
    r"|\b(?:(?:seulement|uniquement) avec|ne peut|interdit\w*|sans (?:l['’])?(?:\w+ ){0,3}(?:permission|autorisation)|tous droits réservés)\b",
    re.IGNORECASE,
)
_PART = r"publi\w+|appeared|aparec\w+|paru\w*|tradu[cz]\w+|traduite?|translated|republi\w+|reprodu\w+|reprinted|divulgad[oa]"
_OF_ANOTHER_WORK = re.compile(
    rf"^(?!(?:\w+\s+){{0,5}}(?:{_ARTICLE})\b)[^,;:]{{2,200}},\s+(?:\w+\s+){{0,3}}(?:{_PART})\b[^,]{{0,200}},\s+\w"
    rf"|^(?:{_PART})\b[^,]{{0,200}},\s+(?:the|her|his|la|el|los|las|su|le|les|l['’]|sa|son|o|os|as|a)\b(?!\s*(?:{_ARTICLE})\b)"
    r"|^(?!this |este |esta |cet |cette |ce )(?:\w+\s+){1,3}(?:book|novel|report|study|poem|play|album|song|memoir|novela|libro|informe"
    r"|estudio|poema|obra|disco|canción|romance|livro|relatório|estudo|roman|livre|rapport|étude|poème)\b",
    re.IGNORECASE,
)
"""A sentence that names the source of a book and then continues, as leads do."""

_DISCLAIMERS = (
    r"\b(?:views?|opinions?|positions?)(?: and opinions?| expressed| contained)?\b.*\b(?:(?:of|belong to|by|those) (?:\S+ ){0,4}(?:authors?|writers?|columnists?)\b|(?:author|writer|columnist)s?['’]s?(?: own| alone|\.|$))",
    r"\b(?:do|does|may|need) not (?:necessarily )?(?:reflect|represent|coincide with) (?:necessarily )?(?:the )?(?:views?|opinions?|positions?|editorial|official|those)\b|\bnot necessarily (?:those|the views?|the opinions?) of\b|\b(?:do|does) not necessarily (?:reflect|represent)\b",
    r"\b(?:is|are) (?:solely |entirely |exclusively )?(?:the )?(?:sole )?responsib(?:le|ility) (?:of|for) (?:the|its|their|his|her) (?:authors?|contents?|opinions?|views?)",
    r"\b(?:opini[oó]n(?:es)?|puntos? de vista|expresad[oa]s?|contenidos?|artículos? firmados?|textos? firmados?|columnas?)\b.*\b(?:responsabilidad|no (?:necesariamente )?(?:reflejan?|representan?|coinciden?|comprometen?))",
    r"\bno (?:necesariamente )?(?:reflejan?|representan?|coinciden?)(?: con)? (?:necesariamente|la (?:opinión|posición|línea)|las? de\b|los puntos)|\bno se (?:hace|responsabiliza|hacen)\b.{0,30}\b(?:opiniones|contenido|artículos|dicho)|\bresponsabilidad (?:exclusiva |única |de )*(?:del?|de la|de l[oa]s|su|sus) (?:autor|autora|autores|autoras|firmante)",
    r"\b(?:opini(?:ão|ões)|artigos?|textos?|colunas?)\b.*\b(?:responsabilidade|não,? (?:necessariamente,? )?(?:reflete|refletem|representa|representam|expressa|expressam|coincide|coincidem))",
    r"\bnão (?:reflete|refletem|representa|representam),? (?:necessariamente|a (?:opinião|posição|linha))|\bnão se responsabiliza\b.{0,40}\b(?:opini|conteúdo|artigo)",
    r"\b(?:opinions?|propos|points? de vue|idées|positions?|tribunes?|articles?|textes?)\b.*\b(?:n['’]engagent?|ne (?:reflètent?|représentent?|sauraient (?:engager|refléter)))|\bn['’]engagent? que (?:son|sa|ses|leurs?|l['’])|\bla rédaction (?:n['’]est pas|décline)",
)
DISCLAIMER = re.compile("|".join(_DISCLAIMERS), re.IGNORECASE)

CREDIT = re.compile(
    r"^\W*(?:photos?|photograph|photography|images?|pictures?|pictured|captions?|fotos?|fotografías?|fotografia|imagen|imágenes|imagem|imagens|infografía|ilustración|illustration|ilustração|crédit?s?|créditos?|credits?|légende|legenda|pie de foto|vídeo|video)\b.{0,40}?[:/|©]"
    r"|\b(?:AP Photo|Getty Images|/ ?AFP|/ ?Reuters|/ ?EFE|/ ?AP\b|Photo by|Photos by|Photo courtesy|Image courtesy|Foto de|Fotos de|Fotografía de|Crédit photo|Crédits photos?|Image credit|Photo credit|Cuartoscuro|Agência Brasil|Shutterstock|Wikimedia Commons)\b"
    r"|[(\[|–—] ?(?:photo|foto|image|imagen|imagem|crédit|crédito|credit|©)s?(?: ?[:/]| by | de | par | por |\s?[A-ZÁÉÍÓÚÑ])[^()\[\]]{0,60}[)\]]?\.?$"
    r"|\((?:AP|AFP|Reuters|EFE|Getty|Xinhua|ANSA|Lusa|Notimex|Télam)(?:[ /][^()]{0,40})?\)\.?$",
    re.IGNORECASE,
)


def is_notice(sentence: str) -> bool:
    """Return whether a sentence says where the article was first published, or who translated it."""
    return bool(_NOTICE.search(sentence)) and not _OF_ANOTHER_WORK.match(sentence)


def permits_republication(sentences: Sequence[str]) -> bool:
    """Return whether the sentences of a notice allow everyone to republish the article without reservations."""
    return any(map(_PERMISSION.search, sentences)) and not any(map(_RESERVED.search, sentences))
