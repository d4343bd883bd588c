"""The kinds of file in which lists leave the application."""

from enum import StrEnum


class FileFormat(StrEnum):
    """The kinds of file."""

    XLSX = "xlsx"
    CSV = "csv"
    VCARD = "vcf"
