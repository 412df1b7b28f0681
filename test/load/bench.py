#!/usr/bin/env python3
"""Speed and size, measured: ./dev bench [reading] [memory] [writing] [space] [scale] [import] [size] [pages]

One line a figure: name, value, limit, and ok, short or unclear (rounds that differ by more than 15 %; five, of what
takes long three). The server runs on the first core and its client on the second, but in the race both may have
either; both sides of a ratio run in turn, A B B A. What is measured stands in test/load/*.c. Nothing but this machine
is spoken to, and every process that is started here is also ended here."""

import contextlib
import datetime
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
NUOTIO = os.environ.get("NUOTIO", os.path.join(HOME, "build/release/nuotio"))
WORK = os.environ.get("BENCH_DIR", os.path.join(HOME, "build/load"))
SERVER_CORE, CLIENT_CORE = 0, 1
BOTH_CORES = "0,1"  # where the client only presses and waits
ROUNDS, LONG_ROUNDS, CONNECTIONS = 5, 3, 64
IMPORTED = 5000
SECONDS = 1.5
READING_LIMIT = 1.5  # CPU against the floor's
KEPT_LIMIT = 0.6  # requests a second against constant bytes
TICKS = os.sysconf("SC_CLK_TCK")

started = []


def tool(name):
    return os.path.join(WORK, name)


def work(name):
    return os.path.join(WORK, "run", name)


# --- lines --------------------------------------------------------------------------------------------


def line(name, value, limit="", verdict="", beside=""):
    print(f"{name:<46} {value:>12}  {limit:<10} {verdict:<8}{beside}".rstrip(), flush=True)


def figure(name, values, limit, form, at_least=False, beside=""):
    """The median of the rounds against its limit."""
    values = values if isinstance(values, list) else [values]
    middle = statistics.median(values)
    spread = (max(values) - min(values)) / middle if middle else 0
    good = middle >= limit if at_least else middle <= limit
    verdict = "unclear" if spread > 0.15 else "ok" if good else "short"
    if spread > 0.15:
        beside += f"  rounds {form.format(min(values))} to {form.format(max(values))}"
    line(name, form.format(middle), ("≥ " if at_least else "≤ ") + form.format(limit), verdict, beside)


# --- processes ----------------------------------------------------------------------------------------


def start(command, core, log=None, **more):
    # A session of its own: a signal from the keyboard then comes to us alone, and we end what we began.
    p = subprocess.Popen(["taskset", "-c", str(core)] + command, stderr=log or subprocess.DEVNULL,
                         start_new_session=True, **more)
    started.append(p)
    return p


def stop(p, how=signal.SIGTERM):
    if p.poll() is None:
        p.send_signal(how)
        try:
            p.wait(20)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()
    if p in started:
        started.remove(p)


def children(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as f:
            found += [int(n) for n in f.read().split()]
    return found


def cpu_seconds(pid):
    """User and system time of a process and its children."""
    total = 0
    for n in [pid] + children(pid):
        with open(f"/proc/{n}/stat") as f:
            after = f.read().rsplit(")", 1)[1].split()
        total += (int(after[11]) + int(after[12])) / TICKS
    return total


def pss_kb(pid):
    total = 0
    for n in [pid] + children(pid):
        with open(f"/proc/{n}/smaps_rollup") as f:
            total += int(re.search(r"^Pss:\s+(\d+)", f.read(), re.M).group(1))
    return total


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A running nuotio."""

    def __init__(self, data, command="serve", preload=None, database=None, env=None, core=SERVER_CORE):
        self.port = free_port()
        self.data = data
        args = [NUOTIO, command, "--data", data, "--listen", f"127.0.0.1:{self.port}"]
        if database:
            args += ["--database", database]
        environment = dict(os.environ, **(env or {}))
        if preload:
            environment["LD_PRELOAD"] = preload
        self.begun = time.monotonic()
        self.log = open(work("nuotio.log"), "ab")
        self.process = start(args, core, self.log, stdout=subprocess.PIPE, env=environment)
        self.links = {}
        if command == "demo":
            for text in self.process.stdout:
                parts = text.decode().strip().split("\t")
                if len(parts) == 3:
                    self.links.setdefault(parts[0], parts[2])
                elif self.links:
                    break
        self.first = self.wait()

    def wait(self):
        """Until the first page; how long that took since the start."""
        while True:
            try:
                c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                c.request("GET", "/fi")
                if c.getresponse().status == 200:
                    return time.monotonic() - self.begun
            except (OSError, http.client.HTTPException):
                pass
            if self.process.poll() is not None or time.monotonic() > self.begun + 60:
                sys.exit(f"nuotio gives no page: see {work('nuotio.log')}")
            time.sleep(0.001)

    def child(self):
        return children(self.process.pid)[0]

    def cpu(self):
        return cpu_seconds(self.process.pid)

    def figures(self):
        return {k: float(v) for k, v in
                (l.rsplit(" ", 1) for l in Visitor(self.port).get("/metrics").splitlines() if not l.startswith("#"))}

    def stop(self, how=signal.SIGTERM):
        stop(self.process, how)
        self.log.close()


class Visitor:
    """A person at a browser."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method, address, body=None):
        headers = {"Cookie": self.cookie(), "Origin": f"http://127.0.0.1:{self.port}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                k, _, v = value.split(";")[0].partition("=")
                self.cookies[k] = v
        return answer, text

    def cookie(self):
        return "; ".join(f"{k}={v}" for k, v in self.cookies.items())

    def get(self, address):
        answer, text = self.ask("GET", address)
        if answer.status != 200:
            sys.exit(f"{address} answered {answer.status}")
        return text.decode()

    def form(self, page, action):
        """The hidden fields of a form."""
        text = re.search(r'<form[^>]*action="%s".*?</form>' % re.escape(action), page, re.S).group(0)
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text))

    def post(self, page, action, **fields):
        body = urllib.parse.urlencode({**self.form(self.get(page), action), **fields})
        answer, _ = self.ask("POST", action, body)
        if answer.status != 303:
            sys.exit(f"POST {action} answered {answer.status}")
        return answer

    def sign_in(self, link):
        path = urllib.parse.urlparse(link).path
        self.post(path, path)
        self.cookies.pop("flash", None)
        return self.cookies["session"]


def client(server_port, kind, addresses, cookie, core=CLIENT_CORE, wait=True, **options):
    """Runs the load client on a list of addresses; options by their letters."""
    path = work(f"addresses.{threading.get_ident()}.{abs(hash(tuple(addresses)))}")
    with open(path, "w") as f:
        f.write("".join(a + "\n" for a in addresses))
    flags = [x for k, v in options.items() for x in ("-" + k, str(v))]
    p = start([tool("client")] + flags + ["-k", "session=" + cookie, str(server_port), kind, path], core,
              log=sys.stderr, stdout=subprocess.PIPE)
    return heard(p) if wait else p


def heard(p):
    out = p.stdout.read().split()
    p.wait()
    started.remove(p)
    if len(out) != 5:
        sys.exit("the load client did not end well")
    return {"n": int(out[0]), "seconds": float(out[1]), "p50": int(out[2]), "p99": int(out[3]), "wrong": int(out[4])}


