"""Runs of YAML cases from Python, and their evidence."""

import json
import time

import pytest

import tongka


def test_verdicts_and_evidence():
    run = tongka.run("purchase-debits-amount", card="sim:card")
    assert run.passed and run.totals["pass"] == 1 and len(run) == 1
    case = run["purchase-debits-amount"]
    assert case.passed and case.covers == ["304-PUR-002"] and case.standard == "cjt304"
    assert [exchange.phase for exchange in case.exchanges][-1] == "steps"
    assert case.checks and all(case.checks)
    assert sum(1 for _ in run.exchanges()) == len(case.exchanges) == run.record.exchange_count
    assert "1 pass" in repr(run)


def test_a_wrong_card_fails_with_its_reason():
    run = tongka.run("purchase-debits-amount", card="sim:card", deviation="balance-not-debited")
    assert not run.passed
    [case] = run.failures
    assert case.verdict == "fail" and "余额" in case.reason.zh or case.reason.en
    [failure] = case.failures
    assert not failure.check and failure.exchange.sw == "9000"
    assert failure.exchange.decoded().command.en == "GET BALANCE" and failure.check.difference


def test_reports_and_the_record_outlive_the_run(tmp_path):
    run = tongka.run("purchase-debits-amount", card="sim:card", out=tmp_path / "run")
    run.report(tmp_path / "run", "en")
    found = tongka.open_run(tmp_path / "run")
    assert found.record.sha256 == run.record.sha256 and found.record.complete
    report = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert report["totals"]["pass"] == 1
    assert (tmp_path / "run" / "report.html").exists() and (tmp_path / "run" / "junit.xml").exists()
    with pytest.raises(tongka.Error, match="record.jsonl"):
        tongka.run("purchase-debits-amount", card="sim:card", out=tmp_path / "run")


def test_a_record_that_was_altered_is_refused(tmp_path):
    tongka.run("purchase-debits-amount", card="sim:card", out=tmp_path)
    record = tmp_path / "record.jsonl"
    record.write_bytes(record.read_bytes().replace(b'"verdict":"pass"', b'"verdict":"fail"', 1))
    with pytest.raises(tongka.Error, match=r"record.jsonl:\d+"):
        tongka.open_run(tmp_path)


def test_an_open_device_is_lent_and_stays_open():
    card = tongka.connect("sim:card")
    tongka.run("purchase-debits-amount", card=card)
    assert not card.closed
    card.reset()
    card.select_application()
    assert card.balance() > 0
    card.close()
    with pytest.raises(tongka.Error, match="closed"):
        tongka.run("purchase-debits-amount", card=card)


def test_what_cannot_be_run_is_an_error():
    with pytest.raises(tongka.Error, match="purchase-debits-amount"):
        tongka.run("purchase-debits-amounts", card="sim:card")
    with pytest.raises(tongka.Error, match="no deviation"):
        tongka.run("purchase-debits-amount", card="sim:card", deviation="nothing")
    with pytest.raises(tongka.Error, match="nothing to run"):
        tongka.run("psam-*", card="sim:card")
    with pytest.raises(tongka.Error, match="cannot stand for"):
        tongka.run("purchase-debits-amount", card=tongka.connect("sim:psam"))


def test_progress_and_what_it_raises():
    seen: list[tuple[int, int, str, str]] = []
    tongka.run("purchase-*", card="sim:card", progress=lambda *told: seen.append(told))
    assert seen and seen[-1][0] == seen[-1][1] == len(seen) and seen[0][3] == "pass"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tongka.run("purchase-*", card="sim:card", progress=stop)


def test_a_plan_tells_what_would_run():
    plan = {case: (status, str(why)) for case, status, why in tongka.plan("304-PUR-*", roles=["card"])}
    assert plan["purchase-debits-amount"][0] == "selected"
    assert any(status == "not_applicable" and why for status, why in plan.values())


def test_the_catalogue():
    suite = tongka.load_suite()
    assert len(suite) == len(suite.case_list) > 500 and len(suite.requirements) > 500
    assert suite.requirement("304-PUR-002").testable == "apdu"
    with pytest.raises(KeyError, match="304-PUR-0"):
        suite.requirement("304-PUR-0002")
    assert suite.procedures["purse-at-least"] == ["amount"]
    assert "EP" in tongka.load_declaration().claims


def test_clauses_of_whoever_has_the_texts(tmp_path):
    clauses = tmp_path / "clauses.yaml"
    clauses.write_text('304-PUR-002: "1.2.3"\n', encoding="utf-8")
    suite = tongka.load_suite(clause_map=clauses)
    assert suite.requirement("304-PUR-002").clause == "1.2.3"
    assert tongka.load_suite().requirement("304-PUR-002").clause != "1.2.3"
    run = tongka.run("purchase-debits-amount", card="sim:card", suite=suite, out=tmp_path / "run")
    assert '"1.2.3"' in run.path.read_text(encoding="utf-8")


def test_other_threads_run_meanwhile():
    import threading

    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        before = ticks
        tongka.run("304-PUR-*", card="sim:card")
        assert ticks > before
    finally:
        done.set()
        thread.join()


def test_actors_run_too():
    run = tongka.run("terminal-purchase*", terminal="sim:terminal", card="sim:card", psam="sim:psam", isam="sim:isam")
    assert run.totals["pass"] > 0 and not run.failures


def test_an_operator_answers_manual_steps_and_attaches_files(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"light")
    asked = []

    def operator(case, question):
        asked.append(case)
        assert question.zh and question.en
        if len(asked) == 2:
            return None
        return tongka.OperatorAnswer(len(asked) != 3, "Li", "seen", [tmp_path / "photo.jpg"] if len(asked) == 1 else [])

    run = tongka.run("inspect-*", inspections=True, operator=operator, out=tmp_path / "out")
    assert len(asked) == len(run) >= 3
    assert [run[case].verdict for case in asked[:4]] == ["pass", "inconclusive", "fail", "pass"]
    [attached] = (tmp_path / "out" / "attachments").iterdir()
    assert attached.read_bytes() == b"light"


def test_what_an_operator_raises_ends_the_run(tmp_path):
    def operator(case, question):
        raise ValueError("nobody is here")

    with pytest.raises(ValueError, match="nobody is here"):
        tongka.run("inspect-*", inspections=True, operator=operator)


def test_a_run_that_was_cut_off_goes_on(tmp_path):
    selection = ["purchase-debits-amount", "load-credits-amount", "balance-agrees-with-initialize"]

    def stop(done, of, case, verdict):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tongka.run(selection, card="sim:card", out=tmp_path, progress=stop)
    assert not tongka.open_run(tmp_path).record.complete
    run = tongka.run(selection, card="sim:card", out=tmp_path, resume=True)
    assert run.record.complete and run.totals["pass"] == 3
    with pytest.raises(tongka.Error, match="nothing to go on with"):
        tongka.run(selection, card="sim:card", out=tmp_path, resume=True)
    with pytest.raises(tongka.Error, match="out"):
        tongka.run(selection, card="sim:card", resume=True)
