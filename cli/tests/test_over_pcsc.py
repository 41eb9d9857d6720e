"""The suite over PC/SC, against the virtual card, PSAM and ISAM in a lab: the same verdicts as in process."""

import json
import os
import subprocess

TONGKA = os.environ["TONGKA"]
LAB = (TONGKA, "lab", "--card", "city-union", "--psam", "city-union", "--isam", "city-union", "--")
DEVICES = {
    "in process": ("--device", "sim:card", "--psam", "sim:psam", "--isam", "sim:isam"),
    "pcsc": ("--device", "pcsc:Tongka Card", "--psam", "pcsc:Tongka PSAM", "--isam", "pcsc:Tongka ISAM"),
}


def verdicts(record):
    lines = [json.loads(line) for line in record.open()]
    return {line["case"]: line["verdict"] for line in lines if line["kind"] == "verdict"}


def test_the_same_verdicts_as_in_process(tmp_path):
    found = {}
    for name, devices in DEVICES.items():
        out = tmp_path / name
        before = LAB if name == "pcsc" else ()
        ran = subprocess.run([*before, TONGKA, "run", *devices, "--out", out], capture_output=True, text=True, timeout=500)
        # Over PC/SC a card is a sample of its own: nothing may destroy it, and the exit status says so.
        assert ran.returncode == (3 if name == "pcsc" else 0), ran
        found[name] = verdicts(out / "record.jsonl")
    destructive = {case for case in found["in process"] if case not in found["pcsc"]}
    assert destructive == {"application-block-permanent", "application-unblock-three-failures", "card-block"}
    assert any(case.endswith("-torn-anywhere") for case in found["pcsc"])
    assert found["pcsc"] == {case: verdict for case, verdict in found["in process"].items() if case not in destructive}


def test_a_card_that_is_not_there_is_told(tmp_path):
    script = f'{TONGKA} lab-control remove card && {TONGKA} run --device "pcsc:Tongka Card" --out {tmp_path}/out'
    ran = subprocess.run([TONGKA, "lab", "--", "sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 2, ran
    assert "no card in 'Tongka Card" in ran.stderr
    assert not (tmp_path / "out").exists()