# --- what the floors run ------------------------------------------------------------------------------


def records(data):
    """What trace.c wrote: (thread, rows, SQL, the record itself)."""
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        _, thread, rows, n, parameters = data[at:end].split()
        sql = data[end + 1:end + 1 + int(n)]
        stop_at = end + 2 + int(n)
        for _ in range(int(parameters)):
            end = data.index(b"\n", stop_at)
            kind = data[stop_at:end]
            stop_at = end + 1
            if kind[:1] in b"tb":
                stop_at += int(kind[1:]) + 1
        yield thread, int(rows), sql, data[at:stop_at]
        at = stop_at


class Traced(Server):
    """A nuotio that tells its statements."""

    def __init__(self, data, command):
        self.trace = work("trace")
        super().__init__(data, command, tool("trace.so"), env={"TRACE_SQL": self.trace})

    def told_since(self, at):
        with open(self.trace, "rb") as f:
            f.seek(at)
            return list(records(f.read()))

    def page(self, visitor, address):
        """The one read transaction of a page: its records, headers and body."""
        visitor.get(address)  # the second time nothing is prepared any more
        while True:
            at = os.path.getsize(self.trace)
            answer, body = visitor.ask("GET", address)
            told = self.told_since(at)
            # A job in the background may have read meanwhile.
            if [t[2] for t in told].count(b"BEGIN") == 1 and told[0][2] == b"BEGIN" and told[-1][2] == b"COMMIT":
                return told, answer.getheaders(), body


def write_pages(path, pages):
    """The file that floor.c reads."""
    with open(path, "wb") as f:
        for address, (told, headers, body) in pages.items():
            headers = [f"{k}: {v}" for k, v in headers
                       if k.lower() not in ("date", "content-length", "connection")]
            f.write(f"page {address} {len(headers)} {len(body)} {len(told)}\n".encode())
            f.write("".join(h + "\n" for h in headers).encode() + body + b"\n")
            f.write(b"".join(t[3] for t in told))


def write_jobs(path, told):
    """Each answer of the writer's transcript as a job: what it ran in its savepoint."""
    writer = next(thread for thread, _, sql, _ in told if sql.startswith(b"SAVEPOINT"))
    job, n = [], 0
    with open(path, "wb") as f:
        for thread, _, sql, record in told:
            if thread != writer:
                continue
            if sql.startswith(b"SAVEPOINT") or sql.startswith(b"ROLLBACK"):
                job = []
            elif sql.startswith(b"RELEASE"):
                if any(b"INSERT INTO wheel_answer (" in r for r in job):
                    f.write(b"job %d\n" % len(job) + b"".join(job))
                    n += 1
            else:
                job.append(record)
    return n


def copy_database(path, to):
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(to + end)
    a, b = sqlite3.connect(path), sqlite3.connect(to)
    a.backup(b)
    b.execute("PRAGMA journal_mode = WAL")
    a.close()
    b.close()


class World:
    """The demo college: made once, its pages and answers traced, then copied for each measurement."""

    def __init__(self):
        self.data = work("data")
        server = Traced(self.data, "demo")
        visitor = Visitor(server.port)
        self.session = visitor.sign_in(server.links["coordinator"])
        self.links = server.links
        self.find_addresses(visitor)
        self.pages = {}
        for name, addresses in self.kinds.items():
            pages = {a: server.page(visitor, a) for a in addresses}
            write_pages(work("pages." + name), pages)
            self.pages[name] = pages
        self.database = work("before.db")
        copy_database(os.path.join(self.data, "nuotio.db"), self.database)
        at = os.path.getsize(server.trace)
        client(server.port, "post", self.items, self.session, c=16, t=30, n=20)
        self.jobs = write_jobs(work("jobs"), server.told_since(at))
        server.stop()
        os.unlink(server.trace)

    def find_addresses(self, visitor):
        answer, _ = visitor.ask("GET", "/fi/wheel")
        year = answer.getheader("Location").rsplit("/", 1)[1]
        front = visitor.get("/fi")
        self.campuses = re.findall(r'<li><a href="/fi/([a-z0-9-]+)" data-campus', front)
        places = [(lang, campus) for campus in self.campuses for lang in ("fi", "sv", "en")]
        self.kinds = {
            "campus front": [f"/{l}/{c}" for l, c in places],
            "wheel": [f"/{l}/{c}/wheel/{year}" for l, c in places],
            "list": [f"/{l}/{c}/wheel/{year}?ring=2" for l, c in places],
            "side by side": [f"/{l}/wheel/{year}/campuses" for l in ("fi", "sv", "en")],
        }
        self.items, of_provider = [], set()
        for number in re.findall(r'class="row-title" href="[^"]*/(\d+)"', visitor.get(f"/fi/wheel/{year}")):
            if f'/{number}/answer"' in visitor.get(f"/fi/wheel/{year}/{number}"):
                of_provider.add(number)  # one answer for all campuses
        for campus in self.campuses:
            page = visitor.get(f"/fi/{campus}/wheel/{year}")
            # What repeats stands there more than once.
            for number in dict.fromkeys(re.findall(r'class="row-title" href="[^"]*/(\d+)"', page)):
                address = f"/fi/{campus}/wheel/{year}/{number}"
                if number not in of_provider and f'action="{address}/answer"' in visitor.get(address):
                    self.items.append(address)

    def fresh(self, name):
        """A data folder as it was before the answers."""
        folder = work(name)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.data, folder, ignore=lambda _, names: [n for n in names if n.startswith("nuotio.db")])
        copy_database(self.database, os.path.join(folder, "nuotio.db"))
        return folder


# --- reading ------------------------------------------------------------------------------------------


def read_product(world, server, name):
    """CPU seconds per request while somebody answers twenty items a second."""
    commits = client(server.port, "post", world.items[:8], world.session, wait=False, c=4, t=SECONDS + 1, n=10, r=20)
    time.sleep(0.3)
    before = server.cpu()
    got = client(server.port, "get", world.kinds[name], world.session, c=CONNECTIONS, t=SECONDS)
    got["cpu"] = (server.cpu() - before) / got["n"]
    if heard(commits)["wrong"] or got["wrong"]:
        sys.exit(f"wrong answers while reading {name}")
    return got


