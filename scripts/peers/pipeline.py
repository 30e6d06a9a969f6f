"""The whole way from a prompt to a WAV file, in PyTorch and librosa or torchaudio."""

import os
from pathlib import Path

import numpy as np
import soundfile
import torch
from transformers import AutoModel, AutoTokenizer, logging

import sounds

logging.disable_progress_bar()
PROMPT = "warm electric piano chords in A minor, 90 bpm"
STEPS, GUIDANCE, SHIFT, SECONDS = 8, 2.5, 1.5, 10
# Guidance is on between these times.
GUIDED = (0.01, 0.6)


def encoder_folder():
    named = os.environ.get("HISS_TEXT_ENCODER")
    return Path(named) if named else sounds.ROOT / ".cache" / "text-encoder" / "all-MiniLM-L6-v2"


class Pipeline:
    def __init__(self, denoiser, configuration, folder):
        self.denoiser, self.configuration, self.folder = denoiser, configuration, folder
        self.tokenizer = AutoTokenizer.from_pretrained(encoder_folder(), local_files_only=True)
        self.encoder = AutoModel.from_pretrained(encoder_folder(), local_files_only=True).eval()
        self.torchaudio = sounds.Torchaudio()
        self.takes = 0

    def encode(self, texts):
        """Token states and pooled sentences. Both branches are as long as the prompt, so that they go as one batch."""
        batch = self.tokenizer(texts, return_tensors="pt", padding=True)
        states = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"][..., None]
        pooled = (states * mask).sum(1) / mask.sum(1)
        return states, torch.nn.functional.normalize(pooled)

    @torch.inference_mode()
    def run(self, vocoder):
        self.takes += 1
        tokens, sentences = self.encode([f"{PROMPT}, take {self.takes}", ""])
        sizes, mel, scale = (self.configuration[key] for key in ["denoiser", "mel", "scale"])
        frames = SECONDS * mel["sampleRate"] // mel["hopLength"] + 1
        count = -(-frames // sizes["patchLength"])
        z = torch.randn(1, count, sizes["patchLength"] * sizes["bandCount"])
        even = np.linspace(0, 1, STEPS + 1)
        times = even / (SHIFT - (SHIFT - 1) * even)
        for now, then in zip(times, times[1:]):
            branches = 2 if GUIDED[0] <= now <= GUIDED[1] else 1
            made = self.denoiser(
                z.expand(branches, -1, -1), torch.full((branches,), float(now)), tokens[:branches],
                sentences[:branches])
            x = made[1:] + GUIDANCE * (made[:1] - made[1:]) if branches == 2 else made
            z = z + float((then - now) / (1 - now)) * (x - z)
        values = (z.reshape(-1, sizes["bandCount"])[:frames] * (scale["deviation"] / 0.6) + scale["mean"]).clamp(-1, 1)
        power = sounds.powers(values.double().numpy())
        samples = sounds.by_librosa(power) if vocoder == "librosa" else self.torchaudio(power).numpy()
        soundfile.write(self.folder / "peer.wav", samples, mel["sampleRate"], subtype="PCM_24")
