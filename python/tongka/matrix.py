"""Several runs side by side."""

from __future__ import annotations

from typing import Mapping

from .run import Run


class Matrix:
    """Cases by runs: what came of each case on each device, profile or deviation.

    >>> from tongka import run
    >>> Matrix({"right": run("purchase-debits-amount", card="sim:card")})
    <tongka.Matrix 1 cases, 1 runs, 0 differ>
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self.names = list(runs)
        self._verdicts = [{case.id: case.verdict for case in one} for one in runs.values()]
        self.cases = list(dict.fromkeys(case for verdicts in self._verdicts for case in verdicts))

    def row(self, case: str) -> list[str]:
        """The verdicts of a case, run by run; empty where a run had no such case."""
        return [verdicts.get(case, "") for verdicts in self._verdicts]

    def differing(self) -> list[str]:
        """The cases that did not come to one verdict in all runs."""
        return [case for case in self.cases if len(set(self.row(case))) > 1]

    def __repr__(self) -> str:
        return f"<tongka.Matrix {len(self.cases)} cases, {len(self.names)} runs, {len(self.differing())} differ>"

    def _repr_html_(self) -> str:
        from .html import matrix_html

        return matrix_html(self)
