"""tongka compare: what got worse first, what changed in the set-up, which exchanges are others."""

import copy
import json
import os
import pathlib
import subprocess

import jsonschema
import pytest

TONGKA = os.environ["TONGKA"]
SOURCES = pathlib.Path(os.environ["TONGKA_SOURCES"])
SELECTION = ["purchase-mac1*", "load-*"]


def tongka(*arguments, locale="C.UTF-8"):
    return subprocess.run([TONGKA, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "LC_ALL": locale})


def run(out, *more):
    done = tongka("run", *SELECTION, "--device", "sim:card", "--psam", "sim:psam", "--out", out, *more)
    assert done.returncode in (0, 1, 3), done.stderr
    return out


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A right card, the same one again, and one with a fault."""
    folder = tmp_path_factory.mktemp("runs")
    return {"right": run(folder / "right"),
            "again": run(folder / "again"),
            "wrong": run(folder / "wrong", "--deviation", "purchase-mac1-unchecked")}


@pytest.fixture(scope="module")
def schema():
    schema = json.loads((SOURCES / "reports/schema/compare.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def compared(*arguments, status):
    done = tongka("compare", *arguments, "--format", "json")
    assert done.returncode == status, done.stdout + done.stderr
    return json.loads(done.stdout)


def verdicts(folder):
    """Read from the record itself, beside our reader."""
    found = {}
    for line in (folder / "record.jsonl").read_text().splitlines():
        line = json.loads(line)
        if line["kind"] == "verdict":
            found[line["case"]] = "observation" if line.get("observation") else line["verdict"]
    return found


def test_two_runs_of_one_card_are_the_same(runs, schema):
    told = compared(runs["right"], runs["again"], status=0)
    schema.validate(told)
    assert told["same"] == told["before"]["cases"] > 20
    for what in ("worse", "other", "better", "added", "gone", "set_up", "exchanges"):
        assert told[what] == [], what


def test_what_got_worse_and_what_got_better(runs, schema):
    told = compared(runs["right"], runs["wrong"], status=1)
    schema.validate(told)
    before, after = verdicts(runs["right"]), verdicts(runs["wrong"])
    changed = {case for case in before if before[case] != after[case]}
    assert {one["id"] for one in told["worse"]} == changed
    assert all(one["before"] == before[one["id"]] and one["after"] == after[one["id"]] for one in told["worse"])
    assert all(one["reason"]["after"]["en"] for one in told["worse"])
    ranks = [["fail", "inconclusive", "error", "observation"].index(one["after"]) for one in told["worse"]]
    assert ranks[0] == 0 and changed
    assert {"what": "deviation", "before": "", "after": "purchase-mac1-unchecked"} in told["set_up"]

    back = compared(runs["wrong"], runs["right"], status=0)
    assert {one["id"] for one in back["better"]} == changed
    assert back["worse"] == []


def outlines(folder, case):
    """Device, phase, step, header and status word of each exchange of a case, as the record has them."""
    found = []
    for line in (folder / "record.jsonl").read_text().splitlines():
        line = json.loads(line)
        if line["kind"] == "exchange" and line["case"] == case:
            found.append({"device": line["device"], "phase": line["phase"], "step": line["step"],
                          "command": line["command"][:8], "status": line["response"][-4:]})
    return found


def test_the_first_exchange_that_is_another_one(runs):
    told = compared(runs["right"], runs["wrong"], status=1)
    differing = [one for one in told["worse"] if "difference" in one]
    assert differing
    for one in differing:
        before, after = outlines(runs["right"], one["id"]), outlines(runs["wrong"], one["id"])
        number = one["difference"]["number"]
        assert before[:number - 1] == after[:number - 1]
        assert one["difference"].get("before") == (before[number - 1] if number <= len(before) else None)
        assert one["difference"].get("after") == (after[number - 1] if number <= len(after) else None)
        assert one["difference"].get("before") != one["difference"].get("after")


def test_text_in_both_languages(runs):
    english = tongka("compare", runs["right"], runs["wrong"], "--lang", "en")
    chinese = tongka("compare", runs["right"], runs["wrong"], "--lang", "zh")
    assert english.returncode == chinese.returncode == 1
    first = next(block for block in english.stdout.split("\n\n")[1:])
    assert first.startswith("Got worse (")
    assert "Pass → Fail" in first
    assert "deviation: – → purchase-mac1-unchecked" in english.stdout
    assert "变差 (" in chinese.stdout and "通过 → 不通过" in chinese.stdout
    assert tongka("compare", runs["wrong"], runs["right"], "--lang", "en").stdout.count("Got better (") == 1


def test_new_and_gone_cases(runs, tmp_path):
    less = tmp_path / "less"
    assert tongka("run", "load-*", "--device", "sim:card", "--psam", "sim:psam", "--out", less).returncode in (0, 3)
    told = compared(runs["right"], less, status=0)
    left = {one["id"] for one in told["gone"]} | {one["id"] for one in told["other"]}
    assert left and all(not case.startswith("load-") for case in left)
    assert any(one["what"] == "selection" for one in told["set_up"])
    assert {one["id"] for one in compared(less, runs["right"], status=0)["added"]} == {
        one["id"] for one in told["gone"]}


def test_a_record_that_was_cut_off_is_compared_as_far_as_it_goes(runs, tmp_path, schema):
    lines = (runs["again"] / "record.jsonl").read_bytes().splitlines(keepends=True)
    middle = [i for i, line in enumerate(lines) if json.loads(line)["kind"] == "verdict"][5]
    record = tmp_path / "cut.jsonl"
    record.write_bytes(b"".join(lines[:middle + 1]) + lines[middle + 1][:20])
    told = compared(runs["right"], record, status=0)
    schema.validate(told)
    assert told["after"]["complete"] is False
    assert told["worse"] == told["other"] == []
    assert told["unreached"] == sum(json.loads(line)["kind"] == "verdict" for line in lines) - 6
    text = tongka("compare", runs["right"], record, "--lang", "en").stdout
    assert "The record has no end: it is compared as far as it goes" in text
    assert f"cut off before them: {told['unreached']}" in text


def test_times(runs, tmp_path):
    """One exchange of the later record made longer, and the chain of hashes mended behind it."""
    import hashlib
    lines = [json.loads(line) for line in (runs["again"] / "record.jsonl").read_text().splitlines()]
    long = next(line for line in lines if line["kind"] == "exchange")
    long["us"] += 5_000_000
    previous, made = "0" * 64, []
    for line in lines:
        line["prev"] = previous
        made.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
        previous = hashlib.sha256(made[-1].encode()).hexdigest().upper()
    record = tmp_path / "slow.jsonl"
    record.write_text("\n".join(made) + "\n")
    told = compared(runs["right"], record, "--slower", "2", "--at-least", "4 s", status=0)
    assert [one["id"] for one in told["slower"]] == [long["case"]]
    assert told["slower"][0]["after_us"] - 5_000_000 < 1_000_000
    assert compared(runs["right"], record, "--at-least", "100 s", status=0)["slower"] == []
    back = compared(record, runs["right"], "--slower", "2", "--at-least", "4 s", status=0)
    assert [one["id"] for one in back["faster"]] == [long["case"]]


@pytest.mark.parametrize("content, why", [
    (None, "cannot be read"),
    ("", "there is no whole line in it"),
    ("hello\nhello\n", "record.jsonl:1"),
    ('{"kind":"header","prev":"' + "0" * 64 + '","format":99}\n', "format"),
])
def test_what_is_no_record_cannot_be_compared(runs, tmp_path, content, why):
    if content is not None:
        (tmp_path / "record.jsonl").write_text(content)
    for pair in ((runs["right"], tmp_path), (tmp_path, runs["right"])):
        done = tongka("compare", *pair)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith("tongka compare: ") and done.stderr.count("\n") == 1
        assert why in done.stderr


def test_the_schema_refuses_what_is_wrong(runs, schema):
    told = compared(runs["right"], runs["wrong"], status=1)

    def refuses(change):
        wrong = copy.deepcopy(told)
        change(wrong)
        return not schema.is_valid(wrong)

    assert refuses(lambda value: value.update(extra=1))
    assert refuses(lambda value: value["worse"][0].update(after="passed"))
    assert refuses(lambda value: value["worse"][0]["title"].pop("zh"))
    assert refuses(lambda value: value.pop("unreached"))


def test_help_has_an_example():
    done = tongka("compare", "--help")
    assert done.returncode == 0
    assert "Example: tongka compare" in done.stdout