def read_floor(world, name, with_database):
    port = free_port()
    args = [tool("floor"), str(port), work("pages." + name)]
    if with_database:
        copy_database(world.database, work("floor.db"))
        args += [work("floor.db"), work("jobs"), "20"]
    else:
        args += ["-"]
    p = start(args, SERVER_CORE, sys.stderr, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdout.readline()
    before = cpu_seconds(p.pid)
    got = client(port, "get", world.kinds[name], world.session, c=CONNECTIONS, t=SECONDS)
    got["cpu"] = (cpu_seconds(p.pid) - before) / got["n"]
    if got["wrong"]:
        sys.exit(f"wrong answers of the floor of {name}")
    stop(p)
    return got


def measure_reading(world, what="reading"):
    server = Server(world.fresh("reading"))
    for name in world.pages:
        ratios, constants, products = [], [], []
        for _ in range(ROUNDS):
            a1 = read_product(world, server, name)
            b1 = read_floor(world, name, True)
            b2 = read_floor(world, name, True)
            a2 = read_product(world, server, name)
            bare = read_floor(world, name, False)
            a = (a1["cpu"] + a2["cpu"]) / 2
            ratios.append(a / ((b1["cpu"] + b2["cpu"]) / 2))
            constants.append(a / bare["cpu"])
            products += [a1, a2]
        pages = world.pages[name].values()
        figure(f"{what}, {name}: CPU to the floor's", ratios, READING_LIMIT, "{:.2f}", beside=
               "{:.0f} µs, {:.0f} queries, {:.0f} rows, {:.0f} a second, p99 {:.1f} ms, {:.1f} × constant".format(
                   statistics.median(p["cpu"] for p in products) * 1e6,
                   # Without BEGIN and COMMIT.
                   statistics.mean(len(told) - 2 for told, _, _ in pages),
                   statistics.mean(sum(t[1] for t in told) for told, _, _ in pages),
                   statistics.median(p["n"] / p["seconds"] for p in products),
                   statistics.median(p["p99"] for p in products) / 1000,
                   statistics.median(constants)))
    server.stop()


# --- pages that are kept ------------------------------------------------------------------------------


def read_kept(world, server, addresses):
    """Answers a second to readers who are not signed in, while twenty items a second are answered."""
    commits = client(server.port, "post", world.items[:8], world.session, wait=False, c=4, t=SECONDS + 1, n=10, r=20)
    time.sleep(0.3)
    got = client(server.port, "get", addresses, "", c=CONNECTIONS, t=SECONDS, e="br")
    if heard(commits)["wrong"] or got["wrong"]:
        sys.exit("wrong answers while reading what is kept")
    return got["n"] / got["seconds"]


def read_constant(addresses):
    port = free_port()
    p = start([tool("floor"), str(port), work("pages.kept"), "-"], SERVER_CORE, sys.stderr, stdin=subprocess.PIPE,
              stdout=subprocess.PIPE)
    p.stdout.readline()
    got = client(port, "get", addresses, "", c=CONNECTIONS, t=SECONDS, e="br")
    stop(p)
    if got["wrong"]:
        sys.exit("wrong answers of the floor of what is kept")
    return got["n"] / got["seconds"]


def measure_kept(world):
    server = Server(world.fresh("reading"))
    addresses = [a for name in ("campus front", "wheel", "list") for a in world.kinds[name]]
    addresses += [f"/{l}/{c}/space" for l in ("fi", "sv", "en") for c in world.campuses]
    pages = {}
    for address in addresses:
        for _ in range(2):  # at the second time it is compressed
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            connection.request("GET", address, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            pages[address] = [], answer.getheaders(), answer.read()
        if answer.getheader("Content-Encoding") != "br":
            sys.exit(f"{address} is not kept")
    write_pages(work("pages.kept"), pages)
    ratios, rates = [], []
    for _ in range(ROUNDS):
        a1, b1 = read_kept(world, server, addresses), read_constant(addresses)
        b2, a2 = read_constant(addresses), read_kept(world, server, addresses)
        ratios.append((a1 + a2) / (b1 + b2))
        rates += [a1, a2]
    figures = server.figures()
    found, missed = (figures["nuotio_http_" + n] for n in ("remembered_total", "not_remembered_total"))
    server.stop()
    figure("kept pages: a second, to constant bytes", ratios, KEPT_LIMIT, "{:.2f}", at_least=True, beside=
           f"{statistics.median(rates):.0f} a second, {100 * found / (found + missed):.1f} % kept, "
           f"{statistics.mean(len(p[2]) for p in pages.values()) / 1000:.1f} kB each")


# --- writing ------------------------------------------------------------------------------------------


def write_product(world, server, tokens, **options):
    before = server.figures()
    cookie = options.pop("cookie", world.session)
    got = client(server.port, "post", world.items, cookie, c=CONNECTIONS, t=SECONDS, n=tokens, **options)
    after = server.figures()
    if got["wrong"]:
        sys.exit("wrong answers while writing")
    got["rate"] = got["n"] / got["seconds"]
    got["batches"] = after["nuotio_db_batches_total"] - before["nuotio_db_batches_total"]
    got["batch"] = got["n"] / got["batches"]
    got["commit"] = (after["nuotio_db_commit_seconds_sum"] - before["nuotio_db_commit_seconds_sum"]) / got["batches"]
    return got


def write_afresh(world):
    """Over the database as it was, as the floor has it: with each answer it grows, and an answer takes longer."""
    server = Server(world.fresh("writing"))
    got = write_product(world, server, 50)
    server.stop()
    return got


def write_floor(world):
    copy_database(world.database, work("floor.db"))
    p = start([tool("floor-write"), work("floor.db"), work("jobs")], SERVER_CORE, sys.stderr, stdout=subprocess.PIPE)
    n, seconds = p.stdout.read().split()
    stop(p)
    return int(n) / float(seconds)


def measure_writing(world):
    ratios, products = [], []
    for _ in range(ROUNDS):
        a1, b1, b2, a2 = write_afresh(world), write_floor(world), write_floor(world), write_afresh(world)
        ratios.append((a1["rate"] + a2["rate"]) / (b1 + b2))
        products += [a1, a2]
    figure("writing: answers a second to the floor's", ratios, 0.4, "{:.2f}", True,
           "{:.0f} a second, {:.0f} in a commit, p99 {:.1f} ms".format(
               *(statistics.median(p[k] for p in products) for k in ("rate", "batch")),
               statistics.median(p["p99"] for p in products) / 1000))


def measure_slow_disk(world):
    server = Server(world.fresh("slow"), preload=tool("slow-disk.so"))
    got = [write_product(world, server, 30) for _ in range(ROUNDS)]
    server.stop()
    figure("writing, disk of 2 ms: answers in a commit", [g["batch"] for g in got], 20, "{:.0f}", True,
           "{:.0f} a second".format(statistics.median(g["rate"] for g in got)))
    # A commit is what passes from one to the next: its jobs, and the disk.
    figure("writing, disk of 2 ms: p99 in commits", [g["p99"] / 1e6 / (g["seconds"] / g["batches"]) for g in got], 4,
           "{:.1f}", beside="p99 {:.1f} ms, {:.1f} ms from commit to commit, of them {:.1f} ms disk".format(
               statistics.median(g["p99"] for g in got) / 1000,
               statistics.median(g["seconds"] / g["batches"] for g in got) * 1000,
               statistics.median(g["commit"] for g in got) * 1000))


def measure_postgres(world):
    place = os.environ.get("NUOTIO_TEST_PG")
    if not place:
        return
    server = Server(work("postgres"), "demo", database=place)
    visitor = Visitor(server.port)
    session = visitor.sign_in(server.links["coordinator"])
    world.find_addresses(visitor)
    got = [write_product(world, server, 15, cookie=session) for _ in range(3)]
    server.stop()
    line("writing, PostgreSQL", "{:.0f}/s".format(statistics.median(g["rate"] for g in got)), beside=
         "{:.0f} in a commit, p99 {:.1f} ms".format(statistics.median(g["batch"] for g in got),
                                                    statistics.median(g["p99"] for g in got) / 1000))


def answers_until(world, server, ended, name):
    """Answers until the server is gone. `ended` sees to it; the numbers that were acknowledged."""
    p = client(server.port, "post", world.items, world.session, wait=False, c=CONNECTIONS, t=8, n=20, a=work(name))
    ended(server)
    heard(p)
    server.stop()
    with open(work(name)) as f:
        return [l.rstrip("\n") for l in f]


def missing_in(folder, numbers):
    """How many of the acknowledged answers are not there when a nuotio has opened the folder; they are wiped out."""
    Server(folder).stop()
    with contextlib.closing(sqlite3.connect(os.path.join(folder, "nuotio.db"))) as db:
        words = {w for (w,) in db.execute("SELECT words FROM wheel_answer UNION ALL"
                                          " SELECT words FROM wheel_answer_past")}
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            sys.exit(f"{folder}: the database is broken")
        db.execute("UPDATE wheel_answer SET words = ''")
        db.execute("UPDATE wheel_answer_past SET words = ''")
        db.commit()
    return sum(n not in words for n in numbers)


def kill(server):
    while server.figures()["nuotio_db_jobs_total"] < 500:
        time.sleep(0.01)
    time.sleep(0.1)
    for pid in (server.process.pid, server.child()):
        os.kill(pid, signal.SIGKILL)


def measure_kill(world):
    """Everything that was acknowledged before kill -9 is in the database afterwards."""
    folder = world.fresh("kill")
    missing, told = [], 0
    for _ in range(ROUNDS):
        numbers = answers_until(world, Server(folder), kill, "acknowledged")
        missing.append(missing_in(folder, numbers))
        told += len(numbers)
    if told == 0:
        sys.exit("nothing was acknowledged before kill -9")
    figure("acknowledged and missing after kill -9", sum(missing), 0, "{:.0f}", beside=f"of {told} acknowledged")


def measure_power_cut(world):
    """The same when the power goes, on a disk that loses and tears what was not synced: see power-cut.c."""
    missing, told, fates = [], 0, [0, 0, 0]
    for n in range(ROUNDS):
        found = work("found")
        shutil.rmtree(found, ignore_errors=True)
        os.mkdir(found)
        folder = world.fresh("power")
        server = Server(folder, preload=tool("power-cut.so"), env={
            "POWER_TO": found, "POWER_AT": str(700 + 599 * n), "POWER_DICE": str(n + 1)})
        numbers = answers_until(world, server, lambda s: s.process.wait(20), "acknowledged")
        with open(os.path.join(found, "told")) as f:
            fates = [a + int(b) for a, b in zip(fates, f.read().split())]
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, "nuotio.db" + end))
            with contextlib.suppress(FileNotFoundError):
                os.rename(os.path.join(found, "nuotio.db" + end), os.path.join(folder, "nuotio.db" + end))
        missing.append(missing_in(folder, numbers))
        told += len(numbers)
    if told == 0 or fates[1] + fates[2] == 0:
        sys.exit("nothing was acknowledged, or nothing lost, when the power went")
    figure("acknowledged and missing after a power cut", sum(missing), 0, "{:.0f}", beside=
           f"of {told} acknowledged; of {sum(fates)} writes that were not synced {fates[1]} were lost, {fates[2]} torn")


