#!/usr/bin/env python3
"""libcurl's examples --> compiled rewritten with two compilers, proven; many run let through and mocked, as the originals.

Every example that compiles as it is must compile rewritten, and its object must need no seam symbol. Those in RUNS are
run three times: the original and the rewritten one against a server on loopback, reached as a proxy, and the rewritten
one against mocks. All three must print the same. A proxy cannot be asked for https without a certificate that libcurl
believes, so the first two runs are compiled from a copy in which https: reads http:; the mocked one from the file itself.
"""
import argparse
import concurrent.futures
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

BODY = b"<p>an answer of the far end</p>\n"

# Arguments by example; a file named here is made first.
RUNS = {
    "altsvc": [], "cacertinmem": [], "chkspeed": ["http://far.test/file"], "cookie_interface": [], "debug": [],
    "getinfo": [], "getinmemory": [], "getredirect": [], "getreferrer": [], "headerapi": [], "http-post": [],
    "httpcustomheader": [], "httpput": ["upload.txt", "http://far.test/put"],
    "httpput-postfields": ["http://far.test/put"], "https": [], "parseurl": [], "persistent": [], "post-callback": [],
    "postinmemory": [], "postit2": [], "postit2-formadd": ["noexpectheader"], "progressfunc": [], "resolve": [],
    "sepheaders": [], "shared-connection-cache": [], "simple": [], "simplepost": [],
    "simplessl": [], "sslbackend": [], "url2file": ["http://far.test/page"], "urlapi": [], "usercertinmem": [],
}

# What mocks cannot show, or not in the same words.
NOT_MOCKED = {
    "cacertinmem": "asks for a TLS context, which a mock refuses by name",
    "usercertinmem": "asks for a TLS context, which a mock refuses by name",
    "debug": "dumps the request byte by byte, as the proxy gets it",
    "shared-connection-cache": "counts the locks of connections",
}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers whatever it is asked, also as a proxy, with one page."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while int(self.rfile.readline().split(b";")[0], 16):
                while self.rfile.readline().strip():
                    pass
            self.rfile.readline()
        else:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response_only(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("X-Example", "yes")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(BODY)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *arguments):
        pass


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("examples", "work", "tool", "plugins", "runtime-include", "cc", "cxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--other-cc", default="")
    parser.add_argument("--harness", required=True)
    parser.add_argument("--libraries", nargs="+", required=True)
    return parser.parse_args()


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **more)


def first_error(text):
    lines = [line for line in text.splitlines() if "error" in line]
    return (lines or text.splitlines() or ["no message"])[0]


