"""What a name of WordNet's means, in names that captions contain."""

import collections
import math
import re

from wordnet.database import Synset, kinds

# The synset of WordNet 3.0 under which all instruments are.
INSTRUMENT = "03800933"
# Names of instruments that captions use for other things, or that say too little to explain by.
VAGUE = {
    "bass", "box", "grand", "horn", "instrument", "kettle", "keyboard instrument", "musical instrument",
    "percussion instrument", "percussive instrument", "pick", "pipe", "reed", "reed instrument", "string", "tongue",
    "upright", "wood"}
# Words that a name has at most: `Glossary.longestName`.
LONGEST = 4
# Where the part of a definition ends that says what kind of thing it is.
DETAIL = re.compile(r";|,| \(| with | having | that | whose | used | consisting | played ")


class Explainer:
    """Finds known names for a meaning: its other names, those in its definition, of what it is a kind of, or of its kin."""

    def __init__(self, captions: list[str], instruments: dict[str, Synset]) -> None:
        self.phrases = {phrase for caption in captions for phrase in self.phrases_in(caption)}
        self.instruments = instruments
        self.synsets = {name.lower(): synset for synset in instruments.values() for name in synset.names}
        self.known = {name for name in self.synsets if self.is_known(name)} - VAGUE
        counts = collections.Counter(word for synset in instruments.values() for word in self.words_in(synset.definition))
        self.weights = {word: math.log(len(instruments) / count) for word, count in counts.items()}

    @staticmethod
    def phrases_in(text: str) -> set[str]:
        words = re.findall(r"[a-z'-]+", text.lower())
        return {" ".join(words[i : i + count]) for count in range(1, LONGEST + 1) for i in range(len(words) - count + 1)}

    def is_known(self, name: str) -> bool:
        return bool({name, name.rstrip("s"), name + "s"} & self.phrases)

    def named(self, text: str, names: set[str]) -> list[str]:
        """Those of the names that are in a text, the longest where they lie within each other."""
        words, found, index = re.findall(r"[a-z'-]+", text.lower()), [], 0
        while index < len(words):
            for count in range(LONGEST, 0, -1):
                phrase = " ".join(words[index : index + count])
                if name := next((name for name in (phrase, phrase.rstrip("s")) if name in names), None):
                    found.append(name)
                    break
            index += count
        return list(dict.fromkeys(found))

    def own_names(self, synset: Synset) -> list[str]:
        return [name for name in synset.names if name.lower() in self.known]

    def names_of(self, offsets: list[str]) -> list[str]:
        """A known name of each of these, if it is an instrument and has one."""
        names = [self.own_names(self.instruments[offset]) for offset in offsets if offset in self.instruments]
        return [known[0] for known in names if known]

    def unknown_instruments(self, synset: Synset) -> list[str]:
        """Known names of instruments by which it is defined, but whose own names are not known: a mandolin, by a lute."""
        # Not by a class of which others are known: a lute is not the harps and lyres that chordophones are said to be.
        above = [self.instruments[offset] for offset in synset.above if offset in self.instruments]
        classes = [kind for kind in above if self.names_of(kind.below)]
        own = {name.lower() for kind in [synset, *classes] for name in kind.names}
        unknown = self.synsets.keys() - self.known - VAGUE - own
        others = [self.synsets[name] for name in self.named(synset.definition, unknown)]
        return [name for other in others
                for name in self.own_names(other) or self.named(other.definition, self.known) or self.kin(other)]

    def words_in(self, definition: str) -> set[str]:
        """What a definition says besides the names of instruments."""
        return set(re.findall(r"[a-z]{4,}", definition.lower())) - self.synsets.keys()

    def kin(self, synset: Synset) -> list[str]:
        """Known names of those that are, up to two steps above, kinds of the same, the most alike by definition first.

        How much a word of both definitions says is how rare it is among all instruments': a lute and a shamisen have a neck
        and a fretted fingerboard (Lesk 1986, with Spärck Jones's weights).
        """
        parents = [offset for offset in synset.above if offset in self.instruments]
        grandparents = [offset for parent in parents for offset in self.instruments[parent].above]
        roots = [offset for offset in parents + grandparents if offset in self.instruments.keys() - {INSTRUMENT}]
        own = self.words_in(synset.definition)

        def likeness(other: Synset) -> float:
            return math.fsum(self.weights[word] for word in own & self.words_in(other.definition))

        others = {offset: kind for root in roots for offset, kind in kinds(self.instruments, root).items()}
        named = [kind for kind in others.values() if kind is not synset and self.own_names(kind) and likeness(kind) > 0]
        return [self.own_names(kind)[0] for kind in sorted(named, key=likeness, reverse=True)]

    def meaning(self, synset: Synset) -> list[str]:
        parents = [self.instruments[offset] for offset in synset.above if offset in self.instruments.keys() - {INSTRUMENT}]
        kind = DETAIL.split(synset.definition)[0]
        sources = [
            lambda: self.own_names(synset),
            lambda: self.names_of(synset.below),
            lambda: self.named(kind, self.known),
            lambda: self.named(synset.definition, self.known),
            lambda: self.unknown_instruments(synset),
            lambda: self.names_of(synset.above),
            lambda: self.kin(synset),
            lambda: [name for parent in parents for name in self.named(parent.definition, self.known)],
            lambda: [name for parent in parents for name in self.names_of(parent.below)],
        ]
        names = next((names for names in (source() for source in sources) if names), [kind])
        return list(dict.fromkeys(names))[:2]
