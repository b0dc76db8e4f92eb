#!/usr/bin/env python3
"""Race cubedex and its peers over the same customers, on a pseudo-terminal of 120 x 40.

    race.py data DIR --customers N [--url URL]               the rows: DIR/customers.csv (six standard fields), DIR/meta.json
    race.py search DIR [--peers cubedex,fzf,skim,csvlens] [--passes 1]      every keystroke of queries.tsv
    race.py move DIR [--peers ...]                           row down, page down; in cubedex with the card beside it too
    race.py start DIR                                        exec to first frame and first rows, beside curl
    race.py load DIR                                         all loaded: seconds, and keys answered meanwhile
    race.py report DIR                                       results.jsonl as tables

With --all-fields, `data` writes all fields into DIR/all.csv, and `search` types queries_all.tsv: what is in any field, in every
program.

The server for cubedex (`cubedex serve --customers N`, or serve_pages.py for random rows) must be running at --url.
"""
import argparse, csv, json, os, random, re, subprocess, sys, time, urllib.request
from ptyprobe import Session, Timeout, stats

HERE = os.path.dirname(os.path.abspath(__file__))
CARD_BESIDE = "\x1b[20~"       # F9
NUMBER = r"\d[\d,]*"
ID = re.compile(r"(?<!\d)9\d{9}(?!\d)")


def digits(text):
    return int(text.replace(",", ""))


class Peer:
    """A program that shows the rows; `typed` is the column of queries.tsv that holds its queries."""

    typed, clear, incremental = 2, b"\x15", True     # incremental: it searches at every key
    down, page, pages_by = b"\x1b[B", b"\x1b[6~", 20
    env = {}

    def __init__(self, dir, options):
        self.file, self.options = os.path.join(dir, "all.csv" if options.all_fields else "customers.csv"), options
        self.n = json.load(open(os.path.join(dir, "meta.json")))["customers"]

    def start(self):
        return Session(self.argv(), stdin=self.stdin(), env=self.env)

    def stdin(self):
        return None

    def open_search(self, s):
        pass

    def close_search(self, s):
        s.key(self.clear, lambda s: self.searched(s, ""), timeout=30)

    def rows(self, s):
        return [m[0] for m in map(ID.search, s.lines()) if m]


class Cubedex(Peer):
    name, typed = "cubedex", 1

    def argv(self):
        return [self.options.cubedex, "--url", self.options.url, "--assignment", "9"]

    env = {"CUBEDEX_TOKEN": "demo-token"}

    def ready(self, s):
        """All rows are here. Ctrl+G loads them."""
        if not getattr(s, "asked", False) and s.has("loaded") and self.rows(s):
            s.asked = True
            s.send("\x07")
        return getattr(s, "asked", False) and self.all_loaded(s)

    def all_loaded(self, s):
        return bool(re.search(r"\d customers \(", s.lines()[0])) and "loaded" not in s.lines()[0]

    def after_ready(self, s):
        pass

    def open_search(self, s):
        s.key("/", lambda s: s.lines()[-2].startswith(" /"))

    def close_search(self, s):
        s.key("\x1b", lambda s: not s.lines()[-2].startswith(" /"))

    def searched(self, s, q):
        line = s.lines()[-2]
        if not line.startswith(" / " + q):
            return False
        said = line[len(" / " + q):].strip()
        if re.match("searching|none yet|asking", said):
            return False
        # What says nothing yet (a sign, an open quote, a field without a word) is not searched for.
        return bool(re.search(r"of all|\(all|all \d|No match|Searches|There is no field|(ID|Phone) of", said))

    def found(self, s):
        m = re.search(r"(%s) (of all|starts? with|in other fields)" % NUMBER, s.lines()[-2])
        return digits(m[1]) if m else 0


