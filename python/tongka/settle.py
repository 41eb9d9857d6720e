"""Clearing files: every record checked, accepted or set aside (docs/clearing.md)."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Callable, Sequence

from . import _tongka
from .data import PathLike, data_directory
from .errors import Error


@dataclass(frozen=True)
class Settled:
    """What a check of clearing files found; amounts in fen."""

    out: Path  #: accepted/, set-aside.csv, notices.csv, totals.csv, files.csv
    records: int
    accepted: int
    set_aside: int
    file_faults: int  #: of headers, counts and names
    verdicts: dict[str, tuple[int, int]]  #: name -> (records, amount)
    notices: dict[str, int]


def settle(
    files: Sequence[PathLike],
    keys: _tongka.KeyStore,
    out: PathLike,
    *,
    layout: str = "",
    last_day: date | None = None,
    jobs: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Settled:
    """Checks every record of the files, as `tongka settle check` does, with the TAC keys of a key store.

    `out` is a folder that is not there yet, and appears with all results or not at all. `layout` is one of
    testcases/clearing; without, the first file's name tells. Transactions later than `last_day` (today) are in the future.
    `jobs` are threads, 0 one for each processor; `progress` is told the part that is done, 0 to 1. Raises Error for files
    that cannot be read; what is wrong with records is in the result.
    """
    target = Path(out)
    if target.exists():
        raise Error(f"{target}: is there already")
    if not files:
        raise ValueError("no files")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=target.name + ".", dir=target.parent))
    try:
        told = _tongka.settle_files(
            files=[Path(one) for one in files],
            keys=keys,
            layouts=data_directory() / "clearing",
            layout=layout,
            out=part,
            last_day=bytes.fromhex((last_day or date.today()).strftime("%Y%m%d")),
            temp=Path(tempfile.gettempdir()),
            jobs=jobs or os.cpu_count() or 1,
            progress=progress,
        )
        part.chmod(0o755)
        part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Settled(out=target, **told)
