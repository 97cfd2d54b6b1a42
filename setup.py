"""Builds the optional extensions, one of each scraper/compiled/*.pyx; all else about the package is in pyproject.toml.

Where they cannot be built (no C compiler, no Python headers), the package is installed without them, in plain Python.
SCRAPER_BUILD_PLAIN=1 leaves them out on purpose: a wheel for every platform.
"""

from __future__ import annotations

import os
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

FLAGS = ["-O3", "-g0", "-ffp-contract=off"]
"""For gcc and clang. The debug symbols that Python's own flags ask for are three quarters of the size, and a quarter of
the time. Where the processor can fuse a multiplication with an addition (ARM, for one), these compilers do, and round
once instead of twice: sums would differ from plain Python's in the last bit."""


class BuildTwins(build_ext):
    """Compiles with our flags, where the compiler knows them."""

    def initialize_options(self) -> None:
        """Keep generated C in the build's own folder."""
        super().initialize_options()
        self.cython_c_in_temp = True

    def build_extensions(self) -> None:
        """Add our flags; Microsoft's compiler neither knows nor needs them."""
        if self.compiler.compiler_type in {"unix", "cygwin", "mingw32"}:
            for extension in self.extensions:
                extension.extra_compile_args += FLAGS
        super().build_extensions()


def twins() -> list[Extension]:
    """Return an optional extension for each Cython source."""
    if os.environ.get("SCRAPER_BUILD_PLAIN", "") not in {"", "0"}:
        return []
    sources = sorted(Path("scraper/compiled").glob("*.pyx"))
    parts = [str(part) for part in Path("scraper/compiled").glob("*.pxi")]
    return [
        Extension(f"scraper.compiled.{source.stem}", [str(source)], depends=parts, optional=True) for source in sources
    ]


setup(ext_modules=twins(), cmdclass={"build_ext": BuildTwins})
