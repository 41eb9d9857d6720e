"""The pytest plugin, in a pytest of its own."""

import os
import pathlib

import pytest

import tongka

pytest_plugins = ["pytester"]

TESTS = """
import tongka

def test_empty(card):
    card.select_application()
    assert card.balance() == 1

def test_purchase(card, psam, tongka_profile):
    card.load(100, tongka_profile.key("DLK", 1))
    assert card.purchase(psam, 10).amount == 10

@tongka.case(id="py-code", title="A code", covers=["304-PUR-002"])
def code(card):
    card.expect("80 CA 00 00 09", "9000 {code:9}")
"""

CASES = """
- id: own-code
  title: {zh: 码, en: A code}
  covers: [304-PUR-002]
  device: card
  steps:
    - send: "80 CA 00 00 09"
      expect: "6A82"
"""


@pytest.fixture
def run(pytester):
    def run_with(*options):
        return pytester.runpytest_subprocess("-p", "tongka.pytest_plugin", "-p", "no:cacheprovider", *options)

    return run_with


def test_fixtures_and_cases_in_python(pytester, run):
    pytester.makepyfile(TESTS)
    result = run()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*exchanges with sim:card*", "card GET BALANCE", "    > 805C000204"])


def test_two_workers(pytester, run):
    pytester.makepyfile(TESTS)
    run("-n", "2").assert_outcomes(passed=2, failed=1)


def test_the_deviation_is_for_its_device(pytester, run):
    pytester.makepyfile(TESTS)
    run("--tongka-deviation", "balance-not-debited").assert_outcomes(passed=2, failed=1)


def test_an_unknown_deviation_is_refused(run):
    result = run("--tongka-deviation", "balance-not-debted")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*there is no deviation 'balance-not-debted'*"])


def test_a_file_of_cases_by_itself(pytester, run):
    folder = pytester.path / "cases" / "cjt304"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(CASES, encoding="utf-8")
    run().assert_outcomes()
    result = run("--tongka-yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["own-code: fail: the status word is 9000, not 6A82", "*GET MESSAGE"])


def test_tongkas_own_cases(run):
    purchase = tongka.data_directory() / "cases" / "cjt304" / "purchase.yaml"
    count = sum(
        pathlib.Path(one["place"].rsplit(":", 2)[0]) == purchase for one in tongka.load_suite().case_list
    )  # fmt: skip
    result = run("--tongka-yaml", str(purchase))
    outcomes = result.parseoutcomes()
    assert outcomes["passed"] > 5 and outcomes["passed"] + outcomes.get("skipped", 0) == count


@pytest.mark.skipif("LD_PRELOAD" in os.environ, reason="the interpreter is sanitized, and pcscd is not")
def test_the_lab_serves_pcsc_devices(pytester, run):
    pytester.makepyfile(
        """
        import pytest
        import tongka

        def test_over_pcsc(lab):
            with tongka.connect("pcsc:" + lab.readers["card"]) as card:
                card.select_application()
                assert card.balance() == 0
            assert "card inserted" in lab.ask("list")
            with pytest.raises(tongka.Error, match="lab: nonsense"):
                lab.ask("nonsense")
        """
    )
    run().assert_outcomes(passed=1)
