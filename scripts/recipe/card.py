"""The card of the model that was made: what can be said of it without a judge."""

import json

LICENCES = """| source | licence | where |
|---|---|---|
| FluidR3 GM (Frank Wen) | MIT | Debian's fluid-soundfont-gm |
| MuseScore General (S. Christian Collins and others) | MIT | Debian's musescore-general-soundfont-lossless |
| orchestras and catalogues of `hiss corpus` | GPL 3, as all of Hiss | Sources/Corpus/Orchestras |
| WordNet 3.0 (Princeton University), quoted by the glossary | its own, in `glossary.tsv` | Debian's wordnet-base |

FluidSynth and Csound (LGPL) played them, which puts no condition on the results. No recording is among the training clips.
The weights are part of Hiss: GPL 3 or later. What you make with the model is yours."""


def card(sizes, place, piece: int) -> str:
    said = json.loads((place.model / "config.json").read_text())
    training = said.get("training", {})
    facts = [
        f"- {training['clipsSeen']:,} clips seen" if "clipsSeen" in training else None,
        f"- {training['hours']:.1f} hours of training" if "hours" in training else None,
        f"- held-out loss {training['heldOutLoss']:.4f}" if "heldOutLoss" in training else None,
        f"- piece {piece} of {sizes.pieces}, of {sizes.clips:,} clips each: music {sizes.music:,}, one-shots {sizes.one_shots:,}, "
        f"synthesizers {sizes.synths:,}, sounds {sizes.sounds:,}",
    ]
    options = " ".join(f"--{name.replace('_', '-')} {' '.join(map(str, value)) if isinstance(value, tuple) else value}"
                       for name, value in vars(sizes).items())
    return "\n".join([
        f"# {place.model.name}", "",
        "A model of Hiss in stereo, made by `scripts/make-model` from `first`. It knows instruments of two soundfonts, drum",
        "machines, synthesizers, and sounds for games and film.", "",
        *[fact for fact in facts if fact], "",
        "## How it was made", "", f"    scripts/make-model --output Models/{place.model.name} {options}", "",
        "`recipe.jsonl` has every command, its time, and the hashes of what it made. `corpus.json` names the last piece of the",
        "corpus, whose clips the index of novelty holds new clips against.", "",
        "## Licences and origin", "", LICENCES, ""])
