#!/usr/bin/env python3
"""A test program --(proofs)--> whether it reports what it did, whatever happens to it.

usage: proofs.py PROOF PROGRAM [--update]

Each function whose name begins with `proves_` is a test. With --update what is compared with a file is written into it.
"""

import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent.resolve()


def run(what, folder, expect=None, **more):
    environment = {**os.environ, "LC_ALL": "C"}
    environment.pop("TRIPWIRE_REPORT", None)
    environment.pop("TRIPWIRE_CONFIG", None)
    if folder is not None:
        environment["TRIPWIRE_REPORT"] = str(folder)
    done = subprocess.run([PROGRAM, what], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", check=False, **more)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"exit status {done.returncode} instead of {expect}:\n{done.stderr}")
    return done


def reports_in(folder):
    return {path.name: json.loads(path.read_text()) for path in sorted(folder.iterdir()) if path.suffix == ".json"}


def only_report(folder):
    reports = reports_in(folder)
    assert len(reports) == 1 == len(list(folder.iterdir())), list(folder.iterdir())
    return next(iter(reports.values()))


def outcomes(report):
    return {test["name"]: test["outcome"] for test in report["tests"]}


def normal(report):
    """What differs from run to run, and from machine to machine, is taken out."""
    assert report["pid"] > 0 and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", report["started"])
    assert pathlib.Path(report["path"]).samefile(PROGRAM)
    report = {**report, "path": "@PROGRAM@", "pid": 0, "started": ""}
    text = json.dumps(report, indent=1, ensure_ascii=False)
    text = re.sub(r"[^\s\"]*test/report/", "@SOURCE@/", text)
    return re.sub(r"0x[0-9a-f]+", "@ADDRESS@", text) + "\n"


def compare(file, text):
    path = HERE / file
    if UPDATE:
        path.write_text(text)
    if path.read_text() != text:
        other = pathlib.Path(tempfile.mkdtemp()) / file
        other.write_text(text)
        subprocess.run(["diff", "-u", path, other], check=False)
        raise AssertionError(f"the report is not as in {path}")


def proves_a_report_holds_timelines_violations_and_call_sites(folder):
    run("all", folder, expect=1)
    compare("all.expected.json", normal(only_report(folder)))


# 64
def proves_a_secret_is_not_in_the_report(folder):
    run("all", folder, expect=1)
    text = next(folder.iterdir()).read_text()
    assert "password" in text and "hunter2" not in text


def proves_an_exit_in_the_middle_of_a_test_keeps_what_it_came_to(folder):
    run("exit", folder, expect=3)
    report = only_report(folder)
    assert outcomes(report) == {"Payments.ChargesTheCard": "passed", "Payments.Stops": "unfinished"}
    assert [one["call"] for one in report["tests"][1]["timeline"]] == ["acme_plain(a: 8, b: nullptr, c: 1)"]


def proves_a_crash_leaves_the_tests_that_have_ended_and_no_broken_report(folder):
    run("abort", folder, expect=-signal.SIGABRT)
    (left,) = folder.iterdir()
    assert re.fullmatch(r"acme_test\.\d+\.json\.part", left.name), left
    assert outcomes(json.loads(left.read_text() + "]}")) == {"Payments.ChargesTheCard": "passed", "Payments.Stops": "unfinished"}


def proves_a_crash_in_the_first_test_says_in_which(folder):
    run("abort-at-once", folder, expect=-signal.SIGABRT)
    (left,) = folder.iterdir()
    assert outcomes(json.loads(left.read_text() + "]}")) == {"Payments.Stops": "unfinished"}


def proves_processes_at_the_same_time_each_have_a_report(folder):
    environment = {**os.environ, "TRIPWIRE_REPORT": str(folder)}
    processes = [subprocess.Popen([PROGRAM, "one"], env=environment) for _ in range(8)]
    assert all(process.wait() == 0 for process in processes)
    reports = reports_in(folder)
    assert len(reports) == len(processes) == len(list(folder.iterdir()))
    assert all(outcomes(report) == {"Payments.ChargesTheCard": "passed"} for report in reports.values())


def proves_a_name_that_is_taken_is_left_alone(folder):
    # The program's process id is that of a shell that becomes it.
    script = 'for n in "" -2; do echo mine > "$1/acme_test.$$$n.json"; done; exec "$0" one'
    environment = {**os.environ, "TRIPWIRE_REPORT": str(folder)}
    subprocess.run(["sh", "-c", script, PROGRAM, folder], env=environment, check=True)
    texts = {re.sub(r"\d+", "N", path.name, count=1): path.read_text() for path in folder.iterdir()}
    assert texts["acme_test.N.json"] == texts["acme_test.N-2.json"] == "mine\n"
    assert "Payments.ChargesTheCard" in texts["acme_test.N-3.json"]


def proves_a_forked_child_is_in_its_parents_report(folder):
    run("fork", folder, expect=0)
    report = only_report(folder)
    (call,) = report["tests"][1]["timeline"]
    assert re.fullmatch(r"child process \d+", call["thread"]), call
    assert call["asserted"] and call["registered_at"]["file"].endswith("program.cpp"), call


def proves_a_forked_child_that_runs_tests_has_a_report_of_its_own(folder):
    run("child-with-tests", folder, expect=0)
    reports = sorted(list(outcomes(report)) for report in reports_in(folder).values())
    assert reports == [["Payments.ChargesTheCard", "Payments.InTheParent"], ["Payments.InTheChild"]], reports


def proves_a_test_of_very_many_calls_says_how_many_are_not_described(folder):
    run("often", folder, expect=0)
    test = only_report(folder)["tests"][1]
    (call,) = test["call_sites"]
    assert len(test["timeline"]) == 10000 and test["left_out"] == 3 and call["recorded"] == 10003, call


def proves_a_folder_that_cannot_be_made_fails_each_test(folder):
    taken = folder / "file"
    taken.write_text("")
    done = run("one", taken / "reports", expect=1)
    assert done.stderr == (
        f"ConfigurationError: the report cannot be written to {taken}/reports: Not a directory\n"
        "  TRIPWIRE_REPORT names that folder: name one that can be written, or take the variable away\n"
    ), done.stderr


def proves_a_report_that_does_not_fit_fails_the_test_whose_part_is_lost(folder):
    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    done = run("one", folder, expect=1, preexec_fn=no_room)
    assert "the report cannot be written to" in done.stderr and "File too large" in done.stderr, done.stderr
    assert not reports_in(folder)


def proves_nothing_is_written_when_nobody_asks(folder):
    run("one", None, expect=0, cwd=folder)
    assert not list(folder.iterdir())


def main():
    global PROGRAM, UPDATE
    UPDATE = "--update" in sys.argv
    proof, PROGRAM = sys.argv[1], os.path.realpath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        globals()["proves_" + proof](pathlib.Path(folder))


main()