class Fzf(Peer):
    name = "fzf --exact --no-sort"

    def argv(self):
        return [self.options.fzf, *self.words()]

    def words(self):
        # A row of all fields is known by its id, which stands at its beginning.
        return ["--layout=reverse", "--header-lines=1", "--exact", "--no-sort"] + ["--no-hscroll"] * self.options.all_fields

    def stdin(self):
        return self.file

    def info(self, s):
        m = re.match(r"\W*(\d+)/(\d+)( \(\d+%\))?(?!\d)", s.lines()[1])
        return m and (int(m[1]), int(m[2]), bool(m[3]) and "99%" not in m[3])

    def ready(self, s):
        return self.info(s) == (self.n, self.n, False)

    def after_ready(self, s):
        pass

    _counts = {}

    def expect(self, q):
        """How many lines its own filter finds: the screen is not believed before it says so."""
        if q not in self._counts:
            p = subprocess.run(self.argv()[:1] + ["--exact", "--no-sort", "--filter", q], stdin=open(self.file), stdout=subprocess.PIPE)
            self._counts[q] = p.stdout.count(b"\n") - p.stdout.count(b"customer_id,name")
        return self._counts[q]

    def searched(self, s, q):
        if s.lines()[0].rstrip() != ("> " + q).rstrip():
            return False
        info = self.info(s)
        n = self.expect(q) if q.strip() else self.n
        return bool(info) and not info[2] and info[:2] == (n, self.n) and len(self.rows(s)) >= min(n, 20)

    def found(self, s):
        return self.info(s)[0]


class Skim(Fzf):
    name = "skim --exact --no-sort"
    _counts = {}

    def argv(self):
        return [self.options.sk, *self.words()]


class Csvlens(Peer):
    name, incremental, down, page = "csvlens", False, b"j", b"\x06"

    def argv(self):
        return [self.options.csvlens, "-i", self.file]

    def ready(self, s):
        return any("/%d," % self.n in line for line in s.lines()[-2:])

    def after_ready(self, s):
        pass


PEERS = {"cubedex": Cubedex, "fzf": Fzf, "skim": Skim, "csvlens": Csvlens}


def queries(column, all_fields):
    for line in open(os.path.join(HERE, "queries_all.tsv" if all_fields else "queries.tsv"), encoding="utf-8"):
        if not line.startswith("#"):
            fields = line.rstrip("\n").split("\t")
            if fields[column] != "-":
                yield fields[0], fields[column]


def note(*words):
    print(*words, file=sys.stderr, flush=True)


def put(dir, line):
    with open(os.path.join(dir, "results.jsonl"), "a") as f:
        f.write(json.dumps(line) + "\n")


def ready(peer):
    s = peer.start()
    began = time.monotonic()
    s.wait(peer.ready, timeout=240, what="ready")
    note(peer.name, "ready in %.2f s" % (time.monotonic() - began))
    peer.after_ready(s)
    s.drain(0.2)
    return s


def search(dir, peer, passes):
    rng, times, by_class, slow = random.Random(1), [], {}, []
    with ready(peer) as s:
        rss_loaded = s.rss()
        for _ in range(passes):
            for kind, q in queries(peer.typed, peer.options.all_fields):
                peer.open_search(s)
                for end in range(1, len(q) + 1):
                    part = q[:end]
                    try:
                        ms = s.key(q[end - 1], lambda s: peer.searched(s, part), timeout=20, what=part)["pred"]
                    except Timeout as e:
                        note(peer.name, repr(part), "FAILED\n", e)
                        continue
                    times.append(ms), by_class.setdefault(kind, []).append(ms), slow.append((ms, part))
                    time.sleep(rng.uniform(0.02, 0.06))
                peer.close_search(s)
                s.drain(0.05)
        what = "search of all fields" if peer.options.all_fields else "search"
        out = dict(what=what, peer=peer.name, customers=peer.n, rss_mib=rss_loaded, rss_end_mib=s.rss(), keys=stats(times),
                   by_class={k: stats(v) for k, v in by_class.items()}, slowest=sorted(slow)[-8:], idle=s.idle(5))
    put(dir, out)
    note(json.dumps(out))


