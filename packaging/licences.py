#!/usr/bin/env python3
"""Collects the licences of the crates that the program is made of: packaging/make licences.

The crates are those that cargo builds into the program on each system; the texts are those that each crate brings.
Of several licences to choose from, MIT is taken, else Apache-2.0. Equal texts are written once.
"""

import json
import pathlib
import re
import subprocess
import sys

TARGETS = [f"{cpu}-{system}" for cpu in ("x86_64", "aarch64") for system in ("unknown-linux-gnu", "apple-darwin")]
NAME = re.compile(r"(licen[sc]e|copying|copyright|notice|unlicense)", re.IGNORECASE)
LINE = "-" * 80


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments, "--locked"], check=True, capture_output=True, text=True).stdout


def crates():
    """Each crate of the program, by name and version."""
    all_of_them = {}
    for package in json.loads(cargo("metadata", "--format-version", "1"))["packages"]:
        all_of_them[package["name"], package["version"]] = package
    for target in TARGETS:
        listed = cargo("tree", "--edges", "normal", "--target", target, "--prefix", "none", "--format", "{p}")
        for line in listed.splitlines():
            name, version = line.split()[:2]
            if name != "cubedex":
                yield all_of_them[name, version.removeprefix("v")]


def texts(package):
    """The texts that count for a crate, from the files beside its manifest."""
    files = [path for path in sorted(pathlib.Path(package["manifest_path"]).parent.iterdir())
             if path.is_file() and NAME.match(path.name)]
    expression = package["license"] or ""
    is_choice = " OR " in expression or "/" in expression
    for wanted in ("mit", "apache") if is_choice else ():
        chosen = [path for path in files if wanted in path.name.lower()]
        if chosen:
            files = chosen
            break
    return [path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for path in files]


def without_text(package, known):
    """What is said of a crate that brings no text: its licence, its authors, and the text as others bring it."""
    expression = package["license"] or "see " + str(package["repository"])
    wanted = next((name for name in ("MIT", "Apache-2.0", "MPL-2.0") if name in expression), None)
    body = known.get(wanted, "")
    return f"{expression}\nBy {', '.join(package['authors']) or 'its authors'}\n\n{body}".strip()


def main():
    packages = {(package["name"], package["version"]): package for package in crates()}
    found = {key: texts(package) for key, package in packages.items()}
    known = {}
    for key, bodies in found.items():
        for body in bodies:
            head = body[:200].lower()
            if "mit license" in head and "MIT" not in known:
                known["MIT"] = body[body.find("Permission is hereby"):]
            if "apache license" in head and "version 2.0" in head:
                known.setdefault("Apache-2.0", body)
            if "mozilla public license" in head:
                known.setdefault("MPL-2.0", body)
    by_text = {}
    for key in sorted(packages):
        for body in found[key] or [without_text(packages[key], known)]:
            by_text.setdefault(body, []).append(key)
    out = ["cubedex is made with the following crates, each under the licence below it."]
    for body, keys in sorted(by_text.items(), key=lambda one: one[1]):
        lines = "\n".join(f"  {name} {version} ({packages[name, version]['license']})" for name, version in keys)
        out.append(f"{LINE}\n{lines}\n\n{body}")
    print("\n\n".join(out))


sys.exit(main())
