#!/usr/bin/env python3
"""Writes the generated tables of a connector's README.md from its connector.json.

    tests/tools/connector_readme.py plugins/truedy …           rewrites what stands between the markers
    tests/tools/connector_readme.py --check plugins/truedy …   changes nothing; exit code 1 where they have drifted

The markers, each on a line of its own:

    <!-- generated: settings -->
    <!-- /generated -->

Sections: promise, settings, fields, rules, limits, auth, sandbox. A README must have settings, fields, limits and
auth, and every other one for which the manifest has something to say.
"""

import argparse
import json
import pathlib
import re
import sys

MARKERS = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- /generated -->", re.DOTALL)


def text(value):
    """A cell: no line break, no bar that would end it."""
    return " ".join(str(value).split()).replace("|", "\\|")


def code(value):
    if value is True or value is False:
        value = str(value).lower()
    value = text(value)
    if not value:
        return "empty"
    return f"`` {value} ``" if "`" in value else f"`{value}`"


def codes(values):
    return ", ".join(code(value) for value in values)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(cell or "–" for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def sentence(*parts):
    """Joins what is there; each part ends in a full stop."""
    return " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts if part)


def number(value):
    value = value["value"] if isinstance(value, dict) else value  # {"value": 100, "source": "seed"}
    return f"{value:,}".replace(",", " ")


def duration(milliseconds):
    milliseconds = milliseconds["value"] if isinstance(milliseconds, dict) else milliseconds
    for unit, name in ((3_600_000, "h"), (60_000, "min"), (1_000, "s")):
        if milliseconds >= unit and milliseconds % unit == 0:
            return f"{number(milliseconds // unit)} {name}"
    return f"{number(milliseconds)} ms"


def promise(manifest):
    facts = manifest["promise"]
    again = facts["reimport_effect"]
    if facts.get("reimport_duplicates"):
        when = facts.get("reimport_duplicates_when")
        again += "; contacts are stored twice" + (f" with {code(when)}" if when else "")
    return table(
        ["All or nothing", "Row results", "Resumable", "Importing again"],
        [[facts["all_or_nothing"], facts["row_results"], facts["resumable"].replace("_", " "), again]],
    )


def settings(manifest):
    rows = []
    for setting in manifest.get("settings", []):
        values = setting["type"]
        if "enum" in setting:
            values = codes(setting["enum"])
        elif "pattern" in setting:
            values += " " + code(setting["pattern"])
        if "min" in setting or "max" in setting:
            low, high = (number(setting[name]) if name in setting else "" for name in ("min", "max"))
            values += f" {low} to {high}" if low and high else f" at least {low}" if low else f" at most {high}"
        if "max_length" in setting:
            values += f", at most {setting['max_length']} characters"
        notes = []
        if setting.get("identifying"):
            notes.append("Tells accounts apart")
        if "discover" in setting:
            unless = setting.get("discover_unless")
            notes.append(
                f"Checked against the account's {setting['discover'].replace('_', ' ')}s before anything is sent"
                + (f", unless {code(unless)}" if unless else "")
            )
        default = "required" if setting.get("required") else code(setting["default"]) if "default" in setting else "–"
        if "required_unless" in setting:
            default = f"required without {code(setting['required_unless'])}"
        rows.append(
            [code(setting["name"]), values, default, text(sentence(setting["help"], *notes)), setting.get("source", "")]
        )
    return table(["Setting", "Value", "Default", "", "Source"], rows) if rows else "No settings."


def fields(manifest):
    rows = []
    for field in manifest["fields"]:
        rule = [field["type"]]
        if "format" in field:
            rule.append(code(field["format"]))
        if "enum" in field:
            rule.append("one of " + codes(field["enum"]))
        if "pattern" in field:
            rule.append(code(field["pattern"]))
        low, high = field.get("min_length"), field.get("max_length")
        if low and high:
            rule.append(f"{low}–{number(high)} characters")
        elif high:
            rule.append(f"at most {number(high)} characters")
        elif low:
            rule.append(f"at least {low} characters")
        notes = [field.get("help", "")]
        if field.get("derive"):
            source = f" of {code(field['derive_from'])}" if "derive_from" in field else ""
            notes.append(f"Derived where the source has no column for it ({field['derive'].replace('_', ' ')}{source})")
        if "default_setting" in field:
            notes.append(f"Default: the setting {code(field['default_setting'])}")
        elif "default" in field:
            notes.append(f"Default: {code(field['default'])}")
        if field.get("unique"):
            notes.append("No two contacts may have the same")
        if field.get("opt_in"):
            notes.append(f"Sent only when asked for: `--field {field['name']}=COLUMN`")
        rows.append(
            [
                code(field["name"]) + (" (required)" if field.get("required") else ""),
                code(field["meaning"]) if "meaning" in field else "",
                ", ".join(rule),
                text(sentence(*notes)),
                field["source"],
            ]
        )
    parts = [table(["Field", "Meaning", "Rule", "", "Source"], rows)]
    custom = manifest.get("custom_fields", {})
    if custom.get("allowed"):
        facts = ["Custom columns are sent."]
        if "name_pattern" in custom:
            facts.append(f"Their names match {code(custom['name_pattern'])}.")
        if custom.get("max"):
            facts.append(f"At most {custom['max']}.")
        if custom.get("reserved"):
            facts.append(f"Reserved names: {codes(custom['reserved'])}.")
        facts.append(sentence(text(custom.get("help", ""))))
        parts.append(" ".join(fact for fact in facts if fact) + source_mark(custom))
    else:
        parts.append("Other columns are not sent.")
    if manifest.get("identity"):
        parts.append(f"Two rows are the same contact when they agree in {codes(manifest['identity'])}.")
    return "\n\n".join(parts)


def source_mark(entry):
    return f" ({entry['source']})" if "source" in entry else ""


def rules(manifest):
    rows = []
    for rule in manifest.get("rules", []):
        for kind in ("any_of", "all_of", "at_most_one_of", "requires"):
            if kind in rule:
                groups = [codes(item) if isinstance(item, list) else code(item) for item in rule[kind]]
                separator = " or " if any(isinstance(item, list) for item in rule[kind]) else ", "
                name = kind.replace("_", " ") + (", a warning" if rule.get("severity") == "warning" else "")
                if rule.get("when"):
                    name += f", with {code(rule['when'])}"
                rows.append([name, separator.join(groups), text(rule["message"]), rule.get("source", "")])
    return table(["Rule", "Fields", "Message", "Source"], rows) if rows else "No rules across fields."


def limits(manifest):
    facts = manifest["limits"]
    source = facts.get("source", "")
    rows = [
        ["Contacts a request", number(facts["records_per_request"]), "", source],
        ["Bytes a request", number(facts["body_bytes"]), "", source],
        ["Batches at a time", number(facts["in_flight"]), "", source],
    ]
    for rate in facts.get("rates", []):
        name = f"Requests ({code(rate['bucket'])})" if rate.get("bucket") else "Requests"
        pace = f"{number(rate['requests'])} in {duration(rate['per_ms'])}"
        rows.append([name, pace, text(rate.get("help", "")), rate.get("source", source)])
    if facts.get("same_fields"):
        rows.append([f"With {code(facts['same_fields'])}", "rows of a batch fill the same fields", "", source])
    if facts.get("first_alone"):
        rows.append([f"With {code(facts['first_alone'])}", "the first batch goes out alone", "", source])
    for joint in facts.get("joint", []):
        held = f"; waits up to {duration(joint['within_ms'])} for others" if joint.get("within_ms") else ""
        what = f"up to {number(joint['most'])} `{joint['list']}` in one call{held}"
        rows.append([f"Joint questions ({code(joint['path'])})", what, text(joint.get("help", "")), joint.get("source", source)])
    for shared in facts.get("lists", []):
        rows.append([f"List of the account ({code(shared['path'])})", "read for all batches together", text(shared.get("help", "")), shared.get("source", source)])
    if "timeout_ms" in facts:
        rows.append(["Time for an answer", duration(facts["timeout_ms"]), "", source])
    if "poll" in facts:
        poll = facts["poll"]
        pace = f"every {duration(poll['min_ms'])}, growing to {duration(poll['max_ms'])}, for {duration(poll['deadline_ms'])}"
        rows.append(["Polling", pace, "", source])
    lines = [table(["Limit", "Value", "", "Source"], rows)]
    if facts.get("help"):
        lines.append(facts["help"])
    return "\n\n".join(lines)


def auth(manifest):
    environment = "SWITCHBOARD_" + re.sub(r"[^A-Z0-9]", "_", manifest["id"].upper()) + "_"
    rows = []
    for entry in manifest["auth"]:
        for secret in entry.get("secrets", []):
            help_text = text(secret["help"]) + ("" if secret.get("required", True) else " Optional.")
            rows.append(
                [code(entry["id"]), entry["kind"], code(environment + secret["name"].upper()), help_text, entry.get("source", "")]
            )
    lines = [table(["Way", "Kind", "Secret", "", "Source"], rows)]
    urls = [[code(url["name"]), url["url"], text(url.get("help", "")), url.get("source", "")] for url in manifest["base_urls"]]
    chosen = manifest.get("base_url_setting")
    lines.append(table([f"`{chosen}`" if chosen else "Base URL", "", "", "Source"], urls))
    if manifest.get("hosts"):
        lines.append(f"Further hosts, asked without a credential: {codes(manifest['hosts'])}.")
    return "\n\n".join(lines)


def sandbox(manifest):
    facts = manifest.get("sandbox", {})
    rows = []
    for option in facts.get("options", []):
        values = codes(option["enum"]) if "enum" in option else ""
        rows.append([code(option["name"]), values, code(option["default"]) if "default" in option else "", text(option["help"])])
    parts = [facts.get("help", "")] + ([table(["Switch", "Values", "Default", ""], rows)] if rows else [])
    return "\n\n".join(part for part in parts if part) or "No switches."


SECTIONS = {
    "promise": promise,
    "settings": settings,
    "fields": fields,
    "rules": rules,
    "limits": limits,
    "auth": auth,
    "sandbox": sandbox,
}


def required_sections(manifest):
    wanted = {"settings", "fields", "limits", "auth"}
    if manifest.get("rules"):
        wanted.add("rules")
    if manifest.get("sandbox", {}).get("options"):
        wanted.add("sandbox")
    return wanted


def render(folder):
    """The README as it should be, as it is, and what is wrong with its markers."""
    manifest = json.loads((folder / "connector.json").read_text(encoding="utf-8"))
    readme = (folder / "README.md").read_text(encoding="utf-8")
    problems = []
    seen = set()

    def fill(match):
        name = match.group(1)
        if name not in SECTIONS:
            problems.append(f"unknown section '{name}'; there are {', '.join(SECTIONS)}")
            return match.group(0)
        seen.add(name)
        return f"<!-- generated: {name} -->\n{SECTIONS[name](manifest)}\n<!-- /generated -->"

    wanted = MARKERS.sub(fill, readme)
    if readme.count("<!-- generated:") != len(MARKERS.findall(readme)):
        problems.append("a marker has no <!-- /generated -->")
    for name in sorted(required_sections(manifest) - seen):
        problems.append(f"the section '{name}' is missing")
    return wanted, readme, problems


def main():
    parser = argparse.ArgumentParser(description="Writes the generated tables of connectors' README.md files.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a table has drifted")
    parser.add_argument("folder", nargs="+", type=pathlib.Path, help="a connector's folder")
    arguments = parser.parse_args()
    failed = False
    for folder in arguments.folder:
        wanted, readme, problems = render(folder)
        for problem in problems:
            print(f"{folder / 'README.md'}: {problem}", file=sys.stderr)
        failed = failed or bool(problems)
        if wanted == readme:
            continue
        if arguments.check:
            print(f"{folder / 'README.md'}: its tables differ from connector.json; run {sys.argv[0]} {folder}", file=sys.stderr)
            failed = True
        else:
            (folder / "README.md").write_text(wanted, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
