#!/usr/bin/env python3
"""Deterministic contact-file generator (Python standard library only).

  contacts.py ROWS [--format csv|ndjson|xlsx] [--seed N] [--dirty PCT]
                       [--dup PCT] [--crlf] [--bom] [--truth FILE] [-o FILE]

Writes ROWS contacts to stdout (or -o FILE; xlsx needs -o).  The same arguments
always give the same bytes, and the row with id i depends on seed and on the rows
before it only, so a longer file with the same seed starts with the shorter one
(xlsx apart).  csv and ndjson stream in constant memory.

Columns: External ID, First Name, Last Name, Mobile Phone, Country, E-mail,
Company, City, Notes.  "Country" is the default region of a phone written in
national form.  A dirty row has exactly one fault and must be rejected; every
other row must be accepted.  --truth writes one TSV line per row:
id <TAB> ok|fault-name <TAB> expected E.164 (empty for a rejected row).
"""
import argparse
import json
import random
import sys
import zipfile
from xml.sax.saxutils import escape as xml_escape

HEADER = ["External ID", "First Name", "Last Name", "Mobile Phone", "Country",
          "E-mail", "Company", "City", "Notes"]
JSON_KEYS = HEADER

# region: (weight, country code, trunk prefix, IDD prefix or None, [(lead, tail digits, groups)])
# groups cut the national significant number (lead+tail) for display.
COUNTRIES = {
    "US": (14, "1", "1", "011", [("2122", 6, (3, 3, 4)), ("3105", 6, (3, 3, 4)), ("4157", 6, (3, 3, 4)),
                                 ("6173", 6, (3, 3, 4)), ("5124", 6, (3, 3, 4)), ("3038", 6, (3, 3, 4)),
                                 ("7136", 6, (3, 3, 4)), ("6469", 6, (3, 3, 4))]),
    "CA": (4, "1", "1", "011", [("4162", 6, (3, 3, 4)), ("6046", 6, (3, 3, 4)), ("5148", 6, (3, 3, 4))]),
    "GB": (8, "44", "0", "00", [("7400", 6, (4, 3, 3)), ("7712", 6, (4, 6)), ("7801", 6, (4, 3, 3)),
                                ("7940", 6, (4, 6)), ("207", 7, (2, 4, 4)), ("208", 7, (2, 4, 4))]),
    "DE": (8, "49", "0", "00", [("151", 8, (3, 4, 4)), ("170", 7, (3, 7)), ("176", 8, (3, 4, 4)),
                                ("302", 7, (2, 4, 4)), ("894", 7, (2, 8))]),
    "FR": (6, "33", "0", "00", [("61", 7, (1, 2, 2, 2, 2)), ("67", 7, (1, 2, 2, 2, 2)), ("14", 7, (1, 2, 2, 2, 2))]),
    "ES": (4, "34", "", "00", [("61", 7, (3, 3, 3)), ("65", 7, (3, 2, 2, 2)), ("915", 6, (2, 3, 2, 2))]),
    "IT": (4, "39", "", "00", [("347", 7, (3, 3, 4)), ("333", 7, (3, 7)), ("026", 7, (2, 4, 4))]),
    "NL": (3, "31", "0", "00", [("61", 7, (1, 4, 4)), ("62", 7, (1, 8)), ("204", 6, (2, 3, 4))]),
    "BE": (2, "32", "0", "00", [("47", 7, (3, 2, 2, 2)), ("49", 7, (3, 2, 2, 2))]),
    "CH": (2, "41", "0", "00", [("76", 7, (2, 3, 2, 2)), ("79", 7, (2, 3, 2, 2)), ("442", 6, (2, 3, 2, 2))]),
    "AT": (2, "43", "0", "00", [("664", 7, (3, 7)), ("676", 7, (3, 3, 4))]),
    "SE": (2, "46", "0", "00", [("70", 7, (2, 3, 2, 2)), ("73", 7, (2, 3, 2, 2))]),
    "NO": (1, "47", "", "00", [("41", 6, (3, 2, 3)), ("90", 6, (3, 2, 3))]),
    "DK": (1, "45", "", "00", [("203", 5, (2, 2, 2, 2)), ("425", 5, (2, 2, 2, 2))]),
    "FI": (1, "358", "0", "00", [("40", 7, (2, 3, 4)), ("50", 7, (2, 3, 4))]),
    "PL": (2, "48", "", "00", [("50", 7, (3, 3, 3)), ("60", 7, (3, 3, 3))]),
    "PT": (1, "351", "", "00", [("91", 7, (3, 3, 3)), ("96", 7, (3, 3, 3))]),
    "IE": (1, "353", "0", "00", [("85", 7, (2, 3, 4)), ("87", 7, (2, 3, 4))]),
    "IN": (8, "91", "0", "00", [("98", 8, (5, 5)), ("99", 8, (5, 5))]),
    "AU": (3, "61", "0", "0011", [("40", 7, (3, 3, 3)), ("41", 7, (3, 3, 3)), ("292", 6, (1, 4, 4))]),
    "NZ": (1, "64", "0", "00", [("21", 7, (2, 3, 4)), ("27", 7, (2, 3, 4))]),
    "JP": (3, "81", "0", "010", [("903", 7, (2, 4, 4)), ("804", 7, (2, 4, 4)), ("335", 6, (1, 4, 4))]),
    "KR": (1, "82", "0", None, [("1023", 6, (2, 4, 4)), ("1045", 6, (2, 4, 4))]),
    "CN": (2, "86", "", "00", [("138", 8, (3, 4, 4)), ("186", 8, (3, 4, 4))]),
    "BR": (5, "55", "", None, [("119", 8, (2, 5, 4)), ("219", 8, (2, 5, 4)), ("113", 7, (2, 4, 4))]),
    "MX": (3, "52", "", "00", [("55", 8, (2, 4, 4)), ("33", 8, (2, 4, 4))]),
    "ZA": (2, "27", "0", "00", [("82", 7, (2, 3, 4)), ("73", 7, (2, 3, 4))]),
    "NG": (2, "234", "0", "009", [("803", 7, (3, 3, 4)), ("806", 7, (3, 3, 4))]),
    "KE": (1, "254", "0", "000", [("71", 7, (3, 6)), ("72", 7, (3, 3, 3))]),
    "SG": (1, "65", "", None, [("90", 6, (4, 4)), ("91", 6, (4, 4))]),
    "ID": (1, "62", "0", None, [("812", 8, (3, 4, 4)), ("813", 8, (3, 4, 4))]),
    "PH": (1, "63", "0", "00", [("917", 7, (3, 3, 4)), ("918", 7, (3, 3, 4))]),
    "TR": (1, "90", "0", "00", [("532", 7, (3, 3, 2, 2)), ("542", 7, (3, 3, 4))]),
    "AE": (1, "971", "0", "00", [("50", 7, (2, 3, 4)), ("55", 7, (2, 3, 4))]),
    "IL": (1, "972", "0", "00", [("522", 6, (2, 3, 4)), ("505", 6, (2, 3, 4))]),
}

