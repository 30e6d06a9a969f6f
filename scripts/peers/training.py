"""A step of training in PyTorch: the objective, AdamW in its fused form, and the moving average."""

import time

import torch

import network as peer
from denoisers import TEXT_TOKENS

BATCH, SECONDS = 32, 4


class Training:
    def __init__(self, model, precision, compiled):
        self.network, self.configuration = peer.load(model)
        self.network.train()
        self.average = [parameter.detach().clone() for parameter in self.network.parameters()]
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=1e-4, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
        self.precision = precision
        self.denoise = torch.compile(self.network) if compiled else self.network
        sizes, mel = self.configuration["denoiser"], self.configuration["mel"]
        frames = SECONDS * mel["sampleRate"] // mel["hopLength"] + 1
        patch = sizes["patchLength"] * sizes["bandCount"]
        self.clean = 0.6 * torch.randn(BATCH, -(-frames // sizes["patchLength"]), patch)
        self.tokens = 0.3 * torch.randn(BATCH, TEXT_TOKENS, sizes["textWidth"])
        self.sentences = torch.nn.functional.normalize(torch.randn(BATCH, sizes["textWidth"]))

    def step(self):
        times = torch.sigmoid(-1.4 + 1.4 * torch.randn(BATCH))
        t = times[:, None, None]
        noised = t * self.clean + (1 - t) * torch.randn_like(self.clean)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.precision == "bfloat16"):
            made = self.denoise(noised, times, self.tokens, self.sentences)
        loss = (((made.float() - self.clean) / (1 - t).clamp(min=0.1)) ** 2).mean()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, list(self.network.parameters()), 5e-4)


def contestants(model, has_bfloat16):
    """Name to a run that returns its seconds."""
    runs = {}
    for precision in ["bfloat16", "float32"] if has_bfloat16 else ["float32"]:
        for compiled in [False, True]:
            training = Training(model, precision, compiled)
            for _ in range(2):
                training.step()

            def run(training=training):
                start = time.perf_counter()
                training.step()
                return time.perf_counter() - start

            runs[f"PyTorch {'compiled ' if compiled else ''}{precision}"] = run
    return runs
