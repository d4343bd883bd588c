"""Tables in files: reads CSV, XLSX, vCard and other spreadsheets, and writes the first three. Knows no database and no pages."""

from app.tables.cards import Address, Card
from app.tables.cells import Cell, Kind, Problem, Row, Value
from app.tables.csv_files import csv_pieces
from app.tables.errors import Reason, Unreadable
from app.tables.headers import JOINT, Header, letters, possible_headers
from app.tables.opening import open_table
from app.tables.sheets import Sheet, Table
from app.tables.vcard_files import vcards
from app.tables.xlsx_files import write_xlsx, xlsx_pieces

__all__ = [
    "JOINT", "Address", "Card", "Cell", "Header", "Kind", "Problem", "Reason", "Row", "Sheet", "Table", "Unreadable",
    "Value", "csv_pieces", "letters", "open_table", "possible_headers", "vcards", "write_xlsx", "xlsx_pieces",
]  # fmt: skip