FIRST = """James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan
Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret
Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa
José María Jürgen Günther Zoë Chloé François Hélène André Renée Søren Øyvind Åsa Björn Łukasz Małgorzata Szymon
Ana Luís João Inês Gonçalo Çağla Şebnem İbrahim Ömer Niño Iñaki Raúl Óscar Ángel Siân Seán Pádraig Aoife
Élodie Anaïs Noël Mónica Ramón Jesús Verónica Tomáš Jiří Ondřej Žofia Dávid Zsófia Ștefan Ioana
Дмитрий Ольга Наталья Сергей Αλέξανδρος Ελένη 太郎 花子 伟 芳 민준 서연 אורי נועה محمد فاطمة अमित प्रिया""".split()
FIRST_ASCII_SOURCE = """ã:a á:a à:a â:a ä:a å:a ç:c č:c é:e è:e ê:e ë:e ě:e ğ:g í:i ì:i î:i ï:i ñ:n ň:n ó:o ò:o ô:o ö:o
ø:o ř:r š:s ş:s ș:s ß:ss ť:t ú:u ù:u û:u ü:u ů:u ý:y ž:z ź:z ż:z ł:l ń:n ś:s ć:c ő:o ű:u ı:i æ:ae þ:th ð:d""".split()
LAST = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker
Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter
Müller Schröder Böhm Weiß Größl Dvořák Novák Černý Kowalczyk Wiśniewski Żak Łuczak Sørensen Østergård Åkesson Björk
Lefèvre Béranger Gauthier Desprès D'Angelo O'Brien O'Connor MacNiall Peña Muñoz Núñez Ibáñez Güell Araújo Gonçalves
Yılmaz Öztürk Şahin Nagy Szűcs Popescu Țurcan Иванов Кузнецова Παπαδόπουλος 山田 佐藤 王 李 김 박 כהן الأحمد शर्मा van_der_Berg
de_la_Cruz Smith-Jones García-López""".split()
COMPANY_A = """Acme Globex Initech Umbra Northwind Contoso Vandelay Hooli Stark Wayne Tyrell Soylent Cyber Blue Red
Green Alpine Baltic Nordic Iberia Pacific Atlas Orion Vega Zenith Quantum Summit Harbor River Forest""".split()
COMPANY_B = """Trading Logistics Foods Media Systems Textiles Energy Motors Clinic Travel Design Bank Labs Retail Works""".split()
COMPANY_C = ["Inc.", "LLC", "GmbH", "Ltd", "S.A.", "S.r.l.", "AB", "BV", "& Sons", "& Co. KG", "Pty", "SA de CV", "Oy", "A/S", "K.K.", "plc"]
CITY = """London Paris Berlin München Köln Zürich Wien Madrid Málaga Lisboa Porto Roma Milano Torino Napoli Amsterdam
Utrecht Bruxelles Gent Malmö Göteborg Stockholm Oslo Tromsø København Århus Helsinki Warszawa Kraków Łódź Dublin Mumbai
Delhi Bengaluru Sydney Melbourne Auckland Tokyo 大阪 서울 北京 上海 São_Paulo Brasília México_D.F. Monterrey Johannesburg
Lagos Nairobi Singapore Jakarta Manila İstanbul Dubai Haifa New_York Los_Angeles Boston Austin Denver Toronto Montréal
Vancouver Chicago Washington,_D.C. Winston-Salem""".split()
DOMAINS = """example.com example.org example.net mail.example.com corp.example.com post.example.org eu.example.net
Example.COM sales.example.com uk.example.org de.example.org fr.example.net a.b.example.com my-shop.example shop1.example
team.example.net""".split()
NOTE_PLAIN = ["", "", "", "", "", "", "VIP", "prefers e-mail", "met at trade fair", "newsletter 2023", "do not call before noon",
              "customer since 2019", "opted in via web form", "gekündigt zum 31.12.", "cliente desde 2020", "étudiante", "follow up in Q3",
              "import batch 7", "référence 4411", "spricht Deutsch und Englisch", "second contact for the account; see CRM",
              "birthday 12 March", "gold tier", "left company?", "web lead", "❤ loyal customer", "pays by invoice",
              "shipping to the office only", "SMS opt-in: yes", "SMS opt-in: no", "consent=2024-05-01T10:00Z", "-"]
NOTE_COMMA = ["met at fair, Berlin", "likes tea, coffee, cake", "tags: a, b, c", "calls only Mon, Tue"]
NOTE_QUOTE = ['said "call me later"', '"VIP" customer', 'size 7" screen, 2 pcs', 'nickname: "Bob"']
NOTE_NL = ["first line\nsecond line", "Address:\n12 High St, Flat 3\n\"The Mews\"", "note 1\nnote 2\nnote 3"]

FAULTS = ["phone_short", "phone_long", "phone_text", "phone_empty", "phone_unknown_cc", "phone_bad_range",
          "email_no_at", "email_two_at", "email_space", "email_no_dot"]


def ascii_map():
    table = {}
    for pair in FIRST_ASCII_SOURCE:
        k, v = pair.split(":")
        table[ord(k)] = v
    return table


def ascii_local(name, fallback, table):
    s = name.lower().translate(table).replace("_", "").replace("'", "")
    s = "".join(c for c in s if "a" <= c <= "z" or c == "-").strip("-")
    return s or fallback


def group(nsn, cuts, sep):
    out, at = [], 0
    for n in cuts:
        out.append(nsn[at:at + n])
        at += n
    assert at == len(nsn), (nsn, cuts)
    return sep.join(out)


def phone_templates():
    """[(region, [64 compiled shapes], compiled E.164 shape, tail digits)], [weights]"""
    table, weights = [], []
    for region, (weight, cc, trunk, idd, ranges) in COUNTRIES.items():
        for lead, tail, cuts in ranges:
            # private-use characters mark the tail's digits, so that the template is grouped once
            nsn = lead + "".join(chr(0xE000 + i) for i in range(tail))
            g_sp, g_da, g_do = (group(nsn, cuts, s) for s in (" ", "-", "."))
            first, rest_sp, rest_da = nsn[:cuts[0]], group(nsn[cuts[0]:], cuts[1:], " "), group(nsn[cuts[0]:], cuts[1:], "-")
            intl, e164 = "+%s %s" % (cc, g_sp), "+%s%s" % (cc, nsn)
            nat_trunk = trunk if trunk != "1" else ""
            shapes = {
                "intl": intl, "e164": e164, "intl_dash": "+%s-%s" % (cc, g_da),
                "idd": "%s%s%s" % (idd, cc, nsn) if idd else intl,
                "bare_cc_paren": "+%s (0)%s" % (cc, g_sp) if trunk == "0" else intl,
                "nat_sp": nat_trunk + g_sp, "nat_dash": nat_trunk + g_da, "nat_dot": nat_trunk + g_do,
                "nat_bare": nat_trunk + nsn,
                "nat_paren": "(%s%s) %s" % (nat_trunk, first, rest_da) if rest_da else nat_trunk + nsn,
                "nat_slash": "%s%s/%s" % (nat_trunk, first, rest_sp) if trunk == "0" else nat_trunk + g_sp,
                "ext": intl + " ext. 12", "trim": "  " + intl + " ", "nbsp": intl.replace(" ", "\u00a0"),
                "one": "1-" + g_da if trunk == "1" else nat_trunk + g_da,
            }
            if region == "BR":  # a national number without its area's carrier prefix
                shapes["nat_bare"] = nsn
            mix = (["intl"] * 12 + ["e164"] * 16 + ["intl_dash"] * 2 + ["idd"] * 3 + ["bare_cc_paren"] * 2 +
                   ["nat_sp"] * 9 + ["nat_dash"] * 4 + ["nat_dot"] * 2 + ["nat_bare"] * 6 + ["nat_paren"] * 3 +
                   ["nat_slash"] * 1 + ["ext"] * 1 + ["trim"] * 1 + ["nbsp"] * 1 + ["one"] * 1)
            assert len(mix) == 64
            table.append((region, [compile_shape(shapes[m], tail) for m in mix],
                          compile_shape(e164, tail), tail))
            weights.append(weight / len(ranges))
    return table, weights


def compile_shape(shape, tail):
    """(fmt, slices): each run of consecutive digit marks becomes %s and a slice of the tail."""
    out, slices, i = [], [], 0
    while i < len(shape):
        o = ord(shape[i]) - 0xE000
        if 0 <= o < tail:
            j = i
            while j + 1 < len(shape) and ord(shape[j + 1]) - 0xE000 == o + (j + 1 - i):
                j += 1
            slices.append((o, o + (j - i) + 1))
            out.append("%s")
            i = j + 1
        else:
            out.append("%%" if shape[i] == "%" else shape[i])
            i += 1
    return "".join(out), tuple(slices)


def make_filler(fmt, slices):
    """A small compiled function t -> text (t is the zero-padded tail)."""
    parts, args = fmt.split("%s"), slices
    expr = []
    for k, lit in enumerate(parts):
        if lit:
            expr.append(repr(lit.replace("%%", "%")))
        if k < len(args):
            a, b = args[k]
            expr.append("t[%d:%d]" % (a, b))
    return eval("lambda t: " + " + ".join(expr), {})


def weighted_slots(n_slots, weights, rng):
    total, slots = sum(weights), []
    for i, w in enumerate(weights):
        slots.extend([i] * max(1, round(w / total * n_slots)))
    while len(slots) < n_slots:
        slots.append(rng.randrange(len(weights)))
    rng.shuffle(slots)
    return slots[:n_slots]


def csv_quote(s):
    if any(c in s for c in ',"\n\r'):
        return '"' + s.replace('"', '""') + '"'
    return s


def rows(args):
    """Yield (id, first, last, phone, region, email, company, city, note, fault, e164),
    text cells already passed through enc()."""
    rng = random.Random(args.seed)
    enc = args.enc
    table, weights = phone_templates()
    phone = []
    for region, shapes, e164, tail in table:
        phone.append((region, [make_filler(f, s) for f, s in shapes], make_filler(*e164), tail, 10 ** tail))
    slots = weighted_slots(1024, weights, rng)
    phone = [phone[s] for s in slots]
    amap = ascii_map()
    first = [(enc(n), ascii_local(n, "user", amap)) for n in (FIRST * 4)[:256]]
    last = [(enc(n.replace("_", " ")), ascii_local(n, "contact", amap)) for n in (LAST * 4)[:256]]
    company = [enc("%s %s %s" % (a, b, c)) for a in COMPANY_A for b in COMPANY_B for c in COMPANY_C]
    company += [enc("Smith, Jones & Partners"), enc('The "Best" Shop')] * 8
    company = [rng.choice(company) for _ in range(2048)]
    company = [enc("") if i % 16 == 0 else c for i, c in enumerate(company)]
    city = [enc(c.replace("_", " ")) for c in (CITY * 4)[:128]]
    notes = ([enc(rng.choice(NOTE_PLAIN)) for _ in range(960)] + [enc(rng.choice(NOTE_COMMA)) for _ in range(40)] +
             [enc(rng.choice(NOTE_QUOTE)) for _ in range(16)] + [enc(rng.choice(NOTE_NL)) for _ in range(8)])
    domains = [rng.choice(DOMAINS) for _ in range(64)]
    dirty_limit = int(args.dirty / 100.0 * (1 << 24))
    dup_limit = int(args.dup / 100.0 * (1 << 16))
    bits = rng.getrandbits
    recent = []
    for i in range(1, args.rows + 1):
        r = bits(160)
        region, shapes, e164_of, tail, mod = phone[r & 1023]
        r >>= 10
        f, fa = first[r & 255]
        l, la = last[(r >> 8) & 255]
        r >>= 16
        t = str(r % mod).zfill(tail)
        r >>= 30
        shape = shapes[r & 63]
        text = shape(t)
        e164 = e164_of(t)
        r >>= 6
        if r & 0xFFFF < dup_limit and recent:
            region, text, e164 = recent[(r >> 16) % len(recent)]
        elif not i & 127:
            recent.append((region, text, e164))
            if len(recent) > 512:
                recent.pop(0)
        r >>= 16
        k = r & 15
        if k == 0:
            email = ""
        elif k < 9:
            email = "%s.%s%d@%s" % (fa, la, i % 9973, domains[(r >> 4) & 63])
        else:
            email = "%s%s+%d@%s" % (fa[:1], la, i, domains[(r >> 4) & 63])
        r >>= 10
        comp = company[r & 2047]
        note = notes[(r >> 11) & 1023]
        town = city[(r >> 21) & 127]
        r >>= 28
        fault = ""
        if r & 0xFFFFFF < dirty_limit:
            fault = FAULTS[(r >> 24) % 10]
            if fault == "phone_short":
                text = "+49 1" if region == "DE" else "12 34"
            elif fault == "phone_long":
                text = e164 + t + "00"
            elif fault == "phone_text":
                text = ("n/a", "call me", "unknown", "see notes")[i & 3]
            elif fault == "phone_empty":
                text = ""
            elif fault == "phone_unknown_cc":
                text = "+999 " + t
            elif fault == "phone_bad_range":
                text = "+1 012 " + t[:3] + " " + t[-4:]
            elif fault == "email_no_at":
                email = "%s.%s.example.com" % (fa, la)
            elif fault == "email_two_at":
                email = "%s@%s@example.com" % (fa, la)
            elif fault == "email_space":
                email = "%s %s@example.com" % (fa, la)
            else:
                email = "%s%d@localhost" % (fa, i)
            e164 = ""
        yield i, f, l, text, region, email, comp, town, note, fault, e164


def write_csv(args, out):
    eol = "\r\n" if args.crlf else "\n"
    args.enc = csv_quote
    if args.bom:
        out.write("\ufeff")
    out.write(",".join(HEADER) + eol)
    buf = []
    for i, f, l, text, region, email, comp, town, note, fault, e164 in rows(args):
        buf.append(f"c{i:08d},{f},{l},{text},{region},{email},{comp},{town},{note}{eol}")
        if args.truth_out:
            args.truth_out.write(f"c{i:08d}\t{fault or 'ok'}\t{e164}\n")
        if len(buf) == 4096:
            out.write("".join(buf))
            buf.clear()
    out.write("".join(buf))


def write_ndjson(args, out):
    args.enc = lambda s: json.dumps(s, ensure_ascii=False)
    a, b, c, d, e, g, h, j, k = (json.dumps(x) for x in JSON_KEYS)
    buf = []
    for i, f, l, text, region, email, comp, town, note, fault, e164 in rows(args):
        buf.append(f'{{{a}:"c{i:08d}",{b}:{f},{c}:{l},{d}:"{text}",{e}:"{region}",{g}:"{email}",{h}:{comp},{j}:{town},{k}:{note}}}\n')
        if args.truth_out:
            args.truth_out.write(f"c{i:08d}\t{fault or 'ok'}\t{e164}\n")
        if len(buf) == 4096:
            out.write("".join(buf))
            buf.clear()
    out.write("".join(buf))


def write_xlsx(args, path):
    """A workbook as spreadsheet programs write it: shared strings, one sheet, dense rows."""
    args.enc = lambda s: s
    index, strings, total = {}, [], 0
    z = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
    stamp = (2024, 1, 1, 0, 0, 0)

    def member(name):
        info = zipfile.ZipInfo(name, stamp)
        info.compress_type = zipfile.ZIP_DEFLATED
        return info

    z.writestr(member("[Content_Types].xml"), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>')
    z.writestr(member("_rels/.rels"), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    z.writestr(member("xl/workbook.xml"), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>')
    z.writestr(member("xl/_rels/workbook.xml.rels"), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
    with z.open(member("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as out:
        out.write(('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:I%d"/><sheetData>' % (args.rows + 1)).encode())

        def put(r, cells):
            nonlocal total
            parts = ['<row r="%d" spans="1:9">' % r]
            for col, v in zip("ABCDEFGHI", cells):
                if v == "":
                    continue
                n = index.get(v)
                if n is None:
                    n = index[v] = len(strings)
                    strings.append(v)
                total += 1
                parts.append('<c r="%s%d" t="s"><v>%d</v></c>' % (col, r, n))
            parts.append("</row>")
            out.write("".join(parts).encode())

        put(1, HEADER)
        for i, f, l, text, region, email, comp, town, note, fault, e164 in rows(args):
            put(i + 1, ("c%08d" % i, f, l, text, region, email, comp, town, note))
            if args.truth_out:
                args.truth_out.write(f"c{i:08d}\t{fault or 'ok'}\t{e164}\n")
        out.write(b"</sheetData></worksheet>")
    with z.open(member("xl/sharedStrings.xml"), "w", force_zip64=True) as out:
        out.write(('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">' % (total, len(strings))).encode())
        for s in strings:
            out.write(('<si><t xml:space="preserve">%s</t></si>' % xml_escape(s)).encode())
        out.write(b"</sst>")
    z.close()


def main():
    p = argparse.ArgumentParser(description="Deterministic contact-file generator")
    p.add_argument("rows", type=int)
    p.add_argument("--format", choices=("csv", "ndjson", "xlsx"), default="csv")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dirty", type=float, default=5.0, metavar="PCT", help="percent of rows with one fault (default 5)")
    p.add_argument("--dup", type=float, default=1.0, metavar="PCT", help="percent of rows repeating a recent phone (default 1)")
    p.add_argument("--crlf", action="store_true")
    p.add_argument("--bom", action="store_true")
    p.add_argument("--truth", metavar="FILE")
    p.add_argument("-o", "--output", metavar="FILE")
    args = p.parse_args()
    args.truth_out = open(args.truth, "w", encoding="utf-8") if args.truth else None
    if args.format == "xlsx":
        if not args.output:
            p.error("--format xlsx needs -o FILE")
        write_xlsx(args, args.output)
    else:
        path = args.output
        out = open(path if path else sys.stdout.fileno(), "w", encoding="utf-8", newline="", buffering=1 << 20)
        (write_csv if args.format == "csv" else write_ndjson)(args, out)
        out.close()
    if args.truth_out:
        args.truth_out.close()


if __name__ == "__main__":
    main()