class Examples:
    def __init__(self, given):
        self.given = given
        self.folder = pathlib.Path(given.examples)
        self.work = pathlib.Path(given.work)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.failures = []
        self.config = self.work / "tripwire.yaml"
        outside = os.path.relpath(self.folder, self.work)
        self.config.write_text(
            f'version: 1\nplugins: [http]\ninstrument: {{include: ["{outside}/**", "copies/**"]}}\n')
        (self.work / "copies").mkdir()
        (self.work / "copies" / "none.c").write_text("/* no example */\n")
        self.seams = self.seam_functions()

    def launcher(self, step):
        return [self.given.tool, "--config", str(self.config), "--plugins-folder", self.given.plugins,
                "--runtime-include", self.given.runtime_include, step, "--"]

    def seam_functions(self):
        """The functions of this libcurl that must not be reached past their wrappers: all of these families, but for
        those that only compute."""
        table = run(["nm", "-D", "--defined-only", self.library()]).stdout
        every = {line.split()[-1].split("@")[0] for line in table.splitlines()}
        stem = ("curl_easy_", "curl_multi_", "curl_mime_", "curl_ws_")
        pure = {"curl_easy_escape", "curl_easy_unescape", "curl_easy_strerror", "curl_easy_option_by_name",
                "curl_easy_option_by_id", "curl_easy_option_next", "curl_multi_strerror", "curl_ws_meta"}
        return {name for name in every if name.startswith(stem)} - pure

    def library(self):
        program = self.work / "links_libcurl"
        source = self.work / "links_libcurl.c"
        source.write_text("#include <curl/curl.h>\nint main(void) { return curl_easy_init() == 0; }\n")
        subprocess.run([self.given.cc, str(source), "-o", str(program), "-lcurl"], check=True)
        source.unlink()
        linked = run(["ldd", str(program)]).stdout
        return re.search(r"libcurl\S* => (\S+)", linked).group(1)

    def fail(self, name, why):
        self.failures.append(f"{name}: {why}")

    # Compiling

    def compile_one(self, compiler, source):
        plain = self.work / f"{source.stem}.plain.{compiler[0]}.o"
        as_it_is = run([compiler[1], "-w", "-c", str(source), "-o", str(plain)])
        if as_it_is.returncode != 0:
            return source.stem, "skipped", first_error(as_it_is.stderr)
        rewritten = self.work / f"{source.stem}.{compiler[0]}.o"
        done = run(self.launcher("--compile") + [compiler[1], "-w", "-g", "-c", str(source), "-o", str(rewritten)])
        if done.returncode != 0:
            return source.stem, "failed", "rewritten, it does not compile: " + first_error(done.stderr)
        undefined = {line.split()[-1] for line in run(["nm", "-u", str(rewritten)]).stdout.splitlines()}
        leaks = sorted(undefined & self.seams)
        if leaks:
            return source.stem, "failed", "past the wrappers: " + " ".join(leaks)
        wanted = {line.split()[-1] for line in run(["nm", "-u", str(plain)]).stdout.splitlines()} & self.seams
        for name in wanted:
            if not any(re.search(rf"tripwire_\w+_{name}(_v\w+)?$", each) for each in undefined):
                return source.stem, "failed", f"no wrapper of {name}"
        return source.stem, "compiled", ""

    def compile_all(self, pool):
        counts = {"compiled": 0, "skipped": 0}
        compilers = [("first", self.given.cc)] + ([("other", self.given.other_cc)] if self.given.other_cc else [])
        jobs = [(compiler, source) for compiler in compilers for source in sorted(self.folder.glob("*.c"))]
        skipped = {}
        for name, outcome, why in pool.map(lambda job: self.compile_one(*job), jobs):
            if outcome == "failed":
                self.fail(name, why)
                continue
            counts[outcome] += 1
            if outcome == "skipped":
                skipped[name] = why
        for name, why in sorted(skipped.items()):
            print(f"skipped {name}: {re.sub(r'^.*error: ', '', why)}")
        return counts, len(compilers)

    # Running

    def copy_without_https(self, name):
        text = (self.folder / f"{name}.c").read_text()
        copy = self.work / "copies" / f"{name}.c"
        copy.write_text(re.sub("https://", "http://", text, flags=re.IGNORECASE))
        return copy

    def make_object(self, name, how):
        """The example, rewritten, as one function: main becomes that, and nothing else of it is seen from outside."""
        source = self.folder / f"{name}.c" if how == "mocked" else self.work / "copies" / f"{name}.c"
        function = "main_of_" + re.sub(r"\W", "_", name) + "_" + how
        place = self.work / f"{name}.{how}.o"
        done = run(self.launcher("--compile") +
                   [self.given.cc, "-w", "-g", f"-Dmain={function}", "-c", str(source), "-o", str(place)])
        if done.returncode != 0:
            self.fail(name, first_error(done.stderr))
            return None
        subprocess.run(["objcopy", f"--keep-global-symbol={function}", str(place)], check=True)
        return function, place

    def link_rewritten(self, pool):
        jobs = [(name, how) for name in RUNS for how in ("let_through", "mocked")]
        objects = list(pool.map(lambda job: self.make_object(*job), jobs))
        table = self.work / "programs.cpp"
        with table.open("w") as text:
            text.write("struct ExampleProgram { const char *name; int (*main)(int, char **); };\n")
            for each in filter(None, objects):
                text.write(f'extern "C" int {each[0]}(int, char **);\n')
            text.write("extern const ExampleProgram example_programs[];\nconst ExampleProgram example_programs[] = {\n")
            for (name, how), each in zip(jobs, objects):
                if each:
                    text.write(f'  {{"{name}.{how}", &{each[0]}}},\n')
            text.write("  {nullptr, nullptr}};\n")
        program = self.work / "harness"
        subprocess.run([self.given.cxx, "-c", str(table), "-o", str(self.work / "programs.o")], check=True)
        # The plugin is pulled in as its target's users pull it in.
        done = run(self.launcher("--link") +
                   [self.given.cxx, "-g", "-Wl,--undefined=tripwire_plugin_http", self.given.harness,
                    str(self.work / "programs.o")] + [str(each[1]) for each in objects if each] +
                   self.given.libraries + ["-lcurl", "-ldw", "-lfmt", "-lyaml-cpp", "-lssl", "-lcrypto", "-lpthread",
                                           "-o", str(program)])
        if done.returncode != 0:
            sys.exit("the rewritten examples do not link\n" + done.stderr[-4000:])
        return program

    def link_original(self, name):
        program = self.work / f"{name}.original"
        done = run([self.given.cc, "-w", str(self.copy_without_https(name)), "-o", str(program), "-lcurl", "-lssl",
                    "-lcrypto", "-lpthread"])
        if done.returncode != 0:
            self.fail(name, "the original does not link: " + first_error(done.stderr))
        return done.returncode == 0

    def run_one(self, name, command, proxy):
        """What the program left: its output, its exit status, the files it wrote."""
        place = self.work / "runs" / f"{name}.{pathlib.Path(command[0]).suffix or command[1]}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "upload.txt").write_text("a file to upload\n")
        shutil.copy(self.folder / f"{name}.c", place / f"{name}.c")
        environment = {"PATH": os.environ["PATH"], "HOME": str(place), "LC_ALL": "C"}
        if proxy:
            environment.update(http_proxy=proxy, ALL_PROXY=proxy)
        try:
            done = run(command + RUNS[name], cwd=place, env=environment, timeout=60, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return "did not end"
        seen = f"status {done.returncode}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}\n"
        for file in sorted(place.iterdir()):
            if file.name not in ("upload.txt", f"{name}.c", "report.txt"):
                seen += f"--- {file.name}\n{file.read_text(errors='replace')}\n"
        return normalised(seen)

    def run_all(self, pool):
        RUNS_THAT_LINK = [name for name, links in zip(RUNS, pool.map(self.link_original, RUNS)) if links]
        harness = self.link_rewritten(pool)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        ran = 0
        for name in RUNS_THAT_LINK:
            report = self.work / f"{name}.report.txt"
            original = self.run_one(name, [str(self.work / f"{name}.original")], proxy)
            let_through = self.run_one(name, [str(harness), "let_through", str(report), f"{name}.let_through"], proxy)
            said = report.read_text() if report.exists() else ""
            mocked = original
            if name not in NOT_MOCKED:
                mocked = self.run_one(name, [str(harness), "mocked", str(report), f"{name}.mocked"], "")
                said += report.read_text() if report.exists() else ""
            good = True
            for how, seen in (("let through", let_through), ("mocked", mocked)):
                if seen != original:
                    good = False
                    self.fail(name, f"{how}, it does something else\n" + difference(original, seen))
            for word in ("UnmockedInteractionError", "ConfigurationError", "GuardedCallError"):
                if word in said:
                    good = False
                    self.fail(name, "tripwire reports\n" + said)
                    break
            ran += good
        server.shutdown()
        return ran


def normalised(seen):
    """Without what differs from run to run (times, speeds, ports), what libcurl says of its connection, what a proxy
    adds to a request, and the scheme that stands for another. Of reports of progress the first and the last
    count: how many there are depends on when the answer comes in."""
    seen = re.sub("https://", "http://", seen, flags=re.IGNORECASE)
    seen = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", seen)
    seen = re.sub(r"\d+\.\d+ sec|\d+ kbyte/sec|0x[0-9a-f]{8,}|\b1[789]\d{8}\b", "FIGURE", seen)
    seen = re.sub(r"^> (\w+) http://[^/ ]+", r"> \1 ", seen, flags=re.MULTILINE)
    lines = []
    for line in seen.splitlines():
        if line.startswith(("* ", "== Info:")) or line == "Proxy-Connection: Keep-Alive":
            continue
        if line.startswith("UP: ") and len(lines) > 1 and all(each.startswith("UP: ") for each in lines[-2:]):
            lines.pop()
        lines.append(line)
    return "\n".join(lines)


def difference(expected, got):
    import difflib
    return "\n".join(difflib.unified_diff(expected.splitlines(), got.splitlines(), "original", "rewritten", lineterm=""))


def main():
    given = arguments()
    examples = Examples(given)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        counts, compilers = examples.compile_all(pool)
        ran = examples.run_all(pool)
    for failure in examples.failures:
        print("FAILED " + failure)
    print(f"libcurl examples: compiled {counts['compiled']} (with {compilers} compilers), skipped {counts['skipped']}, "
          f"ran {ran} of {len(RUNS)} like the original ({len(RUNS) - len(NOT_MOCKED)} of them against mocks too), "
          f"failed {len(examples.failures)}")
    return 1 if examples.failures or ran < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
