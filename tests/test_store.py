from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm4rs_bib.errors import StoreError
from llm4rs_bib.sources.base import Ask
from llm4rs_bib.store import Kept, Store

NOW = dt.datetime(2026, 11, 5, 12, 30, 15, tzinfo=dt.UTC)
ASK = Ask("crossref", "doi", "10.1145/3616855.3635845")
ASKS = st.builds(Ask, st.sampled_from(["crossref", "arxiv"]), st.sampled_from(["doi", "title"]), st.text(max_size=40))
TIMES = st.datetimes(min_value=dt.datetime(2000, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - what hypothesis asks for


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "kept") as store:
        yield store


def child(code, *args):
    """Python in a process of its own, with what every such code needs."""
    start = "import sys, datetime as dt, threading, time\nfrom pathlib import Path\nfrom llm4rs_bib.sources.base import Ask\nfrom llm4rs_bib.store import Store\n"
    return subprocess.Popen([sys.executable, "-c", start + code, *map(str, args)], stdout=subprocess.PIPE, text=True)


@settings(max_examples=50)
@given(rounds=st.lists(st.tuples(st.dictionaries(ASKS, st.text()), TIMES), max_size=4))
def test_what_was_put_last_is_what_one_gets(tmp_path_factory, rounds):
    folder = tmp_path_factory.mktemp("kept")
    expected = {}
    with Store(folder) as store:
        for answers, when in rounds:
            store.put(answers, when)
            expected |= {ask: Kept(answer, when) for ask, answer in answers.items()}
    with Store(folder) as store:
        assert {ask: store.get(ask) for ask in expected} == expected
        assert store.get(Ask("crossref", "doi", "never put")) is None


def test_all_answers_are_put_or_none(store):
    store.put({ASK: "old"}, NOW)
    with pytest.raises(StoreError, match="cannot be used"):
        store.put({ASK: "new", Ask("crossref", "doi", "x"): None}, NOW)
    assert store.get(ASK) == Kept("old", NOW)
    store.put({ASK: "newer"}, NOW)
    assert store.get(ASK) == Kept("newer", NOW)


def test_a_killed_process_loses_nothing_that_it_put(tmp_path):
    code = """
with Store(Path(sys.argv[1])) as store:
    for i in range(10**9):
        store.put({Ask("s", "k", str(i)): "x" * 1000}, dt.datetime.now(dt.UTC))
        print(i, flush=True)
"""
    process = child(code, tmp_path)
    for _ in range(200):
        last = process.stdout.readline()
    process.kill()
    last = [last, *process.communicate()[0].splitlines()][-1]
    with Store(tmp_path) as store:
        assert all(store.get(Ask("s", "k", str(i))) for i in range(int(last) + 1))


def test_processes_write_at_once(tmp_path):
    code = """
with Store(Path(sys.argv[1])) as store:
    for i in range(200):
        store.put({Ask("s", sys.argv[2], str(i)): "x"}, dt.datetime.now(dt.UTC))
"""
    processes = [child(code, tmp_path / "new", name) for name in "abc"]  # the folder is made at once, too
    assert [process.wait() for process in processes] == [0, 0, 0]
    for process in processes:
        process.stdout.close()
    with Store(tmp_path / "new") as store:
        assert all(store.get(Ask("s", name, str(i))) for name in "abc" for i in range(200))


def test_threads_share_a_store(store):
    def work(name):
        for i in range(100):
            store.put({Ask("s", name, str(i)): name}, NOW)
            assert store.get(Ask("s", name, str(i))) == Kept(name, NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, "abcd"))


def test_slots_are_spaced(store):
    waits = [store.reserve("host", 10) for _ in range(4)]
    assert waits == pytest.approx([0, 10, 20, 30], abs=1)
    assert store.reserve("other", 10) == 0
    assert store.reserve("host", 1) == pytest.approx(31, abs=1)


def test_processes_share_slots_and_no_two_get_the_same(tmp_path):
    code = """
with Store(Path(sys.argv[1])) as store:
    for _ in range(2000):
        wait = store.reserve("host", 0.5)
        print(time.time() + wait)
"""
    processes = [child(code, tmp_path) for _ in range(2)]
    slots = sorted(float(line) for process in processes for line in process.communicate()[0].splitlines())
    assert len(slots) == 4000
    assert min(later - earlier for earlier, later in pairwise(slots)) > 0.25


