"""Compares what other programs read of clips with what the clips were asked for; scripts/check-tags runs it."""

import json
import pathlib
import struct
import subprocess
import sys
import wave

import mutagen
import mutagen.aiff
import mutagen.flac
import mutagen.mp3
import mutagen.oggvorbis
import mutagen.wave

folder = pathlib.Path(sys.argv[1])
mark = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
failures = 0


def hold(program, what, found, wanted):
    global failures
    good = found == wanted
    failures += not good
    print(f"{'ok  ' if good else 'FAIL'} {program:13} {what}: {found}" + ("" if good else f", and not {wanted}"))


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, errors="replace").stdout


def sndfile_info():
    def lines(name):
        return [" ".join(line.split()) for line in run("sndfile-info", folder / name).splitlines()]

    loop, note, broken = lines("loop.wav"), lines("note.wav"), lines("broken.wav")
    for line in [
        "Loop Count : 1", "Cue ID : 0 Type : 0 Start : 0 End : 176399 Fraction : 0 Count : 0",
        "Flags : 0x0004 (Loop,RootNoteInvalid,StretchOn,RAMBased,??Off)", "Beats : 8", "Meter : 4/4",
        "Tempo : 120.000000", "Count : 8",
        "Cue ID : 7 Pos : 132300 Chunk : data Chk Start : 0 Blk Start : 0 Offset : 132300",
    ]:
        hold("sndfile-info", "loop.wav", line if line in loop else None, line)
    hold("sndfile-info", "note.wav", "Midi Note : 57" in note, True)
    # 8.6 beats: a loop all the same, and no number of beats that would be another tempo.
    hold("sndfile-info", "broken.wav, beats", "Beats : 0" in broken and "Loop Count : 1" in broken, True)


def exiftool():
    def tags(name):
        return json.loads(run("exiftool", "-j", "-G1", folder / name))[0]

    loop, note, plain, bass = (tags(f"{name}.wav") for name in ("loop", "note", "plain", "bass"))
    wanted = {
        "RIFF:AcidizerFlags": "Stretch", "RIFF:Beats": 8, "RIFF:Tempo": 120, "RIFF:Meter": "4/4",
        "RIFF:NumSampleLoops": 1, "RIFF:Description": "drum loop, 120 bpm", "RIFF:Originator": "Hiss 0.1.0",
        "XMP-iptcExt:DigitalSourceType": mark, "XMP-xmpDM:Tempo": 120, "XMP-xmpDM:NumberOfBeats": 8,
    }
    for name, value in wanted.items():
        hold("ExifTool", f"loop.wav, {name}", loop.get(name), value)
    hold("ExifTool", "note.wav, unity note", (note.get("RIFF:MIDIUnityNote"), note.get("RIFF:UnshiftedNote")), (57, 57))
    hold("ExifTool", "bass.wav, root", bass.get("RIFF:RootNote"), "F#")
    hold("ExifTool", "bass.mp3, mark", tags("bass.mp3").get("XMP-iptcExt:DigitalSourceType"), mark)
    said = [name for name in plain if name.startswith(("XMP", "ID3")) or "Root" in name or "Description" in name]
    hold("ExifTool", "plain.wav says", said, [])


def ffprobe():
    def tags(name):
        found = json.loads(run("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", folder / name))
        both = {**found["streams"][0].get("tags", {}), **found["format"].get("tags", {})}
        return {key.lower(): value for key, value in both.items()}

    for name in ["bass.flac", "bass.ogg"]:
        found = tags(name)
        hold("ffprobe", name, [found.get(key) for key in ("bpm", "initialkey", "loopstart", "digitalsourcetype")],
             ["97.5", "F#m", "0", mark])
    found = tags("bass.mp3")
    hold("ffprobe", "bass.mp3", [found.get(key) for key in ("tbpm", "bpm", "tkey", "digitalsourcetype")],
         ["98", "97.5", "F#m", mark])
    found = tags("bass.wav")
    hold("ffprobe", "bass.wav, bext", (found.get("encoded_by"), found.get("coding_history", "").strip()),
         ("Hiss 0.1.0", "A=PCM,F=44100,W=24,M=mono,T=Hiss 0.1.0; model first"))
    hold("ffprobe", "plain.wav", tags("plain.wav"), {})


