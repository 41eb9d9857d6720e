"""Cases in Python: the same engine, the same evidence."""

import json

import pytest

import tongka

U32 = lambda number: number.to_bytes(4, "big")  # noqa: E731


@tongka.case(id="py-debits", title={"zh": "消费", "en": "A purchase"}, covers=["304-PUR-002"], applies="EP")
def debits(card, psam, case):
    before = case.given
    card.purchase(psam, 30)
    card.expect("80 5C 00 02 04", "9000 {=wanted:4}", wanted=U32(before - 30), because="a purchase takes its amount")


@debits.setup
def _(card, case):
    card.select_application()
    case.call("purse-at-least", amount=U32(100))
    return card.balance()


def case_of(function, **about):
    about = {"id": "py-tried", "title": "tried", "covers": ["304-PUR-002"], **about}
    return tongka.case(**about)(function)


def verdict_of(function, **about):
    run = tongka.run(cases=[case_of(function, **about)], card="sim:card", psam="sim:psam")
    return run["py-tried"]


def test_a_case_in_python_and_its_twin_in_yaml_agree():
    for deviation in ("", "balance-not-debited"):
        run = tongka.run(
            ["py-debits", "purchase-debits-amount"],
            cases=[debits], card="sim:card", psam="sim:psam", deviation=deviation,
        )  # fmt: skip
        assert run["py-debits"].verdict == run["purchase-debits-amount"].verdict == ("fail" if deviation else "pass")


def test_its_evidence_is_that_of_any_case(tmp_path):
    run = tongka.run(
        cases=[debits], card="sim:card", psam="sim:psam", deviation="balance-not-debited", out=tmp_path
    )
    [failure] = run["py-debits"].failures
    assert failure.exchange.decoded().command.en == "GET BALANCE"
    assert failure.check.place.split(":")[0].endswith("test_cases.py") and failure.check.because.en == "a purchase takes its amount"
    assert failure.check.requirements == ["304-PUR-002"] and failure.check.difference
    assert {exchange.phase for exchange in run["py-debits"].exchanges} == {"setup", "steps"}
    run.report(tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["totals"]["fail"] == 1
    assert run["py-debits"].title.zh == "消费"


def test_a_failing_setup_leaves_it_inconclusive():
    tried = case_of(lambda card: None)
    tried.setup(lambda card, case: case.check(False, "no money"))
    run = tongka.run(cases=[tried], card="sim:card")
    assert run["py-tried"].verdict == "inconclusive" and "no money" in run["py-tried"].reason.en


def test_no_pass_without_a_check():
    assert verdict_of(lambda card: card.send("80CA000009")).verdict == "inconclusive"
    assert verdict_of(lambda card: card.expect("80CA000009")).verdict == "pass"


def test_an_assertion_is_a_check():
    def steps(card):
        assert card.send("80CA000009").sw == 0x6A82

    tried = verdict_of(steps)
    assert tried.verdict == "fail" and "assert" in tried.reason.en
    assert tried.failures[0].exchange.command == "80CA000009"


def test_an_exception_is_an_error_of_the_case():
    tried = verdict_of(lambda card: card.send(1 / 0))
    assert tried.verdict == "error" and "test_cases.py" in tried.reason.en and "ZeroDivisionError" in tried.reason.en


def test_what_cannot_be_told_is_inconclusive():
    tried = verdict_of(lambda card, case: case.inconclusive("no such city"))
    assert tried.verdict == "inconclusive" and tried.reason.en == "no such city"


def test_a_check_that_failed_cannot_be_caught_away():
    def steps(card, case):
        try:
            case.check(False, "wrong")
        except AssertionError:
            pass
        case.check(True, "right")

    assert verdict_of(steps).verdict == "fail"


def test_the_cleanup_always_runs_and_its_failure_is_told():
    done = []
    tried = case_of(lambda card: card.expect("80CA000009", "6A82"))

    @tried.cleanup
    def _(card):
        done.append(True)
        card.expect("80CA000009", "6A83")

    run = tongka.run(cases=[tried], card="sim:card")
    assert done and run["py-tried"].verdict == "fail" and "6A83" in run["py-tried"].cleanup.en


def test_it_asks_the_run_for_keys_values_and_rules():
    def steps(card, case):
        assert case.key("DPK", 1) == tongka.load_profile().key("DPK", 1)
        assert len(case.value("ixit.terminal")) == 6 and case.value("card.asn").hex() == "2144000000000001"
        assert case.rule("log-counter") and len(case.random(5)) == 5
        case.equal(1, 1, "one")

    assert verdict_of(steps).verdict == "pass"


def test_a_tear_that_does_not_come_about_is_inconclusive():
    def steps(card, case):
        card.select_application()
        case.call("purse-at-least", amount=U32(100))
        card.select_application()
        before = card.balance()
        card.tear("80 5C 00 02 04", 1)
        case.equal(card.balance(), before, "the balance")

    tried = verdict_of(steps, tears=["card"])
    assert tried.verdict == "inconclusive" and "write 1" in tried.reason.en


def test_a_case_that_does_not_apply_says_so():
    tried = verdict_of(lambda card: card.expect("80CA000009"), applies="not EP")
    assert tried.verdict == "not_applicable" and tried.reason


def test_what_is_wrong_with_a_case_is_said_when_it_is_made():
    with pytest.raises(TypeError, match="no parameter 'crad' is known"):
        case_of(lambda crad: None)
    with pytest.raises(TypeError, match="no parameter that is a device"):
        case_of(lambda case: None)
    with pytest.raises(ValueError, match="covers no requirement"):
        case_of(lambda card: None, covers=[])
    with pytest.raises(ValueError, match="no id of a requirement"):
        case_of(lambda card: None, covers=["PUR-002"])
    with pytest.raises(tongka.Error, match="304-PUR-999"):
        verdict_of(lambda card: None, covers=["304-PUR-999"])
    with pytest.raises(tongka.Error, match="already"):
        tongka.run(cases=[debits, debits], card="sim:card", psam="sim:psam")


def test_wrong_arguments_of_a_procedure_are_told():
    assert "needs 'amount'" in verdict_of(lambda card, case: case.call("purse-at-least")).reason.en
    assert "must be 4 bytes" in verdict_of(lambda card, case: case.call("purse-at-least", amount=b"1")).reason.en
    assert "no procedure" in verdict_of(lambda card, case: case.call("purse")).reason.en


def test_a_device_cannot_be_used_when_the_case_is_over():
    kept = []
    verdict_of(lambda card: (kept.append(card), card.expect("80CA000009")))
    with pytest.raises(tongka.Error, match="the case is over"):
        kept[0].send("80CA000009")


def test_patterns_are_for_plain_devices_too():
    pattern = tongka.Pattern("9000 {balance:4}")
    match = pattern.match(bytes.fromhex("000000649000"))
    assert match and match.captures == {"balance": b"\0\0\0d"}
    assert "6A82" in tongka.Pattern("9000").match(b"\x6a\x82").message.en
    assert tongka.Pattern("9000 {=one:1}").match(b"\x01\x90\x00", {"one": b"\x01"})
    with pytest.raises(tongka.Error, match="pattern:1"):
        tongka.Pattern("9000 {balance")