def move(dir, peer):
    rng, out = random.Random(2), dict(what="move", peer=peer.name, customers=peer.n)
    def steps(s, key, times):
        v = []
        for _ in range(times):
            before = tuple(s.lines())
            v.append(s.key(key, lambda s: tuple(s.lines()) != before, timeout=10)["settled"])
            time.sleep(rng.uniform(0.02, 0.05))
        return stats(v)
    with ready(peer) as s:
        for _ in range(60):
            s.send(peer.down), s.drain(0.03)
        out["row"] = steps(s, peer.down, 200)
        out["page"] = steps(s, peer.page, 60)
        if isinstance(peer, Cubedex):
            s.key(CARD_BESIDE, lambda s: s.has("│"), timeout=10), s.drain(0.2)
            out["row_with_card"] = steps(s, peer.down, 200)
            out["page_with_card"] = steps(s, peer.page, 60)
            s.send(CARD_BESIDE), s.drain(0.2)
            v = []
            for _ in range(100):
                # Who else has its number or e-mail is said on the card later.
                v.append(s.key("\r", lambda s: s.has("empty"), timeout=10)["pred"])
                s.key("\x1b", lambda s: not s.has("empty"), timeout=10), s.send(peer.down), s.drain(0.03)
            out["card"] = stats(v)
    put(dir, out)
    note(json.dumps(out))


def start(dir, peer, url, times=40):
    """From exec to the first frame, and to the first rows; and what the first page alone takes."""
    frames, rows, curl = [], [], []
    page = f"{url}/api/v1/assignments/9/customers/?page=1"
    for _ in range(times):
        with peer.start() as s:
            r = s.wait(lambda s: bool(peer.rows(s)), timeout=30, also=lambda s: s.has("Name") and s.has("cubedex"))
            frames.append(r["also"]), rows.append(r["pred"])
        p = subprocess.run(["curl", "-s", "-o", os.devnull, "-w", "%{time_total}", "-H", "Authorization: Token demo-token", page],
                           stdout=subprocess.PIPE)
        curl.append(float(p.stdout) * 1000)
    out = dict(what="start", peer=peer.name, frame=stats(frames), rows=stats(rows), curl=stats(curl))
    put(dir, out)
    note(json.dumps(out))


def key_in_flood(s, key, pred, timeout=20):
    """As Session.key, but on a screen that never comes to rest: the time of the first chunk after which `pred` held."""
    while s._pull(0):
        pass
    for _, chunk in s.queue:
        s._feed(chunk)
    s.queue.clear()
    began = time.monotonic_ns()
    s.send(key)
    while time.monotonic_ns() - began < timeout * 1e9:
        s._pull(0.05)
        while s.queue:
            at, chunk = s.queue.pop(0)
            s._feed(chunk)
            if at >= began and pred(s):
                return (at - began) / 1e6
    raise Timeout("%r was not answered" % key)


def load(dir, peer):
    """Loads the whole list while keys are pressed: letters of a search, and what clears it."""
    typed, times, rng = "kari hansen 91", [], random.Random(3)
    line = lambda s: s.lines()[-2]
    with peer.start() as s:
        s.wait(lambda s: bool(peer.rows(s)), timeout=30)
        s.send("\x07"), s.send("/")
        began, text = time.monotonic(), ""
        while not peer.all_loaded(s) and time.monotonic() - began < 120:
            if text == typed:
                key_in_flood(s, b"\x15", lambda s: not line(s).startswith(" / " + typed[0]))
                text = ""
            text += typed[len(text)]
            times.append(key_in_flood(s, text[-1], lambda s: line(s).startswith(" / " + text)))
            time.sleep(rng.uniform(0.005, 0.03))
        out = dict(what="load", peer=peer.name, customers=peer.n, seconds=time.monotonic() - began, keys=stats(times), rss_mib=s.rss())
    put(dir, out)
    note(json.dumps(out))


