"""Prompts of many kinds for simulated listeners to choose among: instruments, moods, tempos, keys, drawn from a seed."""

import random

MELODIC = (
    "solo violin|cello|acoustic guitar|electric guitar|nylon guitar|distorted guitar|grand piano|electric piano|harpsichord|"
    "church organ|rock organ|warm synth pad|choir pad|dark synth pad|bright synth lead|saw lead|flute|clarinet|oboe|trumpet|"
    "french horn|alto sax|string ensemble|pizzicato strings|harp|music box|vibraphone|marimba|acoustic bass|synth bass|"
    "slap bass|sitar|banjo|accordion").split("|")
WAYS = "melody|chords|arpeggio|melody, legato|melody, staccato|chords, sustained".split("|")
DRUMS = "rock drum beat|house drum loop|hip hop drum beat|jazz drum beat|funk drum loop|techno drum loop|bossa nova drums".split("|")
BANDS = "lofi beat with electric piano|jazz trio|rock band|funk groove with bass and drums|ambient pads and bells".split("|")
HITS = "kick drum|snare drum|open hi-hat|crash cymbal|conga|timpani|orchestra hit|tubular bells".split("|")
MOODS = ["", "", "", ", dark", ", bright", ", soft", ", calm", ", energetic"]
ROOTS = "C D E F G A B Bb Eb F#".split()


def prompts(count, seed):
    """So many prompts, each with what it says beside its words: tempo and mode."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        tempo = chance.choice([62, 70, 78, 86, 94, 102, 110, 118, 126, 134, 142, 150, 160, 172])
        kind = chance.random()
        if kind < 0.62:
            mode = chance.choice(["major", "minor"])
            text = f"{chance.choice(MELODIC)} {chance.choice(WAYS)}{chance.choice(MOODS)}, {chance.choice(ROOTS)} {mode}, {tempo} bpm"
        elif kind < 0.8:
            text = f"{chance.choice(DRUMS)}{chance.choice(MOODS)}, {tempo} bpm"
        elif kind < 0.92:
            mode = chance.choice(["major", "minor"])
            text = f"{chance.choice(BANDS)}{chance.choice(MOODS)}, {chance.choice(ROOTS)} {mode}, {tempo} bpm"
        else:
            text = chance.choice(HITS)
        made.append(text)
    return made
