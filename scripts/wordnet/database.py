"""WordNet's nouns, and its licence."""

import dataclasses
from pathlib import Path

LICENCE = """\
WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.

This software and database is being provided to you, the LICENSEE, by Princeton University under the following license.
By obtaining, using and/or copying this software and database, you agree that you have read, understood, and will comply
with these terms and conditions.: Permission to use, copy, modify and distribute this software and database and its
documentation for any purpose and without fee or royalty is hereby granted, provided that you agree to comply with the
following copyright notice and statements, including the disclaimer, and that the same appear on ALL copies of the
software, database and documentation, including modifications that you make for internal use or for distribution.

THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF
MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION
WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.

The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to distribution of
the software and/or database. Title to copyright in this software, database and any associated documentation shall at all
times remain with Princeton University and LICENSEE agrees to preserve same."""


@dataclasses.dataclass
class Synset:
    """Names of one meaning, its definition, the synsets above and below it, and persons of its kind."""

    offset: str
    names: list[str]
    definition: str
    above: list[str]
    persons: list[str]
    below: list[str] = dataclasses.field(default_factory=list)


def read_senses(path: Path) -> dict[str, list[str]]:
    """The meanings of every noun, the most frequent first: index.noun."""
    senses = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            senses[fields[0].replace("_", " ")] = fields[-int(fields[2]) :]
    return senses


def read_nouns(path: Path) -> dict[str, Synset]:
    """WordNet's nouns by offset, as wndb(5WN) describes data.noun."""
    nouns = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        data, gloss = line.split(" | ", 1)
        fields = data.split()
        count = int(fields[3], 16)
        names = [name.replace("_", " ") for name in fields[4 : 4 + 2 * count : 2]]
        pointers = fields[5 + 2 * count :]
        related = {symbol: [] for symbol in pointers[0::4]}
        for symbol, offset, kind in zip(pointers[0::4], pointers[1::4], pointers[2::4]):
            related[symbol] += [offset] if kind == "n" else []
        nouns[fields[0]] = Synset(
            fields[0], names, gloss.split('; "')[0].strip(), above=related.get("@", []), persons=related.get("~i", []))
    for offset, noun in nouns.items():
        for parent in noun.above:
            nouns[parent].below.append(offset)
    return nouns


def kinds(nouns: dict[str, Synset], root: str) -> dict[str, Synset]:
    """A synset and all below it."""
    found, waiting = {}, [root]
    while waiting:
        offset = waiting.pop()
        if offset not in found:
            found[offset] = nouns[offset]
            waiting += nouns[offset].below
    return found
