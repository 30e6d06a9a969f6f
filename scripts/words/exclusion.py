"""Counts the clips with drums in each folder of a folder for each reference; fails where a name that begins with = has more
than one in ten."""

import sys
from pathlib import Path

import numpy as np
from drums import measure

failed = False
for group in sorted(Path(sys.argv[1]).iterdir()):
    folders = {path.name: [measure(str(clip)) for clip in sorted(path.glob("*.wav"))] for path in group.iterdir()}
    reference = folders.pop("reference")
    limit = np.percentile([clip["percussive_db"] for clip in reference], 90) + 3
    onsets = np.percentile([clip["onsets"] for clip in reference], 90) + 0.5
    print(f"{group.name}: drums from a percussive share of {limit:.1f} dB, or {onsets:.1f} broadband onsets a second")
    for name, clips in sorted(folders.items()):
        drums = sum(clip["percussive_db"] > limit or clip["onsets"] > onsets for clip in clips)
        median = np.median([clip["percussive_db"] for clip in clips])
        print(f"  {drums:2} of {len(clips)} with drums, median share {median:6.1f} dB: {name.lstrip('=')}")
        failed |= name.startswith("=") and drums > 0.1 * len(clips)
sys.exit(bool(failed))