def read_mutagen():
    for name, kind in [("bass.flac", mutagen.flac.FLAC), ("bass.ogg", mutagen.oggvorbis.OggVorbis)]:
        found = kind(folder / name)
        hold("mutagen", name, [found[key] for key in ("bpm", "key", "looplength")], [["97.5"], ["F#m"], ["108554"]])
    for name, kind in [("bass.mp3", mutagen.mp3.MP3), ("bass.aiff", mutagen.aiff.AIFF), ("bass.wav", mutagen.wave.WAVE)]:
        found = kind(folder / name).tags
        hold("mutagen", name, (str(found["TBPM"]), str(found["TKEY"]), str(found["TXXX:BPM"])), ("98", "F#m", "97.5"))
    for name in ["bass.mp3", "bass.aiff"]:
        found = mutagen.File(folder / name).tags
        hold("mutagen", f"{name}, mark", str(found["TXXX:DIGITALSOURCETYPE"]), mark)
        hold("mutagen", f"{name}, XMP", mark.encode() in found.getall("PRIV")[0].data, True)


def played(name, hertz):
    """Three seconds of a file as Csound's sampler plays it at a pitch: root note and loop are the file's own."""
    score = folder / "play.csd"
    score.write_text(
        f"""<CsoundSynthesizer>
<CsInstruments>
sr = 44100
ksmps = 1
nchnls = 1
0dbfs = 1
gifile ftgen 1, 0, 0, -1, "{folder / name}", 0, 0, 1
instr 1
  a1 loscil 1, p4, 1
  out a1
endin
</CsInstruments>
<CsScore>
i1 0 3 {hertz}
</CsScore>
</CsoundSynthesizer>
"""
    )
    run("csound", "-d", "-W", "-o", folder / "play.wav", score)
    with wave.open(str(folder / "play.wav")) as file:
        return struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))


def csound():
    with wave.open(str(folder / "plain.wav")) as file:
        data = file.readframes(file.getnframes())
    samples = [int.from_bytes(data[at : at + 3], "little", signed=True) / 256 for at in range(0, len(data), 3)]

    def difference(some, others):
        return max(abs(one - other) for one, other in zip(some, others))

    loop = played("note.wav", 220)
    # In steps of 16 bits. A3 is played at 220 Hz as it is, and twice as fast an octave above.
    hold("Csound", "note.wav at 220 Hz is the file", difference(loop, samples) <= 2, True)
    hold("Csound", "and goes round without end", difference(loop[2 * 44100 :], samples[:44000]) <= 2, True)
    octave = played("note.wav", 440)
    hold("Csound", "at 440 Hz it is an octave higher", difference(octave[:22000], samples[::2][:22000]) <= 2, True)
    plain = played("plain.wav", 220)
    hold("Csound", "plain.wav ends", max(map(abs, plain[2 * 44100 :])), 0)


def sfizz():
    """A sampler, sfizz: an instrument of one file alone, whose root note and loop are the file's own."""
    import numpy
    import pysfizz

    def played(name, key, seconds):
        text = folder / "play.sfz"
        text.write_text(f"<region> sample={folder / name} pitch_keycenter=sample ampeg_attack=0\n")
        synth = pysfizz.Synth(44100, 64)
        synth.load_sfz_file(str(text))
        # sfizz reads files on a thread of its own, and plays silence where that is late: so more than once.
        tries = [numpy.array(synth.render_note(key, 127, seconds, seconds)[0]) for _ in range(3)]
        return max(tries, key=lambda sound: float((sound**2).sum())), synth.get_note_info(key)[0]["pitch_keycenter"]

    sound, root = played("note.wav", 57, 3)
    hold("sfizz", "note.wav, root key", root, 57)
    hold("sfizz", "and goes round while it is held", bool(abs(sound[2 * 44100 : 3 * 44100 - 512]).max() > 0.02), True)
    sound, _ = played("plain.wav", 60, 3)
    hold("sfizz", "plain.wav ends", bool(abs(sound[2 * 44100 :]).max() < 1e-4), True)
    sound, _ = played("loop.wav", 60, 9)
    hold("sfizz", "loop.wav goes round", bool(abs(sound[5 * 44100 : 8 * 44100]).max() > 0.02), True)


for check in [sndfile_info, exiftool, ffprobe, read_mutagen, csound, sfizz]:
    check()
print("all as asked for" if failures == 0 else f"{failures} not as asked for")
sys.exit(failures > 0)
