"""Holds the real cases and procedures against the schemas, and sees that the schemas refuse what the loader refuses."""

import copy
import json
import pathlib
import sys

import jsonschema
import yaml

# Editors read scalars as YAML types, the loader as text: a file must do for both.
LOADERS = (yaml.SafeLoader, yaml.BaseLoader)


def validator(folder, name):
    schema = json.loads((folder / "schema" / name).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def check_files(folder, pattern, schema):
    paths = sorted(folder.glob(pattern))
    assert paths, f"no file fits {pattern}"
    for path in paths:
        for loader in LOADERS:
            document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
            for error in schema.iter_errors(document):
                place = "/".join(str(part) for part in error.absolute_path)
                sys.exit(f"{path}: {place}: {error.message}")


def check_refusals(schema):
    case = yaml.safe_load(
        """
        id: one
        title: {zh: 一, en: One}
        covers: [304-PUR-001]
        devices: [card, terminal]
        spends: {mac: 1}
        vars: {amount: u32(1)}
        steps:
          - {send: "80 5C 00 02 04", expect: 9000, because: why}
          - {send: "80 54 01 00", tear: {after-write: 3}}
          - {steps: [{send: "00 84 00 {round:1} 04"}], for-each: [{p1: "01"}], repeat: 3}
          - {call: balance-is, with: {value: "01"}, gives: {x: y}}
          - do: purchase
            with: {amount: u32(1), date: 20991231, time: "080000"}
            expect: {outcome: refused | unknown, debits: 00}
            gives: {t: tac}
            lose: {device: card, command: 8054}
          - {do: recover, tear: {device: card, command: 8054, after-write: 1}, to: terminal}
        """
    )
    assert schema.is_valid([case]), "the case to be broken is broken"
    breakings = {
        "no steps": lambda c: c.pop("steps"),
        "unknown key": lambda c: c.update(stepz=[]),
        "empty steps": lambda c: c.update(steps=[]),
        "id no slug": lambda c: c.update(id="One"),
        "title in one language": lambda c: c["title"].pop("zh"),
        "covers no id": lambda c: c.update(covers=["PUR-1"]),
        "covers nothing": lambda c: c.update(covers=[]),
        "device and devices": lambda c: c.update(device="card"),
        "neither device": lambda c: c.pop("devices"),
        "no such device": lambda c: c.update(devices=["gate"]),
        "no such tries": lambda c: c.update(spends={"max": 1}),
        "no tries": lambda c: c.update(spends={"mac": 0}),
        "no name": lambda c: c.update(vars={"Amount": "00"}),
        "two actions": lambda c: c["steps"][0].update(reset="card"),
        "no action": lambda c: c["steps"][0].pop("send"),
        "two tears": lambda c: c["steps"][1]["tear"].update({"before-write": 1}),
        "no rows": lambda c: c["steps"][2].update({"for-each": []}),
        "no rounds": lambda c: c["steps"][2].update(repeat=0),
        "a wrong step in a block": lambda c: c["steps"][2]["steps"].append({}),
        "key of another action": lambda c: c["steps"][3].update(expect="9000"),
        "no such action": lambda c: c["steps"][4].update(do="purchas"),
        "no such parameter": lambda c: c["steps"][4]["with"].update(colour="01"),
        "a parameter that is missing": lambda c: c["steps"][4]["with"].pop("amount"),
        "no parameters at all": lambda c: c["steps"][4].pop("with"),
        "no such result": lambda c: c["steps"][4]["expect"].update(colour="01"),
        "a word bound": lambda c: c["steps"][4].update(gives={"t": "outcome"}),
        "a command lost by a terminal": lambda c: c["steps"][4]["lose"].update(device="terminal"),
        "no command": lambda c: c["steps"][5]["tear"].pop("command"),
        "no write": lambda c: c["steps"][5]["tear"].pop("after-write"),
    }
    for name, break_it in breakings.items():
        broken = copy.deepcopy(case)
        break_it(broken)
        assert not schema.is_valid([broken]), f"the schema takes a case with: {name}"


DECLARATION = """
ics: {EP: "yes", ED: no, CAPP: ""}
ixit: {terminal: 112233445566, pin: "12 34 56", composite-record: ""}
tries: {pin: 3, mac: "0"}
"""

WRONG_DECLARATIONS = {
    "no claims": lambda d: d.pop("ics"),
    "unknown part": lambda d: d.update(values={}),
    "unknown key": lambda d: d["ics"].update({"CAP": "yes"}),
    "neither yes nor no": lambda d: d["ics"].update(EP="maybe"),
    "unknown value": lambda d: d["ixit"].update({"pins": "1234"}),
    "a value too long": lambda d: d["ixit"].update(terminal="11223344556677"),
    "half a byte": lambda d: d["ixit"].update(terminal="11223344556"),
    "a PIN that is none": lambda d: d["ixit"].update(pin="12AB"),
    "unknown tries": lambda d: d["tries"].update(pins=1),
    "too many tries": lambda d: d["tries"].update(pin=256),
    "no number of tries": lambda d: d["tries"].update(pin="three"),
}

PROFORMA = """
kind: card
title: {zh: 卡, en: Card}
ics:
  - {key: EP, title: {zh: 一, en: One}, question: {zh: 一, en: One}, status: mandatory, references: [304-PUR-001]}
  - key: CAPP
    title: {zh: 二, en: Two}
    question: {zh: 二, en: Two}
    status: conditional
    when: EP
    probe: {after: ["00 A4 00 00"], send: "80 5C 00 02 04", present: 9000, absent: 6A82}
ixit:
  - {name: pin, title: {zh: 三, en: T}, question: {zh: 三, en: T}, width: "2..6", format: bcd, default: 1234}
tries:
  - {name: pin, title: {zh: 三, en: T}, question: {zh: 三, en: T}, default: 0}
rules:
  - {if: CAPP, then: EP, because: {zh: 四, en: Four}}
"""

WRONG_PROFORMAS = {
    "no such kind": lambda p: p.update(kind="gate"),
    "no items": lambda p: p.pop("ics"),
    "a small key": lambda p: p["ics"][0].update(key="ep"),
    "a question in one language": lambda p: p["ics"][0]["question"].pop("zh"),
    "no such status": lambda p: p["ics"][0].update(status="must"),
    "a condition on what is always asked": lambda p: p["ics"][0].update(when="CAPP"),
    "no condition": lambda p: p["ics"][1].pop("when"),
    "no requirement": lambda p: p["ics"][0].update(references=["PUR-1"]),
    "a probe that tells nothing": lambda p: [p["ics"][1]["probe"].pop(key) for key in ("present", "absent")],
    "a probe that sends nothing": lambda p: p["ics"][1]["probe"].pop("send"),
    "no width": lambda p: p["ixit"][0].update(width="2-6"),
    "no such format": lambda p: p["ixit"][0].update(format="decimal"),
    "no such tries": lambda p: p["tries"][0].update(name="pins"),
    "a rule without reason": lambda p: p["rules"][0].pop("because"),
}

LAYOUT = """
layout: XX
title: {zh: 一, en: One}
source: "clauses.md A.1"
confidence: verified
kind: text
encoding: gbk
line-end: crlf
file-name: "XX{date:6}"
head:
  - - {name: count, type: n, width: 5, holds: count}
record:
  - {name: asn, type: h, width: 16, means: asn}
  - {name: date, type: n, width: 8, date: yes, confidence: inferred}
  - {name: rest, type: an, width: rest}
record-length: 0
"""

WRONG_LAYOUTS = {
    "no record": lambda f: f.pop("record"),
    "an empty record": lambda f: f.update(record=[]),
    "unknown key": lambda f: f.update(columns=[]),
    "no such kind": lambda f: f.update(kind="xml"),
    "no such encoding": lambda f: f.update(encoding="big5"),
    "no such line end": lambda f: f.update({"line-end": "cr"}),
    "a title in one language": lambda f: f["title"].pop("zh"),
    "no such confidence": lambda f: f.update(confidence="sure"),
    "no such type": lambda f: f["record"][0].update(type="hex"),
    "no width": lambda f: f["record"][0].update(width=0),
    "no such member": lambda f: f["record"][0].update(means="colour"),
    "a member in the head": lambda f: f["head"][0][0].update(means="asn"),
    "unknown key of a field": lambda f: f["record"][0].update(widht=1),
    "holds no such thing": lambda f: f["head"][0][0].update(holds="counts"),
}


def check_breakings(schema, text, breakings):
    for loader in LOADERS:
        for error in schema.iter_errors(yaml.load(text, Loader=loader)):
            sys.exit(f"what is to be broken is broken: {error.message}")
    for name, break_it in breakings.items():
        broken = yaml.safe_load(text)
        break_it(broken)
        assert not schema.is_valid(broken), f"the schema takes: {name}"


def main():
    folder = pathlib.Path(sys.argv[1])
    cases = validator(folder, "case.schema.json")
    check_files(folder, "cases/*/*.yaml", cases)
    check_files(folder, "procedures/*.yaml", validator(folder, "procedure.schema.json"))
    check_refusals(cases)
    proformas, declarations = validator(folder, "proforma.schema.json"), validator(folder, "declaration.schema.json")
    check_files(folder, "proforma/*.yaml", proformas)
    check_files(folder, "profiles/*.ics.yaml", declarations)
    layouts = validator(folder, "layout.schema.json")
    check_files(folder, "clearing/*.yaml", layouts)
    check_breakings(layouts, LAYOUT, WRONG_LAYOUTS)
    check_breakings(proformas, PROFORMA, WRONG_PROFORMAS)
    check_breakings(declarations, DECLARATION, WRONG_DECLARATIONS)


main()
