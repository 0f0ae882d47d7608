#!/usr/bin/env python3
"""Reads workbooks with switchboard and with LibreOffice, and compares them cell by cell.

usage: compare_with_libreoffice.py SWITCHBOARD FILE_OR_FOLDER…
       compare_with_libreoffice.py SWITCHBOARD            a workbook of its own, as LibreOffice writes it in four formats

The first sheet of each, values and not what is shown: dates as ISO, digits as stored. LibreOffice (soffice) has to be installed; it is
no part of tests/run, which would have to install half a gigabyte. Exits with 1 where a cell differs, or nothing was compared. A file
that either of the two refuses is named and counted apart: which of them is right is for a person to say.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".fods", ".xml"}
# Fields by comma, texts in quotes, UTF-8, from line 1, en-US, all texts quoted: no; numbers as such: no; as shown: no.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,false"
OWN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="Contacts">{rows}</table:table></office:spreadsheet></office:body></office:document>"""


def own_workbook(folder):
    """Texts that look like numbers, numbers that look like phones, dates, times, truth values, marks, line breaks, empty cells."""
    text = lambda value: f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    number = lambda value: f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    date = lambda value: f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    empty = "<table:table-cell/>"
    rows = [[text(name) for name in ("name", "phone", "born", "score", "note")]]
    for i in range(200):
        rows.append([
            text(("Zoë &amp; Søn", "O'Neill", "山田 太郎", "  two  blanks", "=1+1", "007")[i % 6] + str(i)),
            text(f"0{171000000 + i}") if i % 3 else number(4917100000000 + i),
            date(f"19{i % 100:02}-{i % 12 + 1:02}-{i % 28 + 1:02}") if i % 4 else empty,
            number((0.5, -3, 123456789012, 1e-7, 2 / 3)[i % 5]),
            text("first</text:p><text:p>second") if i % 7 == 0 else empty if i % 7 == 1 else text("n/a"),
        ])
    source = folder / "own.fods"  # not compared itself: LibreOffice shows dates without a style as numbers
    source.write_text(OWN.format(rows="".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)), encoding="utf-8")
    made = []
    for ending, kind in (("xlsx", "Calc MS Excel 2007 XML"), ("xls", "MS Excel 97"), ("ods", "calc8"), ("xml", "MS Excel 2003 XML")):
        convert([source], f"{ending}:{kind}", folder)
        made.append(folder / f"own.{ending}")
    return made


def convert(files, form, folder):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, files)],
                   check=True, capture_output=True, timeout=600)


def by_libreoffice(file, folder):
    """Rows of the first sheet; None: it does not read the file."""
    target = folder / (file.stem + ".csv")
    target.unlink(missing_ok=True)
    try:
        convert([file], AS_CSV, folder)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    if not target.exists():
        return None
    with open(target, newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines))


def by_switchboard(program, file):
    """{row of the sheet: values}; None: it does not read the file."""
    run = subprocess.run([program, "read", str(file), "--no-header", "--sheet", "1"], capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        return None
    records = [json.loads(line) for line in run.stdout.splitlines()]
    return {record["line"]: [value or "" for value in record["values"]] for record in records if "values" in record}


def alike(ours, theirs):
    if ours == theirs or ours.strip() == theirs.strip():
        return True
    try:
        return abs(float(ours) - float(theirs)) <= 1e-9 * max(1.0, abs(float(theirs)))
    except ValueError:
        pass
    # A moment: "2021-01-01T10:00:00" and "2021-01-01 10:00:00".
    return re.sub(r"[T ]", " ", ours.removesuffix("Z")) == re.sub(r"[T ]", " ", theirs)


def compare(program, file, folder):
    """(cells compared, differences as texts, who refuses it)"""
    ours, theirs = by_switchboard(program, file), by_libreoffice(file, folder)
    if ours is None or theirs is None:
        return 0, [], " and ".join(name for name, rows in (("switchboard", ours), ("LibreOffice", theirs)) if rows is None)
    cells, differences = 0, []
    for line, row in enumerate(theirs, 1):
        mine = ours.get(line, [])
        for column in range(max(len(row), len(mine))):
            a, b = mine[column] if column < len(mine) else "", row[column] if column < len(row) else ""
            cells += 1
            if not alike(a, b):
                differences.append(f"row {line}, column {column + 1}: {a!r}, LibreOffice {b!r}")
    return cells, differences, ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = [file for word in sys.argv[2:] for path in [pathlib.Path(word)]
                 for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.suffix.lower() in ENDINGS]
        if len(sys.argv) == 2:
            files = own_workbook(folder)
        total, wrong, refused = 0, 0, 0
        for file in files:
            cells, differences, who = compare(program, file, folder)
            total += cells
            wrong += len(differences)
            refused += bool(who)
            print(f"{file.name}: " + (f"refused by {who}" if who else f"{cells} cells, {len(differences)} differ"))
            for difference in differences[:5]:
                print("  " + difference)
    print(f"{len(files)} workbooks, {total} cells, {wrong} differ; {refused} refused by one of the two or both")
    sys.exit(0 if total > 0 and wrong == 0 else 1)


if __name__ == "__main__":
    main()
