"""Where the files that travel with the package are: in a wheel below it, in a checkout or an sdist beside `src`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `catalog` or `styles`. FileNotFoundError if the installation is broken."""
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"llm4rs-bib was installed without its {name}; install it again")
