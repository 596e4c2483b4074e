#!/usr/bin/env python3
"""What test programs reported --(tripwire-rewrite --report)--> a page, as a browser shows it.

usage: page_proofs.py PROOF PROGRAM TOOL BROWSER

Each function whose name begins with `proves_` is a test. What the page's own scripts hold does not count as shown.
"""

import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile


class Shown(html.parser.HTMLParser):
    """The text of a page, a line for each piece, without scripts and styles; and which elements it has."""

    def __init__(self, text):
        super().__init__()
        self.pieces = []
        self.elements = []
        self.hidden = 0
        self.feed(text)
        self.text = "\n".join(self.pieces)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style", "noscript")
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "noscript")

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.pieces.append(data.strip())


def report(folder, what):
    environment = {**os.environ, "LC_ALL": "C", "TRIPWIRE_REPORT": str(folder / "reports")}
    subprocess.run([PROGRAM, what], env=environment, stderr=subprocess.DEVNULL, check=False)


def page_of(folder):
    page = folder / "page.html"
    subprocess.run([TOOL, "--report", folder / "reports", "-o", page], stdout=subprocess.DEVNULL, check=True)
    return page


def shown(folder, page, address=""):
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile"]
    done = subprocess.run([*command, "--dump-dom", f"file://{page}{address}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    assert "</html>" in done.stdout, done.stderr
    return Shown(done.stdout)


def has(view, *texts):
    for text in texts:
        assert text in view.text, f"'{text}' is not shown:\n{view.text}"


def number_of(folder, name):
    (path,) = (folder / "reports").glob("*.json")
    return [test["name"] for test in json.loads(path.read_text())["tests"]].index(name)


def proves_the_page_shows_tests_violations_and_call_sites(folder):
    report(folder, "all")
    view = shown(folder, page_of(folder))
    has(view, "acme_test", "2 failed, 5 passed, 1 skipped", "Payments.ChargesTheCard", "Payments.IsSkipped")
    # What failed is open.
    has(view, "the test leaves interactions and mocks behind", "never asserted", "swallowed by")
    has(view, "shop.cpp", "4 of 5 call sites reached", "reached by Payments.LogsIn", "reached by no test", "is left as it is: an unevaluated operand")
    has(view, "int never() {", "return tripwire_may_throw_acme_charge(account, cents, &receipt)")


def proves_the_page_shows_a_timeline_with_its_lanes_answers_and_places(folder):
    report(folder, "all")
    view = shown(folder, page_of(folder), f"#test-{number_of(folder, 'Payments.ChargesTheCard')}")
    has(view, "code under test", "functions", 'acme_charge(account: "acct_1", cents: 5000', "returned ACME_OK", "shop.cpp:10 in shop::pay")
    assert re.search(r"asserted at \S*program.cpp:\d+", view.text) and re.search(r"mock from \S*program.cpp:\d+", view.text)


def proves_text_of_a_program_is_shown_and_never_read_as_html(folder):
    report(folder, "all")
    view = shown(folder, page_of(folder), f"#test-{number_of(folder, 'Payments.SaysWhatIsNoText')}")
    has(view, 'acme::send(text: "</script><img src=x><b>', 'raised std::runtime_error("</script>")')
    assert not [one for one in view.elements if one[0] == "img"]
    assert view.text.count("acme::send") >= 2


def proves_allowed_calls_and_secrets_are_marked(folder):
    report(folder, "all")
    page = page_of(folder)
    view = shown(folder, page, f"#test-{number_of(folder, 'Payments.LetsCallsThrough')}")
    has(view, "1 allowed", "Let through, outside of a sandbox", "in thread 2")
    has(shown(folder, page, f"#test-{number_of(folder, 'Payments.LogsIn')}"), "password: (secret)")


def proves_a_crash_is_shown_with_its_test(folder):
    report(folder, "abort")
    view = shown(folder, page_of(folder))
    has(view, "did not end", "Payments.Stops", "1 run of this program did not come to the end")


def proves_a_suite_of_many_thousand_tests_is_shown_in_pieces(folder):
    (folder / "reports").mkdir()
    tests = [{"name": f"Suite.Test{number}", "file": "", "outcome": "passed", "timeline": [], "violations": [], "call_sites": []} for number in range(20000)]
    (folder / "reports" / "many.json").write_text(json.dumps({"version": 1, "program": "many", "path": "/many", "tests": tests}))
    view = shown(folder, page_of(folder))
    has(view, "20,000 passed", "Suite.Test199", "more of 19,800")
    assert "Suite.Test200\n" not in view.text


def main():
    global PROGRAM, TOOL, BROWSER
    proof, PROGRAM, TOOL, BROWSER = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as folder:
        globals()["proves_" + proof](pathlib.Path(folder))


main()
