#!/usr/bin/env python3
"""Serve customers of random values as a Cube does:  serve_pages.py N [PORT]

What the demo town's word lists make easy to pack is random here: numbers, dates, addresses, and names of letters that
nobody has. Pages are made once, before the first is asked for, and kept in memory.
"""
import json, random, re, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = 500
CUSTOM = (17, 388, 225, 390, 78, 253, 79, 103, 101, 102, 104, 100, 387, 385, 391, 24, 18, 19, 20, 21, 386, 389)
LETTERS = "eeeennnrrraaaiiittsssllddoogkkmmuvfphbøåjyæ"


def word(r):
    return "".join(r.choice(LETTERS) for _ in range(r.randrange(3, 10))).capitalize()


def record(i, r):
    phone = lambda: str(r.randrange(20_000_000, 99_999_999))
    first, last = word(r), word(r)
    street, town, code = f"{word(r)}veien {r.randrange(1, 220)}", word(r).upper(), "%04d" % r.randrange(10_000)
    custom = ["ABCD"[r.randrange(4)], street, "", town, "", r.randrange(900), "", "", "", "", "", "", phone(), f"{word(r)} {word(r)}",
              f"{street}, {code} {town}", "%d-%02d-%02d" % (r.randrange(1935, 2025), r.randrange(1, 13), r.randrange(1, 29)), word(r).upper(),
              word(r)[:3].upper(), "%d.0" % r.randrange(2_000_000_000), "%d.0" % r.randrange(900), f"Klassifisering {word(r)}", code]
    out = {"crm__customer_id": str(9_120_000_000 + (i * 6_180_339 + 11_888) % 10_000_000)}
    values = [f"{first} {last}", phone(), phone() if r.random() < .3 else "", phone() if r.random() < .1 else "",
              f"{first}.{last}@{word(r)}.no".lower()]
    out.update(zip(("crm__standard_info__" + k for k in ("name", "phone_1", "phone_2", "phone_3", "email")), values))
    out.update(("crm__custom_info__%d" % k, v) for k, v in zip(CUSTOM, custom))
    return json.dumps(out, ensure_ascii=False, separators=(",", ":"))


def main():
    n, port = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 8000
    r, pages = random.Random(42), []
    for first in range(0, n, PAGE):
        more = json.dumps(f"http://localhost/?page={len(pages) + 2}") if first + PAGE < n else "null"
        rows = ",".join(record(i, r) for i in range(first, min(first + PAGE, n)))
        pages.append(f'{{"count":{n},"next":{more},"previous":null,"results":[{rows}]}}'.encode())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            page = int((re.search(r"page=(\d+)", self.path) or [0, 1])[1])
            is_list = re.search(r"/customers/(\?|$)", self.path) and 1 <= page <= len(pages)
            body = pages[page - 1] if is_list else b"[]" if "custom_fields" in self.path else b'{"detail":"Not found."}'
            self.send_response(200 if is_list or body == b"[]" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    print(f"http://127.0.0.1:{port} any token", flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
