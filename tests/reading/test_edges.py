"""Credits at the ends of an article in four languages are removed; leads that only look like them are text."""

import pytest

from app.reading.pages import read_page
from app.reading.structure import take_apart

URL = "https://elmuelle.example.org/huelga"
TEXT = (
    "Los estibadores del puerto de Valmar abandonaron el trabajo el lunes después de que la operadora se negara a pagar.",
    "Unas ochocientas personas se unieron al piquete, que se mantuvo toda la noche frente a la puerta norte con fuego y sopa.",
    "La empresa no respondió a las preguntas de este diario, y el ministerio anunció que mediará cuando ambas partes lo pidan.",
    "Las conversaciones se reanudan el jueves en la sede del sindicato, donde una asamblea decidirá si el paro continúa.",
    "Nadie en la plaza recordaba una huelga más larga, aunque los más viejos estuvieron allí el año de la inundación.",
    "Una cocinera de la escuela de enfrente había traído pan, y los choferes del autobús nocturno se detenían a preguntar.",
)
CAPTIONS = "".join(
    f"<figure><img src={n}.jpg><figcaption>El piquete al amanecer, {n}</figcaption></figure>" for n in range(5)
)
FURNITURE = [
    "Traducción: Ana Ruiz", "(Traducción de Ana Ruiz para El Muelle)", "Traducido del inglés por Ana Ruiz", "Tradução: Ana Ruiz",
    "Traduction : Marie Dupont", "Translated by Ana Ruiz", "© Todos los derechos reservados", "© 2026 El Muelle",
    "Queda prohibida su reproducción total o parcial.", "Todos os direitos reservados", "Tous droits réservés.",
    "Con información de EFE", "(Con información de La Jornada y agencias)", "Com informações da Agência Brasil.", "Avec AFP",
    "(Avec Reuters et AFP)", "Avec la contribution de Marie Dupont", "With reporting by Ana Ruiz and Luis Prado in Lima.",
    "Fuente: EFE", "Fuentes: La Jornada, https://elfaro.example.org/huelga", "Fonte: Brasil de Fato", "Source : AFP", "Edição: Thalita Pires",
    "Edición: Luis Prado", "Relecture : Marie Dupont", "Mise en page: Jean Petit", "Tomado de El Faro", "Vía El Faro", "EFE / AFP",
    "MIRA | La huelga que nadie esperaba", "(También puede leer: La huelga que nadie esperaba)", "Seguir leyendo: Otra huelga en el norte",
    "Te recomendamos: Otra huelga en el norte", "Leia também: Outra greve no norte", "À lire aussi : Une autre grève", "Read more: Another strike",
    "Tiempo de lectura: 4 minutos", "Tempo de leitura: 1 minuto", "Temps de lecture : 3 min", "4 min read", "Lectura de 3 minutos",
    "Escuchar este artículo", "Listen to this article", "Este artículo fue traducido automáticamente con inteligencia artificial.",
    "This article was translated by AI.", "Cet article a été traduit par une IA.", "Este contenido es exclusivo para suscriptores",
]  # fmt: skip
LEADS = [
    "La novela «El puerto», traducida del portugués por Ana Ruiz, cuenta la vida de tres estibadores.",
    "La novela traducida por Ana Ruiz cuenta la vida de tres estibadores.",
    "Traducida del portugués por Ana Ruiz, la novela cuenta la vida de tres estibadores.",
    "The novel, translated from the Portuguese by Ana Ruiz, tells of three dockers.",
    "Le roman, traduit du portugais par Ana Ruiz, raconte la vie de trois dockers.",
    "O romance, traduzido do espanhol por Ana Ruiz, conta a vida de três estivadores.",
    "Her book, first published in 1974 by El Faro, sold forty copies.",
    "The report was first published in March and the ministry has not answered.",
    "Con información de la policía, los guardias entraron al edificio por atrás.",
    "Con Ana Ruiz a la cabeza, la columna avanzó hacia el puerto.",
    "Por Ana Ruiz habló toda la plaza.",
    "Fuente de agua: el barrio pidió otra vez que la arreglen.",
    "Ana: Sí, lo vi todo.",
    "They stopped for 4 minutes.",
    "La lectura duró 40 minutos y nadie se fue.",
    "The members only learned of it on Friday.",
    "The company says cookies were thrown at the guards during the march.",
    "The translation of the contract was automatic, and machine errors cost them the strike.",
]


def read(lines: list[str]) -> tuple[str, ...]:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><body><article><h1>Huelga en el puerto</h1><div class=article-body>{paragraphs}{CAPTIONS}</div></article></body></html>"
    return read_page(html, URL).paragraphs


@pytest.mark.parametrize("line", FURNITURE)
def test_credits_above_and_below_a_text_are_removed_no_matter_how_many_captions_there_are(line):
    assert read([line, *TEXT]) == TEXT
    assert read([*TEXT, line]) == TEXT
    parts = take_apart("\n\n".join(["Huelga en el puerto", *TEXT, line]), "es")
    assert parts.paragraphs == TEXT
    assert line in [*parts.asides, *parts.captions, parts.republication_notice, parts.disclaimer]


@pytest.mark.parametrize("line", LEADS)
def test_a_sentence_that_only_mentions_credits_is_text_at_either_end(line):
    assert read([line, *TEXT]) == (line, *TEXT)
    assert read([*TEXT, line]) == (*TEXT, line)


def test_a_sequence_of_credits_is_removed_up_to_the_text():
    lines = [
        "Edición: Luis Prado",
        "Fotos: Pía Soto",
        "Con información de EFE",
        "© El Muelle",
        "Suscríbase a nuestro boletín.",
        "Fuente: AFP",
    ]
    assert read([*TEXT, *lines]) == TEXT


def test_credit_like_lines_between_paragraphs_are_text():
    line = "Presidenta: Ana Ruiz"
    assert read([*TEXT[:3], line, *TEXT[3:]]) == (*TEXT[:3], line, *TEXT[3:])
