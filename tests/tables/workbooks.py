"""XLSX files for tests, from the markup of their parts."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(rows="", *, above="", below="", strings=None, formats=(), properties="", sheets=None, extra=None):
    """Return a file with the rows in its first sheet; `formats` are codes or numbers, styles 1, 2, ... in the order given."""
    sheets = sheets or [("Data", "visible")]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="x" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{properties}<sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="s{n}"/>' for n, (name, state) in enumerate(sheets, start=1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
        + f'<Relationship Id="t" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="u" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        + "</Relationships>",
        "xl/styles.xml": _styles(formats),
        **{f"xl/worksheets/sheet{n}.xml": f"<worksheet {MAIN}>{above}<sheetData>{rows}</sheetData>{below}</worksheet>" for n in range(1, len(sheets) + 1)},
    }  # fmt: skip
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    return zipped({**parts, **(extra or {})})


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def _styles(formats):
    own = {code: 164 + n for n, code in enumerate(code for code in formats if isinstance(code, str))}
    escaped = {code: code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") for code in own}
    return (
        f"<styleSheet {MAIN}><numFmts>"
        + "".join(f'<numFmt numFmtId="{number}" formatCode="{escaped[code]}"/>' for code, number in own.items())
        + '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{own.get(code, code)}"/>' for code in formats)
        + "</cellXfs></styleSheet>"
    )
