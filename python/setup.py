"""Builds the module with CMake; pyproject.toml says the rest.

$TONGKA_BUILD is a CMake build folder to use (one that is there already makes it quick); else one is made beside the
other temporary files of the build.
"""

import os
import pathlib
import shutil
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

SOURCES = pathlib.Path(__file__).resolve().parent.parent
DATA = ["catalogue", "cases", "clearing", "procedures", "profiles", "proforma", "schema"]


class CMakeBuild(build_ext):
    """The extension is what CMake's target tongka_python makes; the test cases go with it."""

    def build_extension(self, ext: Extension) -> None:
        build = pathlib.Path(os.environ.get("TONGKA_BUILD") or pathlib.Path(self.build_temp) / "cmake").resolve()
        if not (build / "CMakeCache.txt").exists():
            options = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DTONGKA_TESTS=OFF"]
            options.append(f"-DPython3_EXECUTABLE={os.path.realpath(sys.executable)}")
            subprocess.run(["cmake", "-S", str(SOURCES), "-B", str(build), *options], check=True)
        subprocess.run(["cmake", "--build", str(build), "--target", "tongka_python"], check=True)
        package = pathlib.Path(self.get_ext_fullpath(ext.name)).resolve().parent
        package.mkdir(parents=True, exist_ok=True)
        [made] = (build / "python" / "tongka").glob("_tongka.*.so")
        shutil.copy2(made, self.get_ext_fullpath(ext.name))
        for part in DATA:
            shutil.copytree(SOURCES / "testcases" / part, package / "testcases" / part, dirs_exist_ok=True)


setup(ext_modules=[Extension("tongka._tongka", sources=[])], cmdclass={"build_ext": CMakeBuild})
