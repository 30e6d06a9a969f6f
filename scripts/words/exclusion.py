"""Counts the clips with drums in each folder; fails where a folder that begins with = has them in more than one of ten."""

import sys
from pathlib import Path

import numpy as np
from drums import measure

folders = {path.name: [measure(str(clip)) for clip in sorted(path.glob("*.wav"))] for path in Path(sys.argv[1]).iterdir()}
reference = folders.pop("reference")
limit = np.percentile([clip["percussive_db"] for clip in reference], 90)
onsets = np.percentile([clip["onsets"] for clip in reference], 90)
print(f"bass alone: percussive share up to {limit:.1f} dB, {onsets:.1f} broadband onsets a second (90th percentiles of 30)")
failed = False
for name, clips in sorted(folders.items()):
    drums = sum(clip["percussive_db"] > limit + 3 or clip["onsets"] > onsets + 0.5 for clip in clips)
    levels = " ".join(f"{clip['percussive_db']:.0f}/{clip['onsets']:.1f}" for clip in clips)
    print(f"{drums:3} of {len(clips)} with drums: {name.lstrip('=')}  ({levels})")
    failed |= name.startswith("=") and drums > 0.1 * len(clips)
sys.exit(failed)
