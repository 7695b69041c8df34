#!/usr/bin/env python3
"""Reads pictures of labels with the decoder zxing-cpp, as a scanner at a pharmacy would.

    validate.py [FILE.svg ...]   without arguments: every picture beside this file
    validate.py --read FOLDER    prints what the pictures of a folder say, as a JSON list

A picture must be a GS1 DataMatrix, and say what the file of the same name that ends with .txt
holds. Prints one line a file and, last, "N passed, M failed"; exits 1 if any failed. Before the
first file it makes sure that a damaged picture is not read as something else.
"""

import json
import re
import sys
from pathlib import Path

import zxingcpp

HERE = Path(__file__).resolve().parent
# The pixels of a module.
SCALE = 8
SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
MODULE = re.compile(r"M(\d+) (\d+)h1v1h-1z")


def modules(svg):
    """Width, height and the dark modules of a picture."""
    width, height = map(int, SIZE.search(svg).groups())
    return width, height, {(int(x), int(y)) for x, y in MODULE.findall(svg)}


def read(width, height, dark):
    """What the decoder reads, with the sign of the symbology before it; None if it reads nothing."""
    rows = []
    for y in range(height):
        row = b"".join(bytes([0 if (x, y) in dark else 255]) * SCALE for x in range(width))
        rows.append(row * SCALE)
    image = memoryview(b"".join(rows)).cast("B", (height * SCALE, width * SCALE))
    found = zxingcpp.read_barcodes(image)
    if len(found) != 1 or found[0].format != zxingcpp.BarcodeFormat.DataMatrix:
        return None
    return found[0].symbology_identifier + bytes(found[0].bytes).decode("ascii")


def read_file(path):
    return read(*modules(path.read_text(encoding="ascii")))


def damage_is_noticed(path):
    """Error correction repairs a few modules and refuses many."""
    right = read_file(path)
    width, height, dark = modules(path.read_text(encoding="ascii"))
    spoiled = {(x, y) for x, y in dark if not (5 < x < width - 5 and 5 < y < height // 2)}
    return read(width, height, dark - {(9, 9), (10, 9)}) == right and read(width, height, spoiled) is None


def main(arguments):
    if arguments[:1] == ["--read"]:
        pictures = sorted(Path(arguments[1]).glob("*.svg"))
        print(json.dumps([read_file(picture) for picture in pictures]))
        return 0
    pictures = [Path(name) for name in arguments] or sorted(HERE.glob("*.svg"))
    if not damage_is_noticed(sorted(HERE.glob("*.svg"))[0]):
        print("the decoder does not notice damage", file=sys.stderr)
        return 1
    failed = 0
    for picture in pictures:
        said = read_file(picture)
        expected = "]d2" + picture.with_suffix(".txt").read_text(encoding="ascii").rstrip("\n")
        failed += said != expected
        print(f"{'ok    ' if said == expected else 'FAILED'} {picture.name}: {said!r}")
    print(f"{len(pictures) - failed} passed, {failed} failed")
    return int(failed > 0 or not pictures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
