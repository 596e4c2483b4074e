#!/usr/bin/env python3
"""reports.py EXPECTED PROGRAM [ARGUMENTS...]: with TRIPWIRE_REPORT the program writes a report, or one for each process that it
starts for a test. They name the tests that the file EXPECTED lists with their outcomes. TRIPWIRE_UPDATE=1 writes the file instead."""

import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

expected, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
with tempfile.TemporaryDirectory() as folder:
    environment = {**os.environ, "TRIPWIRE_REPORT": folder}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    reports = [json.loads(path.read_text()) for path in pathlib.Path(folder).iterdir()]
    tests = [test for report in sorted(reports, key=lambda report: report["pid"]) for test in report["tests"]]
text = "".join(f"{test['outcome']} {test['name']}\n" for test in tests)
if os.environ.get("TRIPWIRE_UPDATE"):
    expected.write_text(text)
difference = list(difflib.unified_diff(expected.read_text().splitlines(), text.splitlines(), lineterm=""))
print(*difference, sep="\n")
sys.exit(1 if difference else 0)
