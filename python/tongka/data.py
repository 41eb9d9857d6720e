"""Where Tongka's own profiles and cases lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Union

from . import _tongka
from .errors import Error

PathLike = Union[str, "os.PathLike[str]"]


def data_directory() -> Path:
    """The folder with catalogue, cases, procedures and profiles: $TONGKA_DATA, that of the package, or the sources'.

    >>> (data_directory() / "profiles" / "city-union.yaml").exists()
    True
    """
    told = os.environ.get("TONGKA_DATA")
    if told:
        return Path(told)
    packaged = Path(__file__).parent / "testcases"
    return packaged if packaged.is_dir() else Path(_tongka.built_from) / "testcases"


def find_profile(name_or_path: PathLike) -> Path:
    """The file of a profile: a path, or the name of one of Tongka's own ("city-union")."""
    path = Path(name_or_path)
    if path.is_file():
        return path
    if path.name != str(name_or_path) or path.suffix:
        raise Error(f"{path}: cannot be read")
    named = data_directory() / "profiles" / f"{path}.yaml"
    if not named.is_file():
        raise Error(f'there is no profile "{path}" (looked for {named})')
    return named


def load_profile(profile: PathLike | _tongka.Profile = "city-union") -> _tongka.Profile:
    """A profile by its name or its path; one that is loaded already as it is.

    >>> load_profile().asn.hex()
    '2144000000000001'
    """
    return profile if isinstance(profile, _tongka.Profile) else _tongka.Profile(find_profile(profile))
