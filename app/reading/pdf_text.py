"""Extracts the lines of a PDF: run as a script in a process of its own, which the system stops when it takes too much.

Reads the file from standard input and writes JSON: a list of pages, each a list of lines. Ends with status 1 for a file that cannot be
read. Imports nothing else of the application, so that it starts fast.
"""

import json
import resource
import sys
from importlib import import_module
from io import BytesIO

_SECONDS = 10
"""CPU seconds."""
_MEMORY = 768 * 1024 * 1024
"""Bytes of address space."""
_MOST_PAGES = 40
_MOST_TEXT = 200_000
"""Characters."""


def main() -> int:
    """Read a PDF and print its lines; return the exit status."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * _MOST_TEXT * 4, 4 * _MOST_TEXT * 4))
    pypdf = import_module("pypdf")  # the limits are for the library too
    reader = pypdf.PdfReader(BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return 1
    pages, length = [], 0
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or length >= _MOST_TEXT:
            break
        text = page.extract_text()[: _MOST_TEXT - length]
        length += len(text)
        pages.append(text.splitlines())
    sys.stdout.write(json.dumps(pages))
    return 0


if __name__ == "__main__":
    try:
        status = main()
    except Exception:  # noqa: BLE001  hostile files raise errors of many types
        status = 1
    sys.exit(status)
