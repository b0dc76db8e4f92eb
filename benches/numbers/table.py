#!/usr/bin/env python3
"""Makes assets/numbers.txt, the rules of phone numbers, from the metadata of Google's libphonenumber.

    python3 benches/numbers/table.py PhoneNumberMetadata.xml > assets/numbers.txt

The metadata is resources/PhoneNumberMetadata.xml of https://github.com/google/libphonenumber; the crate `phonenumber`
has the same file in its assets/.
"""

import re
import sys
import xml.etree.ElementTree as xml

try:
    from re import _constants as op, _parser as sre
except ImportError:  # before Python 3.11
    import sre_constants as op
    import sre_parse as sre

LONGEST = 17


def join(before, after):
    """Numbers that begin as one of `before` and go on as one of `after`: pairs of a first digit and a length."""
    return {(a or b, n + m) for a, n in before for b, m in after if n + m <= LONGEST}


def chars(members):
    """The digits in a class of characters."""
    digits = set()
    for kind, value in members:
        if kind == op.LITERAL:
            digits.add(chr(value))
        elif kind == op.RANGE:
            digits |= {chr(code) for code in range(value[0], value[1] + 1)}
        else:
            digits |= set("0123456789")
    return {(digit, 1) for digit in digits}


def one(kind, value):
    if kind == op.LITERAL:
        return {(chr(value), 1)}
    if kind == op.IN:
        return chars(value)
    if kind == op.SUBPATTERN:
        return sequence(value[3])
    if kind == op.BRANCH:
        return set().union(*(sequence(branch) for branch in value[1]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, item = value
        times, all_times = {(None, 0)}, set()
        for count in range(min(most, LONGEST) + 1):
            if count >= least:
                all_times |= times
            times = join(times, sequence(item))
        return all_times
    raise ValueError(f"the pattern has {kind}")


def sequence(items):
    numbers = {(None, 0)}
    for kind, value in items:
        numbers = join(numbers, one(kind, value))
    return numbers


def ranges(values):
    """1, 2, 3, 5 as `1-3,5`."""
    parts = []
    for value in sorted(values):
        if parts and parts[-1][1] == value - 1:
            parts[-1][1] = value
        else:
            parts.append([value, value])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def main():
    codes = {}
    for territory in xml.parse(sys.argv[1]).getroot().iter("territory"):
        plan = codes.setdefault(int(territory.get("countryCode")), {"trunk": None, "numbers": set(), "in": []})
        if plan["trunk"] is None or territory.get("mainCountryForCode"):
            plan["trunk"] = territory.get("nationalPrefix", "")
        pattern = re.sub(r"\s", "", territory.find("generalDesc/nationalNumberPattern").text)
        plan["numbers"] |= sequence(sre.parse(pattern))
        plan["in"] += [territory.get("id")] if territory.get("id").isalpha() else []
    print("# Rules of phone numbers, made by benches/numbers/table.py of libphonenumber's metadata (Apache-2.0).")
    print("# calling code | trunk prefix | lengths of national numbers by first digit | countries")
    for code, plan in sorted(codes.items()):
        by_lengths = {}
        for digit in range(10):
            lengths = {length for first, length in plan["numbers"] if first == str(digit)}
            if lengths:
                by_lengths.setdefault(ranges(lengths), []).append(digit)
        lengths = " ".join(f"{ranges(digits)}:{known}" for known, digits in by_lengths.items())
        print(f"{code}|{plan['trunk']}|{lengths}|{' '.join(sorted(plan['in']))}")


main()
