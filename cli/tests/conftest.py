"""The purse's cryptography that the lab's tests have of their own serves here as well."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "lab" / "tests"))