def test_a_postponed_host_gives_no_slot_before(store):
    assert store.postponed("host") == 0
    store.postpone("host", 100)
    store.postpone("host", 50)
    assert store.postponed("host") == pytest.approx(100, abs=1)
    assert store.reserve("host", 10) == pytest.approx(100, abs=1)
    assert store.reserve("host", 10) == pytest.approx(110, abs=1)
    store.postpone("host", 50)
    assert store.reserve("host", 10) == pytest.approx(120, abs=1)
    assert store.postponed("other") == 0


def test_times_of_a_clock_that_was_wrong_are_ignored(store):
    store.reserve("host", 0)
    store.postpone("host", 7200)
    assert store.postponed("host") == 0
    assert store.reserve("host", 10) == pytest.approx(10, abs=1)
    store.reserve("host", 7200)
    assert store.reserve("host", 10) == 0


def test_seats_are_limited_among_stores(tmp_path):
    never, at_once, most = threading.Event(), [], []

    def work(store):
        for _ in range(10):
            with store.seat("host", 2, never):
                at_once.append(1)
                most.append(len(at_once))
                time.sleep(0.002)
                at_once.pop()

    with Store(tmp_path) as one, Store(tmp_path) as other, ThreadPoolExecutor(6) as threads:
        list(threads.map(work, [one, other] * 3))
    assert max(most) == 2


def test_a_wait_for_a_seat_can_be_ended(store):
    stop = threading.Event()
    with store.seat("host", 1, stop):
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(CancelledError), store.seat("host", 1, stop):
            pass
    with pytest.raises(CancelledError), store.seat("host", 1, stop):  # though one is free
        pass


def test_a_killed_process_frees_its_seat(tmp_path):
    code = """
with Store(Path(sys.argv[1])) as store, store.seat("host", 1, threading.Event()):
    print("seated", flush=True)
    time.sleep(60)
"""
    process = child(code, tmp_path)
    assert process.stdout.readline() == "seated\n"
    with Store(tmp_path) as store:
        taken = threading.Thread(target=lambda: store.seat("host", 1, threading.Event()).__enter__())
        taken.start()
        taken.join(0.2)
        assert taken.is_alive()
        process.kill()
        taken.join(5)
        assert not taken.is_alive()
    process.communicate()


def message(folder):
    with pytest.raises(StoreError) as error:
        Store(folder)
    return str(error.value).replace(str(folder), "FOLDER")


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert message(tmp_path / "file") == "FOLDER: cannot be used: File exists; name another folder"
    assert message(tmp_path / "file" / "x") == "FOLDER: cannot be used: Not a directory; name another folder"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "answers.sqlite").mkdir()
    expected = "FOLDER/answers.sqlite: cannot be used: unable to open database file; try again, or name another folder"
    assert message(tmp_path) == expected


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "answers.sqlite").write_text("no database " * 1000)
    expected = "FOLDER/answers.sqlite: cannot be used: file is not a database; delete it: only kept answers are lost"
    assert message(tmp_path) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (0, "FOLDER/answers.sqlite: is another program's database; name another folder"),
        (2, "FOLDER/answers.sqlite: a newer llm4rs-bib wrote it; upgrade, or name another folder"),
    ],
)
def test_a_database_that_is_not_ours(tmp_path, version, expected):
    db = sqlite3.connect(tmp_path / "answers.sqlite")
    db.executescript(f"CREATE TABLE other (x); PRAGMA user_version = {version};")
    db.close()
    before = (tmp_path / "answers.sqlite").read_bytes()
    assert message(tmp_path) == expected
    assert (tmp_path / "answers.sqlite").read_bytes() == before


def test_a_file_that_breaks_while_it_is_used(tmp_path):
    with Store(tmp_path) as store:
        store.put({ASK: "x" * 100_000}, NOW)
    with (tmp_path / "answers.sqlite").open("r+b") as file:
        file.seek(4096)  # the schema stays: the file can be opened
        file.write(bytes(50_000))
    with Store(tmp_path) as store, pytest.raises(StoreError) as error:
        store.get(ASK)
    expected = "answers.sqlite: cannot be used: database disk image is malformed; delete it: only kept answers are lost"
    assert str(error.value) == f"{tmp_path}/{expected}"


def test_a_closed_store_is_the_callers_mistake(tmp_path):
    with Store(tmp_path) as store:
        pass
    with pytest.raises(sqlite3.ProgrammingError):
        store.get(ASK)
