#!/usr/bin/python3
"""check_ctrf.py SCHEMA REPORT: holds ctrf.json against the schema that CTRF publishes, and against report.json beside it."""
import json
import pathlib
import sys

import jsonschema

if not pathlib.Path(sys.argv[1]).exists():
    print("the schema of CTRF is not installed: scripts/setup does that, from npm")
    sys.exit(77)
schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
ctrf = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
report = json.loads(pathlib.Path(sys.argv[2]).with_name("report.json").read_text(encoding="utf-8"))

validator = jsonschema.validators.validator_for(schema)(schema)
errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(ctrf)]
tests, summary = ctrf["results"]["tests"], ctrf["results"]["summary"]
if [(one["testId"], one["rawStatus"]) for one in tests] != [(one["id"], one["verdict"]) for one in report["cases"]]:
    errors.append("the tests are not the cases")
for status in ("passed", "failed", "skipped", "pending", "other"):
    if summary[status] != sum(one["status"] == status for one in tests):
        errors.append(f"{status} is not as many as there are")
ctrf["results"]["tests"][0]["status"] = "pass"
if validator.is_valid(ctrf):
    errors.append("the schema takes a status of ours")
print("\n".join(errors), end="")
sys.exit(1 if errors else 0)