# --- spaces -------------------------------------------------------------------------------------------

SLOTS, RIVALS = 50, 6
SMALL, BIG = 20_000, 1_000_000
SPACES = 26  # and the four of the demo
SERIES_WEEKS = 40
HELD_BY_EACH = "a.state = 'booked' AND b.state = 'booked' AND a.space = b.space AND a.id < b.id"
TWICE = (f"SELECT count(*) FROM space_booking a JOIN space_booking b ON {HELD_BY_EACH}"
         " AND a.blocked_from < b.blocked_to AND b.blocked_from < a.blocked_to AND NOT (a.shared AND b.shared)"
         " WHERE a.space = (SELECT id FROM space WHERE slug = 'race')")
TAKEN = "SELECT count(*) FROM space_booking WHERE space = (SELECT id FROM space WHERE slug = 'race')"


def next_monday(weeks=1):
    today = datetime.date.today()
    return today + datetime.timedelta(days=7 * weeks - today.weekday())


def instant(day, minutes):
    return f"{day}T{minutes // 60:02}:{minutes % 60:02}:00Z"


def space_rows(slug, campus, more=""):
    """A space that is open from eight to six on all days, in SQL of both engines."""
    return (f"INSERT INTO space (campus, slug, name_fi, capacity, drop_in_to, drop_in_from{', ' if more else ''}"
            f"{', '.join(k for k, _ in more)}) SELECT id, '{slug}', '{slug}', 20, 0, 0"
            f"{''.join(', ' + v for _, v in more)} FROM campus WHERE slug = '{campus}';"
            "INSERT INTO space_hours (space, days, opens, closes, staffed)"
            f" SELECT id, 127, 480, 1080, FALSE FROM space WHERE slug = '{slug}';")


def racers(campus):
    """People with sessions, a space for them to race for, and the SQL that adds them."""
    now = instant(datetime.date.today(), 0)
    later = instant(datetime.date.today() + datetime.timedelta(days=20), 0)
    sessions = [f"racer-{n}" for n in range(SLOTS * RIVALS)]
    sql = space_rows("race", campus, [("open_holidays", "TRUE"), ("open_breaks", "TRUE"), ("after_minutes", "0")])
    for session in sessions:
        digest = hashlib.blake2b(session.encode(), digest_size=32).hexdigest()
        sql += ("INSERT INTO person (name, email, language, created_at)"
                f" VALUES ('{session}', '{session}@example.fi', 'fi', '{now}');"
                "INSERT INTO person_role (person, role, given_at)"
                f" SELECT id, 'staff', '{now}' FROM person WHERE name = '{session}';"
                "INSERT INTO session (token, person, own_device, created_at, expires_at)"
                f" SELECT '{digest}', id, TRUE, '{now}', '{later}' FROM person WHERE name = '{session}';")
    return sessions, sql


