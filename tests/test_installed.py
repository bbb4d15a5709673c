"""The package as it is shipped: a wheel and an sdist have the catalog and the styles in them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile

import pytest
from conftest import ROOT, UNMEASURED

from llm4rs_bib.data import data_folder


def test_a_checkout_finds_its_data():
    assert (data_folder("catalog"), data_folder("styles")) == (ROOT / "catalog", ROOT / "styles")


def test_a_broken_installation_says_so():
    with pytest.raises(FileNotFoundError, match="llm4rs-bib was installed without its poems; install it again"):
        data_folder("poems")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_a_wheel_finds_its_data_and_exports_it(built, tmp_path):
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import sys; sys.path.insert(0, '.'); from llm4rs_bib.cli import main; main()"
    command = [sys.executable, "-c", code, "export", "--format", "bibtex"]
    done = subprocess.run(command, cwd=tmp_path, env=UNMEASURED, capture_output=True, check=True)
    assert (ROOT / "exports" / "references.bib").read_bytes() == done.stdout
    where = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, '.'); import llm4rs_bib.data as d; print(d.data_folder('styles'))"],
        cwd=tmp_path, env=UNMEASURED, capture_output=True, check=True,
    )  # fmt: skip
    assert str(tmp_path / "llm4rs_bib" / "data" / "styles") == where.stdout.decode().strip()


def test_an_sdist_has_what_a_checkout_has(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for path in (
        "catalog/works.lock.json",
        "styles/README.md",
        "src/llm4rs_bib/model.py",
        "tests/data/facts.json",
        "LICENSE",
        "Makefile",
    ):
        assert path in names
