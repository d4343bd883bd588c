"""Spreadsheets as people keep them: titles above the table, gaps, typing errors and repetitions."""

import random

from app.tables import xlsx_pieces

HEADER = ["Nombre completo", "Correo", "Celular", "Organización", "País", "Desde"]
PEOPLE, ORGANIZATIONS = 300, 40
_GIVEN = ("ANA", "José", "Luz", "Itziar", "João")
_FAMILY = ("PÉREZ", "Núñez", "O’Brien", "da Silva", "Soto")


def messy(*more):
    """Return a workbook with 300 people in 40 organizations, in which every seventh email address is wrong or missing.

    `more` are further rows below them, with the cells of `HEADER`.
    """
    chance = random.Random(7)
    rows = [["Lista de contactos 2025"], [], HEADER]
    for number in range(PEOPLE):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)} {number}ª"
        email = (
            f"persona{number}@example.org" if number % 7 else f"persona{number} at example.org" if number % 2 else ""
        )
        country = chance.choice(("Venezuela", "Brasil"))
        union = f"Sindicato {number % ORGANIZATIONS}"
        rows.append([name, email, f"+58212555{number:04}", union, country, "2020-01-31"])
    return b"".join(xlsx_pieces([*rows, *more]))