def data(dir, customers, url, all_fields):
    """Reads the pages of the server, as it sends them, into a CSV of the six standard fields, or of all fields of the first page."""
    os.makedirs(dir, exist_ok=True)
    keys = ["crm__customer_id"] + ["crm__standard_info__" + k for k in ("name", "phone_1", "phone_2", "phone_3", "email")]
    with open(os.path.join(dir, "all.csv" if all_fields else "customers.csv"), "w", newline="", encoding="utf-8") as f:
        out, page, rows = csv.writer(f, lineterminator="\n"), 1, 0
        while True:
            ask = urllib.request.Request(f"{url}/api/v1/assignments/9/customers/?page={page}", headers={"Authorization": "Token demo-token"})
            body = json.load(urllib.request.urlopen(ask))
            if page == 1:
                keys = list(dict.fromkeys(k for r in body["results"] for k in r)) if all_fields else keys
                out.writerow(["customer_id", "name", *(k.rsplit("__", 1)[1] for k in keys[2:])])
            for record in body["results"]:
                out.writerow([record.get(k) or "" for k in keys])
                rows += 1
            if not body["next"] or rows >= customers:
                break
            page += 1
    json.dump({"customers": rows}, open(os.path.join(dir, "meta.json"), "w"))


def report(dir):
    last = {}
    for line in open(os.path.join(dir, "results.jsonl")):
        r = json.loads(line)
        last[r["what"], r["peer"]] = r
    cell = lambda s: "–" if not s else "%.1f / %.1f" % (s["median"], s["p95"])
    for search in ("search", "search of all fields"):
        peers = [p for (w, p) in last if w == search]
        if not peers:
            continue
        print(f"| {search}: key → final rows painted, ms | keys | median / p95 | most | resident MiB: loaded → end | idle % |\n| --- | --- | --- | --- | --- | --- |")
        for peer in peers:
            r = last[search, peer]
            k = r["keys"]
            print(f"| {peer} | {k['n']} | {cell(k)} | {k['max']:.0f} | {r['rss_mib'][1]:.0f} → {r['rss_end_mib'][1]:.0f} | {r['idle']['percent']:.2f} |")
        print("\n| class of query, median / p95 ms | " + " | ".join(peers) + " |\n| --- |" + " --- |" * len(peers))
        for c in dict.fromkeys(c for p in peers for c in last[search, p]["by_class"]):
            print(f"| {c} | " + " | ".join(cell(last[search, p]["by_class"].get(c)) for p in peers) + " |")
        print()
    print("| move: key → painted, median / p95 ms | row | page | row, card following | page, card following | card opened |\n| --- | --- | --- | --- | --- | --- |")
    for (what, peer), r in last.items():
        if what == "move":
            print(f"| {peer} | " + " | ".join(cell(r.get(k)) for k in ("row", "page", "row_with_card", "page_with_card", "card")) + " |")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("what", choices=["data", "search", "move", "start", "load", "report"])
    a.add_argument("dir")
    a.add_argument("--customers", type=int, default=1_000_000)
    a.add_argument("--url", default="http://127.0.0.1:8000")
    a.add_argument("--peers", default="cubedex,fzf,skim,csvlens")
    a.add_argument("--passes", type=int, default=1)
    a.add_argument("--all-fields", action="store_true")
    for program, default in [("cubedex", "target/release/cubedex"), ("fzf", "fzf"), ("sk", "sk"), ("csvlens", "csvlens")]:
        a.add_argument("--" + program, default=default)
    o = a.parse_args()
    if o.what == "data":
        return data(o.dir, o.customers, o.url, o.all_fields)
    if o.what == "report":
        return report(o.dir)
    if o.what == "start":
        return start(o.dir, Cubedex(o.dir, o), o.url)
    if o.what == "load":
        return load(o.dir, Cubedex(o.dir, o))
    for name in o.peers.split(","):
        peer = PEERS[name](o.dir, o)
        if o.what == "move":
            move(o.dir, peer)
        elif peer.incremental:
            search(o.dir, peer, o.passes)


if __name__ == "__main__":
    sys.exit(main())
