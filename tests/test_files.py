from __future__ import annotations

import os
import stat
import subprocess
import sys
import time

import pytest

from llm4rs_bib.cli.files import one_writer, write_file
from llm4rs_bib.errors import WriteError


def test_a_new_file_has_the_usual_mode(tmp_path):
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "x", "é\n")
    finally:
        os.umask(mask)
    assert (tmp_path / "x").read_bytes() == "é\n".encode()
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_what_is_no_file_is_written_through(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE)
    write_file(tmp_path / "pipe", "words")
    assert reader.communicate()[0] == b"words"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_killed_run_leaves_the_old_file_or_the_new_one(tmp_path):
    """Kill a process that writes without end, again and again: the file is always one of the two, whole."""
    path = tmp_path / "x"
    contents = ["a" * 3_000_000, "b" * 3_000_000]
    code = f"from pathlib import Path\nfrom llm4rs_bib.cli.files import write_file\nwhile True:\n  for c in 'ab': write_file(Path({str(path)!r}), c * 3_000_000)"
    write_file(path, contents[0])
    for pause in (0.3, 0.35, 0.4):
        process = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(pause)
        process.kill()
        process.wait()
        assert path.read_text() in contents


def test_the_hold_ends_with_the_block(tmp_path):
    with (
        one_writer(tmp_path / "new"),
        pytest.raises(WriteError, match="another llm4rs-bib is writing this catalog"),
        one_writer(tmp_path / "new"),
    ):
        pass
    with one_writer(tmp_path / "new"):
        pass


def test_what_a_killed_run_left_half_written_goes(tmp_path):
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom llm4rs_bib.cli.files import write_file\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nwrite_file(Path(sys.argv[1]), 'new')"
    )
    (tmp_path / ".x.swp").write_text("an editor's")
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    with one_writer(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [".x.swp"]


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match=r"file: cannot be written: File exists"), one_writer(tmp_path / "file"):
        pass


def test_an_error_inside_the_block_is_not_taken_for_one_of_the_hold(tmp_path):
    with pytest.raises(OSError, match="mine"), one_writer(tmp_path):
        raise OSError("mine")
