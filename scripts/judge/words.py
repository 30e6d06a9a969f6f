"""Prompts with words that no caption of the corpus contains: whether a model makes sense of what it never read."""

from dataclasses import dataclass

SECONDS = 4
SEEDS = 2

PIANOS = {"piano", "bright piano", "honky-tonk piano"}
REEDS = {"accordion", "bandoneon", "harmonica", "reed organ"}
FRETTED = {"nylon guitar", "acoustic guitar", "banjo", "clean electric guitar", "shamisen", "dulcimer"}
ELECTRIC = {"clean electric guitar", "jazz guitar", "muted guitar", "overdriven guitar", "distortion guitar"}
HIGH_STRINGS = {"violin", "fiddle", "viola"}
SECTIONS = {"string ensemble", "tremolo strings", "synth strings", "cello"} | HIGH_STRINGS
CHOIRS = {"choir", "choir pad", "voice oohs", "synth voice"}
FLUTES = {"flute", "piccolo", "pan flute", "recorder", "whistle", "shakuhachi", "ocarina"}
HORNS = {"trumpet", "muted trumpet", "trombone", "french horn", "brass section"}
BELLS = {"tubular bells", "glockenspiel", "celesta", "music box", "vibraphone"}
SAXES = {"soprano sax", "alto sax", "tenor sax", "baritone sax"}
ZITHERS = {"koto", "harp", "dulcimer", "shamisen", "sitar"}


@dataclass(frozen=True)
class Unread:
    """A word, a prompt with it, and the instruments that answer it."""

    word: str
    prompt: str
    accepted: frozenset[str]


def _unread(word: str, prompt: str, accepted: set[str]) -> Unread:
    return Unread(word, prompt, frozenset(accepted))


ALL = [
    _unread("ivories", "tickling the ivories, a slow tune", PIANOS),
    _unread("pianoforte", "a pianoforte melody in G major", PIANOS),
    _unread("baby", "soft chords on a baby grand", PIANOS),
    _unread("pianist", "a pianist playing chords in A minor", PIANOS | {"electric piano"}),
    _unread("wurlitzer", "mellow Wurlitzer chords", {"electric piano", "FM electric piano"}),
    _unread("spinet", "a spinet playing a courtly melody", {"harpsichord", "clavinet"}),
    _unread("harpsichordist", "a harpsichordist playing arpeggios", {"harpsichord", "clavinet"}),
    _unread("vibraharp", "a vibraharp melody", {"vibraphone", "marimba", "celesta"}),
    _unread("balafon", "a balafon playing a riff", {"marimba", "xylophone", "kalimba"}),
    _unread("handbells", "handbells, a slow tune", BELLS),
    _unread("carillon", "a carillon from a tower", BELLS),
    _unread("handpan", "a handpan melody in D minor", {"steel drums", "kalimba", "vibraphone", "marimba"}),
    _unread("cimbalom", "a cimbalom melody", ZITHERS),
    _unread("zither", "a zither playing arpeggios", ZITHERS),
    _unread("guzheng", "a guzheng melody", ZITHERS),
    _unread("concertina", "a concertina tune", REEDS),
    _unread("melodica", "a melodica melody", REEDS),
    _unread("organist", "an organist playing solemn chords", {"church organ", "organ", "reed organ"}),
    _unread("ukulele", "happy ukulele chords", FRETTED | {"harp"}),
    _unread("mandolin", "a mandolin melody", FRETTED),
    _unread("lute", "a renaissance lute melody", FRETTED | {"harp", "koto"}),
    _unread("flamenco", "flamenco guitar arpeggio", {"nylon guitar", "acoustic guitar"}),
    _unread("bouzouki", "a bouzouki melody", FRETTED | {"sitar"}),
    _unread("balalaika", "a balalaika tune", FRETTED),
    _unread("telecaster", "a Telecaster riff", ELECTRIC),
    _unread("stratocaster", "clean Stratocaster chords", ELECTRIC),
    _unread("shredding", "shredding guitar solo", {"distortion guitar", "overdriven guitar"}),
    _unread("stand-up", "a stand-up bass line", {"upright bass", "contrabass", "bass guitar"}),
    _unread("bassist", "a bassist playing a groove", {
        "bass guitar", "picked bass", "slap bass", "fretless bass", "upright bass"}),
    _unread("moog", "a fat Moog bass line", {"synth bass", "bass lead"}),
    _unread("violinist", "a violinist playing a slow melody", HIGH_STRINGS),
    _unread("fiddler", "a fiddler playing a fast tune", HIGH_STRINGS),
    _unread("stradivarius", "a Stradivarius, long notes", HIGH_STRINGS),
    _unread("cellist", "a cellist playing a dark melody", {"cello", "contrabass", "viola"}),
    _unread("quartet", "a string quartet, soft chords", SECTIONS),
    _unread("symphony", "symphony strings, chords in C minor", SECTIONS),
    _unread("harpist", "a harpist playing arpeggios", {"harp"}),
    _unread("singers", "singers holding a chord", CHOIRS),
    _unread("monks", "monks singing slow chords", CHOIRS),
    _unread("bugle", "a bugle call", HORNS),
    _unread("cornet", "a cornet melody", HORNS),
    _unread("flugelhorn", "a flugelhorn melody", HORNS),
    _unread("fanfare", "a royal fanfare, loud chords", HORNS | {"synth brass"}),
    _unread("trumpeter", "a trumpeter playing a melody", {"trumpet", "muted trumpet", "brass section"}),
    _unread("euphonium", "a euphonium melody", {"tuba", "trombone", "french horn"}),
    _unread("sousaphone", "a sousaphone line", {"tuba", "trombone"}),
    _unread("saxophonist", "a saxophonist playing a melody", SAXES),
    _unread("clarinetist", "a clarinetist playing a tune", {"clarinet"}),
    _unread("flutist", "a flutist playing a melody", FLUTES),
    _unread("fife", "a fife tune", FLUTES),
    _unread("tin", "a tin whistle tune", FLUTES),
    _unread("bansuri", "a bansuri melody", FLUTES),
    _unread("sarod", "a sarod melody", {"sitar", "banjo", "shamisen"}),
    _unread("raga", "a raga, a slow melody", {"sitar", "shanai"}),
    _unread("backbeat", "a kick and snare groove with a strong backbeat", {"drums"}),
    _unread("drummer", "a drummer playing a fast groove", {"drums"}),
    _unread("percussionist", "a percussionist playing a pattern", {"drums"}),
    _unread("drumbeat", "a heavy drumbeat", {"drums"}),
]


def unread(captions: set[str], classes: list[str]) -> list[Unread]:
    """The prompts whose word is in none of these captions, and which an instrument that is known may answer."""
    words = {word.strip(".,:;()") for caption in captions for word in caption.lower().split()}
    return [entry for entry in ALL if entry.word not in words and entry.accepted & set(classes)]
