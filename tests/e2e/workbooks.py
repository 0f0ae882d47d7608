"""Workbooks made and read with nothing but Python, so that what switchboard writes is looked at by another reader."""

import re
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def letters(column):
    return chr(ord("A") + column)


def make_xlsx(path, sheets):
    """sheets: name to rows; a cell is a text, a number, ("date", serial) or None."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{i + 1}" r:id="s{i}"/>' for i, name in enumerate(names)) + "</sheets></workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
            f'<Relationship Id="s{i}" Type="x/worksheet" Target="worksheets/{i}.xml"/>' for i in range(len(names)))
            + '<Relationship Id="y" Type="x/styles" Target="styles.xml"/></Relationships>')
        archive.writestr("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>')
        for i, name in enumerate(names):
            archive.writestr(f"xl/worksheets/{i}.xml", "<worksheet><sheetData>" + "".join(
                f'<row r="{r + 1}">' + "".join(xlsx_cell(letters(c) + str(r + 1), cell) for c, cell in enumerate(row)) + "</row>"
                for r, row in enumerate(sheets[name])) + "</sheetData></worksheet>")
    return path


def xlsx_cell(reference, cell):
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return f'<c r="{reference}" s="1"><v>{cell[1]}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


def make_ods(path, sheets):
    """As make_xlsx, but dates are texts in ISO 8601: ("date", "2024-05-17")."""
    def ods_cell(cell):
        if cell is None:
            return "<table:table-cell/>"
        if isinstance(cell, tuple):
            return f'<table:table-cell office:value-type="date" office:date-value="{cell[1]}"><text:p>shown</text:p></table:table-cell>'
        if isinstance(cell, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>shown</text:p></table:table-cell>'
    content = "".join(f'<table:table table:name="{name}">' + "".join(
        "<table:table-row>" + "".join(ods_cell(cell) for cell in row) + "</table:table-row>" for row in rows) + "</table:table>"
        for name, rows in sheets.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        archive.writestr("content.xml", '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
                         + content + "</office:spreadsheet></office:body></office:document-content>")
    return path


def read_xlsx(path):
    """The first sheet: {"B2": {"type", "value", "format", "fill"}}, and its notes: {"B2": text}."""
    with zipfile.ZipFile(path) as archive:
        def part(name):
            return re.sub(r' xmlns="[^"]*"', "", archive.read(name).decode()) if name in archive.namelist() else None
        styles = ElementTree.fromstring(part("xl/styles.xml"))
        formats = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter("numFmt")}
        fills = [next((c.get("rgb") for c in fill.iter("fgColor")), None) for fill in styles.find("fills")]
        looks = [(formats.get(x.get("numFmtId")), fills[int(x.get("fillId"))]) for x in styles.find("cellXfs")]
        texts = part("xl/sharedStrings.xml")
        shared = ["".join(t.text or "" for t in si.iter("t")) for si in ElementTree.fromstring(texts)] if texts else []
        cells = {}
        for cell in ElementTree.fromstring(part("xl/worksheets/sheet1.xml")).iter("c"):
            kind, value = cell.get("t", "n"), cell.findtext("v")
            if kind == "s":
                kind, value = "text", shared[int(value)]
            elif kind == "inlineStr":
                kind, value = "text", "".join(t.text or "" for t in cell.iter("t"))
            number_format, fill = looks[int(cell.get("s", "0"))]
            cells[cell.get("r")] = {"type": kind, "value": value, "format": number_format, "fill": fill}
        comments = part("xl/comments1.xml")
        notes = {c.get("ref"): "".join(t.text or "" for t in c.iter("t")) for c in ElementTree.fromstring(comments).iter("comment")} if comments else {}
        return cells, notes
