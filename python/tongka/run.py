"""Runs of the suite, and what they left."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterator, Sequence

from . import _tongka
from ._tongka import CaseRecord, Declaration, Exchange, Profile, Record, Words
from .cases import Case
from .data import PathLike, data_directory, find_profile, load_profile
from .devices import Device, connect
from .errors import Error

Progress = Callable[[int, int, str, str], None]


@dataclass(frozen=True)
class OperatorAnswer:
    """What an operator says to the question of a manual step."""

    yes: bool
    by: str  #: who says so
    remark: str = ""
    attachments: Sequence[PathLike] = ()  #: files, which are copied into the folder `attachments` beside the record


Operator = Callable[[str, Words], "OperatorAnswer | None"]


@lru_cache(maxsize=1)
def _own_suite(folder: Path) -> _tongka.Suite:
    return _tongka.Suite(folder)


def load_suite(folder: PathLike | None = None, clause_map: PathLike | None = None) -> _tongka.Suite:
    """The suite in a folder that holds catalogue, cases and procedures; None is Tongka's own, which is loaded once.

    `clause_map` is a file of clauses from whoever owns the standards' texts (YAML, requirement: clause).

    >>> load_suite().requirement("304-PUR-012").level
    'shall'
    """
    if folder is None and clause_map is None:
        return _own_suite(data_directory())
    suite = _tongka.Suite(Path(folder) if folder is not None else data_directory())
    if clause_map is not None:
        suite.apply_clause_map(Path(clause_map))
    return suite


class Run:
    """A run that was made, or a record that was found: its cases with their verdicts and evidence.

    Iterating gives the cases; run["purchase-debits-amount"] is one of them.
    """

    def __init__(self, record: PathLike, stopped: str = "", keep: object = None) -> None:
        self.record = Record(Path(record))
        self.stopped = stopped  #: why the run could not go on; empty where it came to its end
        self._keep = keep

    @property
    def path(self) -> Path:
        """Of record.jsonl."""
        return self.record.path

    @property
    def cases(self) -> list[CaseRecord]:
        return self.record.cases

    @property
    def totals(self) -> dict[str, int]:
        """How many cases came to each verdict."""
        return self.record.totals

    @property
    def passed(self) -> bool:
        """Everything that was selected passed or does not apply; an observation is no failure."""
        totals = self.totals
        return not self.stopped and not any(totals[bad] for bad in ("fail", "error", "inconclusive", "not_run"))

    @property
    def failures(self) -> list[CaseRecord]:
        """The cases that failed, are in error or inconclusive."""
        return [one for one in self.cases if one.verdict in ("fail", "error", "inconclusive")]

    def exchanges(self) -> Iterator[tuple[CaseRecord, Exchange]]:
        """Every exchange of the run with its case, read case by case."""
        for one in self.cases:
            for exchange in one.exchanges:
                yield one, exchange

    def report(self, out: PathLike, language: str = "zh") -> Path:
        """Writes report.json, report.html, junit.xml, ctrf.json and the tables into a folder, and returns it."""
        self.record.write_reports(Path(out), language)
        return Path(out)

    def __iter__(self) -> Iterator[CaseRecord]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)

    def __getitem__(self, id: str) -> CaseRecord:
        for one in self.cases:
            if one.id == id:
                return one
        raise KeyError(id)

    def __repr__(self) -> str:
        told = ", ".join(f"{count} {verdict}" for verdict, count in self.totals.items() if count)
        return f"<tongka.Run {self.record.profile}: {told or 'nothing'}{', stopped' if self.stopped else ''}>"

    def _repr_html_(self) -> str:
        from .html import run_html

        return run_html(self)


def open_run(path: PathLike) -> Run:
    """The record of a run: record.jsonl, or the folder it is in."""
    found = Path(path)
    return Run(found / "record.jsonl" if found.is_dir() else found)


def load_declaration(profile: PathLike | Profile = "city-union", ics: PathLike | None = None) -> Declaration:
    """What is declared of the devices (ICS and IXIT): a file, or NAME.ics.yaml beside the profile."""
    if ics is None:
        if isinstance(profile, Profile):
            profile = profile.name
        ics = find_profile(profile).with_suffix(".ics.yaml")
    return Declaration(Path(ics), data_directory() / "proforma")


def _opened(role: str, device: str | Device | None, **how: object) -> Device | None:
    return device if device is None or isinstance(device, Device) else connect(device, role, **how)  # type: ignore


def terms(selection: str | Sequence[str] | None, cases: Sequence[Case]) -> list[str]:
    if selection is None:
        return [one.id for one in cases]
    return [selection] if isinstance(selection, str) else list(selection)


def plan(
    selection: str | Sequence[str] | None = None,
    *,
    roles: Sequence[str] = ("card", "psam", "isam"),
    profile: PathLike | Profile = "city-union",
    ics: PathLike | None = None,
    suite: _tongka.Suite | None = None,
) -> list[tuple[str, str, Words]]:
    """What a run would do: (case, "selected" | "not_applicable" | "not_run" | "left_out", why)."""
    return _tongka.make_plan(
        suite or load_suite(), load_declaration(profile, ics), load_profile(profile), terms(selection, ()), list(roles)
    )


def run(
    selection: str | Sequence[str] | None = None,
    *,
    card: str | Device | None = None,
    psam: str | Device | None = None,
    isam: str | Device | None = None,
    terminal: str | None = None,
    file: PathLike | None = None,
    layout: str = "",
    keys: _tongka.KeyStore | None = None,
    host: str | None = None,
    reader: str | None = None,
    cases: Sequence[Case] = (),
    profile: PathLike | Profile = "city-union",
    ics: PathLike | None = None,
    suite: _tongka.Suite | PathLike | None = None,
    out: PathLike | None = None,
    seed: int = 1,
    deviation: str = "",
    destructive: bool = False,
    inspections: bool = False,
    operator: Operator | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Runs cases on devices, records all that happens, and returns it; as `tongka run` does.

    `selection` is an id of a case or of a requirement, or a standard, with * and ?, or several of these; None selects
    `cases`, those in Python, or else the whole suite. Devices are open ones, which stay open, or specs ("sim:card",
    "pcsc:NAME"), which are opened for the run. `out` receives record.jsonl (it must not hold one); None keeps it in a
    temporary folder for as long as the Run lives. `file` is a clearing file or a folder of them, `layout` what their names
    do not tell, `keys` what their TACs are checked with. `deviation` is a fault of the simulated device that it is for.
    `inspections` adds a manual step for each requirement that no program can show; `operator` is called with the id of the
    case and the question of each manual step, and answers it, or returns None where it cannot tell. `resume` goes on with
    the record in `out` of a run that was cut off; all else has to be as it was given then.
    `progress` is called after each case with the number done, of all, its id and its verdict.

    Raises Error for what cannot be run: an unknown id, a device that is not there, keys that do not fit. What goes wrong
    later is in the verdicts, and in Run.stopped.
    """
    known = load_profile(profile)
    wrong = next((role for role, name, _ in _tongka.deviations() if name == deviation), None)
    if deviation and wrong is None:
        raise Error(f"there is no deviation '{deviation}'")
    given = {"card": card, "psam": psam, "isam": isam}
    opened = [role for role, device in given.items() if device is not None and not isinstance(device, Device)]
    actors = {"terminal": terminal, "file": file, "host": host, "reader": reader}
    devices: dict[str, Device] = {}
    if resume and out is None:
        raise Error("resume needs the folder of the run that was cut off: out")
    keep = tempfile.TemporaryDirectory(prefix="tongka-") if out is None else None
    folder = Path(keep.name if keep else out)  # type: ignore[arg-type]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for role, device in given.items():
            fault = deviation if wrong in ("card", "psam", "isam") else ""
            one = _opened(role, device, profile=known, seed=seed, deviation=fault)
            if one is not None:
                devices[role] = one
        stopped = _tongka.run_cases(
            suite=suite if isinstance(suite, _tongka.Suite) else load_suite(suite),
            profile=known,
            declaration=load_declaration(profile, ics),
            devices=devices,
            actors={role: str(spec) for role, spec in actors.items() if spec is not None},
            cases=[one.told() for one in cases],
            with_suite=selection is not None or not cases,
            selection=terms(selection, cases),
            record=folder / "record.jsonl",
            seed=seed,
            deviation=deviation,
            destructive=destructive,
            layouts=data_directory() / "clearing",
            layout=layout,
            keys=keys,
            inspections=inspections,
            operator=operator,
            resume=resume,
            progress=progress,
        )
    finally:
        for role in opened:
            if role in devices:
                devices[role].close()
    return Run(folder / "record.jsonl", stopped, keep)