def race(server, campus, sessions, week):
    """Ten hours of five days, and six people for each."""
    monday = next_monday(week)
    with open(work("racers"), "w") as f:
        for n, session in enumerate(sessions):
            slot = n // RIVALS
            day = (monday + datetime.timedelta(days=slot // 10)).toordinal()
            f.write(f"{session} /fi/{campus}/space/race {day} {480 + 60 * (slot % 10)} 60\n")
    p = start([tool("race"), str(server.port), str(server.child()), work("racers")], CLIENT_CORE, sys.stderr,
              stdout=subprocess.PIPE)
    out = p.stdout.read().split()
    p.wait()
    started.remove(p)
    if len(out) != 9:
        sys.exit("the race did not end well")
    return dict(zip(("held", "refused", "told", "sent", "p50", "p99", "slowest", "cpu", "own"), map(int, out)))


def measure_race(engine, server, campus, sessions, ask):
    race(server, campus, sessions, 2)  # the threads have prepared their statements
    taken = int(ask(TAKEN))
    got = [race(server, campus, sessions, 3 + n) for n in range(ROUNDS)]
    figure(f"race, {engine}: bookings of taken times", int(ask(TWICE)), 0, "{:.0f}", beside=
           "{} of {} times booked, by {} people".format(int(ask(TAKEN)) - taken, SLOTS * ROUNDS, len(sessions)))
    refused, told = sum(g["refused"] for g in got), sum(g["told"] for g in got)
    figure(f"race, {engine}: losers told why and what else", told / refused, 1, "{:.2f}", True, f"{refused} refused")
    figure(f"race, {engine}: p99 of holding a time (ms)", [g["p99"] / 1000 for g in got], 50, "{:.0f}", beside=
           "p50 {:.0f} ms, all {} pressed at once, {:.0f} µs CPU each, {:.0f} µs the client's".format(
               statistics.median(g["p50"] for g in got) / 1000, len(sessions),
               statistics.median(g["cpu"] for g in got) / len(sessions),
               statistics.median(g["own"] for g in got) / len(sessions)))


def measure_races(world):
    folder = world.fresh("race")
    path = os.path.join(folder, "nuotio.db")
    sessions, sql = racers(world.campuses[0])
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript("BEGIN;" + sql + "COMMIT;")

    def ask(question):
        with contextlib.closing(sqlite3.connect(path)) as db:
            return db.execute(question).fetchone()[0]

    server = Server(folder, core=BOTH_CORES)
    measure_race("SQLite", server, world.campuses[0], sessions, ask)
    server.stop()

    place = os.environ.get("NUOTIO_TEST_PG")
    if not place:
        return

    def ask_postgres(question):
        return subprocess.run(["psql", "-qtA", "-v", "ON_ERROR_STOP=1", place], input=question.encode(),
                              stdout=subprocess.PIPE, check=True).stdout

    server = Server(work("postgres"), "demo", database=place, core=BOTH_CORES)
    ask_postgres("BEGIN;" + sql + "COMMIT;")
    measure_race("PostgreSQL", server, world.campuses[0], sessions, ask_postgres)
    server.stop()


def bookings(spaces, n):
    """This year four on each weekday in each space until there are SMALL of them; in the years before, thirteen."""
    made = 0
    this_year = next_monday(-20)
    for week in range(1000):
        for day in range(5):
            for place, space in enumerate(spaces):
                for k in range(4 if made < SMALL else 13):
                    if made == n:
                        return
                    if made < SMALL:
                        date = this_year + datetime.timedelta(days=7 * week + day)
                        start = 360 + 150 * k + 60 * ((week + place) % 3 == 0)
                    else:
                        date = this_year - datetime.timedelta(days=7 * (week - made_weeks) + day + 1)
                        start = 300 + 60 * k
                    made += 1
                    yield (space, instant(date, start), instant(date, start + 45), instant(date, start),
                           instant(date, start + 60), f"Kerho {made % 400}", made % 12 + 2, instant(date, 0),
                           f"{made}@bench")
        if made < SMALL:
            made_weeks = week


class Booked(World):
    """The demo college with thirty spaces and so many bookings."""

    def __init__(self, world, n):
        self.data, self.database = work(f"booked{n}"), work(f"booked{n}.db")
        self.session, self.items = world.session, world.items
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(world.fresh("reading"), self.data)
        path = os.path.join(self.data, "nuotio.db")
        self.fill(path, world.campuses, n)
        copy_database(path, self.database)
        week, monday = "{}-W{:02}".format(*next_monday().isocalendar()), next_monday()
        slugs = [(world.campuses[i % 4], f"space{i}") for i in range(SPACES)]
        self.kinds = {
            "week of thirty spaces": [f"/{l}/space/week?week={week}" for l in ("fi", "sv", "en")],
            "week of a space": [f"/fi/{c}/space/{s}?week={week}" for c, s in slugs],
            "free times": [f"/fi/{c}/space/{s}/book?day={monday}" for c, s in slugs],
        }

    def fill(self, path, campuses, n):
        db = sqlite3.connect(path)
        for i in range(SPACES):
            db.executescript(space_rows(f"space{i}", campuses[i % 4], [("open_breaks", "TRUE")]))
        spaces = [id for (id,) in db.execute("SELECT id FROM space WHERE slug GLOB 'space[0-9]*' ORDER BY id")]
        walls = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
        for name in re.findall(r"CREATE TRIGGER (\w+)", " ".join(walls)):
            db.execute(f"DROP TRIGGER {name}")
        db.executemany("INSERT INTO space_booking (space, state, starts, ends, blocked_from, blocked_to, title,"
                       " language, audience, people, who, booked_by, made_at, uid, changed_at)"
                       " VALUES (?, 'booked', ?, ?, ?, ?, ?, 'fi', 'group', 8, 'staff', ?, ?, ?, ?8)",
                       bookings(spaces, n))
        for sql in walls:
            db.execute(sql)
        db.commit()
        db.close()

    def trace(self):
        """What the floors run."""
        server = Traced(self.fresh("reading"), "serve")
        visitor = Visitor(server.port)
        visitor.cookies["session"] = self.session
        self.pages = {}
        for name in ("week of thirty spaces", "week of a space"):
            self.pages[name] = {a: server.page(visitor, a) for a in self.kinds[name]}
            write_pages(work("pages." + name), self.pages[name])
        server.stop()
        os.unlink(server.trace)


def spent(server, world, name):
    before = server.cpu()
    got = client(server.port, "get", world.kinds[name], world.session, c=CONNECTIONS, t=SECONDS)
    if got["wrong"]:
        sys.exit(f"wrong answers of {name}")
    return (server.cpu() - before) / got["n"]


def measure_years(small, big):
    one, ten = Server(small.fresh("reading")), Server(big.data)
    for name in small.kinds:
        ratios, costs = [], []
        for _ in range(ROUNDS):
            a1, b1 = spent(ten, big, name), spent(one, small, name)
            b2, a2 = spent(one, small, name), spent(ten, big, name)
            ratios.append((a1 + a2) / (b1 + b2))
            costs += [a1, a2]
        figure(f"ten years, {name}: CPU to one's", ratios, 1.5, "{:.2f}", beside=
               "{:.0f} µs; {:,} and {:,} bookings".format(statistics.median(costs) * 1e6, BIG, SMALL))
    one.stop()
    ten.stop()


def cpu_ms(server, ask):
    """What the server spends on an answer; finer than the ticks of cpu_seconds, and nobody else's work counts."""
    clock = ~server.child() << 3 | 2  # as clock_getcpuclockid does it
    before = time.clock_gettime(clock)
    answer = ask()
    return (time.clock_gettime(clock) - before) * 1000, answer


def measure_series(small):
    """Every week at half past four, over Christmas; some days are taken."""
    server = Server(small.fresh("reading"))
    visitor = Visitor(server.port)
    visitor.cookies["session"] = small.session
    first, from_minute = next_monday(2) + datetime.timedelta(days=3), 990
    last = first + datetime.timedelta(days=7 * (SERIES_WEEKS - 1))
    looked, sent, days = [], [], {}
    for address in small.kinds["week of a space"]:
        space = address.split("?")[0]
        book = f"{space}/book?day={first}"
        if not re.search(rf'name="from"[^>]*value="{from_minute}"', visitor.get(book)):
            continue  # taken on the first day
        answer = visitor.post(book, f"{space}/hold", **{"day": first.toordinal(), "from": from_minute, "length": 60})
        draft = answer.getheader("Location")
        visitor.post(draft, f"{draft}/details", title="Sarja", audience="meeting", people=5, every="week", last=last)
        ms, page = cpu_ms(server, lambda: visitor.get(f"{draft}/check"))
        looked.append(ms)
        days = dict(re.findall(r'name="(taken|asked)" value="(\d+)"', page))
        body = urllib.parse.urlencode({**visitor.form(page, f"{draft}/send"), **days})
        ms, (answer, _) = cpu_ms(server, lambda: visitor.ask("POST", f"{draft}/send", body))
        if answer.status != 303:
            sys.exit(f"the series answered {answer.status}")
        sent.append(ms)  # the first one also prepares the statements
    server.stop()
    figure("series of 40 weeks: CPU to make it (ms)", sent[1:], 5, "{:.1f}", beside=
           "{} of its days, {} left out; the page to look it through {:.1f} ms".format(
               days["taken"], SERIES_WEEKS - int(days["taken"]), statistics.median(looked)))


def measure_space(world):
    measure_races(world)
    small = Booked(world, SMALL)
    small.trace()
    measure_series(small)
    measure_reading(small, "bookings")
    measure_years(small, Booked(world, BIG))


# --- files --------------------------------------------------------------------------------------------


def send_file(visitor, page, action, name, content, **fields):
    """A form with a file in it, as browsers send it."""
    boundary = "nuotio" + hashlib.sha256(content).hexdigest()[:16]
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
             for k, v in {**visitor.form(visitor.get(page), action), **fields}.items()]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="wheel.csv"\r\n\r\n'
    body = b"".join(parts) + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    visitor.connection.request("POST", action, body, {
        "Cookie": visitor.cookie(), "Origin": f"http://127.0.0.1:{visitor.port}",
        "Content-Type": f"multipart/form-data; boundary={boundary}"})
    answer = visitor.connection.getresponse()
    answer.read()
    if answer.status != 303:
        sys.exit(f"the file was answered {answer.status}")
    return answer.getheader("Location")


def import_once(visitor, year, n):
    """A table of n items, looked at and taken in, until all of them are seen; and taken back."""
    action = f"/fi/wheel/{year}/import"
    rows = "".join(f"Asia {i};{33 + i % 18};kampus;Kuvaus, jossa on jotakin luettavaa.\n" for i in range(n))
    begun = time.monotonic()
    where = send_file(visitor, action, action, "file", ("Otsikko;Viikko;Kehä;Kuvaus\n" + rows).encode(), ring=1)
    page = visitor.get(where)
    looked = time.monotonic()
    body = urllib.parse.urlencode(visitor.form(page, where + "/make"))
    visitor.ask("POST", where + "/make", body)
    while visitor.ask("GET", where)[0].status != 200:
        time.sleep(0.01)
    seen = time.monotonic()
    return where, looked - begun, seen - begun


def measure_import():
    server = Server(work("import"), "demo")
    visitor = Visitor(server.port)
    visitor.sign_in(server.links["coordinator"])
    year = visitor.ask("GET", "/fi/wheel")[0].getheader("Location").rsplit("/", 1)[1]
    spent, looked, seen, exported = [], [], [], {}
    for _ in range(ROUNDS):
        ms, (where, look, all_of_it) = cpu_ms(server, lambda: import_once(visitor, year, IMPORTED))
        spent.append(ms / 1000)
        looked.append(look)
        seen.append(all_of_it)
        for form in ("csv", "xlsx", "json", "ics"):
            exported[form] = cpu_ms(server, lambda: visitor.ask("GET", f"/fi/wheel/{year}/export/{form}"))[0]
        visitor.post(where, where + "/undo")
    server.stop()
    figure("import of 5,000 items with dry run: CPU (s)", spent, 1, "{:.2f}", beside=
           "{:.2f} s until looked at, {:.2f} s until seen; the job comes each second".format(
               statistics.median(looked), statistics.median(seen)))
    line("export of 5,000 items (ms)", " ".join(f"{k} {v:.0f}" for k, v in exported.items()))


# --- scale --------------------------------------------------------------------------------------------


CAMPUSES, SCHOOL_YEARS, STATES = 400, 10, 200_000


class Large(World):
    """The demo college with so many campuses, school years and states; its first campuses stay what they were."""

    def __init__(self, world):
        self.data, self.session = work("large"), world.session
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(world.fresh("reading"), self.data)
        db = sqlite3.connect(os.path.join(self.data, "nuotio.db"))
        self.fill(db)
        self.states, = db.execute("SELECT count(*) FROM wheel_answer").fetchone()
        self.items, = db.execute("SELECT count(*) FROM wheel_item").fetchone()
        db.commit()
        db.close()

    def fill(self, db):
        (there, last), = db.execute("SELECT count(*), max(position) FROM campus")
        db.executemany("INSERT INTO campus (slug, name_fi, name_sv, name_en, character_fi, character_sv, character_en,"
                       " language, color, position) VALUES (?, ?1, ?1, ?1, 'Kampus', 'Campus', 'Campus', 'fi', ?, ?)",
                       [(f"kampus{n}", n % 8 + 1, last + n) for n in range(1, CAMPUSES - there + 1)])
        oldest, years = db.execute("SELECT min(year), count(*) FROM school_year").fetchone()
        for n in range(1, SCHOOL_YEARS - years + 1):
            self.copy_year(db, oldest, n)
        common, = db.execute("SELECT count(*) FROM wheel_item WHERE campus IS NULL AND answers = 'campus'").fetchone()
        # What is common is answered by all; the new campuses' own items make up the rest.
        own = max(0, round((STATES - common * CAMPUSES) / (CAMPUSES - there) / SCHOOL_YEARS))
        for n in range(own):
            self.add_own(db, there, n)
        db.execute("INSERT INTO wheel_answer (item, campus, state, reason, words, language, answered_by, answered_at)"
                   " SELECT i.id, c.id, CASE (i.id + c.id) % 10 WHEN 0 THEN 'our_way' WHEN 1 THEN 'not_here'"
                   " ELSE 'done' END, CASE (i.id + c.id) % 10 WHEN 1 THEN 'does_not_fit' ELSE 'no' END,"
                   " CASE (i.id + c.id) % 3 WHEN 0 THEN '' ELSE 'Teimme sen yhdessä opiskelijakunnan kanssa ja joimme"
                   " lopuksi kahvit aulassa.' END, 'fi', 2, i.ends || 'T12:00:00Z' FROM wheel_item i JOIN campus c"
                   " ON c.id > :there AND (i.campus IS NULL OR i.campus = c.id) OR c.id <= :there AND i.campus IS NULL"
                   " AND i.starts < :before WHERE i.answers = 'campus' AND NOT EXISTS (SELECT 1 FROM wheel_answer a"
                   " WHERE a.item = i.id AND a.campus = c.id) AND i.cancelled_at IS NULL",
                   {"there": there, "before": f"{oldest}-08-01"})

    def copy_year(self, db, oldest, n):
        """The oldest year that the demo has, so many years earlier."""
        weeks = f"-{364 * n} days"
        year = db.execute("INSERT INTO school_year (year, state, starts, ends, published_at, closed_at) SELECT"
                          " year - :n, 'closed', date(starts, :years), date(ends, :years), published_at, closed_at"
                          " FROM school_year WHERE year = :oldest",
                          {"n": n, "years": f"-{n} years", "oldest": oldest}).lastrowid
        db.execute("INSERT INTO wheel_item (series, year, ring, title_fi, title_sv, title_en, sentence_fi, sentence_sv,"
                   " sentence_en, description_fi, description_sv, description_en, timing, week, anchor, starts, ends,"
                   " duty, answers, core, changed_at) SELECT series, :year, ring, title_fi, title_sv, title_en,"
                   " sentence_fi, sentence_sv, sentence_en, description_fi, description_sv, description_en, timing,"
                   " week, anchor, date(starts, :weeks), date(ends, :weeks), duty, answers, core, changed_at"
                   " FROM wheel_item WHERE campus IS NULL AND year = (SELECT id FROM school_year WHERE year = :oldest)",
                   {"year": year, "weeks": weeks, "oldest": oldest})

    def add_own(self, db, there, n):
        """One more item of each new campus, in each year."""
        db.execute("INSERT INTO wheel_series (key, every) VALUES ('', 'year')")
        db.execute("INSERT INTO wheel_item (series, year, ring, campus, title_fi, title_sv, title_en, description_fi,"
                   " description_sv, description_en, sentence_fi, sentence_sv, sentence_en, timing, starts, ends,"
                   " answers, changed_at) SELECT (SELECT max(id) FROM wheel_series), y.id,"
                   " (SELECT min(id) FROM wheel_ring), c.id, 'Oma asia', '', '', '', '', '', '', '', '', 'dates',"
                   " date(y.starts, :days), date(y.starts, :days), 'campus', y.starts || 'T12:00:00Z'"
                   " FROM school_year y JOIN campus c ON c.id > :there",
                   {"days": f"+{20 + 15 * n} days", "there": there})


def measure_scale(world):
    large = Large(world)
    small, big = Server(world.fresh("reading")), Server(large.data)
    # The same pages of the same campuses; side by side, those of one that is looked for against all four.
    kinds = {name: (world.kinds[name], world.kinds[name]) for name in ("wheel", "list")}
    kinds["side by side"] = (world.kinds["side by side"], [f"{a}?campus={c}" for a in world.kinds["side by side"]
                                                             for c in world.campuses])
    beside = f"{CAMPUSES} campuses, {SCHOOL_YEARS} years, {large.items:,} items, {large.states:,} states"
    for name, (few, many) in kinds.items():
        times = {small: [], big: []}
        for server, addresses in [(big, many), (small, few), (small, few), (big, many)] * ROUNDS:
            times[server].append(spent(server, Asked(world.session, addresses), "all"))
        # Of the least of each: another's work on this machine only adds.
        figure(f"large college, {name}: CPU to the demo's", min(times[big]) / min(times[small]), 1.5, "{:.2f}",
               beside="{:.0f} and {:.0f} µs; {}".format(min(times[big]) * 1e6, min(times[small]) * 1e6, beside))
    visitor = Visitor(big.port)
    visitor.cookies["session"] = world.session
    costs, sizes = [], []
    for side in world.kinds["side by side"]:
        for query in ("", "?from=7", "?from=200", "?campus=kampus3", "?core=1&from=395"):
            asked = [cpu_ms(big, lambda: visitor.get(side + query)) for _ in range(ROUNDS)]
            costs.append(min(ms for ms, _ in asked))
            sizes.append(len(asked[0][1].encode()) / 1000)
    figure("large college, all side by side: CPU (ms)", max(costs), 100, "{:.1f}", beside=f"{len(costs)} pages")
    figure("large college, all side by side: page (kB)", max(sizes), 100, "{:.1f}", beside="as sent, not compressed")
    small.stop()
    big.stop()


class Asked:
    """A list of addresses, as `spent` reads them."""

    def __init__(self, session, addresses):
        self.session, self.kinds = session, {"all": addresses}


# --- size ---------------------------------------------------------------------------------------------


def idle_connections(port, n):
    """Browsers that were here and keep their connection."""
    held = []
    for _ in range(n):
        s = socket.create_connection(("127.0.0.1", port))
        s.sendall(b"GET /fi HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        held.append(s)
    for s in held:
        while s.recv(65536)[-8:].find(b"</html>") < 0:
            pass
    return held


def busy_memory(world, server):
    held = idle_connections(server.port, 1000)
    everything = [a for addresses in world.kinds.values() for a in addresses]
    commits = client(server.port, "post", world.items[:8], world.session, wait=False, c=4, t=3, n=10, r=20)
    reading = client(server.port, "get", everything, world.session, wait=False, c=CONNECTIONS, t=3)
    most = 0
    while reading.poll() is None:
        most = max(most, pss_kb(server.process.pid))
        time.sleep(0.1)
    heard(reading)
    heard(commits)
    for s in held:
        s.close()
    return most / 1024


def measure_memory(world):
    most = []
    for n in range(LONG_ROUNDS):
        server = Server(world.fresh("memory"))
        most.append(busy_memory(world, server))
        if n < LONG_ROUNDS - 1:
            server.stop()
    figure("memory, 64 active and 1,000 idle (MB)", most, 48, "{:.1f}")
    measure_sign_ins(world, server)
    server.stop()


def measure_sign_ins(world, server):
    person = Visitor(server.port)
    # A password is set just after signing in.
    person.sign_in(world.links["admin"])
    person.post("/fi/me/devices", "/fi/me/password", password="kolmijoen kello soi 7")
    # One account may try five times in a row, so five people come in four times each.
    with sqlite3.connect(os.path.join(server.data, "nuotio.db")) as db:
        db.execute("INSERT INTO account (person, issuer, subject, password)"
                   " SELECT p.id, a.issuer, p.email, a.password FROM account a, person p WHERE p.id <> a.person")
        mails = [mail for (mail,) in db.execute("SELECT email FROM person ORDER BY id LIMIT 5")]
    took = []

    def enter(mail):
        v = Visitor(server.port)
        v.get("/fi/sign-in")
        ready.wait()
        begun = time.monotonic()
        v.post("/fi/sign-in", "/fi/sign-in", email=mail, password="kolmijoen kello soi 7")
        took.append(time.monotonic() - begun)

    ready = threading.Barrier(21)
    threads = [threading.Thread(target=enter, args=[mails[i % 5]]) for i in range(20)]
    for t in threads:
        t.start()
    ready.wait()
    most = 0
    while any(t.is_alive() for t in threads):
        most = max(most, pss_kb(server.process.pid))
        time.sleep(0.005)
    if len(took) != 20:
        sys.exit("not everybody could sign in")
    line("memory, 20 sign-ins at once (MB)", f"{most / 1024:.1f}", beside=f"the last one in after {max(took):.2f} s")


def measure_times(world):
    folder = world.fresh("times")
    begun = []
    for _ in range(ROUNDS):
        server = Server(folder)
        begun.append(server.first * 1000)
        server.stop()
    figure("start to the first page (ms)", begun, 100, "{:.0f}")
    server = Server(folder)
    again = []
    for _ in range(ROUNDS):
        time.sleep(1.5)  # who crashes within a second is started more slowly
        begin, old = time.monotonic(), server.child()
        os.kill(old, signal.SIGABRT)
        while os.path.exists(f"/proc/{old}"):
            time.sleep(0.0005)  # until its end it may still answer
        server.begun = begin
        again.append(server.wait() * 1000)
    server.stop()
    figure("abort to the next answer (ms)", again, 200, "{:.0f}")


def measure_binary():
    subprocess.run(["strip", "-o", work("stripped"), NUOTIO], check=True)
    figure("binary with assets, stripped (MB)", os.path.getsize(work("stripped")) / 1e6, 8, "{:.2f}")


def busy_log(world):
    """A busy writer with much to say, many readers, those who take their time, and a backup."""
    server = Server(world.fresh("log"))
    path = os.path.join(server.data, "nuotio.db-wal")
    writing = client(server.port, "post", world.items, world.session, wait=False, c=CONNECTIONS, t=6, n=100, w=1900)
    reading = client(server.port, "get", world.kinds["side by side"], world.session, wait=False, c=CONNECTIONS, t=12)
    slow = []
    for _ in range(20):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.connect(("127.0.0.1", server.port))
        s.sendall(b"GET " + world.kinds["side by side"][0].encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        slow.append(s)
    most, backups = 0, 0
    while writing.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            most = max(most, os.path.getsize(path))
        for s in slow:
            with contextlib.suppress(BlockingIOError):
                s.recv(100, socket.MSG_DONTWAIT)
        if server.figures()["nuotio_db_jobs_total"] > 1000 * (backups + 1) and backups < 3:
            backups += 1
            subprocess.run([NUOTIO, "backup", work(f"backup{backups}"), "--data", server.data], check=True,
                           stdout=subprocess.DEVNULL)
        time.sleep(0.01)
    wrote = heard(writing)
    heard(reading)
    figures = server.figures()
    for s in slow:
        s.close()
    server.stop()
    return (max(most, figures["nuotio_db_log_bytes_max"]) / 1e6, "{} answers of 2 kB, {:.0f} reads, {} backups".format(
        wrote["n"], figures["nuotio_db_reads_total"], backups))


def measure_log(world):
    """The longest that it ever was: how often it is emptied is chance."""
    longest, beside = max(busy_log(world) for _ in range(LONG_ROUNDS))
    figure("write-ahead log, slow readers, busy writer (MB)", longest, 64, "{:.1f}", beside=beside)


# --- bytes of pages -------------------------------------------------------------------------------------


def brotli(bodies):
    """Compressed sizes, by the Node that also makes the assets; quality 5, as proxies do it."""
    script = ("const z=require('zlib');const n=[];let b=require('fs').readFileSync(0);"
              "while(b.length){const k=b.readUInt32BE(0);n.push(z.brotliCompressSync(b.subarray(4,4+k),"
              "{params:{[z.constants.BROTLI_PARAM_QUALITY]:5}}).length);b=b.subarray(4+k)}console.log(n.join(' '))")
    data = b"".join(len(b).to_bytes(4, "big") + b for b in bodies)
    out = subprocess.run(["node", "-e", script], input=data, stdout=subprocess.PIPE, check=True).stdout
    return [int(n) for n in out.split()]


def measure_pages(world):
    """The golden pages against the budgets of the first view: page, style sheet and icon."""
    server = Server(world.fresh("weigh"))
    visitor = Visitor(server.port)
    head = visitor.get("/fi")
    shared = 0
    for address in set(re.findall(r'(?:<link[^>]*href|<img[^>]*src)="([^"]+)"', head)):
        visitor.connection.request("GET", address, headers={"Accept-Encoding": "br"})
        shared += len(visitor.connection.getresponse().read())
    server.stop()
    folder = os.path.join(HOME, "test/pages")
    names = sorted(n for n in os.listdir(folder) if n.endswith(".html"))
    bodies = []
    for name in names:
        with open(os.path.join(folder, name), "rb") as f:
            bodies.append(f.read().split(b"\n", 1)[1])
    sizes = dict(zip(names, brotli(bodies)))
    with open(os.path.join(HOME, "src/app/admin/world.json")) as f:
        campuses = "|".join(c["slug"] for c in json.load(f)["campuses"])
    small = re.compile(rf"([a-z]+_(fi|sv|en)(_({campuses}|goals))?(_wheel_\d+(_(view|month|ring)_\w+)?)?"
                       r"|anyone_.*_wheel_\d+__.*|.*_spaces.*|.*_space_\w+_(book_day_.*|draft_.*))"
                       r"\.html")  # as in test/journeys/pages.mjs
    first = {n: s for n, s in sizes.items() if small.fullmatch(n)}
    for what, these, limit in (("front pages, wheel, booking", first, 20), ("any page", sizes, 32)):
        name = max(these, key=these.get)
        figure(f"first view, {what} (kB)", (these[name] + shared) / 1000, limit, "{:.1f}", beside=
               f"{len(these)} pages, the largest {name[:-5]}; style and icon {shared / 1000:.1f}")


# --- all ------------------------------------------------------------------------------------------------


def compile_tools():
    cc = os.environ.get("CC", "gcc").split()
    here = os.path.join(HOME, "test/load")
    common = cc + ["-O2", "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror"]
    for name in ("trace", "slow-disk", "power-cut"):
        subprocess.run(common + ["-shared", "-fPIC", "-o", tool(name + ".so"), f"{here}/{name}.c", "-ldl"], check=True)
    for name in ("client", "race"):
        subprocess.run(common + ["-o", tool(name), f"{here}/{name}.c"], check=True)
    for name in ("floor", "floor-write"):
        subprocess.run(common + ["-o", tool(name), f"{here}/{name}.c", f"{here}/replay.c", "-lsqlite3", "-lmicrohttpd",
                                 "-lpthread"], check=True)


def main():
    wanted = sys.argv[1:] or ["reading", "memory", "writing", "space", "scale", "import", "size", "pages"]
    shutil.rmtree(work(""), ignore_errors=True)
    os.makedirs(work(""))
    compile_tools()
    begun = time.monotonic()
    try:
        world = World() if wanted != ["import"] else None
        if "reading" in wanted:
            measure_reading(world)
        if "memory" in wanted:
            measure_kept(world)
        if "writing" in wanted:
            measure_writing(world)
            measure_slow_disk(world)
            measure_kill(world)
            measure_power_cut(world)
        if "space" in wanted:
            measure_space(world)
        if "scale" in wanted:
            measure_scale(world)
        if "import" in wanted:
            measure_import()
        if "size" in wanted:
            measure_memory(world)
            measure_times(world)
            measure_binary()
            measure_log(world)
        if "pages" in wanted:
            measure_pages(world)
        if "writing" in wanted:
            measure_postgres(world)
    finally:
        for p in list(started):
            stop(p)
    line("all of it", f"{time.monotonic() - begun:.0f} s")


main()
