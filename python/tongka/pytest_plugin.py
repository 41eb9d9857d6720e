"""pytest plugin: fixtures for devices, and cases, in YAML and in Python, as tests.

Fixtures `card`, `psam`, `isam`, `lab`, `tongka_profile`; options --tongka-device and others (pytest --help). Files
`cases/STANDARD/*.yaml` are collected with --tongka-yaml (or `tongka_yaml = true`), objects made by @tongka.case always.
`{n}` in a device's name is the number of the pytest-xdist worker: each of them gets a reader of its own.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Iterator

import pytest

import tongka
from tongka.evidence import case_text, exchange_text
from tongka.lab import Lab

KEPT = 200  # exchanges that a failed test shows at most
ROLES = {"card": "device", "psam": "psam", "isam": "isam"}
OPENED = pytest.StashKey["list[tongka.Device]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tongka", "cards and PSAMs of city union cards")
    for role, option in ROLES.items():
        group.addoption(
            f"--tongka-{option}", dest=f"tongka_{role}", default=f"sim:{role}", metavar="DEVICE",
            help=f"the {role}: sim:{role}, pcsc:NAME ({{n}}: number of the worker)",
        )  # fmt: skip
    group.addoption("--tongka-profile", default="city-union", metavar="PROFILE", help="a profile's name or file")
    group.addoption("--tongka-deviation", default="", metavar="NAME", help="a fault for the simulated device")
    group.addoption("--tongka-yaml", action="store_true", help="collect cases/STANDARD/*.yaml")
    parser.addini("tongka_yaml", "collect cases/STANDARD/*.yaml", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    fault = str(config.getoption("tongka_deviation"))
    if fault and not any(name == fault for _, name, _ in tongka.deviations()):
        raise pytest.UsageError(f"--tongka-deviation: there is no deviation '{fault}' (tongka list deviations)")


def spec_of(config: pytest.Config, role: str) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return str(config.getoption(f"tongka_{role}")).replace("{n}", worker)


def fault_for(config: pytest.Config, role: str) -> str:
    fault = str(config.getoption("tongka_deviation"))
    return fault if any(name == fault and whose == role for whose, name, _ in tongka.deviations()) else ""


@pytest.fixture(scope="session")
def tongka_profile(request: pytest.FixtureRequest) -> tongka.Profile:
    """The profile of this session."""
    return tongka.load_profile(request.config.getoption("tongka_profile"))


def opened(request: pytest.FixtureRequest, profile: tongka.Profile, role: Any) -> Iterator[Any]:
    spec = spec_of(request.config, role)
    with tongka.connect(spec, role, profile=profile, deviation=fault_for(request.config, role)) as device:
        device.keep(KEPT)
        request.node.stash.setdefault(OPENED, []).append(device)
        yield device


@pytest.fixture
def card(request: pytest.FixtureRequest, tongka_profile: tongka.Profile) -> Iterator[tongka.Card]:
    """The card of --tongka-device, reset: of a simulated one a new sample."""
    yield from opened(request, tongka_profile, "card")


@pytest.fixture
def psam(request: pytest.FixtureRequest, tongka_profile: tongka.Profile) -> Iterator[tongka.Psam]:
    """The PSAM of --tongka-psam."""
    yield from opened(request, tongka_profile, "psam")


@pytest.fixture
def isam(request: pytest.FixtureRequest, tongka_profile: tongka.Profile) -> Iterator[tongka.Isam]:
    """The ISAM of --tongka-isam."""
    yield from opened(request, tongka_profile, "isam")


@pytest.fixture(scope="session")
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """Virtual readers with a card and a PSAM of the session's profile; `pcsc:` devices of this process are theirs."""
    profile = str(request.config.getoption("tongka_profile"))
    with Lab([profile], [profile]) as one:
        yield one


@pytest.hookimpl(hookwrapper=True)  # type: ignore[misc]
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when != "call" or not report.failed:
        return
    for device in item.stash.get(OPENED, []):
        shown = "\n".join(exchange_text(one) for one in device.exchanges)
        report.sections.append((f"exchanges with {device.spec}", shown or "none"))


class CaseFailed(Exception):
    """A case that did not pass; the run keeps its evidence alive."""

    def __init__(self, case: tongka.CaseRecord) -> None:
        super().__init__(f"{case.verdict}: {case.reason.en}")
        self.text = case_text(case)


class CaseItem(pytest.Item):
    """One case of the suite, run by Tongka's own engine."""

    def __init__(self, *, case: dict[str, Any], suite: Any = None, python: Any = None, **more: Any) -> None:
        super().__init__(**more)
        self.case = case
        self.suite = suite
        self.python = python

    def runtest(self) -> None:
        profile = tongka.load_profile(self.config.getoption("tongka_profile"))
        devices = {role: spec_of(self.config, role) for role in ROLES if role in self.case["devices"]}
        missing = [role for role in self.case["devices"] if role not in ROLES]
        if missing:
            pytest.skip(f"needs a {missing[0]}: tongka run --{missing[0]}")
        run = tongka.run(
            None if self.python else self.case["id"], cases=[self.python] if self.python else [], profile=profile, suite=self.suite,
            deviation=str(self.config.getoption("tongka_deviation")), ics=ics_of(self.config),
            card=devices.get("card"), psam=devices.get("psam"), isam=devices.get("isam"),
        )  # fmt: skip
        case = run[self.case["id"]]
        if case.verdict in ("not_run", "not_applicable"):
            pytest.skip(case.reason.en)
        if case.verdict == "observation":
            self.add_report_section("call", "observation", case_text(case))
        elif case.verdict != "pass":
            raise CaseFailed(case)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        return excinfo.value.text if isinstance(excinfo.value, CaseFailed) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        if self.python:
            code = self.python.function.__code__
            return Path(code.co_filename), code.co_firstlineno - 1, str(self.case["id"])
        file, line, _ = str(self.case["place"]).rsplit(":", 2)
        return Path(file), int(line) - 1, str(self.case["id"])


def ics_of(config: pytest.Config) -> Path:
    return tongka.find_profile(config.getoption("tongka_profile")).with_suffix(".ics.yaml")


@lru_cache(maxsize=8)
def suite_for(root: Path, file: Path) -> tongka.Suite:
    """The whole suite that a file belongs to; a file that stands by itself goes with Tongka's own catalogue."""
    return tongka.load_suite(root) if (root / "catalogue").is_dir() else own_file(file)


def own_file(file: Path) -> tongka.Suite:
    ours = tongka.data_directory()
    return tongka.Suite.of_files([file], sorted((ours / "procedures").glob("*.yaml")), ours / "catalogue")


class CaseFile(pytest.File):
    """cases/STANDARD/NAME.yaml."""

    def collect(self) -> Iterable[CaseItem]:
        root = self.path.parents[2]
        suite = suite_for(root, Path() if (root / "catalogue").is_dir() else self.path)
        for case in suite.case_list:
            if Path(case["place"].rsplit(":", 2)[0]) == self.path:
                yield CaseItem.from_parent(self, name=case["id"], case=case, suite=suite)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    wanted = parent.config.getoption("tongka_yaml") or parent.config.getini("tongka_yaml")
    if not wanted or file_path.suffix != ".yaml" or file_path.parent.parent.name != "cases":
        return None
    collected: pytest.Collector = CaseFile.from_parent(parent, path=file_path)
    return collected


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> pytest.Item | None:
    if not isinstance(obj, tongka.Case):
        return None
    item: pytest.Item = CaseItem.from_parent(collector, name=obj.id, case=obj.told(), python=obj)
    return item
