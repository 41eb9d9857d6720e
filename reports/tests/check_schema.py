#!/usr/bin/python3
"""check_schema.py SCHEMA REPORT: holds a report.json against its schema, and the schema against reports that are wrong."""
import copy
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        report = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(report)]

    def must_refuse(what, change):
        wrong = copy.deepcopy(report)
        change(wrong)
        if validator.is_valid(wrong):
            errors.append(f"the schema takes a report with {what}")

    must_refuse("an unknown member", lambda r: r.update(extra=1))
    must_refuse("an unknown verdict", lambda r: r["cases"][0].update(verdict="passed"))
    must_refuse("a text in one language", lambda r: r["cases"][0]["title"].pop("zh"))
    must_refuse("no totals", lambda r: r.pop("totals"))
    must_refuse("a check that says nothing", lambda r: r["cases"][0]["checks"].append({}))
    if sum(report["totals"].values()) != len(report["cases"]):
        errors.append("the totals are not as many as the cases")
    print("\n".join(errors), end="")
    return 1 if errors else 0


sys.exit(main())
