"""Lets Hydrogen check a kit, and render a song that plays each of its drums (headless, by h2cli)."""

import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as tree

BEATS = 2  # of each drum, at 60 beats a minute: as many seconds
TICKS = 48

SONG = """<?xml version="1.0" encoding="UTF-8"?>
<song><version>1.2.0</version><bpm>60</bpm><volume>1</volume><metronomeVolume>0.5</metronomeVolume><name>check</name>
<author>x</author><notes></notes><license>undefined license</license><loopEnabled>false</loopEnabled>
<patternModeMode>true</patternModeMode><playbackTrackFilename></playbackTrackFilename>
<playbackTrackEnabled>false</playbackTrackEnabled><playbackTrackVolume>0</playbackTrackVolume><action_mode>0</action_mode>
<mode>song</mode><pan_law_type>RATIO_STRAIGHT_POLYGONAL</pan_law_type><pan_law_k_norm>1.33333</pan_law_k_norm>
<humanize_time>0</humanize_time><humanize_velocity>0</humanize_velocity><swing_factor>0</swing_factor>
{kit}<patternList>{patterns}</patternList><virtualPatternList/><patternSequence>{sequence}</patternSequence>
<ladspa/><BPMTimeLine/><timeLineTag/><automationPaths/></song>
"""
PATTERN = """<pattern><name>p{0}</name><category></category><size>{1}</size><denominator>4</denominator><info></info>
<noteList><note><position>0</position><leadlag>0</leadlag><velocity>0.87</velocity><pan>0</pan><pitch>0</pitch>
<probability>1</probability><key>C0</key><length>-1</length><instrument>{0}</instrument><note_off>false</note_off></note>
</noteList></pattern>"""


def available():
    return shutil.which("h2cli") is not None


def _run(home, *words):
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(["h2cli", *words], env=environment, capture_output=True, text=True, timeout=120)


def is_valid(folder):
    """Whether Hydrogen's own schema takes the kit."""
    with tempfile.TemporaryDirectory() as home:
        return "is valid" in _run(home, "-c", folder).stdout


def played(folder, out):
    """The names of a kit's drums, each of which sounds for BEATS seconds in the file that is rendered."""
    root = tree.parse(os.path.join(folder, "drumkit.xml")).getroot()
    for element in root.iter():
        element.tag = re.sub(r"^\{.*\}", "", element.tag)
    instruments = root.find("instrumentList")
    with tempfile.TemporaryDirectory() as home:
        for instrument in instruments:
            for tag, text in [("drumkitLookup", "1"), ("drumkit", "kit")]:
                element = tree.Element(tag)
                element.text = text
                instrument.insert(2, element)
            for layer in instrument.iter("layer"):
                # Songs name samples by their paths.
                layer.find("filename").text = os.path.join(os.path.abspath(folder), layer.find("filename").text)
        kit = "".join(tree.tostring(root.find(part), encoding="unicode") for part in ["componentList", "instrumentList"])
        count = len(instruments)
        song = os.path.join(home, "check.h2song")
        with open(song, "w") as file:
            file.write(SONG.format(
                kit=kit, patterns="".join(PATTERN.format(i, TICKS * BEATS) for i in range(count)),
                sequence="".join(f"<group><patternID>p{i}</patternID></group>" for i in range(count))))
        _run(home, "-s", song, "-o", out)
    return [instrument.find("name").text for instrument in instruments]
